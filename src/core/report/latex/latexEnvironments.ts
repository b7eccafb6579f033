import type { Span } from '../../text';
import { MATHEMATICS, SKIPPED } from './commands';
import { writeFormula } from './latexFormulas';
import type { Definitions } from './latexDefinitions';
import type { LatexCursor, LatexNode } from './latexNodes';
import type { LatexWriter } from './latexWriter';

const TABLES = /^(?:tabular[*xy]?|longtable|supertabular|tabu)$/;
/** Arguments of environments: `o` in brackets, `m` in braces. */
const ARGUMENTS: ReadonlyMap<string, string> = new Map([
  ...['tabular', 'longtable', 'supertabular', 'tabu', 'subfigure'].map((name) => [name, 'om'] as const),
  ...['tabular*', 'tabularx', 'tabulary'].map((name) => [name, 'mom'] as const),
  ...['wrapfigure', 'wraptable'].map((name) => [name, 'omom'] as const),
  ...['multicols', 'adjustbox'].map((name) => [name, 'm'] as const),
  ['minipage', 'ooom'],
]);

/** What becomes of environments; every one that is not known is a paragraph of its own. */
export class Environments {
  /** What ends the text that is not shown. */
  private skipUntil: string | null = null;
  private wasMuted = false;
  /** Of the file that is read: see `LatexWindows`. */
  private lastEnds: ReadonlyMap<string, number> = new Map();

  constructor(
    private readonly writer: LatexWriter,
    private readonly definitions: Definitions,
  ) {}

  get isSkipping(): boolean {
    return this.skipUntil !== null;
  }

  /** Takes note of the file that is read from now on. @returns the same of the file before */
  enter(lastEnds: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
    const before = this.lastEnds;
    this.lastEnds = lastEnds;
    return before;
  }

  /** @param node `\Begin` or `\End` */
  handle(node: LatexNode, cursor: LatexCursor, textOf: (span: Span) => string): void {
    const argument = cursor.group();
    if (!argument) return;
    const name = textOf(argument.inside).trim();
    if (node.name === 'End') this.end(name);
    else this.begin(name, node, cursor, textOf);
  }

  /** Leaves out what follows, up to the end of the environment or to `\fi`, if there is one. */
  startSkipping(until: string, from: number): void {
    if ((this.lastEnds.get(until) ?? -1) < from) return;
    this.skipUntil = until;
    this.wasMuted = this.writer.isMuted;
    this.writer.isMuted = true;
  }

  /** Passes over a node of what is left out. */
  skip(node: LatexNode, cursor: LatexCursor, textOf: (span: Span) => string): void {
    if (node.kind !== 'macro' || !/^(?:End|fi)$/.test(node.name)) return;
    const argument = node.name === 'End' ? cursor.group() : undefined;
    const name = argument ? textOf(argument.inside).trim() : node.name;
    if (name !== this.skipUntil) return;
    this.skipUntil = null;
    this.writer.isMuted = this.wasMuted;
  }

  private begin(name: string, node: LatexNode, cursor: LatexCursor, textOf: (span: Span) => string): void {
    if (name === 'document') this.writer.isMuted = false;
    if (SKIPPED.has(name.replace(/\*$/, ''))) return this.startSkipping(name, node.start);
    if (MATHEMATICS.has(name.replace(/\*$/, ''))) return this.mathematics(name, node, cursor, textOf);
    if (this.definitions.lists.isList(name)) {
      const options = cursor.option();
      return this.definitions.lists.begin(name, options ? textOf(options.inside) : '');
    }
    if (this.definitions.theorems.asks(name)) return this.question(name, node, cursor, textOf);
    const signature = ARGUMENTS.get(name) ?? (cursor.peek()?.kind === 'string' ? 'o' : '');
    for (const kind of signature) {
      if (kind === 'o') cursor.option();
      else cursor.group();
    }
    if (TABLES.test(name) && !this.writer.isInTable) this.writer.beginTable();
    else this.writer.block();
  }

  /** An environment that may have the number of a question. */
  private question(name: string, node: LatexNode, cursor: LatexCursor, textOf: (span: Span) => string): void {
    const { theorems, lists } = this.definitions;
    const next = cursor.peek();
    const isNumber = next?.kind === 'group' && theorems.isNumber(textOf(next).slice(1, -1));
    const label = isNumber ? cursor.group() : cursor.option();
    const heading = this.writer.isMuted
      ? null
      : theorems.begin(name, label ? textOf(label.inside) : '', lists.counters);
    this.writer.block();
    if (heading === null) return;
    this.writer.mark(`**${heading}**`, node.start, label?.end ?? node.end);
    this.writer.gap();
  }

  private end(name: string): void {
    if (this.definitions.lists.isList(name)) return this.definitions.lists.end(name);
    if (TABLES.test(name)) this.writer.endTable();
    this.writer.block();
    if (name !== 'document') return;
    this.definitions.lists.endAll();
    this.writer.isMuted = true;
  }

  /** The parser gives what it does not know for mathematics node by node. */
  private mathematics(name: string, node: LatexNode, cursor: LatexCursor, textOf: (span: Span) => string): void {
    const end = cursor.find((next) => next.name === 'End' && next.kind === 'macro');
    const closing = end && cursor.after(end)?.argument();
    if (!end || !closing || textOf(closing.inside).trim() !== name) return this.writer.block();
    writeFormula(this.writer, { start: node.start, end: closing.end }, this.definitions.macros);
    cursor.moveTo(closing.end);
  }
}
