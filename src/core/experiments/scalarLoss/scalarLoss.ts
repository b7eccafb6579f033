import { phrase } from '../../explain/phrase';
import type { Figure } from '../../figure';
import { above, allOf, atMost, exact, type Measured } from '../evidence';
import type { Experiment, ExperimentLab } from '../experiment';
import { bootstrapSlope, centralInterval } from '../statistics';
import {
  drawParameters,
  flattened,
  jacobian,
  numericalGradient,
  PARAMETER_NAMES,
  parameterCount,
  vectorJacobianProduct,
  type Example,
  type Parameters,
} from './smallNetwork';
import { tiny } from '../wording';

interface Settings {
  readonly [name: string]: number;
  readonly losses: number;
}

const [INPUTS, HIDDEN, OUTPUTS] = [16, 32, 64];
const SIZES = [1, 2, 4, 8, 16, 32, 64];
const REPEATS = 7;
/** Passes in one measurement, so that a coarse clock sees them. */
const PASSES = 128;
const ROUNDING = 1e-8;

interface Setup {
  readonly parameters: Parameters;
  readonly example: Example;
}

function setup(lab: ExperimentLab, losses: number): Setup {
  const random = lab.random('network');
  return {
    parameters: drawParameters(INPUTS, HIDDEN, OUTPUTS, random),
    example: { input: random.normals(INPUTS), target: random.normals(OUTPUTS), losses },
  };
}

interface Timing {
  readonly losses: number;
  /** Of one Jacobian, in milliseconds, one for each repeat. */
  readonly jacobian: readonly number[];
  /** Of one gradient of the summed loss. */
  readonly gradient: readonly number[];
}

async function timings(lab: ExperimentLab): Promise<Timing[]> {
  const measured: Timing[] = [];
  for (const losses of SIZES) {
    const { parameters, example } = setup(lab, losses);
    const ones = new Float64Array(losses).fill(1);
    const timed = (passes: number, work: () => unknown): number[] =>
      Array.from({ length: REPEATS + 1 }, () => {
        const runs = Math.ceil(PASSES / passes);
        const started = lab.clock.now();
        for (let run = 0; run < runs; run++) work();
        return (lab.clock.now() - started) / runs;
      }).slice(1);
    measured.push({
      losses,
      jacobian: timed(losses, () => jacobian(parameters, example)),
      gradient: timed(1, () => vectorJacobianProduct(parameters, example, ones)),
    });
    await lab.step(measured.length, SIZES.length + 1);
  }
  return measured;
}

function largest(a: Float64Array, b: Float64Array): number {
  return a.reduce((most, value, index) => Math.max(most, Math.abs(value - (b[index] ?? NaN))), 0);
}

/** Number of parameters whose gradient has another shape. */
function misshapen(parameters: Parameters, gradient: Parameters): number {
  return PARAMETER_NAMES.filter((name) => {
    const shape = (rows: readonly Float64Array[]): string => rows.map((row) => row.length).join();
    return shape(parameters[name]) !== shape(gradient[name]);
  }).length;
}

function timeFigure(measured: readonly Timing[]): Figure {
  const points = (of: (timing: Timing) => readonly number[]) =>
    measured.map((timing) => {
      const sorted = [...of(timing)].sort((a, b) => a - b);
      const [low, high] = centralInterval(sorted);
      return { x: timing.losses, value: sorted[Math.floor(sorted.length / 2)] ?? NaN, low, high };
    });
  return {
    kind: 'lines',
    title: phrase('Time of a gradient and of a Jacobian'),
    description: phrase('Median of {repeats} repeats, over the number of losses m.', { repeats: REPEATS }),
    x: { label: phrase('losses m'), scale: 'log' },
    y: { label: phrase('milliseconds'), scale: 'log' },
    series: [
      { name: phrase('Jacobian of all losses'), points: points((timing) => timing.jacobian) },
      { name: phrase('gradient of their sum'), points: points((timing) => timing.gradient) },
    ],
  };
}

function sizeFigure(parameters: Parameters, losses: number): Figure {
  const count = parameterCount(parameters);
  return {
    kind: 'matrix',
    title: phrase('How many numbers each derivative has'),
    description: phrase('For {losses} losses and {parameters} parameters.', { losses, parameters: count }),
    rows: [phrase('gradient of a scalar loss'), phrase('Jacobian of a vector loss'), phrase('vᵀJ')],
    columns: [phrase('shape'), phrase('numbers')],
    cells: [
      [phrase('as the parameters'), count],
      [phrase('{losses} × {parameters}', { losses, parameters: count }), losses * count],
      [phrase('as the parameters'), count],
    ],
  };
}

async function run(lab: ExperimentLab, { losses }: Settings): Promise<Measured> {
  const { parameters, example } = setup(lab, losses);
  const ones = new Float64Array(losses).fill(1);
  const gradient = vectorJacobianProduct(parameters, example, ones);
  const gradientError = largest(flattened(gradient), numericalGradient(parameters, example, ones));
  const rows = jacobian(parameters, example);
  const v = lab.random('v').normals(losses);
  const product = flattened(vectorJacobianProduct(parameters, example, v));
  const combined = product.map((_, index) => rows.reduce((sum, row, m) => sum + (v[m] ?? 0) * (row[index] ?? 0), 0));
  const productError = Math.max(
    largest(product, combined),
    largest(product, numericalGradient(parameters, example, v)),
  );
  const measured = await timings(lab);
  const points = measured.flatMap(({ losses: m, jacobian: times }) =>
    times.map((time) => [Math.log(m), Math.log(Math.max(time, Number.EPSILON))] as const),
  );
  const slope = bootstrapSlope(points, lab.random('slope'), 'exponent of m');
  const count = parameterCount(parameters);
  const shapes = phrase(
    'All {tensors} parameters have gradients of their own shape, right to within {error} by differences.',
    {
      tensors: PARAMETER_NAMES.length,
      error: tiny(gradientError),
    },
  );
  return {
    outcomes: {
      '5.gradient-shape': allOf(
        shapes,
        atMost(0, exact(misshapen(parameters, gradient), 'shapes that differ'), shapes),
        atMost(1e-6, exact(gradientError, '1'), shapes),
      ),
      '5.jacobian': above(
        0,
        slope,
        phrase(
          'The Jacobian has {m} × {p} = {size} entries, the gradient {p}; its time grows as m to the power {exponent}.',
          {
            m: losses,
            p: count,
            size: rows.length * (rows[0]?.length ?? 0),
            exponent: slope.effect.toFixed(2),
          },
        ),
      ),
      '5.vjp': atMost(
        ROUNDING,
        exact(productError, '1'),
        phrase(
          'vᵀJ from one pass back, from the whole Jacobian and from differences of v · L agree to within {error}.',
          {
            error: tiny(productError),
          },
        ),
      ),
    },
    figures: [timeFigure(measured), sizeFigure(parameters, losses)],
    summary: [
      phrase('A network with {parameters} parameters and {losses} losses was differentiated in three ways.', {
        parameters: count,
        losses,
      }),
      phrase('One pass back gives a gradient; the whole Jacobian takes one pass for each loss.'),
    ],
  };
}

/** Question 5: what there would be to compute if the loss were no scalar. */
export const scalarLoss: Experiment<Settings> = {
  id: 'scalar-loss',
  title: phrase('A scalar loss'),
  settings: {
    losses: { kind: 'number', label: phrase('Losses m'), least: 1, greatest: OUTPUTS, initial: 16, isWhole: true },
  },
  claims: ['5.gradient-shape', '5.jacobian', '5.vjp'],
  run,
};
