import type { ProblemReport } from '../problem';
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

  constructor(main: SourceFile) {
    this.files.push(main);
  }

  /** The file that offsets mean now. */
  get source(): string {
    return this.files[this.current]?.text ?? '';
  }

  get length(): number {
    return this.written;
  }

  /** Offsets mean another file while `write` runs. */
  within(file: SourceFile, write: () => void): void {
    const outer = this.current;
    this.current = this.files.push(file) - 1;
    write();
    this.current = outer;
  }

  /** Characters as they stand in the source. */
  copy(start: number, end: number): void {
    if (end <= start) return;
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
    this.warnings.push({ ...problem, place: { start, end, ...this.file } });
  }

  build(): Transcript {
    const { runs, marks, files, warnings } = this;
    return { text: this.pieces.join(''), runs, marks, files, warnings };
  }

  private get file(): { readonly file?: number } {
    return this.current === 0 ? {} : { file: this.current };
  }

  private whole(text: string, start: number, end: number): SourceRun {
    return { text: this.written, source: start, length: text.length, sourceLength: end - start, ...this.file };
  }
}
