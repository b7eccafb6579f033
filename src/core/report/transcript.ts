import type { ProblemReport } from '../problem';
import type { Span } from '../text';
import type { SourceRun, SourceSpan } from './report';

/** A text of a report's source: the main file, or one that it takes in. */
export interface SourceFile {
  /** From the folder of the main file; of that file its name. */
  readonly path: string;
  readonly text: string;
}

/** A report's source written as Markdown. */
export interface Transcript {
  readonly text: string;
  /**
   * Maps every character that comes from the source to its place; see `SourceRun`. Synthetic ones, such as line ends and
   * the numbers that a list implies, are in none.
   */
  readonly runs: readonly SourceRun[];
  /** Synthetic characters that some of the source asks for all the same, as `\item` asks for a number; in no run. */
  readonly marks: readonly SourceRun[];
  /** The main file first. */
  readonly files: readonly SourceFile[];
  readonly warnings: readonly (ProblemReport & { readonly place: SourceSpan })[];
}

/** Collects a transcript from the source's beginning to its end. */
export class TranscriptBuilder {
  private readonly pieces: string[] = [];
  private readonly runs: SourceRun[] = [];
  private readonly marks: SourceRun[] = [];
  private readonly files: SourceFile[] = [];
  private readonly warnings: (ProblemReport & { place: SourceSpan })[] = [];
  private written = 0;
  private current = 0;
  /** The command that is being written as its definition has it. */
  private expansion: Expansion | null = null;

  constructor(main: SourceFile) {
    this.files.push(main);
  }

  /** The file that offsets mean now. */
  get source(): string {
    return this.expansion?.text ?? this.files[this.current]?.text ?? '';
  }

  get length(): number {
    return this.written;
  }

  /** Offsets mean another file while `write` runs. */
  within(file: SourceFile, write: () => void): void {
    const { current, expansion } = this;
    [this.current, this.expansion] = [this.files.push(file) - 1, null];
    write();
    [this.current, this.expansion] = [current, expansion];
  }

  /** Offsets mean `text` while `write` runs: a command asks for it that stands there until now. */
  expand(text: string, command: Span, write: () => void): void {
    const outer = this.expansion;
    this.expansion = { text, command: outer?.command ?? { ...command }, outer };
    write();
    this.expansion = outer;
  }

  /**
   * Offsets mean what they did before the innermost `expand`.
   * @param end where in the source that ends which is written; `null` if it shall not have its places, which it can have
   * once and in order only
   */
  outside(end: number | null, write: () => void): void {
    const inner = this.expansion;
    const outer = inner?.outer ?? null;
    const text = outer?.text ?? this.files[this.current]?.text ?? '';
    this.expansion = end !== null || !inner ? outer : { text, command: inner.command, outer: outer?.outer ?? null };
    write();
    // What the definition says after it has no place before it.
    if (inner && end !== null && outer === null) inner.command.start = inner.command.end = end;
    this.expansion = inner;
  }

  /** What `read` gives where offsets mean what they did before the innermost `expand`. */
  readOutside<T>(read: () => T): T {
    const inner = this.expansion;
    this.expansion = inner?.outer ?? null;
    const result = read();
    this.expansion = inner;
    return result;
  }

  /** Characters as they stand in the source. */
  copy(start: number, end: number): void {
    if (end <= start) return;
    if (this.expansion) return this.mark(this.source.slice(start, end), start, end);
    const last = this.runs.at(-1);
    const continues =
      last !== undefined &&
      last.sourceLength === undefined &&
      (last.file ?? 0) === this.current &&
      last.source + last.length === start &&
      last.text + last.length === this.written;
    if (continues) this.runs[this.runs.length - 1] = { ...last, length: last.length + end - start };
    else this.runs.push({ text: this.written, source: start, length: end - start, ...this.file });
    this.add(this.source.slice(start, end));
  }

  /** Characters that the source writes differently. */
  stand(text: string, start: number, end: number): void {
    if (this.expansion) return this.mark(text, start, end);
    if (text === this.source.slice(start, end)) return this.copy(start, end);
    if (text !== '') this.runs.push(this.whole(text, start, end));
    this.add(text);
  }

  /** Synthetic characters that some of the source asks for. */
  mark(text: string, start: number, end: number): void {
    if (text !== '') this.marks.push(this.whole(text, start, end));
    this.add(text);
  }

  /** Synthetic characters. */
  add(text: string): void {
    if (text === '') return;
    this.pieces.push(text);
    this.written += text.length;
  }

  warn(problem: ProblemReport, start: number, end: number): void {
    this.warnings.push({ ...problem, place: { ...this.placeOf({ start, end }), ...this.file } });
  }

  build(): Transcript {
    const { runs, marks, files, warnings } = this;
    return { text: this.pieces.join(''), runs, marks, files, warnings };
  }

  private get file(): { readonly file?: number } {
    return this.current === 0 ? {} : { file: this.current };
  }

  private placeOf({ start, end }: Span): Span {
    return this.expansion?.command ?? { start, end };
  }

  private whole(text: string, from: number, to: number): SourceRun {
    const { start, end } = this.placeOf({ start: from, end: to });
    return { text: this.written, source: start, length: text.length, sourceLength: end - start, ...this.file };
  }
}

interface Expansion {
  readonly text: string;
  /** Where the outermost command stands in its file; its arguments are passed one by one. */
  readonly command: { start: number; end: number };
  readonly outer: Expansion | null;
}
