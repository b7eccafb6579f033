/** ReLU networks of one variable that are built, not trained. */
import type { RealFunction } from './expression';

/** x ↦ bias + slope · x + Σ factors_i · max(0, x − kinks_i): one hidden layer. */
export interface ShallowNetwork {
  readonly bias: number;
  /** Of the unit that is active everywhere left of the first kink; it counts as one. */
  readonly slope: number;
  readonly start: number;
  readonly kinks: Float64Array;
  readonly factors: Float64Array;
}

/** Hidden units: one for each kink, and one for the first piece. */
export function width({ kinks }: ShallowNetwork): number {
  return kinks.length + 1;
}

/** Weights and biases: two numbers into and one out of each unit, and the last bias. */
export function shallowParameters(units: number): number {
  return 3 * units + 1;
}

/** The network that meets f at `units` + 1 evenly spaced places of [start, end] and is linear between them. */
export function interpolate(f: RealFunction, start: number, end: number, units: number): ShallowNetwork {
  const step = (end - start) / units;
  const at = Float64Array.from({ length: units + 1 }, (_, index) => f(start + index * step));
  const slopes = Float64Array.from({ length: units }, (_, index) => ((at[index + 1] ?? 0) - (at[index] ?? 0)) / step);
  return {
    bias: at[0] ?? 0,
    slope: slopes[0] ?? 0,
    start,
    kinks: Float64Array.from({ length: units - 1 }, (_, index) => start + (index + 1) * step),
    factors: Float64Array.from({ length: units - 1 }, (_, index) => (slopes[index + 1] ?? 0) - (slopes[index] ?? 0)),
  };
}

/** Values at ascending places, [N]; the network goes on linearly outside its interval. */
export function evaluate(network: ShallowNetwork, places: Float64Array): Float64Array {
  const { bias, slope, start, kinks, factors } = network;
  // With ascending places, the active units only grow: their sum is kept instead of being added up anew.
  let [passed, sumOfFactors, sumOfProducts] = [0, 0, 0];
  return places.map((x) => {
    while (passed < kinks.length && (kinks[passed] ?? Infinity) < x) {
      sumOfFactors += factors[passed] ?? 0;
      sumOfProducts += (factors[passed] ?? 0) * (kinks[passed] ?? 0);
      passed++;
    }
    return bias + slope * (x - start) + sumOfFactors * x - sumOfProducts;
  });
}

export function grid(start: number, end: number, points: number): Float64Array {
  return Float64Array.from({ length: points }, (_, index) => start + ((end - start) * index) / (points - 1));
}

/** Largest |network − f| on a grid. */
export function supError(network: ShallowNetwork, f: RealFunction, places: Float64Array): number {
  const values = evaluate(network, places);
  return values.reduce((most, value, index) => Math.max(most, Math.abs(value - f(places[index] ?? 0))), 0);
}

/** Fewest evenly spaced units that bring the error to ε, or null when even `most` do not. */
export function unitsNeeded(
  f: RealFunction,
  [start, end]: readonly [number, number],
  epsilon: number,
  places: Float64Array,
  most: number,
): number | null {
  const meets = (units: number): boolean => supError(interpolate(f, start, end, units), f, places) <= epsilon;
  let enough = 1;
  while (enough <= most && !meets(enough)) enough *= 2;
  if (enough > most) return null;
  // Evenly spaced knots do not improve with every single unit: this is the fewest that the halving finds.
  let [low, high] = [enough / 2, enough];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (meets(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** The tent map by two ReLU units: 2 max(0, x) − 4 max(0, x − ½), for x in [0, 1]. */
function tentLayer(x: number): number {
  return 2 * Math.max(0, x) - 4 * Math.max(0, x - 0.5);
}

/** A network of `depth` hidden layers with two units each: the sawtooth with 2^depth linear pieces on [0, 1]. */
export function deepSawtooth(depth: number): RealFunction {
  return (x) => {
    let value = x;
    for (let layer = 0; layer < depth; layer++) value = tentLayer(value);
    return value;
  };
}

/** Weights and biases of that network: [1 → 2 → 2 … → 1]. */
export function deepSawtoothParameters(depth: number): number {
  return 2 + 2 + (depth - 1) * (4 + 2) + 2 + 1;
}

/**
 * Linear pieces of a function on [0, 1] whose kinks lie on multiples of 2^−resolution: counted by comparing the slopes
 * of neighbouring cells, which is exact for the sawtooth since all its values there are binary fractions.
 */
export function linearPieces(f: RealFunction, resolution: number): number {
  const cells = 2 ** resolution;
  let [pieces, before] = [0, NaN];
  for (let cell = 0; cell < cells; cell++) {
    const slope = (f((cell + 1) / cells) - f(cell / cells)) * cells;
    if (slope !== before) pieces++;
    before = slope;
  }
  return pieces;
}
