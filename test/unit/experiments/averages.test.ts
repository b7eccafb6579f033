import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  exponentialAverage,
  impulseWeights,
  optimiser,
  runningMean,
  type OptimiserName,
} from '../../../src/core/experiments/averages/optimiser';
import { driftingQuadratic, logisticRegression, rosenbrock } from '../../../src/core/experiments/averages/tasks';
import { randomStream, type Random } from '../../../src/core/experiments/random';
import { allNear, between, mean, near, numericalSlopes } from './near';

const betas = between(0.05, 0.995);
const rates = between(1e-4, 0.5);
const WEIGHTS = 3;
const gradientLists = fc.array(fc.array(between(-10, 10), { minLength: WEIGHTS, maxLength: WEIGHTS }), {
  minLength: 1,
  maxLength: 25,
});

describe('averages', () => {
  it('with decay are the weighted sum (1 − β) βᵃ over the sum of its weights', () => {
    fc.assert(
      fc.property(gradientLists, betas, (lists, beta) => {
        const average = exponentialAverage(WEIGHTS, beta);
        lists.forEach((values, step) => {
          const found = average.update(Float64Array.from(values));
          const seen = lists.slice(0, step + 1);
          const weights = seen.map((_, index) => (1 - beta) * beta ** (step - index));
          const total = weights.reduce((sum, weight) => sum + weight, 0);
          for (let w = 0; w < WEIGHTS; w++) {
            near(found[w]!, seen.reduce((sum, row, index) => sum + weights[index]! * row[w]!, 0) / total, 1e-9);
          }
        });
      }),
    );
  });

  it('without decay are the mean', () => {
    fc.assert(
      fc.property(gradientLists, (lists) => {
        const average = runningMean(WEIGHTS);
        lists.forEach((values, step) => {
          const found = average.update(Float64Array.from(values));
          for (let w = 0; w < WEIGHTS; w++) near(found[w]!, mean(lists.slice(0, step + 1).map((row) => row[w]!)), 1e-9);
        });
      }),
    );
  });

  it('weigh an impulse by its age: halved every −ln 2 / ln β steps, or all alike', () => {
    fc.assert(
      fc.property(betas, fc.integer({ min: 2, max: 40 }), (beta, steps) => {
        const ema = impulseWeights(() => exponentialAverage(1, beta), steps);
        near(
          ema.reduce((sum, weight) => sum + weight, 0),
          1,
          1e-9,
        );
        const halfLife = -Math.LN2 / Math.log(beta);
        // Very old gradients have weights below the smallest number.
        ema.forEach((weight, age) => near(weight / ema[0]!, 2 ** (-age / halfLife), 1e-9));
        allNear(
          impulseWeights(() => runningMean(1), steps),
          Array<number>(steps).fill(1 / steps),
          1e-12,
        );
      }),
    );
  });

  it('both keep one number for each weight', () => {
    assert.equal(exponentialAverage(7, 0.9).numbersPerWeight, 1);
    assert.equal(runningMean(7).numbersPerWeight, 1);
  });
});

/** Algorithm 1 of Kingma and Ba 2015, word for word. */
function adam(
  start: readonly number[],
  gradients: readonly (readonly number[])[],
  rate: number,
  beta1: number,
  beta2: number,
): number[] {
  return start.map((initial, w) => {
    let [theta, m, v] = [initial, 0, 0];
    gradients.forEach((gradient, index) => {
      const [g, t] = [gradient[w]!, index + 1];
      m = beta1 * m + (1 - beta1) * g;
      v = beta2 * v + (1 - beta2) * g ** 2;
      theta -= (rate * (m / (1 - beta1 ** t))) / (Math.sqrt(v / (1 - beta2 ** t)) + 1e-8);
    });
    return theta;
  });
}

describe('optimisers', () => {
  const settings = fc.record({ rate: rates, beta1: betas, beta2: betas });

  it('step as Adam does in the paper', () => {
    fc.assert(
      fc.property(gradientLists, settings, (gradients, { rate, beta1, beta2 }) => {
        const step = optimiser(WEIGHTS, { name: 'adam', averaging: 'ema', rate, beta1, beta2 });
        const point = Float64Array.of(1, -2, 0.5);
        for (const gradient of gradients) step(point, Float64Array.from(gradient));
        allNear(point, adam([1, -2, 0.5], gradients, rate, beta1, beta2), 1e-8);
      }),
    );
  });

  it('move by the rate at first, whatever the size of the gradient', () => {
    const sizes = fc.tuple(between(1e-3, 1e3), fc.boolean()).map(([size, isNegative]) => (isNegative ? -size : size));
    fc.assert(
      fc.property(
        sizes,
        settings,
        fc.constantFrom<OptimiserName>('adam', 'rmsprop'),
        fc.constantFrom('ema', 'mean'),
        (g, given, name, averaging) => {
          const point = Float64Array.of(0);
          optimiser(1, { ...given, name, averaging })(point, Float64Array.of(g));
          near(point[0]! / (-Math.sign(g) * given.rate), 1, 1e-4);
        },
      ),
    );
  });

  it('with plain means divide the mean gradient by the root of the mean square', () => {
    fc.assert(
      fc.property(
        gradientLists,
        settings,
        fc.constantFrom<OptimiserName>('adam', 'rmsprop'),
        (gradients, given, name) => {
          const step = optimiser(WEIGHTS, { ...given, name, averaging: 'mean' });
          const point = new Float64Array(WEIGHTS);
          const expected = [0, 0, 0];
          gradients.forEach((gradient, index) => {
            step(point, Float64Array.from(gradient));
            for (let w = 0; w < WEIGHTS; w++) {
              const seen = gradients.slice(0, index + 1).map((row) => row[w]!);
              const direction = name === 'adam' ? mean(seen) : gradient[w]!;
              expected[w]! -= (given.rate * direction) / (Math.sqrt(mean(seen.map((g) => g ** 2))) + 1e-8);
            }
          });
          allNear(point, expected, 1e-8);
        },
      ),
    );
  });

  it('are RMSProp when Adam forgets at once', () => {
    fc.assert(
      fc.property(gradientLists, settings, (gradients, given) => {
        const [point, other] = [new Float64Array(WEIGHTS), new Float64Array(WEIGHTS)];
        const rmsprop = optimiser(WEIGHTS, { ...given, name: 'rmsprop', averaging: 'ema' });
        const forgetful = optimiser(WEIGHTS, { ...given, beta1: 0, name: 'adam', averaging: 'ema' });
        for (const gradient of gradients) {
          rmsprop(point, Float64Array.from(gradient));
          forgetful(other, Float64Array.from(gradient));
        }
        allNear(point, other, 1e-12);
      }),
    );
  });
});

