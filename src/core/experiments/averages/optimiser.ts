/** Adam and RMSProp over either of two averages of the gradients and of their squares. */

/** An average that is updated as numbers arrive; one number is kept for each weight. */
export interface Average {
  /** Takes the next value of each weight, [weights]; returns the average so far. The returned array is reused. */
  update(values: Float64Array): Float64Array;
  /** Numbers that are kept for each weight. */
  readonly numbersPerWeight: number;
}

/** Exponential moving average, divided by the sum of its weights so that it is unbiased from the first step on. */
export function exponentialAverage(weights: number, beta: number): Average {
  const kept = new Float64Array(weights);
  const result = new Float64Array(weights);
  let sumOfWeights = 0;
  return {
    numbersPerWeight: kept.length / weights,
    update(values) {
      sumOfWeights = beta * sumOfWeights + (1 - beta);
      for (let index = 0; index < weights; index++) {
        const value = beta * (kept[index] ?? 0) + (1 - beta) * (values[index] ?? 0);
        kept[index] = value;
        result[index] = value / sumOfWeights;
      }
      return result;
    },
  };
}

/** Plain mean of all values so far. */
export function runningMean(weights: number): Average {
  const kept = new Float64Array(weights);
  let count = 0;
  return {
    numbersPerWeight: kept.length / weights,
    update(values) {
      count++;
      for (let index = 0; index < weights; index++) {
        kept[index] = (kept[index] ?? 0) + ((values[index] ?? 0) - (kept[index] ?? 0)) / count;
      }
      return kept;
    },
  };
}

export type Averaging = 'ema' | 'mean';
export type OptimiserName = 'adam' | 'rmsprop';

export interface OptimiserSettings {
  readonly name: OptimiserName;
  readonly averaging: Averaging;
  readonly rate: number;
  /** Of the gradients; RMSProp has none. */
  readonly beta1: number;
  /** Of the squared gradients. */
  readonly beta2: number;
}

const EPSILON = 1e-8;

/** Moves the point, [weights], in place by one gradient. */
export type Step = (point: Float64Array, gradient: Float64Array) => void;

/** Kingma and Ba 2015 for Adam, Tieleman and Hinton 2012 for RMSProp, with `averaging` in the place of both averages. */
export function optimiser(weights: number, { name, averaging, rate, beta1, beta2 }: OptimiserSettings): Step {
  const average = (beta: number): Average =>
    averaging === 'ema' ? exponentialAverage(weights, beta) : runningMean(weights);
  const first = name === 'adam' ? average(beta1) : null;
  const second = average(beta2);
  const squares = new Float64Array(weights);
  return (point, gradient) => {
    for (let index = 0; index < weights; index++) squares[index] = (gradient[index] ?? 0) ** 2;
    const spread = second.update(squares);
    const direction = first ? first.update(gradient) : gradient;
    for (let index = 0; index < weights; index++) {
      const scale = Math.sqrt(spread[index] ?? 0) + EPSILON;
      point[index] = (point[index] ?? 0) - (rate * (direction[index] ?? 0)) / scale;
    }
  };
}

/** The weight that the average gives to the value that is `age` steps old, after `steps` values, for all ages. */
export function impulseWeights(make: () => Average, steps: number): number[] {
  return Array.from({ length: steps }, (_, age) => {
    const average = make();
    let result = 0;
    for (let step = 0; step < steps; step++)
      result = average.update(Float64Array.of(step === steps - 1 - age ? 1 : 0))[0] ?? 0;
    return result;
  });
}
