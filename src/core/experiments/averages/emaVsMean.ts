import { phrase, type Phrase } from '../../explain/phrase';
import { exactly, type Figure } from '../../figure';
import { readImages, readLabels } from '../../models/heldOut';
import { above, allOf, atMost, exact, opposite, type Measured, type Outcome } from '../evidence';
import type { Experiment, ExperimentLab } from '../experiment';
import { bootstrapMean, bootstrapMedian, centralInterval } from '../statistics';
import {
  exponentialAverage,
  impulseWeights,
  optimiser,
  runningMean,
  type Averaging,
  type OptimiserName,
} from './optimiser';
import { driftingQuadratic, logisticRegression, rosenbrock, type Task } from './tasks';
import type { Random } from '../random';

interface Settings {
  readonly [name: string]: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly rate: number;
}

const SEEDS = 20;
const OPTIMISERS = ['adam', 'rmsprop'] as const;
const OPTIMISER_LABELS = { adam: 'Adam', rmsprop: 'RMSProp' } as const;
const IMPULSES = 60;
const LAG_FROM = 1_000;
const LAG_STEPS = 1_000;

interface Kind {
  readonly name: Phrase;
  make(random: Random): Task;
}

/** Steps until the task's target is reached, or its most steps. */
function stepsToTarget(task: Task, name: OptimiserName, averaging: Averaging, settings: Settings): number {
  const step = optimiser(task.weights, { name, averaging, ...settings });
  const point = task.start.slice();
  for (let count = 1; count <= task.mostSteps; count++) {
    step(point, task.gradient(point, count));
    if (count % task.every === 0 && task.distance(point, count) <= task.target) return count;
  }
  return task.mostSteps;
}

/** Mean distance to the drifting minimum over the last LAG_STEPS steps. */
function lag(task: Task, name: OptimiserName, averaging: Averaging, settings: Settings): number {
  const step = optimiser(task.weights, { name, averaging, ...settings });
  const point = task.start.slice();
  let sum = 0;
  for (let count = 1; count <= LAG_FROM + LAG_STEPS; count++) {
    step(point, task.gradient(point, count));
    if (count > LAG_FROM) sum += task.distance(point, count);
  }
  return sum / LAG_STEPS;
}

interface Comparison {
  readonly kind: Phrase;
  readonly optimiser: OptimiserName;
  /** Steps with the mean over steps with the EMA, one for each seed; at the cap it is less than the truth. */
  readonly ratios: readonly number[];
  /** Runs with the mean that did not arrive. */
  readonly late: number;
}

async function compareSteps(lab: ExperimentLab, kinds: readonly Kind[], settings: Settings): Promise<Comparison[]> {
  const comparisons: Comparison[] = [];
  for (const [index, kind] of kinds.entries()) {
    for (const name of OPTIMISERS) {
      const ratios: number[] = [];
      let late = 0;
      for (let seed = 0; seed < SEEDS; seed++) {
        // Both see the same start and the same noise.
        const task = (): Task => kind.make(lab.random(`task ${index} seed ${seed}`));
        const withMean = stepsToTarget(task(), name, 'mean', settings);
        if (withMean === task().mostSteps) late++;
        ratios.push(withMean / stepsToTarget(task(), name, 'ema', settings));
        await lab.step(comparisons.length * SEEDS + seed, (kinds.length * OPTIMISERS.length + 1) * SEEDS);
      }
      comparisons.push({ kind: kind.name, optimiser: name, ratios, late });
    }
  }
  return comparisons;
}

function weightsFigure(ema: readonly number[], mean: readonly number[], halfLife: number): Figure {
  const points = (weights: readonly number[]) => weights.map((value, x) => ({ x, ...exactly(value) }));
  return {
    kind: 'lines',
    title: phrase('What a gradient counts for, by its age'),
    description: phrase(
      'After {steps} steps. In the EMA the weight halves every {half} steps; in the mean all count alike.',
      {
        steps: ema.length,
        half: halfLife.toFixed(1),
      },
    ),
    x: { label: phrase('age in steps'), scale: 'linear' },
    y: { label: phrase('weight'), scale: 'linear' },
    series: [
      { name: phrase('exponential moving average'), points: points(ema) },
      { name: phrase('plain mean'), points: points(mean), isDashed: true },
    ],
  };
}

function ratiosFigure(comparisons: readonly Comparison[]): Figure {
  return {
    kind: 'bars',
    title: phrase('Steps with the plain mean, for each step with the EMA'),
    description: phrase('Medians over {seeds} seeds and the central 95 % of the seeds. 1 means equally fast.', {
      seeds: SEEDS,
    }),
    y: { label: phrase('ratio of steps'), scale: 'log' },
    bars: comparisons.map(({ kind, optimiser: name, ratios }) => {
      const sorted = [...ratios].sort((a, b) => a - b);
      const [low, high] = centralInterval(sorted);
      const label = phrase(kind.template, { optimiser: OPTIMISER_LABELS[name] });
      return { name: label, value: ((sorted[SEEDS / 2 - 1] ?? NaN) + (sorted[SEEDS / 2] ?? NaN)) / 2, low, high };
    }),
  };
}

