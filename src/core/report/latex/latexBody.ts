import type { Span } from '../../text';
import { isAccent, symbolOf } from './characters';
import * as known from './commands';
import { HeadingNumbers } from './headingNumbers';
import { DEFINITIONS, type Definitions } from './latexDefinitions';
import { Environments } from './latexEnvironments';
import { writeFormula, writeVerbatim } from './latexFormulas';
import { LatexLists } from './latexLists';
import { LatexCursor, type LatexNode } from './latexNodes';
import { NOTES, writeVerb } from './latexNotes';
import { LatexText } from './latexText';
import type { LatexWriter } from './latexWriter';
import { DEEPEST, LatexMacros } from './macros';
import { Theorems } from './theorems';

/** Writes the nodes of a LaTeX document, in the order of the document, as Markdown. */
export class LatexBody {
  private readonly lists: LatexLists;
  private readonly definitions: Definitions;
  private readonly environments: Environments;
  /** Marks of the emphasis that is open. */
  private readonly openMarks = new Set<string>();
  private expanding = 0;
  private readonly text: LatexText;
  private readonly numbers: HeadingNumbers;

  /** @param input reads a file that the document takes in, and writes it */
  constructor(
    private readonly writer: LatexWriter,
    private readonly input: (path: string, place: Span) => void,
  ) {
    this.lists = new LatexLists(writer);
    this.definitions = { lists: this.lists, macros: new LatexMacros(), theorems: new Theorems() };
    this.environments = new Environments(writer, this.definitions);
    this.numbers = new HeadingNumbers(this.lists.counters);
    this.text = new LatexText(writer);
  }

  /** Takes note of the file that is read from now on. @returns the same of the file before */
  enter(lastEnds: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
    return this.environments.enter(lastEnds);
  }

  write(nodes: readonly LatexNode[]): void {
    const cursor = new LatexCursor(nodes);
    for (let node = cursor.next(); node; node = cursor.next()) this.node(node, cursor);
  }

  private readonly textOf = ({ start, end }: Span): string => this.writer.source.slice(start, end);

  private textIn(nodes: readonly LatexNode[]): string {
    return nodes
      .map((node) =>
        node.kind === 'argument' ? this.writer.readOutside(() => this.textIn(node.children)) : this.textOf(node),
      )
      .join('');
  }

  private node(node: LatexNode, cursor: LatexCursor): void {
    if (this.environments.isSkipping) return this.environments.skip(node, cursor, this.textOf);
    switch (node.kind) {
      case 'macro':
        return this.command(node, cursor);
      case 'string':
        return this.strings(node, cursor);
      case 'blank':
        return this.writer.blank(node.start, node.end);
      case 'paragraph':
        this.text.endParagraph();
        return this.writer.block();
      case 'comment':
        // The parser counts the blanks before a comment to it, LaTeX does not.
        if (/\s/.test(this.writer.source.charAt(node.start))) this.writer.blank(node.start, node.start + 1);
        return;
      case 'group':
        return this.group(node);
      case 'math':
        return writeFormula(this.writer, node, this.definitions.macros);
      case 'verbatim':
        return this.verbatim(node);
      case 'argument':
        return this.writer.outside(node.placedEnd ?? null, () => this.write(node.children));
    }
  }

  /** Text as far as it goes on in the source. */
  private strings(first: LatexNode, cursor: LatexCursor): void {
    if (first.name === '{' || first.name === '}') return;
    if (first.name === '&' && this.writer.isInTable) return this.writer.nextCell();
    let { end } = first;
    for (let next = cursor.peek(); next?.kind === 'string' && next.start === end; next = cursor.peek()) {
      if (/^[{}&]$/.test(next.name)) break;
      end = next.end;
      cursor.next();
    }
    this.text.prose(first.start, end);
  }

  /** `{\bf …}` is emphasis, any other group is what is in it. */
  private group({ children, start, end }: LatexNode): void {
    // Others that say how letters look may stand before: `{\Large\bf …}`.
    const isLook = ({ kind, name }: LatexNode): boolean =>
      kind === 'blank' || (kind === 'macro' && (known.argumentsOf(name) === '' || known.EMPHASIS.has(name)));
    const first = children.findIndex((node) => !isLook(node));
    const looks = children.slice(0, Math.max(0, first));
    const mark = looks.map(({ kind, name }) => (kind === 'macro' ? known.EMPHASIS.get(name) : undefined)).find(Boolean);
    if (mark === undefined) return this.write(children);
    this.emphasised(mark, children.slice(first), { start, end });
  }

