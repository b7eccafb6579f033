/** Between the report's webview and the extension. */
import type { Annotation } from '../core/annotation/annotation';
import type { Answer, ReportWarning } from '../core/report/report';
import type { Assignment } from '../core/assignment/assignment';
import type { ProblemReport } from '../core/problem';
import type { Span } from '../core/text';
import type { FigureFile, Standing } from './experimentView';
import type { FindingsUpdate } from './findingsView';
import type { EvidenceResult } from './lab';

/** A note as the webview shows it. */
export interface ShownAnnotation {
  readonly annotation: Annotation;
  /** Offsets in the answer's text of the part, or `null` for an orphan or a note outside every answer. */
  readonly span: Span | null;
  readonly part: string | null;
}

export interface ReportState {
  readonly uri: string;
  readonly name: string;
  readonly assignment: Assignment;
  readonly answers: readonly Answer[];
  readonly warnings: readonly ReportWarning[];
  readonly annotations: readonly ShownAnnotation[];
  /** Why notes cannot be written, when they cannot. */
  readonly notesProblem: ProblemReport | null;
  /** What kept the report from being read; the other fields are then empty. */
  readonly problem: ProblemReport | null;
}

/** Where in a report a page is to go. */
export interface PlaceInReport {
  readonly part: string;
  readonly annotation: string | null;
  /** Id of a claim or of a formula. */
  readonly finding?: string | null;
}

/** What a page begins with. */
export interface ReportStart {
  readonly state: ReportState;
  readonly findings: FindingsUpdate;
  /** The part at which reading stopped last time. */
  readonly part: string | null;
}

/** What is known of an experiment with its initial settings. */
export interface ShownEvidence extends Standing {
  /** Ids of the claims that it decides. */
  readonly claims: readonly string[];
}

/** What the webview asks of the extension. */
export interface ReportHostMethods {
  ready: { params: null; result: ReportStart };
  reload: { params: null; result: void };
  /** Shows the place in the editor; offsets in the answer's text, the whole answer without them. */
  revealInSource: { params: { part: string; span: Span | null }; result: void };
  openLink: { params: { href: string }; result: void };
  addAnnotation: { params: { part: string; span: Span; body: string }; result: Annotation };
  editAnnotation: { params: { id: string; body: string }; result: void };
  resolveAnnotation: { params: { id: string; resolved: boolean }; result: void };
  deleteAnnotation: { params: { id: string }; result: void };
  /** Puts back the note or reply that was deleted last. */
  undoDelete: { params: null; result: void };
  addReply: { params: { id: string; body: string }; result: void };
  editReply: { params: { id: string; reply: string; body: string }; result: void };
  deleteReply: { params: { id: string; reply: string }; result: void };
  /** The part that is now in view, for the side panel. */
  partShown: { params: { part: string }; result: void };
  /** Shows the experiment of a question in its panel. */
  openExperiment: { params: { question: string }; result: void };
  /** Opens the other view that the experiment of a question has. */
  openExperimentView: { params: { question: string }; result: void };
  /** `null` for an experiment that there is not. Runs nothing. */
  evidence: { params: { experiment: string }; result: ShownEvidence | null };
  /** Runs an experiment with its initial settings, or joins the run that is under way. */
  runExperiment: { params: { experiment: string }; result: EvidenceResult };
  /** Reads the answers and runs the experiments that are pending, one by one: the stage of its progress is their id. */
  check: { params: null; result: void };
  /** Sets a finding aside, for as long as the answer takes the same stance. */
  dismissFinding: { params: { claim: string; stance: string; reason: string }; result: void };
  restoreFinding: { params: { claim: string }; result: void };
  saveFigure: { params: FigureFile; result: { path: string } | null };
}

/** What the extension asks of the webview. */
export interface ReportViewMethods {
  update: { params: ReportState; result: void };
  /** Apart from the report, since typing changes that more often. */
  findings: { params: FindingsUpdate; result: void };
  /** Scrolls to a part, or to a note or finding of it, and moves the focus there. */
  reveal: { params: PlaceInReport; result: void };
  /** Another view ran an experiment. */
  evidenceFound: { params: { experiment: string }; result: void };
  move: { params: { by: 1 | -1 }; result: void };
  /** Begins a note on the words that are selected in the view; without a selection it asks for one. */
  addNote: { params: null; result: void };
}
