import type { Span } from '../text';
import { dollarFormulas } from './dollarFormulas';
import { pageLines } from './pageLines';
import { TranscriptBuilder, type SourceFile, type Transcript } from './transcript';

const TAB = 4;
/** Lists in lists that are told apart. */
const DEEPEST = 8;
const BULLET = /([-+*•]|\d{1,9}[.)])([ \t]+|(?=[\r\n]|$))/y;
const SPECIAL = /[\\`*_<\]$~&]/g;

/**
 * Plain text as Markdown that means what stands there: headings, lists, tables and formulas as in Markdown, but nothing is
 * emphasis, code, a link or HTML. Lines stand as far in as their list does, so none is code, and what is left between
 * pages is left out.
 */
export function transcribePlainText(main: SourceFile): Transcript {
  const builder = new TranscriptBuilder(main);
  const writer = new PlainTextWriter(builder, dollarFormulas(main.text));
  const left = pageLines(main.text);
  let next = 0;
  for (const { index, 0: line } of main.text.matchAll(/[^\r\n]*(?:\r\n|\n|\r|$)/g)) {
    if (line === '') break;
    const end = index + line.length;
    let from = index;
    for (let drop = left[next]; drop && drop.start < end; drop = left[++next]) {
      if (drop.start > from) writer.write({ start: from, end: drop.start });
      from = drop.end;
    }
    if (from < end) writer.write({ start: from, end });
  }
  return builder.build();
}

class PlainTextWriter {
  /** For each open list item, the columns in which its text stands, in the source and as it is written. */
  private readonly items: { readonly source: number; readonly written: number }[] = [];
  private isAfterBlank = true;
  /** Of the line before, if it is the first of its paragraph. */
  private titleLength: number | null = null;
  private nextFormula = 0;
  private readonly source: string;

  constructor(
    private readonly builder: TranscriptBuilder,
    private readonly formulas: readonly Span[],
  ) {
    this.source = builder.source;
  }

  /** @param line with its end */
  write({ start, end }: Span): void {
    const first = start + (/^\s*/.exec(this.source.slice(start, end))?.[0].length ?? 0);
    if (first === end) {
      const mark = /[\r\n]*$/.exec(this.source.slice(start, end))?.[0].length ?? 0;
      this.builder.copy(end - mark, end);
      this.isAfterBlank = true;
      return;
    }
    if (this.rule(first, end)) return;
    const indentation = this.isInFormula(start) ? Infinity : columnsOf(this.source.slice(start, first));
    const isItem = this.seesBullet(first);
    while (indentation < (this.items.at(-1)?.source ?? 0) && (isItem || this.isAfterBlank)) this.items.pop();
    this.builder.add(' '.repeat(this.items.at(-1)?.written ?? 0));
    this.titleLength = this.isAfterBlank ? this.source.slice(first, end).trimEnd().length : null;
    this.prose(isItem ? this.bullets(first, end, indentation) : first, end);
    this.isAfterBlank = false;
  }

  /**
   * A line of dashes or the like. Below a line that is no title of about its length, Markdown would make one of a whole
   * paragraph; it is a rule.
   */
  private rule(first: number, end: number): boolean {
    const text = this.source.slice(first, end).trimEnd();
    const isTitle = this.titleLength !== null && Math.abs(this.titleLength - text.length) <= 4;
    if (this.isInFormula(first) || !/^(?:-{3,}|={3,}|_{3,}|\*{3,})$/.test(text) || isTitle) return false;
    if (!this.isAfterBlank) this.builder.add('\n');
    this.items.length = 0;
    this.builder.stand('---', first, first + text.length);
    this.builder.copy(first + text.length, end);
    this.builder.add('\n');
    this.isAfterBlank = true;
    this.titleLength = null;
    return true;
  }

  private seesBullet(at: number): boolean {
    BULLET.lastIndex = at;
    return !this.isInFormula(at) && BULLET.test(this.source);
  }

  /** Writes the marks of list items; returns where the text begins. */
  private bullets(first: number, end: number, indentation: number): number {
    let at = first;
    let column = indentation;
    while (at < end && this.seesBullet(at)) {
      BULLET.lastIndex = at;
      const [whole = '', mark = '', gap = ''] = BULLET.exec(this.source) ?? [];
      this.builder.stand(mark === '•' ? '-' : mark, at, at + mark.length);
      // Markdown takes a wide gap for code.
      const blanks = gap.includes('\t') || gap.length > TAB ? ' ' : gap;
      this.builder.stand(blanks, at + mark.length, at + whole.length);
      column += mark.length + Math.max(1, blanks.length);
      const before = this.items.at(-1)?.written ?? 0;
      if (this.items.length < DEEPEST)
        this.items.push({ source: column, written: before + mark.length + Math.max(1, blanks.length) });
      at += whole.length;
    }
    return at;
  }

  private prose(start: number, end: number): void {
    let at = start;
    while (at < end) {
      const formula = this.formulaBehind(at);
      const stop = Math.min(end, Math.max(at, formula?.start ?? end));
      this.escaped(at, stop);
      at = formula ? Math.min(end, Math.max(formula.end, stop)) : stop;
      this.builder.copy(stop, at);
    }
  }

  /** Copies characters, with a backslash before those that would mean something in Markdown. */
  private escaped(start: number, end: number): void {
    let at = start;
    for (const { index } of this.source.slice(start, end).matchAll(SPECIAL)) {
      if (!isMarkup(this.source, start + index)) continue;
      this.builder.copy(at, start + index);
      this.builder.add('\\');
      at = start + index;
    }
    this.builder.copy(at, end);
  }

  private isInFormula(at: number): boolean {
    return (this.formulaBehind(at)?.start ?? Infinity) < at;
  }

  /** The first formula that ends behind an offset; offsets must not fall from call to call. */
  private formulaBehind(at: number): Span | undefined {
    while ((this.formulas[this.nextFormula]?.end ?? Infinity) <= at) this.nextFormula += 1;
    return this.formulas[this.nextFormula];
  }
}

function columnsOf(blanks: string): number {
  let column = 0;
  for (const blank of blanks) column += blank === '\t' ? TAB - (column % TAB) : 1;
  return column;
}

/** Whether a special character of Markdown would be read as one where it stands. */
function isMarkup(text: string, at: number): boolean {
  const before = text[at - 1] ?? ' ';
  const behind = text[at + 1] ?? ' ';
  switch (text[at]) {
    case '\\':
      return /[!-/:-@[-`{-~\r\n]/.test(behind);
    case '*':
      return !(/\s/.test(before) && /\s/.test(behind));
    case '_':
      return !(/[\p{L}\p{N}]/u.test(before) && /[\p{L}\p{N}]/u.test(behind));
    case '<':
      return /[a-z/!?]/i.test(behind);
    case ']':
      return behind === '(' || behind === '[' || behind === ':';
    case '~':
      return behind === '~';
    case '&':
      return /^&#?\w{1,32};/.test(text.slice(at, at + 36));
    default:
      return true;
  }
}
