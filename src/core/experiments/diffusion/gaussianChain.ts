/**
 * A diffusion in one dimension in which everything is exact: the forward process q and the model p are both chains of
 * Gaussians with linear means, so log p(x₀), the ELBO and the KL between the posteriors have closed forms.
 */
import { CholeskyDecomposition, Matrix, determinant, inverse } from 'ml-matrix';

/** p(x_{t−1} | x_t) = N(slope · x_t + offset, variance), for t = 1 … T; p(x_T) = N(0, 1). */
export interface ReverseStep {
  readonly slope: number;
  readonly offset: number;
  /** Above 0. */
  readonly variance: number;
}

export interface GaussianDiffusion {
  /** β_t in (0, 1), for t = 1 … T: q(x_t | x_{t−1}) = N(√(1 − β_t) x_{t−1}, β_t). */
  readonly betas: readonly number[];
  readonly reverse: readonly ReverseStep[];
}

/** Mean [n] and covariance [n, n] of a Gaussian. */
interface Gaussian {
  readonly mean: Matrix;
  readonly covariance: Matrix;
}

const LOG_TWO_PI = Math.log(2 * Math.PI);

/** log N(x; mean, variance) in nats. */
export function logNormal(x: number, mean: number, variance: number): number {
  return -(LOG_TWO_PI + Math.log(variance) + (x - mean) ** 2 / variance) / 2;
}

/** E log N(y; mean, variance) for y − mean distributed with the given mean and variance. */
function expectedLogNormal(offset: number, spread: number, variance: number): number {
  return -(LOG_TWO_PI + Math.log(variance) + (offset ** 2 + spread) / variance) / 2;
}

/** KL(N(mean, variance) ‖ N(0, 1)) in nats. */
export function klFromStandardNormal(mean: number, variance: number): number {
  // Near N(0, 1) the other terms nearly cancel: put like this, what is left of them is not lost to rounding.
  const excess = variance - 1;
  return (mean ** 2 + (excess - Math.log1p(excess))) / 2;
}

/** ᾱ_t for t = 0 … T, beginning with 1: the share of the variance that is left of the image. */
export function keptSignal(betas: readonly number[]): number[] {
  const kept = [1];
  for (const beta of betas) kept.push((kept.at(-1) ?? 1) * (1 - beta));
  return kept;
}

/** q(x_{1:T} | x₀): Cov(x_s, x_t) = √(ᾱ_t / ᾱ_s) (1 − ᾱ_s) for s ≤ t. */
export function forwardPath(betas: readonly number[], x0: number): Gaussian {
  const kept = keptSignal(betas).slice(1);
  const covariance = kept.map((a, s) =>
    kept.map((b, t) => (t >= s ? Math.sqrt(b / a) * (1 - a) : Math.sqrt(a / b) * (1 - b))),
  );
  return { mean: Matrix.columnVector(kept.map((share) => Math.sqrt(share) * x0)), covariance: new Matrix(covariance) };
}

/** log q(x_{1:T} | x₀) step by step, in nats; path is x₁ … x_T. */
export function logForwardPath(betas: readonly number[], x0: number, path: readonly number[]): number {
  return betas.reduce((sum, beta, index) => {
    const before = index === 0 ? x0 : (path[index - 1] ?? NaN);
    return sum + logNormal(path[index] ?? NaN, Math.sqrt(1 - beta) * before, beta);
  }, 0);
}

/** Log-density of a Gaussian by its covariance, in nats. */
export function logDensity({ mean, covariance }: Gaussian, point: readonly number[]): number {
  const gap = Matrix.sub(Matrix.columnVector([...point]), mean);
  const squared = gap.transpose().mmul(new CholeskyDecomposition(covariance).solve(gap)).get(0, 0);
  return -(point.length * LOG_TWO_PI + logDeterminant(covariance) + squared) / 2;
}

function logDeterminant(covariance: Matrix): number {
  const { lowerTriangularMatrix } = new CholeskyDecomposition(covariance);
  return 2 * lowerTriangularMatrix.diagonal().reduce((sum, value) => sum + Math.log(value), 0);
}

/** p(x_{0:T}): mean and covariance in the order x₀ … x_T, built from x_T down. */
export function modelPath({ reverse }: GaussianDiffusion): Gaussian {
  const size = reverse.length + 1;
  const mean = Matrix.zeros(size, 1);
  const covariance = Matrix.zeros(size, size);
  covariance.set(size - 1, size - 1, 1);
  for (let t = size - 1; t > 0; t--) {
    const { slope, offset, variance } = reverse[t - 1] ?? { slope: 0, offset: 0, variance: 1 };
    mean.set(t - 1, 0, slope * mean.get(t, 0) + offset);
    for (let later = t; later < size; later++) {
      const shared = slope * covariance.get(t, later);
      covariance.set(t - 1, later, shared);
      covariance.set(later, t - 1, shared);
    }
    covariance.set(t - 1, t - 1, slope ** 2 * covariance.get(t, t) + variance);
  }
  return { mean, covariance };
}

