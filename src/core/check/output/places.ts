import type { Answer } from '../../report/report';
import { sourceSpan } from '../../report/sourceMap';
import { LineIndex, type Range, type Span } from '../../text';
import type { CheckedReport } from './checkResult';

/** A place in a report's source. */
export interface Place extends Range {
  /** Path from the report's folder, where it is not the report's own file. */
  readonly file?: string;
}

/** Leads from places in answers to lines and characters of the files that they were read from. */
export class Places {
  private readonly answers: ReadonlyMap<string, Answer>;
  private readonly indices = new Map<number, LineIndex>();

  constructor(private readonly checked: CheckedReport) {
    this.answers = new Map(checked.report.parts.map((answer) => [answer.id, answer]));
  }

  /** `null` when the report has no answer to the part. */
  answer(part: string): Answer | null {
    return this.answers.get(part) ?? null;
  }

  /** @param span in the answer's text */
  placeOf(answer: Answer, span: Span): Place {
    const source = sourceSpan(answer, span);
    return this.place(this.indexOf(source.file ?? 0).rangeOf(source), source.file);
  }

  /** A place in the file with this index in `Report.files`; absent for the main file. */
  place({ start, end }: Range, file: number | undefined): Place {
    const path = file === undefined ? undefined : this.checked.report.files[file];
    return { start, end, ...(path !== undefined && { file: path }) };
  }

  private indexOf(file: number): LineIndex {
    const index = this.indices.get(file) ?? new LineIndex(this.checked.sources[file] ?? '');
    this.indices.set(file, index);
    return index;
  }
}
