import type { Expression } from './expression';
import { polynomialOf, type Naming } from './growth';
import { constantOf, keyOf, type Polynomial } from './polynomial';

/** Rows or columns of a matrix. */
export interface Dimension {
  readonly polynomial: Polynomial;
  /** Whether every letter in it is one whose meaning is known. */
  readonly isKnown: boolean;
}

export interface Size {
  readonly rows: Dimension;
  readonly columns: Dimension;
}

/** How two dimensions compare; letters whose meaning is unknown may stand for anything, and a number for any letter. */
export type Agreement = 'same' | 'different' | 'unknown';

/** @returns null where a dimension is no sum of products */
export function readDimension(expression: Expression, naming: Naming): Dimension | null {
  let isKnown = true;
  const polynomial = polynomialOf(expression, (name) => {
    const known = naming(name);
    if (known === null) isKnown = false;
    // Marked, so that it is no letter of the assignment by chance.
    return known ?? `${name}?`;
  });
  return polynomial && { polynomial, isKnown };
}

export function readSize(rows: Expression, columns: Expression, naming: Naming): Size | null {
  const [one, other] = [readDimension(rows, naming), readDimension(columns, naming)];
  return one && other && { rows: one, columns: other };
}

/** The dimensions of `n × d`, of `n x d` with the letter, and of the space ℝ^{n×d}; null for anything else. */
export function dimensionsIn(expression: Expression): readonly [rows: Expression, columns: Expression] | null {
  if (expression.kind === 'space') return expression.columns && [expression.rows, expression.columns];
  if (expression.kind !== 'product') return null;
  const [first, second, third, ...others] = expression.factors;
  if (!first || !second || others.length > 0) return null;
  if (!third) return expression.signs[0] === '×' && isPlain(first) && isPlain(second) ? [first, second] : null;
  const isCross = second.kind === 'symbol' && second.name === 'x' && expression.signs.every((sign) => sign === '');
  return isCross ? [first, third] : null;
}

function isPlain({ kind }: Expression): boolean {
  return kind === 'symbol' || kind === 'number' || kind === 'sum' || kind === 'product';
}

/** The sizes in `(n×d)(d×n)`; null for anything else. */
export function sizesInProduct(expression: Expression): readonly (readonly [Expression, Expression])[] | null {
  if (expression.kind !== 'product') return null;
  const sizes = expression.factors.map(dimensionsIn);
  return sizes.every((size) => size !== null) ? sizes : null;
}

export function compareDimensions(a: Dimension, b: Dimension): Agreement {
  if (keyOf(a.polynomial) === keyOf(b.polynomial)) return 'same';
  if (!a.isKnown || !b.isKnown) return 'unknown';
  const isNumber = [a, b].map(({ polynomial }) => constantOf(polynomial) !== null);
  return isNumber[0] === isNumber[1] ? 'different' : 'unknown';
}

export function compareSizes(a: Size, b: Size): Agreement {
  const both = [compareDimensions(a.rows, b.rows), compareDimensions(a.columns, b.columns)];
  if (both.includes('different')) return 'different';
  return both.includes('unknown') ? 'unknown' : 'same';
}
