/** What webviews are told of findings. */
import type { Finding, PartFindings } from '../core/check/finding';
import type { FormulaFinding } from '../core/check/formulas/checkFormulas';
import type { ProblemReport } from '../core/problem';

export interface ShownFinding extends Finding {
  /** What stands at each span, to find it again while the answer is being changed. */
  readonly words: readonly string[];
  /** Why a person dismissed it; `null` as long as nobody did. */
  readonly dismissed: string | null;
}

export interface ShownFormula extends FormulaFinding {
  /** What a dismissal remembers; the same for a formula that is written several times. */
  readonly id: string;
  readonly stance: string;
  readonly words: string;
  readonly dismissed: string | null;
}

export interface ShownPartFindings extends Omit<PartFindings, 'claims' | 'formulas'> {
  readonly claims: readonly ShownFinding[];
  /** Those that are wrong. */
  readonly formulas: readonly ShownFormula[];
}

/** `unread` until somebody asks for a check, where reports are not read by themselves. */
export type ReadingStage = 'unread' | 'reading' | 'read' | 'problem';

/** Where the reading of a report's answers stands. */
export interface ReadingState {
  readonly stage: ReadingStage;
  /** Why the answers could not be read, at that stage. */
  readonly problem: ProblemReport | null;
  /** Experiments that decide claims of the report and have not run yet. */
  readonly pending: readonly string[];
}

export interface FindingsUpdate extends ReadingState {
  /** What was told of parts before is void. */
  readonly isFirst: boolean;
  /** The parts that differ from what was told before. */
  readonly parts: readonly ShownPartFindings[];
}