  /** Without a group it would hold for all that follows, which nobody means. */
  private emphasis(mark: string, { start }: LatexNode, cursor: LatexCursor): void {
    const group = cursor.peek()?.kind === 'group' ? cursor.group() : undefined;
    if (group) this.emphasised(mark, group.nodes, { start, end: group.end });
  }

  private emphasised(mark: string, nodes: readonly LatexNode[], whole: Span): void {
    const isGap = ({ kind }: LatexNode): boolean => kind === 'blank' || kind === 'comment';
    const first = nodes.findIndex((node) => !isGap(node));
    const last = nodes.findLastIndex((node) => !isGap(node));
    const [begin, stop] = [nodes[first], nodes[last]];
    if (!begin || !stop || this.openMarks.has(mark) || !nodes.some(isVisible) || nodes.some(breaksLine)) {
      return this.write(nodes);
    }
    if (first > 0) this.writer.gap();
    this.writer.mark(mark, whole.start, begin.start);
    this.openMarks.add(mark);
    this.write(nodes.slice(first, last + 1));
    this.openMarks.delete(mark);
    this.writer.closingMark(mark, stop.end, whole.end);
    if (last < nodes.length - 1) this.writer.gap();
  }

  private verbatim(node: LatexNode): void {
    if (/^(?:comment|filecontents\*?)$/.test(node.name)) return;
    if (!/^verb\*?$/.test(node.name)) return writeVerbatim(this.writer, node);
    writeVerb(this.writer, node);
  }

