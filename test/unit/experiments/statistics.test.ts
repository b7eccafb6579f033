import assert from 'node:assert/strict';
import fc from 'fast-check';
import { randomStream } from '../../../src/core/experiments/random';
import {
  bootstrap,
  bootstrapMean,
  bootstrapMedian,
  bootstrapSlope,
  centralInterval,
  jackknife,
} from '../../../src/core/experiments/statistics';
import { allNear, between, integral, mean, near, standardDeviation } from './near';

/** 97.5 % of a normal distribution lie below. */
const Z = 1.959964;

const ROUNDING = 1e-9;

describe('streams of random numbers', () => {
  it('are the same for the same seed and name, and differ for others', () => {
    const draw = (seed: number, name: string): number[] => [...randomStream(seed, name).normals(5)];
    fc.assert(
      fc.property(fc.nat(), fc.string(), fc.nat(), fc.string(), (seed, name, otherSeed, otherName) => {
        assert.deepEqual(draw(seed, name), draw(seed, name));
        fc.pre(seed !== otherSeed && name !== otherName);
        assert.notDeepEqual(draw(seed, name), draw(otherSeed, name));
        assert.notDeepEqual(draw(seed, name), draw(seed, otherName));
      }),
    );
  });

  it('have the moments of their distributions, within five standard errors', () => {
    const [random, count] = [randomStream(5, 'moments'), 50_000];
    const normals = random.normals(count);
    near(mean(normals), 0, 5 / Math.sqrt(count));
    near(mean(normals.map((x) => x ** 2)), 1, (5 * Math.sqrt(2)) / Math.sqrt(count));
    near(mean(normals.map((x) => x ** 4)), 3, (5 * Math.sqrt(96)) / Math.sqrt(count) / 3);
    const uniforms = Float64Array.from({ length: count }, () => random.uniform());
    assert.ok(uniforms.every((x) => x >= 0 && x < 1));
    near(mean(uniforms), 0.5, (5 * Math.sqrt(1 / 12)) / Math.sqrt(count));
    const dice = Array.from({ length: count }, () => random.index(6));
    for (let face = 0; face < 6; face++) {
      const share = dice.filter((value) => value === face).length / count;
      near(share, 1 / 6, (5 * Math.sqrt(5 / 36)) / Math.sqrt(count));
    }
  });
});

describe('bootstrap intervals', () => {
  it('are the central 95 % of what was drawn', () => {
    const shuffled = Array.from({ length: 1_001 }, (_, index) => (index * 5) % 1_001);
    allNear(centralInterval(shuffled), [25, 975], 1e-12);
  });

  it('of a mean agree with the normal interval on large samples', () => {
    for (const seed of [1, 2, 3, 4]) {
      const values = randomStream(seed, 'sample')
        .normals(600)
        .map((x) => 3 + 2 * x + 0.5 * x ** 2);
      const { effect, interval, unit } = bootstrapMean(values, randomStream(seed, 'bootstrap'), 'nats');
      const reach = (Z * standardDeviation(values)) / Math.sqrt(values.length);
      near(effect, mean(values), 1e-12);
      // A quantile of 1,000 draws has a standard error of 4 % of the reach.
      near((interval[0] - effect) / reach, -1, 0.22);
      near((interval[1] - effect) / reach, 1, 0.22);
      assert.equal(unit, 'nats');
    }
  });

  it('cover the true mean in about 95 of 100 repetitions', () => {
    const [repetitions, truth] = [200, 1.5];
    let covered = 0;
    for (let seed = 0; seed < repetitions; seed++) {
      const values = randomStream(seed, 'coverage')
        .normals(30)
        .map((x) => truth + x);
      const [low, high] = bootstrapMean(values, randomStream(seed, 'draws'), '1').interval;
      if (low <= truth && truth <= high) covered++;
    }
    const share = covered / repetitions;
    assert.ok(share > 0.89 && share < 0.985, String(share));
  });

  it('depend on nothing but the seed', () => {
    const values = fc.array(between(-1e3, 1e3), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(values, fc.nat(), (sample, seed) => {
        const run = (): unknown => bootstrapMean(sample, randomStream(seed, 'a'), '1');
        assert.deepEqual(run(), run());
      }),
      { numRuns: 20 },
    );
    const sample = randomStream(1, 'sample').normals(40);
    const [first, second] = [1, 2].map((seed) => bootstrapMean(sample, randomStream(seed, 'a'), '1'));
    assert.equal(first?.effect, second?.effect);
    assert.notDeepEqual(first?.interval, second?.interval);
  });

  it('give every statistic as many items as there are, all of them there', () => {
    const drawn = new Set<number>();
    bootstrap(7, randomStream(1, 'items'), '1', (items) => {
      assert.equal(items.length, 7);
      items.forEach((item) => drawn.add(item));
      return 0;
    });
    assert.deepEqual([...drawn].sort(), [0, 1, 2, 3, 4, 5, 6]);
  });

  it('of paired items are those of their differences', () => {
    const random = randomStream(8, 'pairs');
    const [a, noise] = [random.normals(60), random.normals(60)];
    const b = a.map((value, index) => value - 1 - 0.1 * (noise[index] ?? 0));
    const paired = bootstrap(60, randomStream(1, 'x'), '1', (items) =>
      mean(Array.from(items, (item) => (a[item] ?? 0) - (b[item] ?? 0))),
    );
    const [low, high] = paired.interval;
    // Unpaired, the spread of a and b would make it about 0.7 wide.
    assert.ok(low > 0.9 && high < 1.1, `${low} to ${high}`);
  });

  it('of a median have the middle of the sorted values in them', () => {
    fc.assert(
      fc.property(fc.array(between(-100, 100), { minLength: 1, maxLength: 31 }), fc.nat(), (values, seed) => {
        const sorted = values.toSorted((a, b) => a - b);
        const half = Math.floor(sorted.length / 2);
        const middle = sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
        const { effect, interval } = bootstrapMedian(values, randomStream(seed, 'm'), '1');
        near(effect, middle, ROUNDING);
        assert.ok(interval[0] <= middle + ROUNDING && middle <= interval[1] + ROUNDING);
        assert.ok(interval[0] >= sorted[0]! - ROUNDING && interval[1] <= sorted.at(-1)! + ROUNDING);
      }),
      { numRuns: 25 },
    );
  });
});

