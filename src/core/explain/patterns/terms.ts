import { numberOf, type Value } from '../evaluate/value';
import { alike, isOperation } from './pattern';

/** A summand: a number times a value; `value` is `null` for a plain number. */
export interface Term {
  readonly factor: number;
  readonly value: Value | null;
}

/** Longer sums are not looked at. */
const MAX_TERMS = 16;

/** A sum as its summands, numbers multiplied out. */
export function termsOf(value: Value | undefined, factor = 1): readonly Term[] {
  if (value === undefined) return [];
  const constant = numberOf(value);
  if (constant !== null) return [{ factor: factor * constant, value: null }];
  if (value.kind !== 'operation') return [{ factor, value }];
  const [first, second] = value.operands;
  const [a, b] = [numberOf(first), numberOf(second)];
  switch (value.name) {
    case 'add':
      return [...termsOf(first, factor), ...termsOf(second, factor)].slice(0, MAX_TERMS);
    case 'sub':
      return [...termsOf(first, factor), ...termsOf(second, -factor)].slice(0, MAX_TERMS);
    case 'neg':
      return termsOf(first, -factor);
    case 'mul':
      if (b !== null) return termsOf(first, factor * b);
      return a === null ? [{ factor, value }] : termsOf(second, factor * a);
    case 'div':
      return b === null || b === 0 ? [{ factor, value }] : termsOf(first, factor / b);
    default:
      return [{ factor, value }];
  }
}

/** `x` of `x²`. */
export function squareRoot(value: Value | null): Value | null {
  if (!isOperation(value ?? undefined, 'pow', 'mul') || value?.kind !== 'operation') return null;
  const [base, other] = value.operands;
  if (base === undefined) return null;
  const square = value.name === 'pow' ? numberOf(other) === 2 : alike(base, other);
  return square ? base : null;
}

/** The logarithm of a value as a number times a value or times the logarithm of a value. */
export interface Logarithm {
  readonly factor: number;
  readonly of: Value;
  /** Whether `of` stands for its own logarithm. */
  readonly taken: boolean;
}

/** log of a positive value: of an exponential its exponent, of a square twice that of its root. */
export function logarithmOf(value: Value): Logarithm | null {
  const root = squareRoot(value);
  if (root !== null) {
    const half = logarithmOf(root);
    return half === null ? null : { ...half, factor: 2 * half.factor };
  }
  if (!isOperation(value, 'exp')) return { factor: 1, of: value, taken: true };
  const [term, ...others] = termsOf(value.operands[0]);
  return term === undefined || term.value === null || others.length > 0
    ? null
    : { factor: term.factor, of: term.value, taken: false };
}

/** A summand that is itself a logarithm, written out or by name. */
export function asLogarithm({ factor, value }: Term): Logarithm | null {
  if (value === null) return null;
  if (!isOperation(value, 'log')) return { factor, of: value, taken: false };
  const inner = value.operands[0] === undefined ? null : logarithmOf(value.operands[0]);
  return inner === null ? null : { ...inner, factor: factor * inner.factor };
}

export function sameLogarithm(a: Logarithm, b: Logarithm): boolean {
  return Math.abs(a.factor - b.factor) < 1e-9 && a.taken === b.taken && alike(a.of, b.of);
}
