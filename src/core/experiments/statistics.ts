/** Intervals and slopes; the statistics themselves come from simple-statistics. */
import { linearRegression, quantileSorted } from 'simple-statistics';
import type { Measurement } from './evidence';
import type { Random } from './random';
import type { Unit } from './units';

/** Of all intervals here. */
export const CONFIDENCE = 0.95;
const RESAMPLES = 1_000;

/** The central part of the values that CONFIDENCE leaves. */
export function centralInterval(values: readonly number[]): [low: number, high: number] {
  const sorted = [...values].sort((a, b) => a - b);
  const tail = (1 - CONFIDENCE) / 2;
  return [quantileSorted(sorted, tail), quantileSorted(sorted, 1 - tail)];
}

/**
 * Percentile bootstrap (Efron 1979): `statistic` of all items, and its interval over draws of items with replacement.
 * `statistic` gets indices of items and may use each several times; comparing two models on the same indices pairs them.
 */
export function bootstrap(
  count: number,
  random: Random,
  unit: Unit,
  statistic: (items: Uint32Array) => number,
): Measurement {
  const effect = statistic(Uint32Array.from({ length: count }, (_, index) => index));
  const drawn = new Uint32Array(count);
  const resampled = Array.from({ length: RESAMPLES }, () => {
    for (let index = 0; index < count; index++) drawn[index] = random.index(count);
    return statistic(drawn);
  });
  return { effect, interval: centralInterval(resampled), unit };
}

/** Mean of one number an item, with its bootstrap interval. */
export function bootstrapMean(values: ArrayLike<number>, random: Random, unit: Unit): Measurement {
  return bootstrap(values.length, random, unit, (items) => {
    let sum = 0;
    for (const item of items) sum += values[item] ?? 0;
    return sum / items.length;
  });
}

/** Median of one number an item, with its bootstrap interval. */
export function bootstrapMedian(values: readonly number[], random: Random, unit: Unit): Measurement {
  return bootstrap(values.length, random, unit, (items) => {
    const sorted = Array.from(items, (item) => values[item] ?? NaN).sort((a, b) => a - b);
    return quantileSorted(sorted, 0.5);
  });
}

/** Least-squares slope of y over x, with the interval over draws of the points; needs two different x. */
export function bootstrapSlope(
  points: readonly (readonly [x: number, y: number])[],
  random: Random,
  unit: Unit,
): Measurement {
  return bootstrap(points.length, random, unit, (items) => {
    const drawn = Array.from(items, (item) => [...(points[item] ?? [NaN, NaN])]);
    // A draw that has one point only has no slope; the whole set stands in for it.
    const isFlat = drawn.every(([x]) => x === drawn[0]?.[0]);
    return linearRegression(isFlat ? points.map((point) => [...point]) : drawn).m;
  });
}

/** Student's t at 97.5 %, for GROUPS − 1 degrees of freedom. */
const GROUPS = 20;
const T_QUANTILE = 2.093;

/**
 * Delete-a-group jackknife (Wolter 2007): for statistics too dear to be resampled a thousand times. `statistic` gets the
 * items of all groups but one; items are dealt out to the groups in turn.
 */
export function jackknife(count: number, unit: Unit, statistic: (items: Uint32Array) => number): Measurement {
  const all = Uint32Array.from({ length: count }, (_, index) => index);
  const effect = statistic(all);
  const left = Array.from({ length: GROUPS }, (_, group) => statistic(all.filter((index) => index % GROUPS !== group)));
  const centre = left.reduce((sum, value) => sum + value, 0) / GROUPS;
  const variance = (left.reduce((sum, value) => sum + (value - centre) ** 2, 0) * (GROUPS - 1)) / GROUPS;
  const reach = T_QUANTILE * Math.sqrt(variance);
  return { effect, interval: [effect - reach, effect + reach], unit };
}
