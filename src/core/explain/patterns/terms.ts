import { numberOf, type Value } from '../evaluate/value';
import { alike, isOperation } from './pattern';

/** A summand: a number times a value; `value` is `null` for a plain number. */
export interface Term {
  readonly factor: number;
  readonly value: Value | null;
}

/** Longer sums are not looked at: they are cut off, and shared operands may make them endless. */
const MAX_TERMS = 16;

/** A sum as its summands, numbers multiplied out; at most one more than `MAX_TERMS`. */
export function termsOf(value: Value | undefined): readonly Term[] {
  const terms: Term[] = [];
  if (value !== undefined) collect(value, 1, terms);
  return terms;
}

function collect(value: Value, factor: number, terms: Term[]): void {
  if (terms.length > MAX_TERMS) return;
  const constant = numberOf(value);
  const [first, second] = value.kind === 'operation' ? value.operands : [];
  const [a, b] = [numberOf(first), numberOf(second)];
  const name = value.kind === 'operation' ? value.name : '';
  if (constant !== null) terms.push({ factor: factor * constant, value: null });
  else if (first !== undefined && second !== undefined && (name === 'add' || name === 'sub')) {
    collect(first, factor, terms);
    collect(second, name === 'sub' ? -factor : factor, terms);
  } else if (first !== undefined && name === 'neg') collect(first, -factor, terms);
  else if (first !== undefined && name === 'mul' && b !== null) collect(first, factor * b, terms);
  else if (second !== undefined && name === 'mul' && a !== null) collect(second, factor * a, terms);
  else if (first !== undefined && name === 'div' && b !== null && b !== 0) collect(first, factor / b, terms);
  else terms.push({ factor, value });
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