/** Claims that the averages themselves decide, exactly. */
function averageOutcomes(
  ema: readonly number[],
  mean: readonly number[],
  { beta1 }: Settings,
): Record<string, Outcome> {
  const halfLife = -Math.LN2 / Math.log(beta1);
  const measuredRatio = Math.log((ema[0] ?? NaN) / (ema[IMPULSES / 2] ?? NaN)) / (IMPULSES / 2);
  const measuredHalfLife = Math.LN2 / measuredRatio;
  const newest = exact((ema[0] ?? NaN) / (mean[0] ?? NaN), '1');
  const recent = phrase(
    'After {steps} steps the newest gradient counts {ratio} times as much as in a mean, and its weight halves every {half} steps.',
    { steps: IMPULSES, ratio: newest.effect.toFixed(1), half: measuredHalfLife.toFixed(2) },
  );
  const extra = runningMean(1).numbersPerWeight - exponentialAverage(1, beta1).numbersPerWeight;
  return {
    '4.recent': allOf(
      recent,
      above(1, newest, recent),
      atMost(1e-6, exact(Math.abs(measuredHalfLife / halfLife - 1), '1'), recent),
    ),
    '4.m-memory': opposite(
      atMost(
        0,
        exact(extra, 'numbers per weight'),
        phrase(
          'Updated as gradients arrive, the mean keeps {extra} numbers per weight more than the EMA: each keeps one.',
          {
            extra,
          },
        ),
      ),
    ),
  };
}

async function run(lab: ExperimentLab, settings: Settings): Promise<Measured> {
  const images = readImages(await lab.models.data('test-images'));
  const labels = readLabels(await lab.models.data('test-labels'));
  const kinds: Kind[] = [
    { name: phrase('{optimiser}, drifting bowl'), make: driftingQuadratic },
    { name: phrase('{optimiser}, Rosenbrock’s valley'), make: rosenbrock },
    { name: phrase('{optimiser}, logistic regression on images'), make: logisticRegression(images, labels) },
  ];
  const comparisons = await compareSteps(lab, kinds, settings);
  const late = comparisons.reduce((sum, comparison) => sum + comparison.late, 0);
  // One number a seed, over all tasks and optimisers: seeds are what the interval is about.
  const ofSeeds = Array.from({ length: SEEDS }, (_, seed) =>
    Math.exp(comparisons.reduce((sum, { ratios }) => sum + Math.log(ratios[seed] ?? NaN), 0) / comparisons.length),
  );
  const slower = bootstrapMedian(ofSeeds, lab.random('seeds'), 'ratio of steps');
  const lags = Array.from({ length: SEEDS }, (_, seed) => {
    const task = (): Task => driftingQuadratic(lab.random(`lag ${seed}`));
    return lag(task(), 'adam', 'mean', settings) - lag(task(), 'adam', 'ema', settings);
  });
  const stale = bootstrapMean(lags, lab.random('lags'), 'distance');
  const ema = impulseWeights(() => exponentialAverage(1, settings.beta1), IMPULSES);
  const mean = impulseWeights(() => runningMean(1), IMPULSES);
  const ratio = slower.effect.toFixed(2);
  return {
    outcomes: {
      ...averageOutcomes(ema, mean, settings),
      '4.slower': above(
        1,
        slower,
        phrase(
          'With the mean, reaching the target takes {ratio} times the steps (median over {seeds} seeds, three tasks, two optimisers); {late} of {runs} runs never arrive and count as their cap.',
          {
            ratio,
            seeds: SEEDS,
            late,
            runs: comparisons.length * SEEDS,
          },
        ),
      ),
      '4.stale': above(
        0,
        stale,
        phrase('Behind a drifting minimum, Adam with the mean lags {extra} further than with the EMA.', {
          extra: stale.effect.toFixed(2),
        }),
      ),
    },
    figures: [weightsFigure(ema, mean, -Math.LN2 / Math.log(settings.beta1)), ratiosFigure(comparisons)],
    summary: [
      phrase('Adam and RMSProp were run with an EMA and with a plain mean on three tasks, from {seeds} seeds.', {
        seeds: SEEDS,
      }),
      phrase('The mean takes {ratio} times as many steps and falls {extra} further behind a minimum that moves.', {
        ratio,
        extra: stale.effect.toFixed(2),
      }),
    ],
  };
}

/** Question 4: what the moving average is for. */
export const emaVsMean: Experiment<Settings> = {
  id: 'ema-vs-mean',
  title: phrase('Moving average or plain average'),
  settings: {
    beta1: { kind: 'number', label: phrase('β₁'), least: 0.1, greatest: 0.99, initial: 0.9, isWhole: false },
    beta2: { kind: 'number', label: phrase('β₂'), least: 0.5, greatest: 0.9999, initial: 0.999, isWhole: false },
    rate: { kind: 'number', label: phrase('Learning rate'), least: 1e-4, greatest: 0.1, initial: 0.02, isWhole: false },
  },
  claims: ['4.recent', '4.slower', '4.stale', '4.m-memory'],
  run,
};