describe('bootstrap slopes', () => {
  it('of points on a line are its slope, with no width', () => {
    const xs = fc.uniqueArray(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 10 });
    fc.assert(
      fc.property(xs, between(-10, 10), between(-10, 10), fc.nat(), (places, slope, offset, seed) => {
        const points = places.map((x) => [x, slope * x + offset] as const);
        const { effect, interval } = bootstrapSlope(points, randomStream(seed, 's'), '1');
        allNear([effect, ...interval], [slope, slope, slope], 1e-9);
      }),
      { numRuns: 25 },
    );
  });

  it('of noisy points agree with the interval of least squares', () => {
    const random = randomStream(4, 'noise');
    const points = Array.from({ length: 400 }, (_, index) => [index / 40, 2 * (index / 40) + random.normal()] as const);
    const centre = mean(points.map(([x]) => x));
    const spread = points.reduce((sum, [x]) => sum + (x - centre) ** 2, 0);
    const slope = points.reduce((sum, [x, y]) => sum + (x - centre) * y, 0) / spread;
    const { effect, interval } = bootstrapSlope(points, randomStream(1, 's'), '1');
    near(effect, slope, 1e-9);
    // The noise has a standard deviation of 1.
    const reach = Z / Math.sqrt(spread);
    near((interval[0] - effect) / reach, -1, 0.25);
    near((interval[1] - effect) / reach, 1, 0.25);
  });
});

describe('the jackknife', () => {
  const ofMean = (values: ArrayLike<number>) => (items: Uint32Array) =>
    mean(Array.from(items, (item) => values[item]!));

  it('of the mean of 20 numbers reaches t · s/√n to both sides, with t of 19 degrees of freedom', () => {
    const values = randomStream(9, 'sample').normals(20);
    const { effect, interval } = jackknife(20, '1', ofMean(values));
    near(effect, mean(values), 1e-12);
    near(interval[1] - effect, effect - interval[0], 1e-12);
    const t = ((interval[1] - effect) * Math.sqrt(20)) / standardDeviation(values);
    // Student's density, scaled by its own integral: 95 % lie within ± t.
    const density = (x: number): number => (1 + x ** 2 / 19) ** -10;
    near(integral(density, -t, t) / integral(density, -60, 60), 0.95, 1e-4);
  });

  it('of the mean of whole groups is that of the means of the groups', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.nat(), (size, seed) => {
        const values = randomStream(seed, 'sample').normals(20 * size);
        const groups = Array.from({ length: 20 }, (_, group) =>
          mean(values.filter((_v, index) => index % 20 === group)),
        );
        const { effect, interval } = jackknife(values.length, '1', ofMean(values));
        near(interval[1] - effect, (2.093 * standardDeviation(groups)) / Math.sqrt(20), 1e-3);
      }),
      { numRuns: 20 },
    );
  });

  it('covers the true variance of normal numbers in about 95 of 100 repetitions', () => {
    let covered = 0;
    for (let seed = 0; seed < 200; seed++) {
      const values = randomStream(seed, 'variance').normals(100);
      const [low, high] = jackknife(
        100,
        '1',
        (items) => standardDeviation(Array.from(items, (item) => values[item]!)) ** 2,
      ).interval;
      if (low <= 1 && 1 <= high) covered++;
    }
    assert.ok(covered > 178 && covered < 198, String(covered));
  });
});
