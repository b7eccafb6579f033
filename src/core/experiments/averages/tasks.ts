/** What the optimisers are tried on. */
import type { Images } from '../../models/heldOut';
import type { Random } from '../random';

/** A task with its own random numbers: two runs with equal seeds see the same noise. */
export interface Task {
  readonly weights: number;
  readonly start: Float64Array;
  /** Of one step, from 1; may be noisy. The returned array is reused. */
  gradient(point: Float64Array, step: number): Float64Array;
  /** How far there is to go, noise-free; a run has arrived when this is at most `target`. */
  distance(point: Float64Array, step: number): number;
  readonly target: number;
  readonly mostSteps: number;
  /** Steps between two looks at the distance. */
  readonly every: number;
}

const NOISE = 0.3;

/** A bowl in ten dimensions whose lowest point moves on by a fixed stretch with every step. */
export function driftingQuadratic(random: Random): Task {
  const weights = 10;
  const heading = random.normals(weights);
  const length = Math.hypot(...heading);
  const curvatures = Float64Array.from({ length: weights }, () => 10 ** (random.uniform() - 0.5));
  const start = random.normals(weights).map((value) => 3 * value);
  const gradient = new Float64Array(weights);
  const minimum = (index: number, step: number): number => (0.005 * step * (heading[index] ?? 0)) / length;
  return {
    weights,
    start,
    gradient(point, step) {
      for (let index = 0; index < weights; index++) {
        const gap = (point[index] ?? 0) - minimum(index, step);
        gradient[index] = (curvatures[index] ?? 1) * gap + NOISE * random.normal();
      }
      return gradient;
    },
    distance: (point, step) => Math.hypot(...point.map((value, index) => value - minimum(index, step))),
    target: 0.75,
    mostSteps: 3_000,
    every: 1,
  };
}

/** Rosenbrock's valley, (1 − x)² + 100 (y − x²)², from a random place on its far side. */
export function rosenbrock(random: Random): Task {
  const start = Float64Array.of(-1.2 + 0.2 * random.normal(), 1 + 0.2 * random.normal());
  const gradient = new Float64Array(2);
  return {
    weights: 2,
    start,
    gradient([x = 0, y = 0]) {
      gradient[0] = -2 * (1 - x) - 400 * x * (y - x ** 2);
      gradient[1] = 200 * (y - x ** 2);
      return gradient;
    },
    distance: ([x = 0, y = 0]) => (1 - x) ** 2 + 100 * (y - x ** 2) ** 2,
    target: 0.01,
    mostSteps: 6_000,
    every: 1,
  };
}

const POOL = 4;
const CLASSES = 10;
const BATCH = 16;
const WATCHED = 200;

/** Means over squares of 4×4 pixels, in [0, 1], and a one: [images][features]. */
function features({ count, height, width, pixels }: Images): Float64Array[] {
  const [rows, columns] = [height / POOL, width / POOL];
  return Array.from({ length: count }, (_, image) => {
    const pooled = new Float64Array(rows * columns + 1);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const cell = Math.floor(y / POOL) * columns + Math.floor(x / POOL);
        const level = pixels[(image * height + y) * width + x] ?? 0;
        pooled[cell] = (pooled[cell] ?? 0) + level / 255 / POOL ** 2;
      }
    }
    pooled[rows * columns] = 1;
    return pooled;
  });
}

/** Multinomial logistic regression on small versions of real images, from mini-batches of 16. */
export function logisticRegression(images: Images, labels: Uint8Array): (random: Random) => Task {
  const inputs = features(images);
  const size = inputs[0]?.length ?? 0;
  const probabilities = new Float64Array(CLASSES);

  /** Softmax over the classes, into `probabilities`; returns −log of the right one. */
  const loss = (point: Float64Array, example: number): number => {
    const input = inputs[example] ?? new Float64Array(size);
    let greatest = -Infinity;
    for (let c = 0; c < CLASSES; c++) {
      let logit = 0;
      for (let f = 0; f < size; f++) logit += (point[c * size + f] ?? 0) * (input[f] ?? 0);
      probabilities[c] = logit;
      greatest = Math.max(greatest, logit);
    }
    let total = 0;
    for (let c = 0; c < CLASSES; c++) total += probabilities[c] = Math.exp((probabilities[c] ?? 0) - greatest);
    for (let c = 0; c < CLASSES; c++) probabilities[c] = (probabilities[c] ?? 0) / total;
    return -Math.log(probabilities[labels[example] ?? 0] ?? 1);
  };

  return (random) => {
    const gradient = new Float64Array(CLASSES * size);
    return {
      weights: CLASSES * size,
      start: random.normals(CLASSES * size).map((value) => 0.01 * value),
      gradient(point) {
        gradient.fill(0);
        for (let drawn = 0; drawn < BATCH; drawn++) {
          const example = WATCHED + random.index(inputs.length - WATCHED);
          loss(point, example);
          const input = inputs[example] ?? new Float64Array(size);
          for (let c = 0; c < CLASSES; c++) {
            const error = ((probabilities[c] ?? 0) - (labels[example] === c ? 1 : 0)) / BATCH;
            for (let f = 0; f < size; f++)
              gradient[c * size + f] = (gradient[c * size + f] ?? 0) + error * (input[f] ?? 0);
          }
        }
        return gradient;
      },
      /** Mean loss in nats on the images that no batch contains. */
      distance(point) {
        let sum = 0;
        for (let example = 0; example < WATCHED; example++) sum += loss(point, example);
        return sum / WATCHED;
      },
      target: 0.8,
      mostSteps: 1_500,
      every: 10,
    };
  };
}
