import assert from 'node:assert/strict';
import fc from 'fast-check';
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
  width,
  type ShallowNetwork,
} from '../../../src/core/experiments/approximation/reluNetwork';
import { squareNetworkError } from '../../../src/core/experiments/approximation/squareNetwork';
import { randomStream } from '../../../src/core/experiments/random';
import { allNear, between, mean, near } from './near';

const relu = (x: number): number => Math.max(0, x);
const ascending = (values: readonly number[]): Float64Array => Float64Array.from(values).sort();

/** One hidden layer, unit by unit. */
function naive({ bias, slope, start, kinks, factors }: ShallowNetwork, x: number): number {
  return kinks.reduce((sum, kink, index) => sum + factors[index]! * relu(x - kink), bias + slope * (x - start));
}

const networks: fc.Arbitrary<ShallowNetwork> = fc
  .tuple(
    fc.array(fc.tuple(between(-2, 2), between(-5, 5)), { maxLength: 30 }),
    between(-3, 3),
    between(-3, 3),
    between(-3, 0),
  )
  .map(([units, bias, slope, start]) => {
    const sorted = units.toSorted(([a], [b]) => a - b);
    const kinks = Float64Array.from(sorted, ([kink]) => kink);
    return { bias, slope, start, kinks, factors: Float64Array.from(sorted, ([, factor]) => factor) };
  });

describe('a network of one hidden layer', () => {
  it('is the sum of its units, at any places, also on kinks and beyond them', () => {
    fc.assert(
      fc.property(networks, fc.array(between(-4, 4), { maxLength: 20 }), (network, some) => {
        const places = ascending([...some, ...network.kinks]);
        allNear(
          evaluate(network, places),
          places.map((x) => naive(network, x)),
          1e-10,
        );
      }),
    );
  });

  it('meets a function at evenly spaced places and is straight between them', () => {
    const values = fc.array(between(-10, 10), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(values, between(-3, 0), between(0.5, 3), between(0, 1), (heights, start, length, share) => {
        const units = heights.length - 1;
        const step = length / units;
        const f = (x: number): number => heights[Math.round((x - start) / step)]!;
        const network = interpolate(f, start, start + length, units);
        assert.equal(width(network), units);
        heights.forEach((height, index) => near(naive(network, start + index * step), height, 1e-9));
        heights.slice(1).forEach((height, index) => {
          const before = heights[index]!;
          near(naive(network, start + (index + share) * step), before + share * (height - before), 1e-9);
        });
      }),
    );
  });

  it('goes on along its last piece outside its interval', () => {
    const network = interpolate((x) => x ** 2, -1, 1, 4);
    // Between ½ and 1 the slope of x² is 1.5.
    allNear(evaluate(network, Float64Array.of(2, 101)), [1 + 1.5, 1 + 150], 1e-12);
  });

  it('misses sin by at most max |f″| h² / 8, and by nearly that much', () => {
    const places = grid(-Math.PI, Math.PI, 6_001);
    for (const units of [4, 10, 37, 100]) {
      const bound = ((2 * Math.PI) / units) ** 2 / 8;
      const error = supError(interpolate(Math.sin, -Math.PI, Math.PI, units), Math.sin, places);
      assert.ok(error <= bound, `${units} units: ${error} is above ${bound}`);
      if (units >= 10) assert.ok(error > 0.9 * bound, `${units} units: ${error} is far below ${bound}`);
    }
  });

  it('has its largest error on a grid, not its mean or its last one', () => {
    const network = interpolate(() => 0, 0, 1, 1);
    assert.equal(
      supError(network, (x) => (x === 0.5 ? -3 : 1), grid(0, 1, 3)),
      3,
    );
    allNear(grid(-1, 1, 5), [-1, -0.5, 0, 0.5, 1], 0);
  });

  it('needs ⌈1/√ε⌉ units for x² on [−1, 1]', () => {
    // n pieces of width 2/n miss it by 1/n²; ε is between two such numbers.
    const places = grid(-1, 1, 4_001);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), (below) => {
        const epsilon = 1 / (below + 0.5) ** 2;
        assert.equal(
          unitsNeeded((x) => x ** 2, [-1, 1], epsilon, places, 128),
          below + 1,
        );
      }),
      { numRuns: 30 },
    );
  });

  it('meets ε with the units that it is said to need, and not with one fewer', () => {
    const places = grid(-1, 1, 1_001);
    const functions = fc.constantFrom(
      Math.exp,
      Math.sin,
      (x: number) => 1 / (1 + 25 * x ** 2),
      (x: number) => Math.abs(x - 0.3),
    );
    fc.assert(
      fc.property(functions, between(1e-3, 1), (f, epsilon) => {
        const units = unitsNeeded(f, [-1, 1], epsilon, places, 4_096)!;
        const error = (count: number): number => supError(interpolate(f, -1, 1, count), f, places);
        assert.ok(error(units) <= epsilon);
        if (units > 1) assert.ok(error(units - 1) > epsilon);
      }),
    );
  });

  it('has no width that meets a jump', () => {
    assert.equal(
      unitsNeeded((x) => (x < 0.3 ? 0 : 1), [-1, 1], 0.1, grid(-1, 1, 4_001), 1_024),
      null,
    );
  });

  it('and a deep one have as many parameters as their weights and biases fill arrays', () => {
    const counted = (sizes: readonly number[]): number =>
      sizes
        .slice(1)
        .reduce((sum, size, index) => sum + Array<number>(size * sizes[index]!).length + Array<number>(size).length, 0);
    for (const units of [1, 2, 63]) assert.equal(shallowParameters(units), counted([1, units, 1]));
    for (const depth of [1, 2, 6, 16]) {
      assert.equal(deepSawtoothParameters(depth), counted([1, ...Array<number>(depth).fill(2), 1]));
    }
  });
});

