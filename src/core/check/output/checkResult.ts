/** What the command line has to tell of reports, and how it is written. */
import type { Assignment } from '../../assignment/assignment';
import type { ProblemReport } from '../../problem';
import type { Report, ReportWarning } from '../../report/report';
import type { PartFindings } from '../finding';

interface Named {
  /** The file as a person named it. */
  readonly name: string;
  /** The same as a URI reference: relative where possible, `/` between folders, percent-encoded. */
  readonly uri: string;
}

export interface CheckedReport extends Named {
  readonly problem: null;
  readonly report: Report;
  /** The texts of `report.files`, in their order. */
  readonly sources: readonly string[];
  /** One for each part of the assignment, in its order. */
  readonly parts: readonly PartFindings[];
  /** Of reading and of checking. */
  readonly warnings: readonly ReportWarning[];
}

export interface FailedReport extends Named {
  readonly problem: ProblemReport;
}

export type CheckResult = CheckedReport | FailedReport;

/** What all reports of a check have in common. */
export interface CheckContext {
  readonly assignment: Assignment;
  /** Of Drylab. */
  readonly version: string;
}

/**
 * Writes the results of a check as one text, report by report, so that memory does not grow with their number: the text is
 * what `begin`, `add` for each result, and `end` give, in this order.
 */
export interface CheckDocument {
  begin(): string;
  add(result: CheckResult): string;
  end(): string;
}
