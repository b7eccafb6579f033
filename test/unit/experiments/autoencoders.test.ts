import assert from 'node:assert/strict';
import fc from 'fast-check';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { participationRatio } from '../../../src/core/experiments/autoencoders/latentDimension';
import { aggregatedNats, fittedLatents, klOfDimensions } from '../../../src/core/experiments/autoencoders/latents';
import { logNormal } from '../../../src/core/experiments/diffusion/gaussianChain';
import { moments } from '../../../src/core/experiments/frechet';
import { randomStream } from '../../../src/core/experiments/random';
import type { Rows } from '../../../src/core/experiments/tensors';
import { between, integral, mean, near } from './near';

/** Rows whose columns depend on each other. */
function rows(seed: number, count: number, width: number): Rows {
  const random = randomStream(seed, 'rows');
  const mixing = random.normals(width * width);
  const values = Array.from({ length: count }, () => {
    const drawn = random.normals(width);
    return Array.from(
      drawn,
      (_, i) => 1 + i + drawn.reduce((sum, value, j) => sum + value * mixing[i * width + j]!, 0),
    );
  });
  return { values: Float32Array.from(values.flat()), width };
}

describe('the participation ratio', () => {
  const eigenvalues = (covariance: Matrix): number[] =>
    new EigenvalueDecomposition(covariance, { assumeSymmetric: true }).realEigenvalues;

  it('is d when all directions vary alike, and 1 when a single one does', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), between(0.01, 100), fc.nat(), (d, variance, seed) => {
        near(participationRatio(eigenvalues(Matrix.eye(d).mul(variance))), d, 1e-9);
        const direction = Matrix.columnVector([...randomStream(seed, 'direction').normals(d)]);
        near(participationRatio(eigenvalues(direction.mmul(direction.transpose()).mul(variance))), 1, 1e-9);
      }),
    );
  });

  it('is k when k of d directions vary alike, whatever else is still', () => {
    near(participationRatio([3, 0, 3, 0, 0, 3]), 3, 1e-12);
    near(participationRatio([2, 1]), 9 / 5, 1e-12);
  });
});

describe('latents from a fitted normal distribution', () => {
  it('have the mean of the rows where the noise is zero', () => {
    const given = rows(1, 50, 4);
    const { values } = fittedLatents(given, new Float64Array(8));
    [...values].forEach((value, place) => near(value, moments(given).mean[place % 4]!, 1e-6));
  });

  it('spread the noise by a root of the covariance of the rows', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 5 }), (seed, width) => {
        const given = rows(seed, 60, width);
        const { mean: centre, covariance } = moments(given);
        // One row of noise for each direction: their products add up to root · rootᵀ.
        const { values } = fittedLatents(given, Matrix.eye(width).to1DArray());
        const root = new Matrix(
          Array.from({ length: width }, (_, k) => Array.from(centre, (value, i) => values[k * width + i]! - value)),
        );
        const gap = Matrix.sub(root.transpose().mmul(root), covariance);
        // Latents are float32.
        near(gap.norm(), 0, 1e-5 * Math.max(1, covariance.norm()));
      }),
    );
  });
});

describe('the KL of codes', () => {
  const kl = (centre: number, variance: number): number => {
    const spread = 12 * Math.sqrt(variance);
    const density = (x: number): number => logNormal(x, centre, variance);
    return integral((x) => Math.exp(density(x)) * (density(x) - logNormal(x, 0, 1)), centre - spread, centre + spread);
  };

  it('taken all together is that of a normal distribution with their moments', () => {
    const means = rows(3, 40, 2);
    const logVariances = { values: means.values.map((value) => Math.sin(value) - 1), width: 2 };
    const items = [0, 5, 5, 9, 31, 17, 17, 39];
    const expected = [0, 1].map((j) => {
      const own = items.map((item) => means.values[item * 2 + j]!);
      const centre = mean(own);
      const spread = mean(own.map((value) => (value - centre) ** 2));
      const noise = mean(items.map((item) => Math.exp(logVariances.values[item * 2 + j]!)));
      return [kl(centre, spread), kl(centre, spread + noise)] as const;
    });
    near(
      aggregatedNats(means, null, items),
      expected.reduce((sum, [without]) => sum + without, 0),
      1e-7,
    );
    near(
      aggregatedNats(means, logVariances, items),
      expected.reduce((sum, [, with_]) => sum + with_, 0),
      1e-7,
    );
  });

  it('of each dimension is the mean over images', () => {
    const vaeMean = { values: Float32Array.of(0.5, 0, -1, 0), width: 2 };
    const vaeLogVariance = { values: Float32Array.of(-0.5, 0, 0.25, 0), width: 2 };
    const [first, second] = klOfDimensions({ ae: vaeMean, vaeMean, vaeLogVariance });
    near(first!, (kl(0.5, Math.exp(-0.5)) + kl(-1, Math.exp(0.25))) / 2, 1e-8);
    assert.equal(second, 0);
  });
});
