import type { Span } from '../../text';
import type { SourceFile, TranscriptBuilder } from '../transcript';
import { LatexTable } from './latexTable';
import { isListMark } from './listLabels';

type Break = 'none' | 'blank' | 'line' | 'block';
const STRENGTH: Readonly<Record<Break, number>> = { none: 0, blank: 1, line: 2, block: 3 };

/** Lists in lists that are indented; LaTeX itself allows fewer. */
const DEEPEST = 8;

/** What Markdown would read as the beginning of a block or as markup; `*` and `_` only beside something. */
const SPECIAL = /[\\`$<>#*_\]|]/g;

/**
 * Writes Markdown blocks. Breaks are asked for, and written before the next visible character: so the strongest one counts,
 * and none stands at the end. Lines in list items are indented.
 */
export class LatexWriter {
  /** Nothing is written while set: in the preamble, and in what is not shown. */
  isMuted = false;
  private pending: Break = 'none';
  /** Where in the source the blank stands that is pending. */
  private blankAt: number | null = null;
  private readonly indents: string[] = [];
  /** Whether a list's mark stands before: what follows it goes on in its line. */
  private isAtMark = false;
  private isLineStart = true;
  private singleLine = 0;
  private table: LatexTable | null = null;

  constructor(private readonly builder: TranscriptBuilder) {}

  get source(): string {
    return this.builder.source;
  }

  /** Number of list items that lines are indented for. */
  get depth(): number {
    return this.indents.length;
  }

  get isInTable(): boolean {
    return this.table !== null;
  }

  /** Whether what is written has to stay in one line. */
  get isInLine(): boolean {
    return this.singleLine > 0 || this.table !== null;
  }

  within(file: SourceFile, write: () => void): void {
    this.blankAt = null;
    this.builder.within(file, write);
    this.blankAt = null;
  }

  /** See `TranscriptBuilder.expand`. */
  expand(text: string, command: Span, write: () => void): void {
    this.blankAt = null;
    this.builder.expand(text, command, write);
    this.blankAt = null;
  }

  /** See `TranscriptBuilder.outside`. */
  outside(end: number | null, write: () => void): void {
    this.blankAt = null;
    this.builder.outside(end, write);
    this.blankAt = null;
  }

  /** See `TranscriptBuilder.readOutside`. */
  readOutside<T>(read: () => T): T {
    return this.builder.readOutside(read);
  }

  /** A blank that stands nowhere in the source. */
  gap(): void {
    this.break('blank');
  }

  /** A blank or line end of the source. */
  blank(start: number, end: number): void {
    if (this.isMuted || STRENGTH[this.pending] >= STRENGTH.blank) return;
    this.pending = 'blank';
    const lineEnd = this.isInLine ? -1 : this.source.slice(start, end).indexOf('\n');
    this.blankAt = start + Math.max(0, lineEnd);
  }

  /** Takes back a blank before something that is not shown. */
  noBlank(): void {
    if (this.pending === 'blank') this.pending = 'none';
  }

  line(): void {
    this.break(this.isInLine ? 'blank' : 'line');
  }

  block(): void {
    this.break(this.isInLine ? 'blank' : 'block');
  }

  /** Ends a line of its own, such as that of an item without text. */
  endItem(): void {
    if (this.isAtMark && !this.isMuted) this.pending = 'block';
    this.isAtMark = false;
  }

  /** Characters of the source, with a backslash before those that would mean something in Markdown. */
  text(start: number, end: number): void {
    if (this.isMuted || end <= start) return;
    this.flush();
    let at = start;
    for (const { index } of this.source.slice(start, end).matchAll(SPECIAL)) {
      if (!this.isMarkup(start + index, index === 0 && this.isLineStart)) continue;
      this.builder.copy(at, start + index);
      this.builder.add('\\');
      at = start + index;
    }
    this.builder.copy(at, end);
    this.isLineStart = false;
  }

  /** Characters of the source as they are. */
  copy(start: number, end: number): void {
    this.visible(() => this.builder.copy(start, end));
  }

  /** Characters for which the source has others. */
  stand(text: string, start: number, end: number): void {
    this.visible(() => this.builder.stand(text, start, end));
  }

  /** Synthetic characters that a command asks for. */
  mark(text: string, start: number, end: number): void {
    this.visible(() => this.builder.mark(text, start, end));
  }

  add(text: string): void {
    this.visible(() => this.builder.add(text));
  }

  /** Synthetic characters that close what is open, before the break that is pending. */
  closingMark(mark: string, start: number, end: number): void {
    if (!this.isMuted) this.builder.mark(mark, start, end);
  }

  /** A line end within a block that keeps its lines, such as code. */
  nextLine(): void {
    if (!this.isMuted) this.builder.add(`\n${this.indents.join('')}`);
  }

  /** Everything that is written goes into one line. */
  inLine(write: () => void): void {
    this.singleLine += 1;
    write();
    this.singleLine -= 1;
    this.isAtMark = false;
  }

  /** The mark of a list item; if Markdown knows it as one, the lines of the item are indented until `outdent`. */
  itemMark(mark: string, start: number, end: number): void {
    this.mark(mark, start, end);
    if (this.isMuted) return;
    this.builder.add(' ');
    this.isAtMark = this.isLineStart = true;
    if (isListMark(mark) && this.indents.length < DEEPEST) this.indents.push(' '.repeat(mark.length + 1));
  }

  /** Ends the indentation of all items but so many. */
  outdent(depth: number): void {
    this.indents.length = Math.min(this.indents.length, depth);
  }

  beginTable(): void {
    if (this.isMuted || this.isInLine) return;
    this.block();
    this.table = new LatexTable(this.builder, () => this.nextLine());
  }

  nextCell(): void {
    if (this.isMuted || !this.table) return;
    this.pending = 'none';
    this.flush();
    this.table.nextCell();
    this.isAtMark = true;
  }

  endRow(): void {
    if (this.isMuted) return;
    [this.pending, this.isAtMark] = ['none', false];
    this.table?.endRow();
  }

  endTable(): void {
    if (!this.table) return;
    this.endRow();
    this.table = null;
    this.block();
  }

  private break(strength: Break): void {
    if (!this.isMuted && STRENGTH[this.pending] < STRENGTH[strength]) this.pending = strength;
  }

  private visible(write: () => void): void {
    if (this.isMuted) return;
    this.flush();
    write();
    this.isLineStart = false;
  }

  /** Writes the break that is pending. */
  private flush(): void {
    const isFirst = this.builder.length === 0;
    const pending = this.isAtMark || isFirst ? 'none' : this.pending;
    const indent = this.indents.join('');
    const at = this.blankAt;
    [this.pending, this.blankAt, this.isAtMark] = ['none', null, false];
    const isRowStart = this.table?.openRow(
      isFirst || pending === 'none' ? '' : pending === 'block' ? '\n\n' : '\n',
      indent,
    );
    if (isRowStart) return;
    if (pending === 'block') this.builder.add(`\n\n${indent}`);
    else if (pending === 'line') this.builder.add(`\n${indent}`);
    else if (pending === 'blank') this.writeBlank(at, indent);
    if (pending === 'block' || pending === 'line' || (pending === 'none' && isFirst)) this.isLineStart = true;
  }

  private writeBlank(at: number | null, indent: string): void {
    if (at === null) return this.builder.add(' ');
    const isLineEnd = this.source[at] === '\n';
    this.builder.stand(isLineEnd ? '\n' : ' ', at, at + 1);
    if (!isLineEnd) return;
    this.builder.add(indent);
    this.isLineStart = true;
  }

  private isMarkup(at: number, isLineStart: boolean): boolean {
    const before = this.source[at - 1] ?? ' ';
    const behind = this.source[at + 1] ?? ' ';
    switch (this.source[at]) {
      case '>':
      case '#':
        return isLineStart;
      case '<':
        return /[a-z/!?]/i.test(behind);
      case ']':
        return behind === '(' || behind === '[';
      case '|':
        return this.table !== null;
      case '*':
        return !(/\s/.test(before) && /\s/.test(behind));
      case '_':
        return !(/[\p{L}\p{N}]/u.test(before) && /[\p{L}\p{N}]/u.test(behind));
      default:
        return true;
    }
  }
}