  private command(node: LatexNode, cursor: LatexCursor): void {
    const { name, start, end } = node;
    if (name === 'Begin' || name === 'End') return this.environments.handle(node, cursor, this.textOf);
    const define = DEFINITIONS.get(name);
    if (define) return define(cursor, this.textOf, this.definitions);
    if (known.INPUTS.has(name)) return this.takeIn(node, cursor);
    if (this.own(node, cursor)) return;
    if (this.item(node, cursor) || this.heading(node, cursor)) return;
    const mark = known.EMPHASIS.get(name);
    if (mark !== undefined) return this.emphasis(mark, node, cursor);
    const note = NOTES.get(name);
    if (note) return note(node, cursor, this.writer, (nodes) => this.write(nodes));
    if (isAccent(name)) return this.write(this.text.accent(node, cursor));
    if (name === 'iffalse') return this.environments.startSkipping('fi', start);
    if (known.BLANKS.has(name)) return this.writer.gap();
    if (known.LINE_ENDS.has(name)) return this.lineEnd(cursor);
    if (known.PARAGRAPH_ENDS.has(name)) return this.writer.block();
    const symbol = symbolOf(name);
    if (symbol !== undefined) return this.text.symbol(symbol, node, cursor);
    if (/^[%&{}]$/.test(name)) return this.writer.copy(start + 1, end);
    if (/^[$#_]$/.test(name)) return this.writer.copy(start, end);
    const signature = known.argumentsOf(name);
    if (signature !== undefined) {
      this.leaveOut(signature, cursor);
      // `as shown~\cite{a}.` keeps no blank before its point.
      if (/^[.,;:)]/.test(cursor.peek()?.name ?? '')) this.writer.noBlank();
      return;
    }
    this.unknown(node, cursor);
  }

  /** A command of the report's own is what it is defined as. */
  private own({ name, start, end }: LatexNode, cursor: LatexCursor): boolean {
    const { macros } = this.definitions;
    const words = macros.words(name);
    if (words !== undefined) {
      this.writer.stand(words, start, end);
      // `\VAE{}` keeps the blank behind it.
      if (cursor.peek()?.kind === 'group' && cursor.peek()?.children.length === 0) cursor.next();
      return true;
    }
    const expansion = this.expanding < DEEPEST ? cursor.attempt(() => macros.expandIn(name, cursor)) : undefined;
    if (!expansion) return false;
    this.expanding += 1;
    this.writer.expand(expansion.text, { start, end }, () => this.write(expansion.nodes));
    this.expanding -= 1;
    return true;
  }

  private takeIn(node: LatexNode, cursor: LatexCursor): void {
    const group = cursor.group();
    if (group) return this.input(this.textOf(group.inside), { start: node.start, end: group.end });
    while (cursor.peek()?.kind === 'blank') cursor.next();
    const start = cursor.peek()?.start ?? node.end;
    let end = start;
    for (let next = cursor.peek(); next?.kind === 'string' && next.start === end; next = cursor.peek()) {
      end = next.end;
      cursor.next();
    }
    this.input(this.textOf({ start, end }), { start: node.start, end });
  }

  private item({ name, start, end }: LatexNode, cursor: LatexCursor): boolean {
    if (!/^(?:item|question|titledquestion|part|subpart)$/.test(name)) return false;
    const option = cursor.option();
    const label = name === 'item' ? option : undefined;
    const isMarked = label !== undefined && /[\p{L}\p{N}]/u.test(this.textOf(label.inside));
    if (!this.lists.item(name, isMarked, start, end)) return false;
    if (!isMarked || !label) return true;
    // Only its place tells that a label without a closing mark is one.
    const isPlain = !this.lists.isDescription() && /[.):\]]\s*$/.test(this.textOf(label.inside));
    if (isPlain) this.writer.inLine(() => this.write(label.nodes));
    else this.writer.inLine(() => this.emphasised('**', label.nodes, { start, end: label.end }));
    this.writer.gap();
    return true;
  }

  private heading(node: LatexNode, cursor: LatexCursor): boolean {
    const level = node.name === 'part' ? 1 : known.HEADINGS.get(node.name);
    if (level === undefined && !known.RUN_IN.has(node.name)) return false;
    const isStarred = cursor.takes('*') !== undefined;
    cursor.option();
    const title = cursor.group();
    if (!title) return true;
    this.writer.block();
    if (level === undefined) {
      this.emphasised('**', title.nodes, { start: node.start, end: title.end });
      this.writer.gap();
      return true;
    }
    // A section cannot stand in a list: one before it was not closed.
    if (!this.writer.isMuted) this.lists.endAll();
    const number = this.writer.isMuted ? '' : this.numbers.next(node.name, this.textIn(title.nodes), isStarred);
    this.writer.inLine(() => {
      this.writer.mark(`${'#'.repeat(level)} ${number === '' ? '' : `${number} `}`, node.start, title.inside.start);
      this.write(title.nodes);
    });
    this.writer.block();
    return true;
  }

  private lineEnd(cursor: LatexCursor): void {
    cursor.takes('*');
    if (cursor.peek()?.kind === 'string' && cursor.peek()?.name === '[') cursor.option();
    if (this.writer.isInTable) this.writer.endRow();
    else this.writer.line();
  }

  /** Passes over the arguments of a known command, but for those that are shown. */
  private leaveOut(signature: string, cursor: LatexCursor): void {
    for (const kind of signature) {
      if (kind === 's') cursor.takes('*');
      else if (kind === 'o') cursor.option();
      else {
        const argument = cursor.group();
        if (kind === 'M' && argument) this.write(argument.nodes);
      }
    }
  }

  /** Of a command that nobody knows, the arguments are shown, or the name of one without any. */
  private unknown({ name, start, end }: LatexNode, cursor: LatexCursor): void {
    const next = cursor.peek();
    if (!/^[A-Za-z]/.test(name)) return;
    if (next?.kind === 'group' && next.children.length > 0) return;
    this.writer.copy(start, end);
    if (next?.kind === 'group') cursor.next();
  }
}

/** Whether something of a node is shown. */
function isVisible({ kind, name, children }: LatexNode): boolean {
  if (kind === 'group' || kind === 'argument') return children.some(isVisible);
  if (kind === 'macro') return symbolOf(name) !== undefined || isAccent(name) || /^[%&{}$#_]$/.test(name);
  return kind === 'string' || kind === 'math' || kind === 'verbatim';
}

/** Whether a node begins a block, which emphasis may not hold. */
function breaksLine({ kind, name, children }: LatexNode): boolean {
  if (kind === 'group' || kind === 'argument') return children.some(breaksLine);
  if (kind === 'macro') return /^(?:Begin|End|item|caption|footnote)$/.test(name) || known.PARAGRAPH_ENDS.has(name);
  return kind === 'paragraph' || (kind === 'verbatim' && !name.startsWith('verb'));
}
