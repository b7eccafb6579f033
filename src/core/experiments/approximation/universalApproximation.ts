import { phrase, type Phrase } from '../../explain/phrase';
import { exactly, type Figure, type LinePoint, type LineSeries } from '../../figure';
import { above, allOf, atLeast, atMost, exact, type Measured, type Outcome } from '../evidence';
import type { Experiment, ExperimentLab } from '../experiment';
import { parseExpression, type RealFunction } from './expression';
import {
  deepSawtooth,
  deepSawtoothParameters,
  evaluate,
  grid,
  interpolate,
  linearPieces,
  shallowParameters,
  supError,
  unitsNeeded,
} from './reluNetwork';
import { squareNetworkError } from './squareNetwork';
import { DOMAIN, POINTS, trainable, trainedErrors, trainedFigure } from './trainedNetworks';

interface Settings {
  readonly [name: string]: string | number;
  readonly expression: string;
  readonly epsilon: number;
  readonly foldings: number;
}

const MOST_UNITS = 16_384;
const TOLERANCES = [0.1, 0.01, 0.001];
const SQUARE_WIDTHS = [3, 10, 30, 100];
const FAR = [1, 10, 100];

interface Named {
  readonly name: Phrase;
  readonly f: RealFunction;
}

/** The functions of the trained networks, by model id, and one whose corner meets no evenly spaced knot. */
const FUNCTIONS = [
  { name: phrase('sin(2πx)'), f: (x) => Math.sin(2 * Math.PI * x) },
  { name: phrase('|x − 0.3|'), f: (x) => Math.abs(x - 0.3) },
  { name: phrase('1/(1 + 25x²)'), f: (x) => 1 / (1 + 25 * x ** 2) },
  { name: phrase('sawtooth'), f: (x) => deepSawtooth(3)((x + 1) / 2) },
] as const satisfies readonly Named[];

interface Construction {
  readonly name: Phrase;
  readonly epsilon: number;
  readonly units: number | null;
  /** Measured on a grid that was not used to find the width. */
  readonly error: number;
}

function construct({ name, f }: Named, epsilon: number): Construction {
  const units = unitsNeeded(f, DOMAIN, epsilon, grid(...DOMAIN, POINTS), MOST_UNITS);
  // A grid with other points; a little more is allowed for what lies between those of the first.
  const error =
    units === null ? Infinity : supError(interpolate(f, ...DOMAIN, units), f, grid(...DOMAIN, 2 * POINTS - 32));
  return { name, epsilon, units, error };
}

function anyContinuous(built: readonly Construction[]): Outcome {
  const worst = Math.max(...built.map(({ error, epsilon }) => error / epsilon));
  const most = built.reduce((a, b) => ((b.units ?? Infinity) > (a.units ?? Infinity) ? b : a));
  return atMost(
    1.01,
    exact(worst, 'error ÷ ε'),
    phrase(
      'For {functions} functions and ε = 0.1, 0.01 and 0.001 a layer was built that meets ε; the widest has {units} units ({name}, ε = {epsilon}).',
      {
        functions: new Set(built.map(({ name }) => name)).size,
        units: most.units ?? '∞',
        name: most.name.template,
        epsilon: most.epsilon,
      },
    ),
  );
}

/** Error of a built network at some distances beyond its interval. */
function beyond({ f }: Named, epsilon: number): number[] {
  const units = unitsNeeded(f, DOMAIN, epsilon, grid(...DOMAIN, POINTS), MOST_UNITS) ?? 1;
  const places = Float64Array.from(FAR, (distance) => DOMAIN[1] + distance);
  return Array.from(evaluate(interpolate(f, ...DOMAIN, units), places), (value, index) =>
    Math.abs(value - f(places[index] ?? 0)),
  );
}

function boundedDomain(epsilon: number): Outcome {
  const [sine] = FUNCTIONS;
  const [near = NaN, , far = NaN] = beyond(sine, epsilon);
  return above(
    10,
    exact(far / near, 'error ratio'),
    phrase(
      'The network that meets {name} within {epsilon} on [−1, 1] is off by {near} at a distance of 1 and by {far} at 100.',
      {
        name: sine.name.template,
        epsilon,
        near: near.toFixed(1),
        far: far.toFixed(0),
      },
    ),
  );
}

function activation(errors: readonly number[]): Outcome {
  const [narrow = NaN, wide = NaN] = [errors[0], errors.at(-1)];
  return atLeast(
    0.99,
    exact(wide / narrow, 'error ratio'),
    phrase('With x² units the error on sin(2πx) is {narrow} with {few} units and {wide} with {many}.', {
      narrow: narrow.toFixed(3),
      wide: wide.toFixed(3),
      few: SQUARE_WIDTHS[0] ?? 0,
      many: SQUARE_WIDTHS.at(-1) ?? 0,
    }),
  );
}