describe('tasks', () => {
  it('of Rosenbrock have the slopes of (1 − x)² + 100 (y − x²)², lowest at (1, 1)', () => {
    const { gradient, distance } = rosenbrock(randomStream(1, 'valley'));
    assert.equal(distance(Float64Array.of(1, 1), 1), 0);
    assert.deepEqual([...gradient(Float64Array.of(1, 1), 1)].map(Math.abs), [0, 0]);
    fc.assert(
      fc.property(between(-2, 2), between(-2, 3), (x, y) => {
        const point = Float64Array.of(x, y);
        near(distance(point, 1), (1 - x) ** 2 + 100 * (y - x * x) ** 2, 1e-12);
        allNear(
          gradient(point, 1),
          numericalSlopes((moved) => distance(moved, 1), point),
          1e-6,
        );
      }),
    );
  });

  describe('with a drifting bowl', () => {
    const bowl = (): ReturnType<typeof driftingQuadratic> => driftingQuadratic(randomStream(2, 'bowl'));

    it('move the lowest point by 0.005 a step, straight on', () => {
      const { distance, weights } = bowl();
      const origin = new Float64Array(weights);
      for (const step of [0, 1, 100, 2_000]) near(distance(origin, step), 0.005 * step, 1e-9);
    });

    it('pull each weight towards it in proportion to the gap, apart from the noise', () => {
      const random = randomStream(3, 'points');
      const weights = bowl().weights;
      // Equal seeds see equal noise, which drops out of differences.
      const slopes = (gap: number): number[] =>
        Array.from({ length: weights }, (_, index) => {
          const point = random.normals(weights);
          const at = (moved: Float64Array): number => bowl().gradient(moved, 50)[index]!;
          return (at(point.with(index, point[index]! + gap)) - at(point)) / gap;
        });
      const curvatures = slopes(0.5);
      assert.ok(curvatures.every((value) => value >= 10 ** -0.5 && value <= 10 ** 0.5));
      allNear(slopes(-2), curvatures, 1e-9);
    });

    it('have noise whose mean is zero', () => {
      const { gradient, weights } = bowl();
      const lowest = new Float64Array(weights);
      const drawn = Array.from({ length: 4_000 }, () => gradient(lowest, 0)[0]!);
      near(mean(drawn), 0, (5 * 0.3) / Math.sqrt(4_000));
      near(mean(drawn.map((value) => value ** 2)), 0.09, 0.01);
    });
  });

  describe('with logistic regression', () => {
    // The watched images again as those that batches are drawn from.
    const count = 200;
    const random = randomStream(6, 'images');
    const watched = Uint8Array.from({ length: count * 64 }, () => random.index(256));
    const classes = Uint8Array.from({ length: count }, () => random.index(10));
    const images = { count: 2 * count, height: 8, width: 8, pixels: Uint8Array.from([...watched, ...watched]) };
    const labels = Uint8Array.from([...classes, ...classes]);
    /** Draws the images in their order. */
    const inTurn = (): Random => {
      let next = 0;
      return { ...randomStream(7, 'start'), index: (below) => next++ % below };
    };

    it('have batches whose mean over all images is the slope of the watched loss', () => {
      const task = logisticRegression(images, labels)(inTurn());
      const point = randomStream(8, 'point').normals(task.weights);
      const sum = new Float64Array(task.weights);
      const batches = 25; // of 16: every image twice
      for (let batch = 0; batch < batches; batch++) {
        task.gradient(point, batch).forEach((value, index) => (sum[index]! += value / batches));
      }
      allNear(
        sum,
        numericalSlopes((moved) => task.distance(moved, 1), point),
        1e-7,
      );
    });

    it('have the cross-entropy of a softmax over means of 4 × 4 pixels and a one', () => {
      const task = logisticRegression(images, labels)(inTurn());
      near(task.distance(new Float64Array(task.weights), 1), Math.log(10), 1e-12);
      assert.equal(task.weights, 10 * (4 + 1));
      const point = randomStream(9, 'point').normals(task.weights);
      const losses = Array.from(classes, (label, image) => {
        const cell = (top: number, left: number): number =>
          mean(
            Array.from({ length: 16 }, (_, i) => watched[image * 64 + (top + (i >> 2)) * 8 + left + (i & 3)]! / 255),
          );
        const inputs = [cell(0, 0), cell(0, 4), cell(4, 0), cell(4, 4), 1];
        const powers = Array.from({ length: 10 }, (_, c) =>
          Math.exp(inputs.reduce((sum, input, f) => sum + input * point[c * 5 + f]!, 0)),
        );
        return -Math.log(powers[label]! / powers.reduce((sum, power) => sum + power, 0));
      });
      near(task.distance(point, 1), mean(losses), 1e-10);
    });
  });
});
