/** What an experiment found, and what it says about each claim. */
import type { Phrase } from '../explain/phrase';
import type { Figure } from '../figure';
import type { Unit } from './units';

/** What was measured about a claim *as stated*: it is true, it is false, or the interval does not tell. */
export type OutcomeKind = 'holds' | 'fails' | 'inconclusive';

/** A measured number with the interval that it lies in, ends included; of something exact, both ends are the number. */
export interface Measurement {
  readonly effect: number;
  readonly interval: readonly [low: number, high: number];
  /** Such as `points`, `nats`, `parameters`, `1` for a ratio; what experiments measure in is a `Unit`. */
  readonly unit: string;
}

export interface Outcome extends Measurement {
  readonly outcome: OutcomeKind;
  /** What the numbers mean for the claim, in a sentence. */
  readonly detail: Phrase;
}

/** Hashes of the files that went in, by id. */
export type Hashes = Readonly<Record<string, string>>;

export interface Provenance {
  readonly models: Hashes;
  readonly data: Hashes;
  readonly seed: number;
  readonly settings: SettingValues;
  /** Such as `onnxruntime-node 1.30.0`; `null` when no model ran. */
  readonly runtime: string | null;
}

export type SettingValue = number | string;
export type SettingValues = Readonly<Record<string, SettingValue>>;

/** What `run` returns; provenance is added by whoever runs it. */
export interface Measured {
  /** By claim id: exactly the claims that the experiment lists. */
  readonly outcomes: Readonly<Record<string, Outcome>>;
  readonly figures: readonly Figure[];
  /** Two or three sentences: what was done, what came out, what that means. */
  readonly summary: readonly Phrase[];
}

export interface Evidence extends Measured {
  readonly experiment: string;
  readonly provenance: Provenance;
}

/** Something exact: an interval of no width. */
export function exact(effect: number, unit: Unit): Measurement {
  return { effect, interval: [effect, effect], unit };
}

function settle(isSure: boolean, isRefuted: boolean): OutcomeKind {
  return isSure ? 'holds' : isRefuted ? 'fails' : 'inconclusive';
}

/** Holds when the whole interval is above the threshold, fails when all of it is at or below. */
export function above(threshold: number, measurement: Measurement, detail: Phrase): Outcome {
  const [low, high] = measurement.interval;
  return { ...measurement, outcome: settle(low > threshold, high <= threshold), detail };
}

/** Holds when the whole interval reaches the threshold, fails when none of it does. */
export function atLeast(threshold: number, measurement: Measurement, detail: Phrase): Outcome {
  const [low, high] = measurement.interval;
  return { ...measurement, outcome: settle(low >= threshold, high < threshold), detail };
}

/** Holds when the whole interval is at or below the threshold, fails when all of it is above. */
export function atMost(threshold: number, measurement: Measurement, detail: Phrase): Outcome {
  const [low, high] = measurement.interval;
  return { ...measurement, outcome: settle(high <= threshold, low > threshold), detail };
}

/** The least favourable of several conditions that a claim needs all of; the measurement is the first's. */
export function allOf(detail: Phrase, first: Outcome, ...rest: readonly Outcome[]): Outcome {
  const kinds = [first, ...rest].map(({ outcome }) => outcome);
  return {
    ...first,
    outcome: settle(
      kinds.every((k) => k === 'holds'),
      kinds.includes('fails'),
    ),
    detail,
  };
}

/** Of the opposite claim. */
export function opposite(outcome: Outcome): Outcome {
  const opposites = { holds: 'fails', fails: 'holds', inconclusive: 'inconclusive' } as const;
  return { ...outcome, outcome: opposites[outcome.outcome] };
}
