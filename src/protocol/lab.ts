/** What the lab process does for others. */
import type { Assignment, LoadedAssignment } from '../core/assignment/assignment';
import type { Completion } from '../core/assignment/completions';
import type { Description } from '../core/assignment/describe';
import type { PartReading } from '../core/check/finding';
import type { Evidence } from '../core/experiments/evidence';
import type { Experiment } from '../core/experiments/experiment';
import type { DataRecord, Manifest, ModelRecord } from '../core/models/manifest';
import type { Samples, SamplesRequest } from '../core/models/sampler';
import type { Translation, TranslationRequest } from '../core/models/translator';
import type { Report } from '../core/report/report';

interface Checked {
  /** Set when the file was read and compared with its hash. */
  readonly verified: boolean | null;
}

export type ModelCheck = ModelRecord & Checked;
export type DataCheck = DataRecord & Checked;

/** Everything that Drylab brings along to run. */
export interface Collection {
  readonly families: Manifest['families'];
  readonly models: readonly ModelCheck[];
  readonly data: readonly DataCheck[];
}

/** What evidence depends on, beside the code, the models and the data. */
export interface EvidenceIdentity {
  /** Id of an experiment. */
  readonly experiment: string;
  /** 0 to 2³¹ − 1. */
  readonly seed: number;
  /** Values that differ from the initial ones. */
  readonly settings: Readonly<Record<string, unknown>>;
}

export interface EvidenceRequest extends EvidenceIdentity {
  /** Computes anew what was computed before. */
  readonly isFresh: boolean;
}

/** All of an experiment but its code. */
export type ExperimentDescription = Omit<Experiment, 'run'>;

export interface EvidenceResult {
  readonly evidence: Evidence;
  /** That the computation took, now or when it was cached. */
  readonly seconds: number;
  readonly isCached: boolean;
}

export interface ReportRequest {
  /** Its ending tells the format. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Ids of the assignment's parts in order; `null` where the assignment is unknown. */
  readonly parts: readonly string[] | null;
  /** What the report takes in, by paths from its folder; `null` for a file that lies outside of it. */
  readonly files?: Readonly<Record<string, Uint8Array | null>>;
}

export interface LabMethods {
  /** Parses a report; bytes come as read from disk, so that the encoding can be checked. */
  readReport: { params: ReportRequest; result: Report };
  /** Parses an assignment, or tells all that is wrong with it. @throws Problem `file.not-utf8` */
  readAssignment: { params: { name: string; bytes: Uint8Array }; result: LoadedAssignment };
  /** What can be typed at an offset of an assignment file. */
  completeAssignment: { params: { text: string; offset: number }; result: readonly Completion[] };
  /** What the key or value at an offset of an assignment file means. */
  describeAssignment: { params: { text: string; offset: number }; result: Description | null };
  /** What each answer of a report says about the claims of its part; can be cancelled. Runs no experiment. */
  readAnswers: { params: { report: Report; assignment: Assignment }; result: readonly PartReading[] };
  sample: { params: SamplesRequest; result: Samples };
  translate: { params: TranslationRequest; result: Translation };
  models: { params: { verify: boolean }; result: Collection };
  /** Runs an experiment, or finds its evidence in the cache. Reports progress; can be cancelled. */
  evidence: { params: EvidenceRequest; result: EvidenceResult };
  /** Evidence that was computed before; `null` when there is none. Runs nothing. */
  cachedEvidence: { params: EvidenceIdentity; result: EvidenceResult | null };
  /** In the order of the questions of the built-in assignment. */
  experiments: { params: null; result: readonly ExperimentDescription[] };
  /** Which runtime executes the models, such as `onnxruntime-node 1.30.0`; loads it if need be. */
  runtime: { params: null; result: string };
}

/** What the lab process tells its parent. */
export interface LabClientMethods {
  /** Around the first moments of a native library, in which it may end the process without a word. */
  runtimeState: { params: 'loading' | 'loaded'; result: void };
  log: { params: { level: 'info' | 'warn' | 'error'; message: string }; result: void };
}
