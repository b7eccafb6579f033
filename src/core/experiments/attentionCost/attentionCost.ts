import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { linearRegression, median } from 'simple-statistics';
import { phrase, type Phrase } from '../../explain/phrase';
import type { Figure, HeatMapFigure, LinePoint } from '../../figure';
import {
  above,
  allOf,
  atLeast,
  atMost,
  exact,
  opposite,
  type Measured,
  type Measurement,
  type Outcome,
} from '../evidence';
import type { Experiment, ExperimentLab } from '../experiment';
import { bootstrap, centralInterval } from '../statistics';
import { growthInN, linearAttention, softmaxAttention } from './counts';
import { drawInputs, output, times, type Timed } from './timing';

interface Settings {
  readonly [name: string]: number;
  readonly n: number;
  readonly d: number;
}

interface Timing {
  readonly lengths: readonly number[];
  /** Runs at each length. */
  readonly repeats: number;
}

/** Lengths at which the sums dominate what a run costs besides them; what takes less time scatters more. */
const TIMED = {
  softmax: { lengths: [1_024, 1_448, 2_048, 2_896, 4_096], repeats: 15 },
  linear: { lengths: [8_192, 16_384, 32_768, 65_536], repeats: 61 },
} as const;
const TIMED_WIDTH = 32;
/** A fitted exponent counts as a whole one when it is nearer to it than this. */
const NEARNESS = 0.25;
const CROSSING_WIDTH = 128;
const CROSSING: Timing = { lengths: [32, 64, 128, 256, 512, 1_024], repeats: 25 };

type Variant = keyof typeof TIMED;
const MODELS = { softmax: 'attention-softmax', linear: 'attention-linear' } as const;

async function timed(lab: ExperimentLab, variant: Variant, { lengths, repeats }: Timing, d: number): Promise<Timed[]> {
  const session = await lab.models.session(MODELS[variant]);
  const inputs = new Map(lengths.map((n) => [n, drawInputs(n, d, lab.random(`inputs ${n} ${d}`))]));
  return times(session, inputs, repeats, lab.clock, (done, total) => lab.step(done, total));
}

/** Slope of the log of median times over log n; the rounds of repeats are resampled whole, as they were measured. */
function exponent(lab: ExperimentLab, measured: readonly Timed[], name: string): Measurement {
  return bootstrap(measured[0]?.milliseconds.length ?? 0, lab.random(name), 'exponent of n', (rounds) => {
    const points = measured.map(({ n, milliseconds }) => [
      Math.log(n),
      Math.log(median(Array.from(rounds, (round) => milliseconds[round] ?? NaN))),
    ]);
    return linearRegression(points).m;
  });
}

function growsAs(power: number, slope: Measurement, counted: number, formula: string): Outcome {
  const detail = phrase(
    'Counted: {formula} multiply–adds, so n to the power {counted}. Measured: n to the power {slope} ({low} to {high}).',
    {
      formula,
      counted,
      slope: slope.effect.toFixed(2),
      low: slope.interval[0].toFixed(2),
      high: slope.interval[1].toFixed(2),
    },
  );
  return allOf(
    detail,
    above(power - NEARNESS, slope, detail),
    atMost(power + NEARNESS, slope, detail),
    atMost(1e-9, exact(Math.abs(counted - power), '1'), detail),
  );
}

/** Of an exponent that was counted, not measured. */
function countedAs(power: number, counted: number, detail: Phrase): Outcome {
  const measurement = exact(counted, 'exponent of n');
  return allOf(detail, atLeast(power, measurement, detail), atMost(power, measurement, detail));
}

function linePoint({ n, milliseconds }: Timed): LinePoint {
  const [low, high] = centralInterval(milliseconds);
  return { x: n, value: median([...milliseconds]), low, high };
}

function timeFigure(softmax: readonly Timed[], linear: readonly Timed[]): Figure {
  return {
    kind: 'lines',
    title: phrase('Processor time over the length n, with d = {d}', { d: TIMED_WIDTH }),
    description: phrase('Medians of repeated runs; a straight line on these axes is a power of n.'),
    x: { label: phrase('tokens n'), scale: 'log' },
    y: { label: phrase('milliseconds of processor time'), scale: 'log' },
    series: [
      { name: phrase('softmax(QKᵀ/√d)V'), points: softmax.map(linePoint) },
      { name: phrase('softmax(Q/√d)(KᵀV)'), points: linear.map(linePoint) },
    ],
  };
}

