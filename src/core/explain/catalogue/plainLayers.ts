import { type Phrase, phrase } from '../phrase';
import type { Arguments } from './arguments';
import { type Entry, LINKS, REQUIRED, type Signature } from './entry';
import { layer, weightList } from './layerEntry';

export const SOFTMAX_WITHOUT_DIM =
  'No dim is given. PyTorch guesses the axis from the number of axes, and warns. Say which axis shall sum to 1, mostly dim=-1.';

const softmaxDim = (args: Arguments): Phrase | null =>
  args.isNone('dim') === true ? phrase(SOFTMAX_WITHOUT_DIM) : null;

const elementwise = (): Phrase => phrase('O(m): one pass over the m numbers in the input');

const same = (): readonly [string, string] => ['(…)', '(…)'];

function activation(name: string, title: string, summary: string, signature: Signature = {}): Entry {
  return layer(name, { title, summary, signature, links: [LINKS.universal], shapes: same, cost: elementwise });
}

function dropout(name: string, summary: string): Entry {
  return layer(name, {
    title: 'Dropout',
    summary,
    signature: { p: 0.5, inplace: false },
    shapes: same,
    cost: elementwise,
  });
}

const ACTIVATIONS: readonly Entry[] = [
  activation(
    'ReLU',
    'Rectified linear unit',
    'max(0, x) for every element. Without a nonlinearity, stacked linear layers are one linear layer.',
    { inplace: false },
  ),
  activation(
    'GELU',
    'Gaussian error linear unit',
    'x·Φ(x), where Φ is the normal distribution function: a smooth ReLU.',
    { approximate: 'none' },
  ),
  activation('LeakyReLU', 'Leaky rectified linear unit', 'Like ReLU, with a small slope for negative inputs.', {
    negative_slope: 0.01,
    inplace: false,
  }),
  activation('ELU', 'Exponential linear unit', 'x for positive inputs, α(eˣ − 1) for negative ones.', {
    alpha: 1,
    inplace: false,
  }),
  activation('SiLU', 'Sigmoid linear unit', 'x·σ(x), also called swish.', { inplace: false }),
  activation('Tanh', 'Hyperbolic tangent', 'Squashes every element into (−1, 1).'),
  activation('Sigmoid', 'Sigmoid', 'Squashes every element into (0, 1).'),
  activation('Softplus', 'Softplus', 'log(1 + eˣ): a smooth ReLU that is always positive.', { beta: 1, threshold: 20 }),
  layer('PReLU', {
    title: 'Parametric rectified linear unit',
    summary: 'Like ReLU, with a learned slope for negative inputs.',
    signature: { num_parameters: 1, init: 0.25, device: null, dtype: null },
    weights: (args) => weightList({ weight: args.integer('num_parameters') }),
    formula: (args) => args.text('num_parameters'),
    shapes: same,
    cost: elementwise,
  }),
];

const SOFTMAXES: readonly Entry[] = [
  layer('Softmax', {
    title: 'Softmax',
    summary: 'Exponentials divided by their sum: positive weights that sum to 1 along one axis.',
    signature: { dim: null },
    links: [LINKS.attentionMap, LINKS.attentionCost],
    shapes: same,
    cost: elementwise,
    mistake: softmaxDim,
  }),
  layer('LogSoftmax', {
    title: 'Logarithm of softmax',
    summary: 'x − log Σ eˣ along one axis, computed without overflow; NLLLoss expects it.',
    signature: { dim: null },
    links: [LINKS.attentionMap],
    shapes: same,
    cost: elementwise,
    mistake: softmaxDim,
  }),
];

const DROPOUTS: readonly Entry[] = [
  dropout(
    'Dropout',
    'Sets elements to zero at random while training and scales the rest up; does nothing in evaluation mode.',
  ),
  ...[1, 2, 3].map((n) =>
    dropout(`Dropout${n}d`, 'Sets whole channels to zero at random while training and scales the rest up.'),
  ),
];

