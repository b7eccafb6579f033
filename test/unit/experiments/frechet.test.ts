import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Matrix } from 'ml-matrix';
import { FrechetReference, moments, squareRoot, type Moments } from '../../../src/core/experiments/frechet';
import { randomStream } from '../../../src/core/experiments/random';
import { between, near } from './near';

const D = 4;
const vectors = fc.array(between(-3, 3), { minLength: D, maxLength: D });
const variances = fc.array(between(0.01, 5), { minLength: D, maxLength: D });

function gaussian(mean: readonly number[], covariance: Matrix): Moments {
  return { mean: Float64Array.from(mean), covariance };
}

function distance(a: Moments, b: Moments): number {
  return new FrechetReference(a).distanceTo(b);
}

/** B Bᵀ + I/10 for random B. */
function randomCovariance(seed: number): Matrix {
  const factor = new Matrix([...Array(D).keys()].map((row) => [...randomStream(seed, `row ${row}`).normals(D)]));
  return factor.mmul(factor.transpose()).add(Matrix.eye(D).mul(0.1));
}

/** A product of reflections at random planes: orthogonal by its making. */
function randomRotation(seed: number): Matrix {
  return [0, 1].reduce((product, index) => {
    const normal = Matrix.columnVector([...randomStream(seed, `plane ${index}`).normals(D)]);
    const reflection = Matrix.eye(D).sub(normal.mmul(normal.transpose()).mul(2 / normal.dot(normal)));
    return product.mmul(reflection);
  }, Matrix.eye(D));
}

const gaussians = fc.tuple(vectors, fc.nat()).map(([mean, seed]): Moments => gaussian(mean, randomCovariance(seed)));

describe('moments of rows', () => {
  it('are those of two passes over the numbers, and repeat named rows', () => {
    const tables = fc
      .integer({ min: 1, max: 4 })
      .chain((width) =>
        fc.array(fc.array(between(-100, 100), { minLength: width, maxLength: width }), { minLength: 2, maxLength: 12 }),
      );
    fc.assert(
      fc.property(tables, fc.array(fc.nat(), { minLength: 2, maxLength: 20 }), (table, picks) => {
        const width = table[0]!.length;
        const rows = { values: Float32Array.from(table.flat()), width };
        const items = picks.map((pick) => pick % table.length);
        for (const [found, chosen] of [
          [moments(rows), [...table.keys()]],
          [moments(rows, items), items],
        ] as const) {
          const column = (j: number): number[] => chosen.map((item) => Math.fround(table[item]![j]!));
          const centre = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
          for (let i = 0; i < width; i++) {
            near(found.mean[i]!, centre(column(i)), 1e-9);
            for (let j = 0; j < width; j++) {
              const [a, b] = [column(i), column(j)];
              const products = a.map((value, index) => (value - centre(a)) * (b[index]! - centre(b)));
              near(found.covariance.get(i, j), products.reduce((sum, value) => sum + value, 0) / (a.length - 1), 1e-8);
            }
          }
        }
      }),
    );
  });
});

describe('the root of a covariance', () => {
  it('is symmetric, has no negative eigenvalue, and squared gives the covariance', () => {
    fc.assert(
      fc.property(fc.nat(), vectors, (seed, direction) => {
        const covariance = randomCovariance(seed);
        const root = squareRoot(covariance);
        near(Matrix.sub(root.mmul(root), covariance).norm() / covariance.norm(), 0, 1e-9);
        near(Matrix.sub(root, root.transpose()).norm(), 0, 1e-9);
        const v = Matrix.columnVector(direction);
        assert.ok(v.transpose().mmul(root).mmul(v).get(0, 0) >= -1e-9);
      }),
    );
  });
});

describe('the Fréchet distance', () => {
  it('of independent components is Σ (μ − μ′)² + (σ − σ′)²', () => {
    fc.assert(
      fc.property(vectors, variances, vectors, variances, (mean, variance, otherMean, otherVariance) => {
        const expected = mean.reduce(
          (sum, value, i) =>
            sum + (value - otherMean[i]!) ** 2 + (Math.sqrt(variance[i]!) - Math.sqrt(otherVariance[i]!)) ** 2,
          0,
        );
        near(
          distance(gaussian(mean, Matrix.diag(variance)), gaussian(otherMean, Matrix.diag(otherVariance))),
          expected,
          1e-9,
        );
      }),
    );
  });

  it('is 0 to itself, also where a component does not vary', () => {
    fc.assert(fc.property(gaussians, (a) => near(distance(a, a), 0, 1e-7)));
    const flat = gaussian([1, 2, 3, 4], Matrix.diag([1, 0, 2, 0]));
    near(distance(flat, flat), 0, 1e-9);
  });

  it('is never negative, and the same in both directions', () => {
    fc.assert(
      fc.property(gaussians, gaussians, (a, b) => {
        assert.ok(distance(a, b) > -1e-7);
        near(distance(a, b), distance(b, a), 1e-7);
      }),
    );
  });

  it('grows by |Δ|² when equal covariances are shifted apart', () => {
    fc.assert(
      fc.property(gaussians, vectors, (a, shift) => {
        const moved = gaussian(
          [...a.mean].map((value, i) => value + shift[i]!),
          a.covariance,
        );
        near(
          distance(a, moved),
          shift.reduce((sum, value) => sum + value ** 2, 0),
          1e-6,
        );
      }),
    );
  });

  it('stays the same when both are turned alike', () => {
    fc.assert(
      fc.property(gaussians, gaussians, fc.nat(), (a, b, seed) => {
        const turn = randomRotation(seed);
        const turned = ({ mean, covariance }: Moments): Moments =>
          gaussian(turn.mmul(Matrix.columnVector([...mean])).to1DArray(), turn.mmul(covariance).mmul(turn.transpose()));
        near(distance(turned(a), turned(b)), distance(a, b), 1e-6);
      }),
    );
  });

  it('of two dimensions agrees with tr √(ΣΣ′) by trace and determinant', () => {
    // Of a 2 × 2 matrix with eigenvalues x and y: (√x + √y)² = trace + 2 √determinant.
    fc.assert(
      fc.property(
        between(0.1, 3),
        between(0.1, 3),
        between(-0.9, 0.9),
        between(0.1, 3),
        between(-0.9, 0.9),
        (p, q, r, s, t) => {
          const matrix = (a: number, b: number, c: number): number[][] => [
            [a, c * Math.sqrt(a * b)],
            [c * Math.sqrt(a * b), b],
          ];
          const [first, second] = [matrix(p, q, r), matrix(s, 1, t)];
          const product = (i: number, j: number): number =>
            first[i]![0]! * second[0]![j]! + first[i]![1]! * second[1]![j]!;
          const determinant = product(0, 0) * product(1, 1) - product(0, 1) * product(1, 0);
          const shared = Math.sqrt(product(0, 0) + product(1, 1) + 2 * Math.sqrt(determinant));
          const found = distance(gaussian([0, 0], new Matrix(first)), gaussian([0, 0], new Matrix(second)));
          near(found, p + q + s + 1 - 2 * shared, 1e-7);
        },
      ),
    );
  });
});
