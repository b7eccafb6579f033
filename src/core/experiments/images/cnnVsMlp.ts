import { phrase, type Phrase } from '../../explain/phrase';
import { type Figure, type HeatMapFigure, type LinePoint } from '../../figure';
import { above, atMost, exact, type Measured, type Measurement, type Outcome } from '../evidence';
import type { Experiment, ExperimentLab } from '../experiment';
import { bootstrap, bootstrapMean } from '../statistics';
import { ConvolutionLayer, invarianceOutcome, type ConvolutionMatrix } from './convolutionLayer';
import { heldOutImages, rightShares, type HeldOut } from './heldOutImages';
import { DIRECTIONS, shifted } from './shift';
import { tiny } from '../wording';

interface Settings {
  readonly [name: string]: number;
  readonly shift: number;
}

const IMAGES = 1_000;
const SHIFTED_IMAGES = 250;
const MATRIX_SIDE = 16;
const SHOWN_SIDE = 6;
const LINEAR = 1e-4;
const NETWORKS = { CNN: 'cnn-60000', MLP: 'mlp-60000' } as const;
const NAMES = { CNN: phrase('CNN'), MLP: phrase('MLP') };
type Network = keyof typeof NETWORKS;

/** In points of accuracy, from differences of right answers of each image. */
function points(lab: ExperimentLab, name: string, perImage: Float64Array): Measurement {
  return bootstrapMean(
    perImage.map((value) => 100 * value),
    lab.random(name),
    'points',
  );
}

function mean(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}

interface ShiftCurve {
  readonly network: Network;
  /** [shift][image]: share of the four directions in which it is classified right. */
  readonly shares: readonly Float64Array[];
}

async function shiftCurve(
  lab: ExperimentLab,
  network: Network,
  { pixels, labels }: HeldOut,
  most: number,
): Promise<ShiftCurve> {
  const count = Math.min(SHIFTED_IMAGES, labels.length);
  const size = pixels.data.length / labels.length;
  const [, ...rest] = pixels.dims;
  const some = { ...pixels, data: pixels.data.subarray(0, count * size), dims: [count, ...rest] };
  const shares: Float64Array[] = [];
  for (let distance = 0; distance <= most; distance++) {
    const total = new Float64Array(count);
    const directions = distance === 0 ? DIRECTIONS.slice(0, 1) : DIRECTIONS;
    for (const [dx, dy] of directions) {
      const moved = shifted(some, dx * distance, dy * distance);
      const right = await rightShares(lab.models, NETWORKS[network], moved, labels.subarray(0, count), () =>
        lab.step(distance, most + 1),
      );
      right.forEach((share, image) => (total[image] = (total[image] ?? 0) + share / directions.length));
    }
    shares.push(total);
  }
  return { network, shares };
}

function shiftFigure(lab: ExperimentLab, curves: readonly ShiftCurve[]): Figure {
  return {
    kind: 'lines',
    title: phrase('Accuracy on shifted images'),
    description: phrase(
      '{images} held-out images, each shifted in four directions; no network was trained on shifts.',
      {
        images: SHIFTED_IMAGES,
      },
    ),
    x: { label: phrase('shift in pixels'), scale: 'linear' },
    y: { label: phrase('accuracy, %'), scale: 'linear' },
    series: curves.map(({ network, shares }) => ({
      name: NAMES[network],
      points: shares.map((share, x): LinePoint => {
        const { effect, interval } = points(lab, `shift ${network} ${x}`, share);
        return { x, value: effect, low: interval[0], high: interval[1] };
      }),
    })),
  };
}

function permutationFigure(accuracies: readonly (readonly [name: Phrase, Measurement])[]): Figure {
  return {
    kind: 'bars',
    title: phrase('Accuracy with the pixels in order and permuted'),
    description: phrase('Each network was trained on images of its own kind; {images} held-out images.', {
      images: IMAGES,
    }),
    y: { label: phrase('accuracy, %'), scale: 'linear' },
    bars: accuracies.map(([name, { effect, interval }]) => ({
      name,
      value: effect,
      low: interval[0],
      high: interval[1],
    })),
  };
}

function kernelsFigure({ firstChannel }: ConvolutionMatrix): HeatMapFigure {
  return {
    kind: 'heatmap',
    title: phrase('The convolution as a matrix'),
    description: phrase(
      'First channel on images of {side} × {side} pixels: one row for each output, one column for each input.',
      {
        side: SHOWN_SIDE,
      },
    ),
    rows: [],
    columns: [],
    values: firstChannel,
    scale: 'diverging',
  };
}

function matrixOutcomes(linearity: number, matrix: ConvolutionMatrix): Record<string, Outcome> {
  const zeros = 1 - matrix.nonZero / (matrix.inputs * matrix.outputs);
  const sharing = matrix.distinct / matrix.nonZero;
  const shape = { rows: matrix.outputs, columns: matrix.inputs };
  return {
    '3b.linear': atMost(
      LINEAR,
      exact(linearity, 'relative deviation'),
      phrase('f(ax + by) and a f(x) + b f(y) differ by {error} of the largest value.', {
        error: tiny(linearity),
      }),
    ),
    '3b.local': above(
      0.5,
      exact(zeros, 'share of zeros'),
      phrase('As a {rows} × {columns} matrix, {zeros} % of its entries are zero.', {
        ...shape,
        zeros: (100 * zeros).toFixed(1),
      }),
    ),
    '3b.shared': atMost(
      0.1,
      exact(sharing, 'distinct weights per entry'),
      phrase('The matrix has {nonZero} entries that are not zero, but only {distinct} different weights.', {
        nonZero: matrix.nonZero,
        distinct: matrix.distinct,
      }),
    ),
  };
}

