/** A network with one hidden layer and hand-written reverse differentiation, small enough to read. */
import type { Random } from '../random';

/** A parameter or a gradient with the same shape: rows of numbers. */
export type Rows = readonly Float64Array[];

export interface Parameters {
  /** [hidden][inputs] */
  readonly hiddenWeights: Rows;
  /** [1][hidden] */
  readonly hiddenBiases: Rows;
  /** [outputs][hidden] */
  readonly outputWeights: Rows;
  /** [1][outputs] */
  readonly outputBiases: Rows;
}

export const PARAMETER_NAMES = ['hiddenWeights', 'hiddenBiases', 'outputWeights', 'outputBiases'] as const;

function rows(count: number, width: number, next: () => number): Float64Array[] {
  return Array.from({ length: count }, () => Float64Array.from({ length: width }, next));
}

export function drawParameters(inputs: number, hidden: number, outputs: number, random: Random): Parameters {
  const scaled = (fanIn: number) => () => random.normal() / Math.sqrt(fanIn);
  return {
    hiddenWeights: rows(hidden, inputs, scaled(inputs)),
    hiddenBiases: rows(1, hidden, scaled(inputs)),
    outputWeights: rows(outputs, hidden, scaled(hidden)),
    outputBiases: rows(1, outputs, scaled(hidden)),
  };
}

export function parameterCount(parameters: Parameters): number {
  return PARAMETER_NAMES.reduce((sum, name) => sum + parameters[name].reduce((s, row) => s + row.length, 0), 0);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += (a[index] ?? 0) * (b[index] ?? 0);
  return sum;
}

/** tanh(W x + b), [hidden]. */
function activations({ hiddenWeights, hiddenBiases }: Parameters, input: Float64Array): Float64Array {
  return Float64Array.from(hiddenWeights, (row, unit) => Math.tanh(dot(row, input) + (hiddenBiases[0]?.[unit] ?? 0)));
}

/** What a network is asked about: one example. */
export interface Example {
  /** [inputs] */
  readonly input: Float64Array;
  /** [outputs] */
  readonly target: Float64Array;
  /** Number of losses m, 1 to the number of outputs; output o counts for loss o mod m. */
  readonly losses: number;
}

/** Output minus target, [outputs]. */
function errors({ outputWeights, outputBiases }: Parameters, hidden: Float64Array, target: Float64Array): Float64Array {
  return Float64Array.from(
    outputWeights,
    (row, output) => dot(row, hidden) + (outputBiases[0]?.[output] ?? 0) - (target[output] ?? 0),
  );
}

/** Half the squared error of the outputs of each loss, [m]: a loss that is a vector. */
export function vectorLoss(parameters: Parameters, { input, target, losses }: Example): Float64Array {
  const loss = new Float64Array(losses);
  errors(parameters, activations(parameters, input), target).forEach((error, output) => {
    loss[output % losses] = (loss[output % losses] ?? 0) + error ** 2 / 2;
  });
  return loss;
}

/**
 * vᵀJ for v [m], where J is the Jacobian of the vector loss: one pass back, in the shapes of the parameters. With all ones
 * for v it is the gradient of the summed loss.
 */
export function vectorJacobianProduct(parameters: Parameters, example: Example, v: Float64Array): Parameters {
  const { input, target, losses } = example;
  const hidden = activations(parameters, input);
  const ofOutputs = errors(parameters, hidden, target).map((error, output) => (v[output % losses] ?? 0) * error);
  const ofHidden = new Float64Array(hidden.length);
  parameters.outputWeights.forEach((row, output) => {
    const factor = ofOutputs[output] ?? 0;
    for (let unit = 0; unit < row.length; unit++) ofHidden[unit] = (ofHidden[unit] ?? 0) + factor * (row[unit] ?? 0);
  });
  hidden.forEach((value, unit) => (ofHidden[unit] = (ofHidden[unit] ?? 0) * (1 - value ** 2)));
  const outer = (left: Float64Array, right: Float64Array): Float64Array[] =>
    Array.from(left, (factor) => right.map((value) => factor * value));
  return {
    hiddenWeights: outer(ofHidden, input),
    hiddenBiases: [ofHidden],
    outputWeights: outer(ofOutputs, hidden),
    outputBiases: [ofOutputs],
  };
}

/** All numbers in the order of PARAMETER_NAMES, [p]. */
export function flattened(parameters: Parameters): Float64Array {
  const flat = new Float64Array(parameterCount(parameters));
  let place = 0;
  for (const name of PARAMETER_NAMES) {
    for (const row of parameters[name]) {
      flat.set(row, place);
      place += row.length;
    }
  }
  return flat;
}

/** The Jacobian of the vector loss, [m][p]: one pass back for each loss. */
export function jacobian(parameters: Parameters, example: Example): Float64Array[] {
  return Array.from({ length: example.losses }, (_, loss) => {
    const unit = new Float64Array(example.losses);
    unit[loss] = 1;
    return flattened(vectorJacobianProduct(parameters, example, unit));
  });
}

/** Central differences of v · loss by every parameter, [p]: knows nothing of the rules of differentiation. */
export function numericalGradient(
  parameters: Parameters,
  example: Example,
  v: Float64Array,
  step = 1e-5,
): Float64Array {
  const slopes: number[] = [];
  for (const name of PARAMETER_NAMES) {
    for (const row of parameters[name]) {
      row.forEach((value, index) => {
        const at = (moved: number): number => {
          row[index] = moved;
          return dot(v, vectorLoss(parameters, example));
        };
        slopes.push((at(value + step) - at(value - step)) / (2 * step));
        row[index] = value;
      });
    }
  }
  return Float64Array.from(slopes);
}
