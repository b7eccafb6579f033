/** What Drylab has to say about an answer. */
import type { ClaimKind } from '../assignment/assignment';
import type { OutcomeKind } from '../experiments/evidence';
import type { Phrase } from '../explain/phrase';
import type { FormulaFinding } from './formulas/checkFormulas';
import type { Stance } from './stance';

/**
 * `supported`, `contradicted`: an experiment agrees with the answer, or does not. `misconception`: a common error is
 * committed. `missing`: an expected claim is not made. `not-mentioned`: nothing to tell. `stated`: said, and no experiment
 * decides it. `unverified`: the evidence or the reading is too unsure.
 */
export type Verdict =
  'supported' | 'contradicted' | 'misconception' | 'missing' | 'not-mentioned' | 'stated' | 'unverified';

/** Verdicts from the gravest on. */
export const VERDICTS: readonly Verdict[] = [
  'misconception',
  'contradicted',
  'missing',
  'unverified',
  'stated',
  'supported',
  'not-mentioned',
];

/** What an experiment says about a claim, as much of it as a finding shows. */
export interface ClaimEvidence {
  /** Id of the experiment. */
  readonly experiment: string;
  readonly outcome: OutcomeKind;
  readonly effect: number;
  readonly interval: readonly [low: number, high: number];
  readonly unit: string;
  /** What the numbers mean for the claim. */
  readonly detail: Phrase;
}

/** `pending`: the experiment that decides the claim has not run yet. `null`: no experiment decides it. */
export type KnownEvidence = ClaimEvidence | 'pending' | null;

/** A verdict on one claim in one answer. */
export interface Finding extends Stance {
  readonly part: string;
  readonly kind: ClaimKind;
  readonly statement: string;
  readonly evidence: KnownEvidence;
  readonly verdict: Verdict;
  /** Of an accusation that another reader disputes: what it would be without that. Suggested points go by it. */
  readonly undisputed?: Verdict;
  /** Why, in a sentence with numbers. */
  readonly why: Phrase;
}

export interface PartFindings {
  readonly part: string;
  /** `false` when the report has no answer to the part, or an empty one. */
  readonly isAnswered: boolean;
  readonly points: number;
  /** Points that the findings suggest, in steps of a half. */
  readonly suggested: number;
  readonly claims: readonly Finding[];
  readonly formulas: readonly FormulaFinding[];
}

/** What the words of a report say, before any evidence. */
export interface PartReading {
  readonly part: string;
  /** One for each claim of the part, in its order. */
  readonly stances: readonly Stance[];
  readonly formulas: readonly FormulaFinding[];
}

/** Evidence by experiment and claim; an experiment that has not run is absent. */
export type EvidenceByClaim = ReadonlyMap<string, ReadonlyMap<string, ClaimEvidence>>;
