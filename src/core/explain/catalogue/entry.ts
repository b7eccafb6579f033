import type { ExplanationLink } from '../explanation';
import type { Value } from '../evaluate/value';
import type { Phrase } from '../phrase';
import type { Arguments } from './arguments';

/** One weight of a layer. */
export interface Weight {
  readonly name: string;
  readonly count: number;
}

/** What follows from the arguments of a constructor. Unknown is `null`. */
export interface LayerFacts {
  /** Of a layer's own weights, those of its submodules excluded. */
  readonly weights: readonly Weight[] | null;
  /** Such as `64·32·3·3 + 64`. */
  readonly formula: string | null;
  readonly inputShape: string | null;
  readonly outputShape: string | null;
  readonly cost: Phrase | null;
  /** A further sentence that follows from the arguments. */
  readonly detail: Phrase | null;
  readonly mistake: Phrase | null;
}

export const NO_FACTS: LayerFacts = {
  weights: null,
  formula: null,
  inputShape: null,
  outputShape: null,
  cost: null,
  detail: null,
  mistake: null,
};

/** Default of a parameter; `REQUIRED` has none. */
export type Default = number | string | boolean | null | typeof REQUIRED;
export const REQUIRED = Symbol('required');

/** Parameters in the order of PyTorch's signature. */
export type Signature = Readonly<Record<string, Default>>;

/** Something that hovers explain: a layer, function or optimizer of PyTorch. */
export interface Entry {
  readonly symbol: string;
  readonly kind: 'layer' | 'function' | 'optimizer';
  readonly title: string;
  readonly summary: string;
  readonly signature: Signature;
  readonly links: readonly ExplanationLink[];
  describe(args: Arguments): LayerFacts;
  /** Layers of which it is made, by the names under which it registers them. */
  submodules?(args: Arguments): ReadonlyMap<string, Value>;
}

const link = (question: string, experiment: string | null): ExplanationLink => ({ question, experiment });

/** Questions of the built-in assignment, by what they are about. */
export const LINKS = {
  universal: link('2', 'universal-approximation'),
  cnnOrMlp: link('3', 'cnn-vs-mlp'),
  average: link('4', 'ema-vs-mean'),
  scalarLoss: link('5', 'scalar-loss'),
  inductiveBias: link('6', 'inductive-bias'),
  attentionCost: link('7', 'attention-cost'),
  attentionMap: link('8', 'attention-map'),
  diffusion: link('9', 'diffusion-elbo'),
  autoencoder: link('10', 'ae-vs-vae'),
  latent: link('1', 'latent-dimension'),
} as const;
