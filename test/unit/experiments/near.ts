import assert from 'node:assert/strict';
import fc from 'fast-check';

/** Numbers from `min` to `max`, ends included. */
export const between = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });

/** Fails when two numbers differ by more than the tolerance, relative to the expected one where that is above 1. */
export function near(actual: number, expected: number, tolerance: number): void {
  const isNear = Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected));
  assert.ok(isNear, `${actual} is not ${expected}`);
}

/** The same for each of two lists. */
export function allNear(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  assert.equal(actual.length, expected.length);
  Array.from(expected, (value, index) => near(actual[index] ?? NaN, value, tolerance));
}

/** Central differences of f by each coordinate. */
export function numericalSlopes(f: (point: Float64Array) => number, point: Float64Array, step = 1e-5): Float64Array {
  return point.map((value, index) => {
    const at = (moved: number): number => f(point.with(index, moved));
    return (at(value + step) - at(value - step)) / (2 * step);
  });
}

export function mean(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}

/** With the divisor N − 1. */
export function standardDeviation(values: ArrayLike<number>): number {
  const centre = mean(values);
  return Math.sqrt(Array.from(values).reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1));
}

/** Simpson's rule. */
export function integral(f: (x: number) => number, from: number, to: number, pieces = 4_000): number {
  const width = (to - from) / pieces;
  let sum = f(from) + f(to);
  for (let index = 1; index < pieces; index++) sum += (index % 2 === 1 ? 4 : 2) * f(from + index * width);
  return (sum * width) / 3;
}
