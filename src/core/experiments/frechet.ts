/** Fréchet distance between two sets of features, each taken as a Gaussian (Heusel et al. 2017). */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { row, rowCount, type Rows } from './tensors';

export interface Moments {
  /** [d] */
  readonly mean: Float64Array;
  /** [d, d], with the divisor N − 1. */
  readonly covariance: Matrix;
}

/** Moments of the rows, or of those at `items`, which may name rows several times; at least two. */
export function moments(rows: Rows, items?: ArrayLike<number>): Moments {
  const { width } = rows;
  const count = items?.length ?? rowCount(rows);
  const mean = new Float64Array(width);
  const at = (index: number): Float32Array => row(rows, items ? (items[index] ?? 0) : index);
  for (let index = 0; index < count; index++)
    at(index).forEach((value, j) => (mean[j] = (mean[j] ?? 0) + value / count));
  const products = new Float64Array(width * width);
  const centred = new Float64Array(width);
  for (let index = 0; index < count; index++) {
    at(index).forEach((value, j) => (centred[j] = value - (mean[j] ?? 0)));
    for (let i = 0; i < width; i++) {
      const factor = centred[i] ?? 0;
      for (let j = i; j < width; j++)
        products[i * width + j] = (products[i * width + j] ?? 0) + factor * (centred[j] ?? 0);
    }
  }
  const covariance = Matrix.zeros(width, width);
  for (let i = 0; i < width; i++) {
    for (let j = i; j < width; j++) {
      const value = (products[i * width + j] ?? 0) / (count - 1);
      covariance.set(i, j, value);
      covariance.set(j, i, value);
    }
  }
  return { mean, covariance };
}

/** Symmetric square root of a covariance; eigenvalues below zero by rounding count as zero. */
export function squareRoot(covariance: Matrix): Matrix {
  const { eigenvectorMatrix, realEigenvalues } = new EigenvalueDecomposition(covariance, { assumeSymmetric: true });
  const roots = Matrix.diag(realEigenvalues.map((value) => Math.sqrt(Math.max(0, value))));
  return eigenvectorMatrix.mmul(roots).mmul(eigenvectorMatrix.transpose());
}

/** A set that others are compared with: its root is computed once. */
export class FrechetReference {
  private readonly root: Matrix;

  constructor(private readonly reference: Moments) {
    this.root = squareRoot(reference.covariance);
  }

  /** |μ − μ′|² + tr(Σ + Σ′ − 2 (Σ½ Σ′ Σ½)½), in squared units of the features; 0 for equal moments. */
  distanceTo({ mean, covariance }: Moments): number {
    const product = this.root.mmul(covariance).mmul(this.root);
    const symmetric = Matrix.add(product, product.transpose()).mul(0.5);
    const { realEigenvalues } = new EigenvalueDecomposition(symmetric, { assumeSymmetric: true });
    const shared = realEigenvalues.reduce((sum, value) => sum + Math.sqrt(Math.max(0, value)), 0);
    const gap = mean.reduce((sum, value, index) => sum + (value - (this.reference.mean[index] ?? 0)) ** 2, 0);
    return gap + this.reference.covariance.trace() + covariance.trace() - 2 * shared;
  }
}
