import { Matrix, pseudoInverse } from 'ml-matrix';
import type { Random } from '../random';
import type { RealFunction } from './expression';

/**
 * Largest error of the best network (in least squares) with one hidden layer of x ↦ (w x + b)² units, whose w and b are
 * drawn: any number of them spans the polynomials of degree two, so that width does not help.
 */
export function squareNetworkError(f: RealFunction, places: Float64Array, units: number, random: Random): number {
  const hidden = Array.from({ length: units }, () => [random.normal(), random.normal()] as const);
  const rows = Array.from(places, (x) => [1, ...hidden.map(([w, b]) => (w * x + b) ** 2)]);
  const design = new Matrix(rows);
  const wanted = Matrix.columnVector(Array.from(places, f));
  const fitted = design.mmul(pseudoInverse(design, 1e-9)).mmul(wanted);
  return Matrix.sub(fitted, wanted).abs().max();
}