/** log p(x₀) in nats. */
export function logEvidence(diffusion: GaussianDiffusion, x0: number): number {
  const { mean, covariance } = modelPath(diffusion);
  return logNormal(x0, mean.get(0, 0), covariance.get(0, 0));
}

/** p(x_{1:T} | x₀), by conditioning the joint Gaussian. */
export function modelPosterior(diffusion: GaussianDiffusion, x0: number): Gaussian {
  const { mean, covariance } = modelPath(diffusion);
  const last = covariance.rows - 1;
  const shared = covariance.subMatrix(1, last, 0, 0);
  const gain = Matrix.div(shared, covariance.get(0, 0));
  const surprise = x0 - mean.get(0, 0);
  return {
    mean: Matrix.add(mean.subMatrix(1, last, 0, 0), Matrix.mul(gain, surprise)),
    covariance: Matrix.sub(covariance.subMatrix(1, last, 1, last), gain.mmul(shared.transpose())),
  };
}

/** KL(a ‖ b) of two Gaussians in nats. */
export function klOfGaussians(a: Gaussian, b: Gaussian): number {
  const precision = inverse(b.covariance);
  const gap = Matrix.sub(b.mean, a.mean);
  const squared = gap.transpose().mmul(precision).mmul(gap).get(0, 0);
  const logRatio = Math.log(determinant(b.covariance)) - Math.log(determinant(a.covariance));
  return (precision.mmul(a.covariance).trace() + squared - a.mean.rows + logRatio) / 2;
}

/** The parts of the ELBO in nats; their sum is the ELBO. */
export interface ElboTerms {
  /** E log p(x₀ | x₁). */
  readonly reconstruction: number;
  /** −E KL(q(x_{t−1} | x_t, x₀) ‖ p(x_{t−1} | x_t)) for t = 2 … T. */
  readonly denoising: readonly number[];
  /** −KL(q(x_T | x₀) ‖ p(x_T)): the term that training leaves out. */
  readonly prior: number;
}

/** The ELBO as diffusion models are trained on it (Ho et al. 2020, equation 5), every expectation in closed form. */
export function elboTerms({ betas, reverse }: GaussianDiffusion, x0: number): ElboTerms {
  const kept = keptSignal(betas);
  const share = (t: number): number => kept[t] ?? NaN;
  /** Of x_{t−1} − (slope · x_t + offset) under q, for the parts of x_t and x₀ in the mean of x_{t−1}. */
  const step = (t: number): ReverseStep => reverse[t - 1] ?? { slope: 0, offset: 0, variance: 1 };
  const first = step(1);
  const firstGap = x0 - first.slope * Math.sqrt(share(1)) * x0 - first.offset;
  const denoising = betas.slice(1).map((beta, index) => {
    const t = index + 2;
    const { slope, offset, variance } = step(t);
    const posteriorVariance = (beta * (1 - share(t - 1))) / (1 - share(t));
    const ofImage = (Math.sqrt(share(t - 1)) * beta) / (1 - share(t));
    const ofNoisy = (Math.sqrt(1 - beta) * (1 - share(t - 1))) / (1 - share(t));
    const gapMean = ofImage * x0 + (ofNoisy - slope) * Math.sqrt(share(t)) * x0 - offset;
    const gapVariance = (ofNoisy - slope) ** 2 * (1 - share(t));
    const entropy = (LOG_TWO_PI + Math.log(posteriorVariance) + 1) / 2;
    return expectedLogNormal(gapMean, gapVariance + posteriorVariance, variance) + entropy;
  });
  const last = share(betas.length);
  return {
    reconstruction: expectedLogNormal(firstGap, first.slope ** 2 * (1 - share(1)), first.variance),
    denoising,
    prior: -klFromStandardNormal(Math.sqrt(last) * x0, 1 - last),
  };
}

export function elbo(terms: ElboTerms): number {
  return terms.reconstruction + terms.denoising.reduce((sum, term) => sum + term, 0) + terms.prior;
}

/** log p(x_{0:T}) − log q(x_{1:T} | x₀) of one path: its mean over q is the ELBO. */
export function logWeight({ betas, reverse }: GaussianDiffusion, x0: number, path: readonly number[]): number {
  const states = [x0, ...path];
  const logModel = reverse.reduce(
    (sum, { slope, offset, variance }, index) =>
      sum + logNormal(states[index] ?? NaN, slope * (states[index + 1] ?? NaN) + offset, variance),
    logNormal(states.at(-1) ?? NaN, 0, 1),
  );
  return logModel - logForwardPath(betas, x0, path);
}

/** A draw of q(x_{1:T} | x₀) from standard normal numbers [T]. */
export function drawForwardPath(betas: readonly number[], x0: number, noise: ArrayLike<number>): number[] {
  const path: number[] = [];
  betas.forEach((beta, index) => {
    path.push(Math.sqrt(1 - beta) * (path.at(-1) ?? x0) + Math.sqrt(beta) * (noise[index] ?? NaN));
  });
  return path;
}
