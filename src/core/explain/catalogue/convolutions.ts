import { phrase } from '../phrase';
import type { Arguments } from './arguments';
import { type Entry, LINKS, REQUIRED } from './entry';
import { layer, product, times, weightList } from './layerEntry';

const AXES: Readonly<Record<number, readonly string[]>> = { 1: ['L'], 2: ['H', 'W'], 3: ['D', 'H', 'W'] };

const SIGNATURE = {
  in_channels: REQUIRED,
  out_channels: REQUIRED,
  kernel_size: REQUIRED,
  stride: 1,
  padding: 0,
} as const;
const TAIL = { padding_mode: 'zeros', device: null, dtype: null } as const;

/** Both kinds of channels must be multiples of the groups; PyTorch refuses others. */
function channels(args: Arguments): { inputs: number; outputs: number; groups: number } | null {
  const inputs = args.integer('in_channels');
  const outputs = args.integer('out_channels');
  const groups = args.integer('groups');
  if (inputs === null || outputs === null || groups === null || groups < 1) return null;
  return inputs % groups === 0 && outputs % groups === 0 ? { inputs, outputs, groups } : null;
}

function weights(args: Arguments, dimensions: number, transposed: boolean) {
  const sizes = channels(args);
  const kernel = args.integers('kernel_size', dimensions);
  const biased = args.flag('bias');
  if (sizes === null || kernel === null || biased === null) return null;
  const { inputs, outputs, groups } = sizes;
  const weight = transposed
    ? product(inputs, outputs / groups, ...kernel)
    : product(outputs, inputs / groups, ...kernel);
  return weightList({ weight, bias: biased ? outputs : 0 });
}

function formula(args: Arguments, dimensions: number, transposed: boolean): string | null {
  const sizes = channels(args);
  const kernel = args.integers('kernel_size', dimensions);
  if (sizes === null || kernel === null) return null;
  const { inputs, outputs, groups } = sizes;
  const share = (size: number): string => (groups === 1 ? String(size) : `(${size}/${groups})`);
  const weight = transposed ? times(inputs, share(outputs), ...kernel) : times(outputs, share(inputs), ...kernel);
  return args.flag('bias') === true ? `${weight} + ${outputs}` : weight;
}

const signed = (n: number): string => (n === 0 ? '' : n > 0 ? ` + ${n}` : ` − ${-n}`);

/** Size of one axis after the convolution, `H′` where that is not known. */
function convolved(args: Arguments, axis: number, dimensions: number): string {
  const name = AXES[dimensions]?.[axis] ?? '';
  const kernel = args.integers('kernel_size', dimensions)?.[axis];
  const stride = args.integers('stride', dimensions)?.[axis];
  const dilation = args.integers('dilation', dimensions)?.[axis];
  if (args.string('padding') === 'same' && stride === 1) return name;
  const padding = args.string('padding') === 'valid' ? 0 : args.integers('padding', dimensions)?.[axis];
  if (kernel === undefined || !stride || padding === undefined || dilation === undefined) return `${name}′`;
  const reach = 2 * padding - dilation * (kernel - 1) - 1;
  if (stride === 1) return `${name}${signed(reach + 1)}`;
  // ⌊(n + reach)/stride⌋ + 1, with the 1 taken inside.
  const rest = signed(reach + stride);
  return rest === '' ? `⌊${name}/${stride}⌋` : `⌊(${name}${rest})/${stride}⌋`;
}

function enlarged(args: Arguments, axis: number, dimensions: number): string {
  const name = AXES[dimensions]?.[axis] ?? '';
  const [kernel, stride, padding, extra, dilation] = [
    'kernel_size',
    'stride',
    'padding',
    'output_padding',
    'dilation',
  ].map((option) => args.integers(option, dimensions)?.[axis]);
  if (kernel === undefined || stride === undefined || padding === undefined || extra === undefined) return `${name}′`;
  if (dilation === undefined) return `${name}′`;
  const rest = dilation * (kernel - 1) + extra + 1 - 2 * padding - stride;
  return stride === 1 ? `${name}${signed(rest)}` : `${stride}${name}${signed(rest)}`;
}

function shapes(args: Arguments, dimensions: number, size: typeof convolved): readonly [string, string] {
  const axes = AXES[dimensions] ?? [];
  const after = axes.map((_, axis) => size(args, axis, dimensions));
  return [
    `(N, ${[args.text('in_channels'), ...axes].join(', ')})`,
    `(N, ${[args.text('out_channels'), ...after].join(', ')})`,
  ];
}

function convolution(dimensions: number): Entry {
  return layer(`Conv${dimensions}d`, {
    title: `${dimensions}-D convolution`,
    summary:
      'Slides small learned kernels over the input: every output sees a small region only, and the same weights are used everywhere. It is linear, and equivariant to translation.',
    signature: { ...SIGNATURE, dilation: 1, groups: 1, bias: true, ...TAIL },
    links: [LINKS.cnnOrMlp, LINKS.inductiveBias],
    weights: (args) => weights(args, dimensions, false),
    formula: (args) => formula(args, dimensions, false),
    shapes: (args) => shapes(args, dimensions, convolved),
    cost: () =>
      phrase(
        'O(p·k·i·o/g) multiply–adds: p output positions, k kernel elements, i and o channels in and out, g groups',
      ),
  });
}

function transposedConvolution(dimensions: number): Entry {
  return layer(`ConvTranspose${dimensions}d`, {
    title: `${dimensions}-D transposed convolution`,
    summary:
      'The transpose of a convolution as a linear map: every input spreads a learned kernel over the output, which makes it larger. Decoders use it to go from a small grid back to an image.',
    signature: { ...SIGNATURE, output_padding: 0, groups: 1, bias: true, dilation: 1, ...TAIL },
    links: [LINKS.autoencoder, LINKS.cnnOrMlp],
    weights: (args) => weights(args, dimensions, true),
    formula: (args) => formula(args, dimensions, true),
    shapes: (args) => shapes(args, dimensions, enlarged),
    cost: () =>
      phrase('O(p·k·i·o/g) multiply–adds: p input positions, k kernel elements, i and o channels in and out, g groups'),
  });
}

export const CONVOLUTIONS: readonly Entry[] = [1, 2, 3].flatMap((n) => [convolution(n), transposedConvolution(n)]);