/** What the linear variant computes instead of attention, on one draw of Q, K, V. */
interface Implied {
  readonly matrix: number[][];
  readonly weights: number[][];
  readonly differsBy: number;
  readonly rank: number;
  readonly rowSumGap: number;
  readonly negativeShare: number;
  /** Largest difference between the same entries of two rows. */
  readonly rowGap: number;
}

function largestGap(a: readonly (readonly number[])[], b: readonly (readonly number[])[]): number {
  return Math.max(...a.map((row, i) => Math.max(...row.map((value, j) => Math.abs(value - (b[i]?.[j] ?? NaN))))));
}

async function impliedMatrix(lab: ExperimentLab, { n, d }: Settings): Promise<Implied> {
  const inputs = drawInputs(n, d, lab.random('implied'));
  const linear = await lab.models.session('attention-linear-steps');
  const softmax = await lab.models.session('attention-softmax-steps');
  const matrix = await output(linear, inputs, 'implied');
  const entries = matrix.flat();
  const sums = matrix.map((row) => row.reduce((sum, value) => sum + value, 0));
  return {
    matrix,
    weights: await output(softmax, inputs, 'weights'),
    differsBy: largestGap(await output(linear, inputs, 'output'), await output(softmax, inputs, 'output')),
    rank: new SingularValueDecomposition(new Matrix(matrix), { autoTranspose: true }).diagonal.filter(isCounted).length,
    rowSumGap: Math.max(...sums.map((sum) => Math.abs(sum - 1))),
    negativeShare: entries.filter((value) => value < 0).length / entries.length,
    rowGap: largestGap(matrix.slice(1), matrix.slice(0, -1)),
  };
}

/** Singular values below single precision's rounding of the largest are noise. */
function isCounted(value: number, _: number, all: readonly number[]): boolean {
  return value > 1e-5 * (all[0] ?? 0);
}

function impliedOutcomes(implied: Implied, { n, d }: Settings): Record<string, Outcome> {
  const detail = phrase(
    'For n = {n} and d = {d}, outputs differ by up to {gap}; the implied matrix has rank {rank}, row sums up to {sums} off 1, and {negative} % negative entries.',
    {
      n,
      d,
      gap: implied.differsBy.toFixed(2),
      rank: implied.rank,
      sums: implied.rowSumGap.toFixed(2),
      negative: Math.round(100 * implied.negativeShare),
    },
  );
  return {
    '7b.not-attention': allOf(
      detail,
      above(1e-3, exact(implied.differsBy, '1'), detail),
      above(1e-3, exact(implied.rowSumGap, '1'), detail),
      above(0, exact(implied.negativeShare, '1'), detail),
      atMost(d, exact(implied.rank, 'rank'), detail),
    ),
    '7b.m-same-for-all': opposite(
      above(
        1e-3,
        exact(implied.rowGap, '1'),
        phrase('The rows of the implied matrix differ from token to token by up to {gap}.', {
          gap: implied.rowGap.toFixed(2),
        }),
      ),
    ),
  };
}

function heatMap(title: Phrase, values: readonly (readonly number[])[], scale: HeatMapFigure['scale']): HeatMapFigure {
  return {
    kind: 'heatmap',
    title,
    description: phrase('{n} × {n} entries: one row for each token that asks.', { n: values.length }),
    rows: [],
    columns: [],
    values,
    scale,
  };
}

interface Crossing {
  readonly n: number;
  /** Time of attention over time of the variant. */
  readonly ratio: Measurement;
}

async function crossings(lab: ExperimentLab): Promise<Crossing[]> {
  const softmax = await timed(lab, 'softmax', CROSSING, CROSSING_WIDTH);
  const linear = await timed(lab, 'linear', CROSSING, CROSSING_WIDTH);
  return softmax.map(({ n, milliseconds }, index) => {
    const others = linear[index]?.milliseconds ?? [];
    const ratio = bootstrap(milliseconds.length, lab.random(`ratio ${n}`), 'ratio of times', (items) => {
      const drawn = (values: readonly number[]): number => median(Array.from(items, (item) => values[item] ?? NaN));
      return drawn(milliseconds) / drawn(others);
    });
    return { n, ratio };
  });
}

