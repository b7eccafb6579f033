import type { Tokenizer } from '@huggingface/tokenizers';
import type { Cancellation, Clock, Models, ModelSession, Tensor } from '../ports';
import { NEVER_CANCELLED } from '../ports';
import { Problem } from '../problem';
import { BeamSearch } from './beamSearch';

export const ENCODER = 'translator-encoder';
export const DECODER = 'translator-decoder';

export interface TranslationRequest {
  /** One English sentence. */
  readonly sentence: string;
  /** Hypotheses kept at every step; 1 is greedy decoding. */
  readonly beams: number;
}

/** Row-stochastic weights: [layer][head][row][column]; each row sums to 1 ± 1e-5. */
export type AttentionMaps = readonly (readonly (readonly (readonly number[])[])[])[];

export interface Translation {
  /** Subword tokens of the sentence, end mark included: the columns of `cross`. A leading ▁ starts a word. */
  readonly source: readonly string[];
  /** Subword tokens of the translation, end mark included: the rows of `cross`. */
  readonly target: readonly string[];
  readonly text: string;
  readonly attention: {
    /** [layer][head][source][source] */
    readonly encoder: AttentionMaps;
    /** [layer][head][target][target]; token t sees the start mark and the tokens before it, so row t has t + 1 entries
     *  of which the first is the start mark's; the rest of the row is 0. */
    readonly decoder: AttentionMaps;
    /** [layer][head][target][source] */
    readonly cross: AttentionMaps;
  };
  /** Natural logarithm of the translation's probability. */
  readonly logProbability: number;
  readonly milliseconds: number;
}
