import type { Span } from '../text';

/** What an answer says about a claim. */
export type StanceKind = 'asserts' | 'denies' | 'silent';

export interface Stance {
  /** Id of the claim. */
  readonly claim: string;
  readonly stance: StanceKind;
  /** Calibrated probability that the stance is right, 0 to 1. */
  readonly confidence: number;
  /** The words that carry it, in the answer's text, in order; none when silent. */
  readonly spans: readonly Span[];
  /** Set where a formula was compared instead of words being read. */
  readonly isComputed?: true;
  /** What another reader says who was asked. */
  readonly opinion?: NamedOpinion;
}

export interface NamedOpinion {
  /** Name of the other reader, such as that of a language model. */
  readonly reader: string;
  readonly stance: StanceKind;
  /** Words of the answer by which it goes; empty when silent. */
  readonly quote: string;
}

/** Below these, nobody is told that an answer is right, wrong or incomplete: the verdict is `unverified`. */
export interface StanceThresholds {
  /** Of silence from which nothing follows. */
  readonly silent: number;
  /** Of silence about what a good answer says. */
  readonly missing: number;
  /** Of stances that a finding confirms. */
  readonly agreeing: number;
  /** Of a misconception that is committed. */
  readonly misconception: number;
  /** Of words that contradict an experiment or the assignment: a wrong accusation is worse than a miss. */
  readonly contradicting: number;
  /** Of a cost that was compared as a growth rate, whatever the verdict. */
  readonly computed: number;
}