function depthOutcomes(foldings: number): Record<string, Outcome> {
  const pieces = linearPieces(deepSawtooth(foldings), foldings + 1);
  // Each unit of one hidden layer adds at most one kink.
  const shallow = pieces - 1;
  const deep = 2 * foldings;
  const parameters = { shallow: shallowParameters(shallow), deep: deepSawtoothParameters(foldings) };
  const blowUp = phrase(
    'A net with {foldings} hidden layers of two units has {pieces} linear pieces; one hidden layer needs {shallow} units for as many.',
    {
      foldings,
      pieces,
      shallow,
    },
  );
  return {
    '2b.width-blowup': allOf(
      blowUp,
      atLeast(2 ** foldings - 1, exact(shallow, 'units'), blowUp),
      above(0, exact(shallow - deep, 'units'), blowUp),
    ),
    '2b.deep-fewer': above(
      1,
      exact(parameters.shallow / parameters.deep, 'ratio of parameters'),
      phrase(
        'Both draw the sawtooth exactly: {deep} parameters in the deep net, {shallow} in the shallow one.',
        parameters,
      ),
    ),
  };
}

function widthFigure(functions: readonly Named[]): Figure {
  const tolerances = [0.3, 0.1, 0.03, 0.01, 0.003, 0.001];
  return {
    kind: 'lines',
    title: phrase('Width needed for a tolerance'),
    description: phrase(
      'Units of one hidden layer, evenly spaced on [−1, 1]; where a line ends, {most} units do not reach ε.',
      {
        most: MOST_UNITS,
      },
    ),
    x: { label: phrase('tolerance ε'), scale: 'log' },
    y: { label: phrase('units'), scale: 'log' },
    series: functions.map(({ name, f }): LineSeries => {
      const points = tolerances.flatMap((epsilon): LinePoint[] => {
        const units = unitsNeeded(f, DOMAIN, epsilon, grid(...DOMAIN, POINTS), MOST_UNITS);
        return units === null ? [] : [{ x: epsilon, ...exactly(units) }];
      });
      return { name, points: points.reverse() };
    }),
  };
}

function fitFigure({ name, f }: Named, epsilon: number): Figure {
  const data = { name: name.template, epsilon };
  const places = grid(...DOMAIN, 201);
  const units = unitsNeeded(f, DOMAIN, epsilon, grid(...DOMAIN, POINTS), MOST_UNITS);
  const values = evaluate(interpolate(f, ...DOMAIN, units ?? MOST_UNITS), places);
  const points = (at: (index: number) => number): LinePoint[] =>
    Array.from(places, (x, index) => ({ x, ...exactly(at(index)) }));
  return {
    kind: 'lines',
    title: phrase('The function and the network that was built for it'),
    description:
      units === null
        ? phrase('{name} is not met within {epsilon} by {most} units: it is not continuous, or too steep.', {
            ...data,
            most: MOST_UNITS,
          })
        : phrase('{name} is met within {epsilon} by {units} units.', { ...data, units }),
    x: { label: phrase('x'), scale: 'linear' },
    y: { label: phrase('f(x)'), scale: 'linear' },
    series: [
      { name, points: points((index) => f(places[index] ?? 0)) },
      { name: phrase('network'), points: points((index) => values[index] ?? NaN), isDashed: true },
    ],
  };
}

async function run(lab: ExperimentLab, { expression, epsilon, foldings }: Settings): Promise<Measured> {
  const own: Named = { name: phrase(expression), f: parseExpression(expression) };
  const built: Construction[] = [];
  for (const named of FUNCTIONS) {
    for (const tolerance of TOLERANCES) built.push(construct(named, tolerance));
    await lab.step(built.length, FUNCTIONS.length * TOLERANCES.length * 2);
  }
  const trained = await trainedErrors(lab);
  const [sine] = FUNCTIONS;
  const squares = SQUARE_WIDTHS.map((units) =>
    squareNetworkError(sine.f, grid(...DOMAIN, 201), units, lab.random(`squares ${units}`)),
  );
  const outcomes: Record<string, Outcome> = {
    '2a.any-continuous': anyContinuous(built),
    '2a.bounded-domain': boundedDomain(epsilon),
    '2a.activation': activation(squares),
    '2a.m-trainable': trainable(lab, trained),
    ...depthOutcomes(foldings),
  };
  return {
    outcomes,
    figures: [fitFigure(own, epsilon), widthFigure([...FUNCTIONS, own]), trainedFigure(trained)],
    summary: [
      phrase(
        'Networks with one hidden layer of ReLU units were built for functions and tolerances, and compared with trained and with deep ones.',
      ),
      ...['2a.m-trainable', '2b.width-blowup'].flatMap((id) => outcomes[id]?.detail ?? []),
    ],
  };
}

/** Question 2: what one hidden layer can do, and what depth is for. */
export const universalApproximation: Experiment<Settings> = {
  id: 'universal-approximation',
  title: phrase('Universal approximation'),
  settings: {
    expression: { kind: 'text', label: phrase('Function of x'), initial: 'sin(3 x) + x^2 / 2', longest: 200 },
    epsilon: { kind: 'number', label: phrase('Tolerance ε'), least: 1e-4, greatest: 1, initial: 0.01, isWhole: false },
    foldings: {
      kind: 'number',
      label: phrase('Hidden layers k of the sawtooth'),
      least: 1,
      greatest: 16,
      initial: 6,
      isWhole: true,
    },
  },
  claims: [
    '2a.any-continuous',
    '2a.bounded-domain',
    '2a.activation',
    '2a.m-trainable',
    '2b.width-blowup',
    '2b.deep-fewer',
  ],
  run,
};