interface Accuracies {
  /** [image] of each network, plain and permuted. */
  readonly cnn: Float64Array;
  readonly mlp: Float64Array;
  readonly cnnPermuted: Float64Array;
  readonly mlpPermuted: Float64Array;
}

async function accuracies(lab: ExperimentLab, held: HeldOut): Promise<Accuracies> {
  const shares = (model: string, pixels = held.pixels): Promise<Float64Array> =>
    rightShares(lab.models, model, pixels, held.labels, (done, total) => lab.step(done, total));
  return {
    cnn: await shares(NETWORKS.CNN),
    mlp: await shares(NETWORKS.MLP),
    cnnPermuted: await shares('cnn-permuted', held.permuted),
    mlpPermuted: await shares('mlp-permuted', held.permuted),
  };
}

function spatialOutcome(lab: ExperimentLab, { cnn, mlp, cnnPermuted, mlpPermuted }: Accuracies): Outcome {
  const extra = bootstrap(cnn.length, lab.random('permutation'), 'points', (items) => {
    let sum = 0;
    for (const i of items) sum += (cnn[i] ?? 0) - (cnnPermuted[i] ?? 0) - (mlp[i] ?? 0) + (mlpPermuted[i] ?? 0);
    return (100 * sum) / items.length;
  });
  return above(
    0,
    extra,
    phrase('Permuting all pixels costs the CNN {cnn} points of accuracy, the MLP {mlp}.', {
      cnn: (100 * (mean(cnn) - mean(cnnPermuted))).toFixed(1),
      mlp: (100 * (mean(mlp) - mean(mlpPermuted))).toFixed(1),
    }),
  );
}

async function parametersOutcome(lab: ExperimentLab, { cnn, mlp }: Accuracies): Promise<Outcome> {
  const count = { cnn: await lab.models.parameters(NETWORKS.CNN), mlp: await lab.models.parameters(NETWORKS.MLP) };
  return above(
    0,
    exact(count.mlp - count.cnn, 'parameters'),
    phrase('The CNN has {cnn} parameters and reaches {cnnAccuracy} %, the MLP {mlp} and {mlpAccuracy} %.', {
      ...count,
      cnnAccuracy: (100 * mean(cnn)).toFixed(1),
      mlpAccuracy: (100 * mean(mlp)).toFixed(1),
    }),
  );
}

async function run(lab: ExperimentLab, { shift }: Settings): Promise<Measured> {
  const held = await heldOutImages(lab.models, IMAGES);
  const right = await accuracies(lab, held);
  const curves = [await shiftCurve(lab, 'CNN', held, shift), await shiftCurve(lab, 'MLP', held, shift)];
  const layer = new ConvolutionLayer(await lab.models.session('cnn-first-layer'));
  const matrix = await layer.matrix(MATRIX_SIDE);
  const linearity = await layer.linearityError(held.width, lab.random('linearity'));
  const some = {
    ...held.pixels,
    data: held.pixels.data.subarray(0, 16 * held.width * held.height),
    dims: [16, 1, held.height, held.width],
  };
  const effects = await layer.shiftEffects(some);
  const [still, moved] = [curves[0]?.shares[0], curves[0]?.shares.at(-1)];
  const lost = points(
    lab,
    'lost',
    Float64Array.from(still ?? [], (share, image) => share - (moved?.[image] ?? 0)),
  );
  const falls = above(0, lost, phrase('accuracy falls'));
  const percent = (perImage: Float64Array, name: string): Measurement => points(lab, name, perImage);
  return {
    outcomes: {
      '3a.spatial': spatialOutcome(lab, right),
      '3a.parameters': await parametersOutcome(lab, right),
      ...matrixOutcomes(linearity, matrix),
      '3b.m-invariance': invarianceOutcome(effects, falls),
    },
    figures: [
      permutationFigure([
        [NAMES.CNN, percent(right.cnn, 'cnn')],
        [phrase('CNN, permuted'), percent(right.cnnPermuted, 'cnn permuted')],
        [NAMES.MLP, percent(right.mlp, 'mlp')],
        [phrase('MLP, permuted'), percent(right.mlpPermuted, 'mlp permuted')],
      ]),
      shiftFigure(lab, curves),
      kernelsFigure(await layer.matrix(SHOWN_SIDE)),
    ],
    summary: [
      phrase(
        'A CNN and an MLP, both trained on 60,000 images, were tested on {images} others, in order, permuted and shifted.',
        {
          images: IMAGES,
        },
      ),
      phrase(
        'A shift by {shift} pixels costs the CNN {lost} points: its layers are equivariant, its answers are not invariant.',
        {
          shift,
          lost: lost.effect.toFixed(1),
        },
      ),
    ],
  };
}

/** Question 3: what a CNN makes of images, and what a convolution is. */
export const cnnVsMlp: Experiment<Settings> = {
  id: 'cnn-vs-mlp',
  title: phrase('Convolutional or fully connected'),
  settings: {
    shift: {
      kind: 'number',
      label: phrase('Largest shift in pixels'),
      least: 1,
      greatest: 10,
      initial: 6,
      isWhole: true,
    },
  },
  claims: ['3a.spatial', '3a.parameters', '3b.linear', '3b.local', '3b.shared', '3b.m-invariance'],
  run,
};
