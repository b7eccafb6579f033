import { ListCounters, counterOf, isListMark, listArgument } from './listLabels';
import type { LatexWriter } from './latexWriter';

interface OpenList {
  readonly name: string;
  /** Lists of one family count their levels together. */
  readonly family: string;
  /** `null` for lists without numbers. */
  readonly counter: string | null;
  readonly label: string | undefined;
  /** Items that lines were indented for outside of it. */
  readonly depth: number;
  hasItems: boolean;
}

const UNNUMBERED = /^(?:itemize|compactitem|inparaitem|description|compactdesc|list|trivlist)$/;
const ENUMERATE = /^(?:enumerate|compactenum|inparaenum|asparaenum)$/;
/** Labels of the lists of the class `exam`. */
const EXAM: ReadonlyMap<string, string> = new Map([
  ['questions', '\\arabic*.'],
  ['parts', '(\\alph*)'],
  ['subparts', '\\roman*.'],
]);
/** Commands that begin an item in a list of their own. */
const ITEMS: ReadonlyMap<string, string> = new Map([
  ['question', 'questions'],
  ['titledquestion', 'questions'],
  ['part', 'parts'],
  ['subpart', 'subparts'],
]);

/** The lists that are open, and the marks of their items as LaTeX would print them. */
export class LatexLists {
  readonly counters = new ListCounters();
  private readonly open: OpenList[] = [];
  /** Lists that the report defines, with the kind of list that they are. */
  private readonly defined = new Map<string, string>();

  constructor(private readonly writer: LatexWriter) {}

  define(name: string, kind: string): void {
    this.defined.set(name, kind);
  }

  isList(name: string): boolean {
    return ENUMERATE.test(name) || EXAM.has(name) || UNNUMBERED.test(name) || this.defined.has(name);
  }

  isDescription(): boolean {
    return /^(?:description|compactdesc)$/.test(this.open.at(-1)?.name ?? '');
  }

  /** @param options as they stand between the brackets */
  begin(name: string, options: string): void {
    const isNumbered = !UNNUMBERED.test(this.defined.get(name) ?? name);
    const family = ENUMERATE.test(name) ? 'enumerate' : name;
    const depth = 1 + this.open.filter((list) => list.family === family).length;
    const set = this.counters.optionsOf(family, depth, listArgument(options));
    const counter = isNumbered ? counterOf(family, depth) : null;
    if (counter !== null && !set.resumes) this.counters.set(counter, (set.start ?? 1) - 1);
    const label = set.label ?? EXAM.get(name);
    this.open.push({ name, family, counter, label, depth: this.writer.depth, hasItems: false });
  }

  /** Ends a list and those in it that were left open; one that was never opened ends nothing. */
  end(name: string): void {
    const index = this.open.findLastIndex((list) => list.name === name);
    const list = this.open[index];
    if (!list) return;
    this.open.length = index;
    this.writer.endItem();
    this.writer.outdent(list.depth);
    this.writer.block();
  }

  endAll(): void {
    const first = this.open[0];
    if (!first) return;
    this.end(first.name);
    this.open.length = 0;
  }

  /**
   * Begins the line of an item; the caller writes the label that the item names itself.
   * @param command `item`, or one that begins an item of the class `exam`
   * @returns whether there is a list for the command
   */
  item(command: string, hasLabel: boolean, start: number, end: number): boolean {
    const own = ITEMS.get(command);
    if (own !== undefined && !this.open.some(({ name }) => name === own)) return false;
    // In a preamble it is part of what a command of the report's own is to mean.
    if (this.writer.isMuted) return true;
    let list = this.open.at(-1) ?? this.stray();
    for (; own !== undefined && list.name !== own; list = this.open.at(-1) ?? list) this.end(list.name);
    const mark = hasLabel ? '' : this.mark(list);
    if (list.hasItems) this.writer.endItem();
    this.writer.outdent(list.depth);
    // Markdown knows the marks of its lists in the middle of a paragraph as well, but of these lists only.
    if (list.hasItems && isListMark(mark)) this.writer.line();
    else this.writer.block();
    list.hasItems = true;
    if (!hasLabel) this.writer.itemMark(mark, start, end);
    return true;
  }

  private mark({ counter, label }: OpenList): string {
    if (counter === null) return '-';
    this.counters.set(counter, this.counters.get(counter) + 1);
    return this.counters.label(counter, label) || '-';
  }

  /** The list around an item whose list was closed too early: it counts on. */
  private stray(): OpenList {
    const family = 'enumerate';
    const list = { name: family, family, counter: 'enumi', label: undefined, depth: 0, hasItems: true };
    this.open.push(list);
    return list;
  }
}