describe('the deep sawtooth', () => {
  /** A triangle wave of 2^(k − 1) teeth on [0, 1]: distances to whole numbers. */
  const triangle = (x: number, depth: number): number => {
    const place = 2 ** (depth - 1) * x;
    return 2 * Math.abs(place - Math.round(place));
  };

  it('is the triangle wave', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 16 }), between(0, 1), (depth, x) => {
        near(deepSawtooth(depth)(x), triangle(x, depth), 2 ** depth * 1e-15);
      }),
    );
  });

  it('has exactly 2^k pieces', () => {
    for (let depth = 1; depth <= 12; depth++) {
      for (const finer of [0, 1, 3]) assert.equal(linearPieces(deepSawtooth(depth), depth + finer), 2 ** depth);
    }
  });

  it('is a network of k layers with two ReLU units each', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 }), between(0, 1), (depth, x) => {
        let [weights, biases] = [
          [[1], [1]],
          [0, -0.5],
        ];
        let values = [x];
        for (let layer = 0; layer < depth; layer++) {
          const before = values;
          values = weights.map((row, unit) =>
            relu(row.reduce((sum, weight, i) => sum + weight * before[i]!, biases[unit]!)),
          );
          [weights, biases] = [
            [
              [2, -4],
              [2, -4],
            ],
            [0, -0.5],
          ];
        }
        near(deepSawtooth(depth)(x), 2 * values[0]! - 4 * values[1]!, 2 ** depth * 1e-15);
      }),
    );
  });

  it('has its pieces counted as those of known functions are', () => {
    assert.equal(
      linearPieces((x) => 3 * x - 1, 4),
      1,
    );
    assert.equal(
      linearPieces((x) => Math.abs(x - 0.25), 4),
      2,
    );
    assert.equal(
      linearPieces((x) => Math.max(0, x - 0.25) + Math.max(0, x - 0.5) - 2 * Math.max(0, x - 0.75), 4),
      4,
    );
  });
});

describe('a network of squares', () => {
  /** Least squares by polynomials of degree 0, 1 and 2 that are orthogonal on the places. */
  function bestParabola(f: (x: number) => number, places: Float64Array): Float64Array {
    const values = places.map(f);
    const centre = mean(places);
    const linear = places.map((x) => x - centre);
    const dot = (a: Float64Array, b: Float64Array): number =>
      a.reduce((sum, value, index) => sum + value * b[index]!, 0);
    const ones = places.map(() => 1);
    const squares = linear.map((x) => x ** 2);
    const without = [ones, linear].map((p) => [p, dot(squares, p) / dot(p, p)] as const);
    const quadratic = squares.map((x, i) => x - without.reduce((sum, [p, share]) => sum + share * p[i]!, 0));
    const parts = [ones, linear, quadratic].map((p) => [p, dot(values, p) / dot(p, p)] as const);
    return places.map((_, i) => parts.reduce((sum, [p, share]) => sum + share * p[i]!, 0));
  }

  it('is as far off as the best parabola, however wide it is', () => {
    const functions = fc.constantFrom(
      Math.sin,
      Math.exp,
      (x: number) => Math.abs(x - 0.3),
      (x: number) => Math.sin(6 * x),
    );
    fc.assert(
      fc.property(functions, fc.constantFrom(3, 10, 40), fc.nat(), (f, units, seed) => {
        const places = grid(-1, 1, 61);
        const best = bestParabola(f, places);
        const expected = Math.max(...best.map((value, index) => Math.abs(value - f(places[index]!))));
        near(squareNetworkError(f, places, units, randomStream(seed, 'units')), expected, 1e-5);
      }),
      { numRuns: 8 },
    );
  });

  it('meets a parabola', () => {
    const error = squareNetworkError((x) => 2 * x ** 2 - x + 3, grid(-1, 1, 41), 5, randomStream(1, 'units'));
    near(error, 0, 1e-8);
  });
});
