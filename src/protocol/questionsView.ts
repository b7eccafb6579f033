/** Between the side panel's webview and the extension. */
import type { Summary } from '../core/check/summary';
import type { ProblemReport } from '../core/problem';

export interface PartState {
  readonly id: string;
  readonly answered: boolean;
  /** Words in the answer. */
  readonly words: number;
  /** Open notes on the answer. */
  readonly notes: number;
  readonly warnings: number;
  /** `null` while the answer has not been read, and without one. */
  readonly findings: Summary | null;
}

export interface QuestionState {
  readonly id: string;
  readonly title: string;
  readonly parts: readonly PartState[];
}

/** What is selected in the editor, as far as Drylab knows something about it. */
export interface SelectionState {
  readonly part: string | null;
  /** The selected words, shortened; empty without a selection. */
  readonly words: string;
}

export interface QuestionsState {
  /** Name of the report, or `null` when none is open. */
  readonly report: string | null;
  readonly questions: readonly QuestionState[];
  readonly selection: SelectionState | null;
  readonly problem: ProblemReport | null;
}

/** The commands that the side panel offers; the extension runs no others for it. */
export type PanelCommand =
  'openReport' | 'runExperiment' | 'sampleModels' | 'showAttentionMap' | 'showModels' | 'addNote' | 'showLog';

export interface QuestionsHostMethods {
  ready: { params: null; result: QuestionsState };
  openPart: { params: { part: string }; result: void };
  run: { params: { command: PanelCommand }; result: void };
}

export interface QuestionsViewMethods {
  update: { params: QuestionsState; result: void };
}
