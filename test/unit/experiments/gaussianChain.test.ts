import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  drawForwardPath,
  elbo,
  elboTerms,
  forwardPath,
  keptSignal,
  klFromStandardNormal,
  klOfGaussians,
  logDensity,
  logEvidence,
  logForwardPath,
  logNormal,
  logWeight,
  modelPosterior,
  type GaussianDiffusion,
} from '../../../src/core/experiments/diffusion/gaussianChain';
import { SCHEDULES } from '../../../src/core/experiments/diffusion/schedules';
import { randomStream } from '../../../src/core/experiments/random';
import { between, integral, near } from './near';

const chains: fc.Arbitrary<GaussianDiffusion> = fc
  .array(
    fc.record({
      beta: between(0.01, 0.9),
      slope: between(-1.5, 1.5),
      offset: between(-1, 1),
      variance: between(0.01, 2),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((steps) => ({ betas: steps.map(({ beta }) => beta), reverse: steps }));

describe('a diffusion of Gaussians', () => {
  it('has a KL to the standard normal distribution that agrees with the integral', () => {
    for (const [mean, variance] of [
      [0, 1],
      [0.7, 0.3],
      [-2, 2.5],
    ] as const) {
      const spread = 12 * Math.sqrt(variance);
      const expected = integral(
        (x) => Math.exp(logNormal(x, mean, variance)) * (logNormal(x, mean, variance) - logNormal(x, 0, 1)),
        mean - spread,
        mean + spread,
      );
      near(klFromStandardNormal(mean, variance), expected, 1e-9);
    }
  });

  it('has a KL to the standard normal distribution that is not lost to rounding when it is tiny', () => {
    // N(√k x, 1 − k) for small k: (k x² + k²/2 + k³/3 + …) / 2 by the series of the logarithm.
    fc.assert(
      fc.property(between(-18, -3), between(0.1, 1), (power, x) => {
        const kept = 10 ** power;
        const expected = (kept * x ** 2 + kept ** 2 / 2 + kept ** 3 / 3) / 2;
        near(klFromStandardNormal(Math.sqrt(kept) * x, 1 - kept) / expected, 1, 1e-6);
      }),
    );
  });

  it('has, with one step, the evidence and the bound that numerical integrals give', () => {
    const diffusion = { betas: [0.3], reverse: [{ slope: 0.8, offset: 0.1, variance: 0.4 }] };
    const x0 = 0.6;
    const joint = (x1: number): number => logNormal(x1, 0, 1) + logNormal(x0, 0.8 * x1 + 0.1, 0.4);
    near(logEvidence(diffusion, x0), Math.log(integral((x1) => Math.exp(joint(x1)), -12, 12)), 1e-9);
    const q = (x1: number): number => logNormal(x1, Math.sqrt(0.7) * x0, 0.3);
    near(
      elbo(elboTerms(diffusion, x0)),
      integral((x1) => Math.exp(q(x1)) * (joint(x1) - q(x1)), -8, 8),
      1e-9,
    );
  });

  it('loses exactly the KL between the posteriors by the bound, which is never negative', () => {
    fc.assert(
      fc.property(chains, between(-3, 3), (diffusion, x0) => {
        const gap = logEvidence(diffusion, x0) - elbo(elboTerms(diffusion, x0));
        const kl = klOfGaussians(forwardPath(diffusion.betas, x0), modelPosterior(diffusion, x0));
        near(gap, kl, 1e-6);
        assert.ok(gap >= -1e-9, String(gap));
      }),
    );
  });

  it('loses nothing when the model is the true reverse process of normal data', () => {
    // With x₀ standard normal, all x_t are, and the reverse step has the slope of the forward one.
    const betas = [0.1, 0.4, 0.2];
    const reverse = betas.map((beta) => ({ slope: Math.sqrt(1 - beta), offset: 0, variance: beta }));
    const terms = elboTerms({ betas, reverse }, 0.9);
    near(elbo(terms), logNormal(0.9, 0, 1), 1e-12);
  });

  it('has one density of a path, step by step and by its covariance', () => {
    fc.assert(
      fc.property(chains, between(-2, 2), fc.integer(), ({ betas }, x0, seed) => {
        const path = drawForwardPath(betas, x0, randomStream(seed, 'path').normals(betas.length));
        near(logForwardPath(betas, x0, path), logDensity(forwardPath(betas, x0), path), 1e-6);
      }),
    );
  });

  it('has the ELBO as the mean over sampled paths', () => {
    const diffusion = {
      betas: [0.2, 0.3, 0.4],
      reverse: [0.2, 0.3, 0.4].map((beta) => ({ slope: 0.7, offset: 0.1, variance: beta })),
    };
    const random = randomStream(3, 'paths');
    const weights = Array.from({ length: 20_000 }, () =>
      logWeight(diffusion, 0.5, drawForwardPath(diffusion.betas, 0.5, random.normals(3))),
    );
    const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
    const variance = weights.reduce((sum, weight) => sum + (weight - mean) ** 2, 0) / weights.length;
    const expected = elbo(elboTerms(diffusion, 0.5));
    assert.ok(Math.abs(mean - expected) < 5 * Math.sqrt(variance / weights.length), `${mean}, expected ${expected}`);
  });
});

describe('noise schedules', () => {
  it('keep what Ho et al. 2020 say is left after 1,000 linear steps', () => {
    // "≈ 4 · 10⁻⁵" is their figure for the share of the variance.
    const last = keptSignal(SCHEDULES.linear(1_000)).at(-1) ?? 1;
    assert.ok(last > 3.5e-5 && last < 4.5e-5, String(last));
  });

  it('follow the squared cosine', () => {
    const kept = keptSignal(SCHEDULES.cosine(1_000));
    const expected =
      Math.cos(((0.5 + 0.008) / 1.008) * (Math.PI / 2)) ** 2 / Math.cos((0.008 / 1.008) * (Math.PI / 2)) ** 2;
    near(kept[500] ?? NaN, expected, 1e-9);
  });
});
