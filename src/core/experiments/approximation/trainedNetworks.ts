/** Networks that were fitted by gradient descent, beside those of equal width that were built. */
import { quantileSorted } from 'simple-statistics';
import { phrase } from '../../explain/phrase';
import { exactly, type Figure } from '../../figure';
import { Problem } from '../../problem';
import { above, opposite, type Outcome } from '../evidence';
import type { ExperimentLab } from '../experiment';
import { bootstrapMedian } from '../statistics';
import { grid, interpolate, supError } from './reluNetwork';

/** Where the functions are approximated. */
export const DOMAIN = [-1, 1] as const;
/** Of the grids on which errors are measured. */
export const POINTS = 4_001;

const TRAINED = [
  { model: 'relu-sin', f: (x: number) => Math.sin(2 * Math.PI * x), name: 'sin(2πx)' },
  { model: 'relu-runge', f: (x: number) => 1 / (1 + 25 * x ** 2), name: '1/(1 + 25x²)' },
] as const;

export interface Trained {
  readonly name: string;
  readonly width: number;
  /** Largest error of each seed. */
  readonly errors: readonly number[];
  readonly constructed: number;
}

export async function trainedErrors(lab: ExperimentLab): Promise<Trained[]> {
  const places = grid(...DOMAIN, POINTS);
  const found: Trained[] = [];
  for (const { model, f, name } of TRAINED) {
    const session = await lab.models.session(model);
    const outputs = await session.run({
      x: { type: 'float32', data: Float32Array.from(places), dims: [places.length] },
    });
    for (const [output, tensor] of Object.entries(outputs)) {
      const width = Number(/^shallow_(\d+)$/.exec(output)?.[1] ?? NaN);
      if (Number.isNaN(width) || tensor.type !== 'float32') continue;
      const [seeds = 0, points = 0] = tensor.dims;
      const errors = Array.from({ length: seeds }, (_, seed) =>
        places.reduce(
          (most, x, index) => Math.max(most, Math.abs((tensor.data[seed * points + index] ?? NaN) - f(x))),
          0,
        ),
      );
      found.push({ name, width, errors, constructed: supError(interpolate(f, ...DOMAIN, width), f, places) });
    }
    await lab.step(found.length, TRAINED.length * 6);
  }
  if (found.length === 0)
    throw new Problem('internal', { detail: 'the ReLU networks gave no output of a shallow network' });
  return found;
}

export function trainable(lab: ExperimentLab, trained: readonly Trained[]): Outcome {
  const ratios = trained.flatMap(({ errors, constructed }) =>
    errors.map((error) => Math.log10(error / Math.max(constructed, 1e-7))),
  );
  const ratio = bootstrapMedian(ratios, lab.random('training'), 'powers of ten');
  return opposite(
    above(
      0,
      ratio,
      phrase(
        'At equal width, gradient training ends with {ratio} times the error of the built network (median over {runs} runs).',
        {
          ratio: (10 ** ratio.effect).toFixed(1),
          runs: ratios.length,
        },
      ),
    ),
  );
}

export function trainedFigure(trained: readonly Trained[]): Figure {
  const sine = trained.filter(({ name }) => name === TRAINED[0].name).sort((a, b) => a.width - b.width);
  return {
    kind: 'lines',
    title: phrase('Built and trained networks of equal width'),
    description: phrase('Largest error on {name}; of trained networks the median and the range over seeds.', {
      name: TRAINED[0].name,
    }),
    x: { label: phrase('units'), scale: 'log' },
    y: { label: phrase('largest error'), scale: 'log' },
    series: [
      {
        name: phrase('trained'),
        points: sine.map(({ width, errors }) => {
          const sorted = [...errors].sort((a, b) => a - b);
          return { x: width, value: quantileSorted(sorted, 0.5), low: sorted[0] ?? NaN, high: sorted.at(-1) ?? NaN };
        }),
      },
      { name: phrase('built'), points: sine.map(({ width, constructed }) => ({ x: width, ...exactly(constructed) })) },
    ],
  };
}