const CONTAINERS: readonly Entry[] = [
  layer('Sequential', {
    title: 'Layers in sequence',
    summary: 'Feeds its input through the layers one after the other.',
    signature: {},
    links: [LINKS.universal],
  }),
  layer('ModuleList', {
    title: 'List of modules',
    summary: 'Holds modules in a list and registers their parameters, which a plain Python list does not.',
    signature: {},
  }),
  layer('ModuleDict', {
    title: 'Dictionary of modules',
    summary: 'Holds modules by name and registers their parameters, which a plain Python dictionary does not.',
    signature: {},
  }),
];

const flatten = layer('Flatten', {
  title: 'Flatten',
  summary: 'Joins axes into one. The neighbourhood of pixels is lost to the layers after it.',
  signature: { start_dim: 1, end_dim: -1 },
  links: [LINKS.cnnOrMlp],
  cost: () => phrase('O(1): only the view changes'),
});

const identity = layer('Identity', {
  title: 'Identity',
  summary: 'Returns its input; takes any arguments.',
  signature: {},
  shapes: same,
});

function pooling(name: string, title: string, signature: Signature): Entry {
  return layer(name, {
    title,
    summary: 'Summarises regions of the input, which makes it smaller and less sensitive to small shifts.',
    signature,
    links: [LINKS.inductiveBias],
    cost: elementwise,
  });
}

const POOLINGS: readonly Entry[] = [1, 2, 3].flatMap((n) => [
  pooling(`MaxPool${n}d`, 'Max pooling', {
    kernel_size: REQUIRED,
    stride: null,
    padding: 0,
    dilation: 1,
    return_indices: false,
    ceil_mode: false,
  }),
  pooling(`AvgPool${n}d`, 'Average pooling', {
    kernel_size: REQUIRED,
    stride: null,
    padding: 0,
    ceil_mode: false,
    count_include_pad: true,
    divisor_override: null,
  }),
  pooling(`AdaptiveAvgPool${n}d`, 'Adaptive average pooling', { output_size: REQUIRED }),
  pooling(`AdaptiveMaxPool${n}d`, 'Adaptive max pooling', { output_size: REQUIRED, return_indices: false }),
]);

export const PLAIN_LAYERS: readonly Entry[] = [
  ...ACTIVATIONS,
  ...SOFTMAXES,
  ...DROPOUTS,
  ...CONTAINERS,
  ...POOLINGS,
  flatten,
  identity,
];

/** Further layers that hold no parameters, whatever their arguments; they get no hover. */
export const EMPTY_LAYERS: ReadonlySet<string> = new Set(
  [
    ...[
      'ReLU6',
      'SELU',
      'CELU',
      'Mish',
      'Hardswish',
      'Hardsigmoid',
      'Hardtanh',
      'Softsign',
      'LogSigmoid',
      'Threshold',
      'Tanhshrink',
    ],
    ...[
      'Hardshrink',
      'Softshrink',
      'Softmin',
      'Softmax2d',
      'GLU',
      'AlphaDropout',
      'FeatureAlphaDropout',
      'Unflatten',
      'Upsample',
    ],
    ...[
      'UpsamplingNearest2d',
      'UpsamplingBilinear2d',
      'PixelShuffle',
      'PixelUnshuffle',
      'Fold',
      'Unfold',
      'ChannelShuffle',
    ],
    ...['ZeroPad1d', 'ZeroPad2d', 'ZeroPad3d', 'ConstantPad1d', 'ConstantPad2d', 'ConstantPad3d', 'ReflectionPad1d'],
    ...[
      'ReflectionPad2d',
      'ReplicationPad1d',
      'ReplicationPad2d',
      'LocalResponseNorm',
      'CosineSimilarity',
      'PairwiseDistance',
    ],
    ...['LPPool1d', 'LPPool2d', 'MaxUnpool1d', 'MaxUnpool2d', 'MaxUnpool3d', 'FractionalMaxPool2d', 'RReLU', 'Module'],
    ...['L1Loss', 'SmoothL1Loss', 'HuberLoss', 'PoissonNLLLoss', 'GaussianNLLLoss', 'CTCLoss', 'TripletMarginLoss'],
    ...['CosineEmbeddingLoss', 'MarginRankingLoss', 'HingeEmbeddingLoss', 'MultiMarginLoss', 'SoftMarginLoss'],
    ...['MultiLabelMarginLoss', 'MultiLabelSoftMarginLoss'],
  ].map((name) => `torch.nn.${name}`),
);
