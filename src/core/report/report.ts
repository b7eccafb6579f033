import type { ProblemCode, ProblemData } from '../problem';
import type { Range, Span } from '../text';

export type ReportFormat = 'markdown';

/** A run of characters of an answer's text that stands unchanged in the source, in order and without overlap. */
export interface SourceRun {
  /** Offset in the answer's text. */
  readonly text: number;
  /** Offset in the source. */
  readonly source: number;
  readonly length: number;
}

export interface Formula {
  /** Without its dollars. */
  readonly latex: string;
  readonly display: boolean;
  /** In the source, dollars included. */
  readonly range: Range;
}

/** The answer to one part of a question. */
export interface Answer {
  /** Of the part, such as `7b`. */
  readonly id: string;
  /** The marker as it stands in the source, such as `7. **a.**`. */
  readonly heading: string;
  /** Markdown of the answer, without its marker and without the indentation of a list that it stands in. */
  readonly text: string;
  /** Maps every character of `text` to the source; line ends between runs map to the end of the run before. */
  readonly runs: readonly SourceRun[];
  /** In the source, from the first to the last character of the answer, marker excluded. */
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
}

/** A file with answers, one per part, in the order of the file. */
export interface Report {
  readonly report: string;
  readonly format: ReportFormat;
  readonly parts: readonly Answer[];
  readonly warnings: readonly ReportWarning[];
}
