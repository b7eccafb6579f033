import { phrase } from '../phrase';
import type { Arguments } from './arguments';
import { type Entry, LINKS, REQUIRED } from './entry';
import { layer, product, times, weightList } from './layerEntry';

const FEATURE_SHAPES: Readonly<Record<number, string>> = {
  1: '(N, C) or (N, C, L)',
  2: '(N, C, H, W)',
  3: '(N, C, D, H, W)',
};

/** Scale and shift per channel, when there are any. */
function affine(args: Arguments, size: number | null) {
  const flag = args.flag('affine');
  if (flag === null) return null;
  return flag ? weightList({ weight: size, bias: size }) : [];
}

const affineFormula = (args: Arguments, size: string): string | null =>
  args.flag('affine') === true ? times(2, size) : null;

const SIGNATURE = {
  num_features: REQUIRED,
  eps: 1e-5,
  momentum: 0.1,
  affine: true,
  track_running_stats: true,
  device: null,
  dtype: null,
} as const;

const cost = () => phrase('O(m): a few operations for each of the m numbers in the input');

function named(shape: string, channels: string): string {
  return shape.replaceAll('C', channels);
}

function batchNorm(dimensions: number): Entry {
  return layer(`BatchNorm${dimensions}d`, {
    title: 'Batch normalisation',
    summary:
      'Brings every channel to mean 0 and variance 1 over the batch, then scales and shifts it by learned numbers. In evaluation mode it uses running averages, which are buffers and no parameters.',
    signature: SIGNATURE,
    links: [LINKS.cnnOrMlp],
    weights: (args) => affine(args, args.integer('num_features')),
    formula: (args) => affineFormula(args, args.text('num_features')),
    shapes: (args) => {
      const shape = named(FEATURE_SHAPES[dimensions] ?? '', args.text('num_features'));
      return [shape, shape];
    },
    cost,
  });
}

function instanceNorm(dimensions: number): Entry {
  return layer(`InstanceNorm${dimensions}d`, {
    title: 'Instance normalisation',
    summary:
      'Brings every channel of every example to mean 0 and variance 1; without learned numbers unless affine=True.',
    signature: { ...SIGNATURE, affine: false, track_running_stats: false },
    weights: (args) => affine(args, args.integer('num_features')),
    formula: (args) => affineFormula(args, args.text('num_features')),
    cost,
  });
}

const groupNorm = layer('GroupNorm', {
  title: 'Group normalisation',
  summary: 'Brings groups of channels of every example to mean 0 and variance 1, independent of the batch.',
  signature: { num_groups: REQUIRED, num_channels: REQUIRED, eps: 1e-5, affine: true, device: null, dtype: null },
  weights: (args) => affine(args, args.integer('num_channels')),
  formula: (args) => affineFormula(args, args.text('num_channels')),
  cost,
});

/** Number of elements of `normalized_shape`, and how it is written. */
function normalized(args: Arguments): { size: number | null; text: string } {
  const shape = args.shape('normalized_shape');
  return {
    size: shape === null ? null : product(...shape),
    text: shape === null ? 'normalized_shape' : shape.join('·'),
  };
}

const normalizedShape = (args: Arguments): readonly [string, string] => {
  const shape = `(…, ${args.shape('normalized_shape')?.join(', ') ?? 'normalized_shape'})`;
  return [shape, shape];
};

const layerNorm = layer('LayerNorm', {
  title: 'Layer normalisation',
  summary:
    'Brings the last axes of every position to mean 0 and variance 1, then scales and shifts them by learned numbers. It does not depend on the batch.',
  signature: { normalized_shape: REQUIRED, eps: 1e-5, elementwise_affine: true, bias: true, device: null, dtype: null },
  links: [LINKS.attentionMap],
  weights: (args) => {
    const scaled = args.flag('elementwise_affine');
    const biased = args.flag('bias');
    if (scaled === null || (scaled && biased === null)) return null;
    const { size } = normalized(args);
    return scaled ? weightList({ weight: size, bias: biased === true ? size : 0 }) : [];
  },
  formula: (args) => {
    if (args.flag('elementwise_affine') !== true) return null;
    const { text } = normalized(args);
    return args.flag('bias') === true ? times(2, text) : text;
  },
  shapes: normalizedShape,
  cost,
});

const rmsNorm = layer('RMSNorm', {
  title: 'Root-mean-square normalisation',
  summary: 'Divides the last axes of every position by their root mean square and scales them by learned numbers.',
  signature: { normalized_shape: REQUIRED, eps: null, elementwise_affine: true, device: null, dtype: null },
  weights: (args) => {
    const scaled = args.flag('elementwise_affine');
    if (scaled === null) return null;
    return scaled ? weightList({ weight: normalized(args).size }) : [];
  },
  formula: (args) => (args.flag('elementwise_affine') === true ? normalized(args).text : null),
  shapes: normalizedShape,
  cost,
});

export const NORMALIZATIONS: readonly Entry[] = [
  ...[1, 2, 3].flatMap((n) => [batchNorm(n), instanceNorm(n)]),
  groupNorm,
  layerNorm,
  rmsNorm,
];
