import type { ProblemCode, ProblemData } from '../problem';
import type { Range, Span } from '../text';

export type ReportFormat = 'markdown' | 'latex' | 'notebook' | 'text';

/**
 * A run of characters of an answer's text that stands in the source, unchanged unless it has a `sourceLength`. Runs are in
 * the order of the text and, those of one file, in the order of the source; they do not overlap.
 */
export interface SourceRun {
  /** Offset in the answer's text. */
  readonly text: number;
  /** Offset in the source. */
  readonly source: number;
  readonly length: number;
  /**
   * Set where so many other characters of the source are written for the run's characters, such as `\u00e9` for `é`.
   * Such a run is one whole: no part of it has a place of its own.
   */
  readonly sourceLength?: number;
  /** Index in `Report.files`; absent for the main file. */
  readonly file?: number;
}

/** A span in one file of a report. */
export interface SourceSpan extends Span {
  /** Index in `Report.files`; absent for the main file. */
  readonly file?: number;
}

export interface Formula {
  /** Without its dollars. */
  readonly latex: string;
  readonly display: boolean;
  /** In the source, dollars or what stands for them included. */
  readonly range: Range;
  /** Index in `Report.files`; absent for the main file. */
  readonly file?: number;
}

/** The answer to one part of a question. */
export interface Answer {
  /** Of the part, such as `7b`. */
  readonly id: string;
  /** The marker as it stands in the source, such as `7. **a.**` or `\item[(a)]`. */
  readonly heading: string;
  /** Markdown of the answer, without its marker and without the indentation of a list that it stands in. */
  readonly text: string;
  /**
   * Maps every character of `text` that comes from the source to its place. Others, such as the number that `\item` only
   * implies, stand between runs; they map to the end of the run before.
   */
  readonly runs: readonly SourceRun[];
  /** Index in `Report.files` of the file in which the answer begins; absent for the main file. */
  readonly file?: number;
  /** In that file, from the first to the last character of the answer there, marker excluded. */
  readonly range: Range;
  /** The same as offsets. */
  readonly span: Span;
  readonly formulas: readonly Formula[];
}

export interface ReportWarning {
  readonly code: ProblemCode;
  readonly data: ProblemData;
  /** English; surfaces translate it from code and data. */
  readonly message: string;
  readonly range: Range;
  /** Index in `Report.files`; absent for the main file. */
  readonly file?: number;
}

/** A file with answers, one per part, in the order of the file. */
export interface Report {
  readonly report: string;
  readonly format: ReportFormat;
  /** The main file and, by their paths from its folder, the files that it takes in, as often as it does. */
  readonly files: readonly string[];
  readonly parts: readonly Answer[];
  readonly warnings: readonly ReportWarning[];
}
