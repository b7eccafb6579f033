import { phrase } from '../phrase';
import type { Arguments } from './arguments';
import { type Entry, LINKS, REQUIRED } from './entry';
import { layer, product, times, weightList } from './layerEntry';

/** Size of the bias: 0 without one. */
function bias(args: Arguments, size: number | null): number | null {
  const flag = args.flag('bias');
  if (flag === null) return null;
  return flag ? size : 0;
}

const withBias = (args: Arguments, product: string, size: string): string =>
  args.flag('bias') === true ? `${product} + ${size}` : product;

const linear = layer('Linear', {
  title: 'Fully connected layer',
  summary: 'Multiplies the last axis by a learned matrix and adds a bias: y = xWᵀ + b. Every output sees every input.',
  signature: { in_features: REQUIRED, out_features: REQUIRED, bias: true, device: null, dtype: null },
  links: [LINKS.universal, LINKS.cnnOrMlp],
  weights: (args) => {
    const outputs = args.integer('out_features');
    return weightList({ weight: product(args.integer('in_features'), outputs), bias: bias(args, outputs) });
  },
  formula: (args) =>
    withBias(args, times(args.text('in_features'), args.text('out_features')), args.text('out_features')),
  shapes: (args) => [`(…, ${args.text('in_features')})`, `(…, ${args.text('out_features')})`],
  cost: () => phrase('O(r·i·o) multiply–adds: r rows (batch × positions), i inputs, o outputs'),
});

const bilinear = layer('Bilinear', {
  title: 'Bilinear layer',
  summary: 'Combines two inputs through a learned tensor: y = x₁ᵀAx₂ + b.',
  signature: {
    in1_features: REQUIRED,
    in2_features: REQUIRED,
    out_features: REQUIRED,
    bias: true,
    device: null,
    dtype: null,
  },
  weights: (args) => {
    const outputs = args.integer('out_features');
    const weight = product(args.integer('in1_features'), args.integer('in2_features'), outputs);
    return weightList({ weight, bias: bias(args, outputs) });
  },
  formula: (args) =>
    withBias(
      args,
      times(args.text('in1_features'), args.text('in2_features'), args.text('out_features')),
      args.text('out_features'),
    ),
});

const EMBEDDING_TAIL = { max_norm: null, norm_type: 2, scale_grad_by_freq: false } as const;

const embeddingParts = {
  weights: (args: Arguments) =>
    weightList({ weight: product(args.integer('num_embeddings'), args.integer('embedding_dim')) }),
  formula: (args: Arguments) => times(args.text('num_embeddings'), args.text('embedding_dim')),
};

const embedding = layer('Embedding', {
  ...embeddingParts,
  title: 'Embedding table',
  summary:
    'Looks up one learned vector per index: the same as a one-hot vector times a matrix, without the multiplication.',
  signature: {
    num_embeddings: REQUIRED,
    embedding_dim: REQUIRED,
    padding_idx: null,
    ...EMBEDDING_TAIL,
    sparse: false,
    _weight: null,
    _freeze: false,
    device: null,
    dtype: null,
  },
  links: [LINKS.attentionMap],
  shapes: (args) => ['(…) of integer indices', `(…, ${args.text('embedding_dim')})`],
  cost: () => phrase('O(n·d) to copy n rows of d numbers; nothing is multiplied'),
});

const embeddingBag = layer('EmbeddingBag', {
  ...embeddingParts,
  title: 'Bag of embeddings',
  summary: 'Looks up the vectors of several indices and adds or averages them.',
  signature: {
    num_embeddings: REQUIRED,
    embedding_dim: REQUIRED,
    ...EMBEDDING_TAIL,
    mode: 'mean',
    sparse: false,
    _weight: null,
    include_last_offset: false,
    padding_idx: null,
    device: null,
    dtype: null,
  },
  shapes: (args) => ['(B, n) of integer indices', `(B, ${args.text('embedding_dim')})`],
});

export const LINEAR_LAYERS: readonly Entry[] = [linear, bilinear, embedding, embeddingBag];