function crossingFigure(ratios: readonly Crossing[]): Figure {
  const counted = (n: number): number =>
    softmaxAttention(n, CROSSING_WIDTH).multiplyAdds / linearAttention(n, CROSSING_WIDTH).multiplyAdds;
  return {
    kind: 'lines',
    title: phrase('How many times cheaper the variant is, with d = {d}', { d: CROSSING_WIDTH }),
    description: phrase('Time of attention over time of the variant. Counted multiply–adds are equal at n = d.'),
    x: { label: phrase('tokens n'), scale: 'log' },
    y: { label: phrase('ratio'), scale: 'log' },
    series: [
      {
        name: phrase('measured'),
        points: ratios.map(({ n, ratio }) => ({
          x: n,
          value: ratio.effect,
          low: ratio.interval[0],
          high: ratio.interval[1],
        })),
      },
      {
        name: phrase('counted'),
        points: ratios.map(({ n }) => ({ x: n, value: counted(n), low: null, high: null })),
        isDashed: true,
      },
    ],
  };
}

async function run(lab: ExperimentLab, settings: Settings): Promise<Measured> {
  const implied = await impliedMatrix(lab, settings);
  const softmax = await timed(lab, 'softmax', TIMED.softmax, TIMED_WIDTH);
  const linear = await timed(lab, 'linear', TIMED.linear, TIMED_WIDTH);
  const ratios = await crossings(lab);
  const far = ratios.at(-1) ?? { n: NaN, ratio: exact(NaN, '1') };
  const [slopes, count] = [
    { softmax: exponent(lab, softmax, 'softmax slope'), linear: exponent(lab, linear, 'linear slope') },
    {
      softmax: (n: number) => softmaxAttention(n, TIMED_WIDTH),
      linear: (n: number) => linearAttention(n, TIMED_WIDTH),
    },
  ];
  const exponentials = growthInN((n) => count.softmax(n).exponentials, 64);
  return {
    outcomes: {
      '7a.cost': growsAs(
        2,
        slopes.softmax,
        growthInN((n) => count.softmax(n).multiplyAdds, 64),
        '2n²d',
      ),
      '7a.softmax': countedAs(
        2,
        exponentials,
        phrase('The softmax takes one exponential for each of the n² scores: n to the power {exponent}.', {
          exponent: exponentials,
        }),
      ),
      '7b.cost': growsAs(
        1,
        slopes.linear,
        growthInN((n) => count.linear(n).multiplyAdds, 64),
        '2nd²',
      ),
      '7b.cheaper': above(
        1,
        far.ratio,
        phrase('With n = {n} and d = {d}, attention takes {ratio} times as long as the variant.', {
          n: far.n,
          d: CROSSING_WIDTH,
          ratio: far.ratio.effect.toFixed(1),
        }),
      ),
      ...impliedOutcomes(implied, settings),
    },
    figures: [
      timeFigure(softmax, linear),
      crossingFigure(ratios),
      heatMap(phrase('Attention: softmax(QKᵀ/√d)'), implied.weights, 'sequential'),
      heatMap(phrase('The variant: softmax(Q/√d)Kᵀ'), implied.matrix, 'diverging'),
    ],
    summary: [
      phrase('Both formulas were run as graphs on random Q, K, V, and their times fitted as powers of n.'),
      phrase('Attention grows as n to the power {softmax}, the variant as n to the power {linear}.', {
        softmax: slopes.softmax.effect.toFixed(2),
        linear: slopes.linear.effect.toFixed(2),
      }),
      phrase('The matrix that the variant implies has rank {rank} and negative entries: it is no attention.', {
        rank: implied.rank,
      }),
    ],
  };
}

/** Question 7: what attention and its linear variant cost, and what the variant computes. */
export const attentionCost: Experiment<Settings> = {
  id: 'attention-cost',
  title: phrase('Cost of attention'),
  settings: {
    n: { kind: 'number', label: phrase('Tokens n'), least: 2, greatest: 128, initial: 48, isWhole: true },
    d: { kind: 'number', label: phrase('Features d'), least: 1, greatest: 128, initial: 8, isWhole: true },
  },
  claims: ['7a.cost', '7a.softmax', '7b.cost', '7b.cheaper', '7b.not-attention', '7b.m-same-for-all'],
  run,
};
