/** Between the panel of an experiment and the extension. */
import type { ClaimKind } from '../core/assignment/assignment';
import type { SettingValues } from '../core/experiments/evidence';
import type { SettingDeclaration } from '../core/experiments/settings';
import type { Phrase } from '../core/explain/phrase';
import type { EvidenceRequest, EvidenceResult } from './lab';

/** The command line begins with the same: what one surface computes, the other finds in the cache. */
export const INITIAL_SEED = 0;

/** One experiment with one choice of seed and settings. */
export interface ExperimentTarget {
  readonly experiment: string;
  readonly seed: number;
  readonly settings: SettingValues;
}

export interface ShownClaim {
  readonly id: string;
  /** Empty, as the kind is `null`, where the assignment has no such claim. */
  readonly statement: string;
  readonly kind: ClaimKind | null;
}

/** An experiment with what the assignment in force says about it. */
export interface ShownExperiment {
  readonly id: string;
  readonly title: Phrase;
  readonly settings: Readonly<Record<string, SettingDeclaration>>;
  /** The question that names it; `null` when none does. */
  readonly question: { readonly id: string; readonly title: string } | null;
  /** Those that it decides. */
  readonly claims: readonly ShownClaim[];
  /** Whether another view shows its models at work. */
  readonly hasView: boolean;
}

/** What is there before anything runs. */
export interface Standing {
  readonly kept: EvidenceResult | null;
  /** The same run is under way, perhaps for another view: asking for it joins it. */
  readonly isRunning: boolean;
  /** That the last run of this experiment took, with whatever settings. */
  readonly seconds: number | null;
}

/** `queued` while other experiments run before it. */
export type RunStage = 'queued' | 'running';

/** A figure as a file. */
export interface FigureFile {
  /** Proposed name, with the ending of its kind. */
  readonly name: string;
  readonly kind: 'png' | 'svg' | 'csv';
  readonly bytes: Uint8Array;
}

/** Seed and settings are the initial ones where nothing is said. */
export interface ShowRequest {
  /** Tells one request from another. */
  readonly request: number;
  readonly experiment: string;
  readonly seed: number | null;
  readonly settings: Readonly<Record<string, unknown>>;
}

export interface ExperimentHostMethods {
  /** What the page shall show at first; `null` when that is what it showed before. */
  ready: { params: null; result: ShowRequest | null };
  /** @throws Problem `experiment.unknown` */
  describe: { params: { experiment: string }; result: ShownExperiment };
  standing: { params: ExperimentTarget; result: Standing };
  /** Runs it, or joins the same run, or finds its evidence in the cache; a run that this view waited for before ends. */
  run: { params: EvidenceRequest; result: EvidenceResult };
  /** Asks for a place and writes the file; `null` when the person changed their mind. */
  saveFigure: { params: FigureFile; result: { path: string } | null };
  copy: { params: { text: string }; result: void };
  /** Opens the other view of an experiment that has one. */
  openView: { params: { experiment: string }; result: void };
  openLink: { params: { href: string }; result: void };
  showLog: { params: null; result: void };
}

export interface ExperimentViewMethods {
  /** Shows an experiment and runs it. A page that has the request already, from `ready`, does nothing. */
  show: { params: ShowRequest; result: void };
}
