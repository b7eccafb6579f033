/** Exponents of one variable: x^power · (log x)^log. */
export interface Exponents {
  readonly power: number;
  readonly log: number;
}

/** A coefficient times powers of variables and of their logarithms; no variable has both exponents zero. */
export interface Monomial {
  readonly coefficient: number;
  readonly exponents: ReadonlyMap<string, Exponents>;
}

/** A sum of monomials that differ in their exponents, without zeros; the empty sum is 0. Variables are at least 1. */
export type Polynomial = readonly Monomial[];

/** A longer sum is not worked out. */
const MOST_MONOMIALS = 60;
/** What is left where terms cancel, by rounding. */
const NOTHING = 1e-12;

export function constant(value: number): Polynomial {
  return value === 0 ? [] : [{ coefficient: value, exponents: new Map() }];
}

export function variable(name: string): Polynomial {
  return [{ coefficient: 1, exponents: new Map([[name, { power: 1, log: 0 }]]) }];
}

/** @returns null where the sum has too many terms */
export function plus(a: Polynomial, b: Polynomial): Polynomial | null {
  return collected([...a, ...b]);
}

export function scaled(a: Polynomial, by: number): Polynomial {
  return by === 0 ? [] : a.map(({ coefficient, exponents }) => ({ coefficient: coefficient * by, exponents }));
}

/** Multiplied out. @returns null where the product has too many terms */
export function times(a: Polynomial, b: Polynomial): Polynomial | null {
  if (a.length * b.length > MOST_MONOMIALS * MOST_MONOMIALS) return null;
  return collected(
    a.flatMap((one) =>
      b.map((other) => ({
        coefficient: one.coefficient * other.coefficient,
        exponents: combined(one.exponents, other.exponents),
      })),
    ),
  );
}

/**
 * Real powers of monomials, and whole ones of sums.
 * @returns null for any other power, and where it has too many terms
 */
export function raised(a: Polynomial, exponent: number): Polynomial | null {
  const [only, ...others] = a;
  if (only && others.length === 0 && only.coefficient > 0) {
    const exponents = [...only.exponents].map(([name, { power, log }]): [string, Exponents] => [
      name,
      { power: power * exponent, log: log * exponent },
    ]);
    return [{ coefficient: only.coefficient ** exponent, exponents: new Map(exponent === 0 ? [] : exponents) }];
  }
  if (!Number.isInteger(exponent) || exponent < 0 || exponent > 8) return null;
  let product: Polynomial | null = constant(1);
  for (let i = 0; i < exponent && product; i++) product = times(product, a);
  return product;
}

/** The value of a polynomial without variables, else null. */
export function constantOf(a: Polynomial): number | null {
  const [only, ...others] = a;
  if (!only) return 0;
  return others.length === 0 && only.exponents.size === 0 ? only.coefficient : null;
}

/** The same text for polynomials that are the same. */
export function keyOf(a: Polynomial): string {
  return a
    .map((monomial) => `${rounded(monomial.coefficient)}*${exponentsKey(monomial)}`)
    .sort()
    .join('+');
}

function collected(monomials: readonly Monomial[]): Polynomial | null {
  const sums = new Map<string, Monomial>();
  for (const monomial of monomials) {
    const key = exponentsKey(monomial);
    const before = sums.get(key)?.coefficient ?? 0;
    sums.set(key, { ...monomial, coefficient: before + monomial.coefficient });
  }
  const kept = [...sums.values()].filter(({ coefficient }) => Math.abs(coefficient) > NOTHING);
  return kept.length > MOST_MONOMIALS || kept.some(({ coefficient }) => !Number.isFinite(coefficient)) ? null : kept;
}

function combined(a: Monomial['exponents'], b: Monomial['exponents']): Map<string, Exponents> {
  const sums = new Map(a);
  for (const [name, { power, log }] of b) {
    const before = sums.get(name) ?? { power: 0, log: 0 };
    const sum = { power: rounded(before.power + power), log: rounded(before.log + log) };
    if (sum.power === 0 && sum.log === 0) sums.delete(name);
    else sums.set(name, sum);
  }
  return sums;
}

export function exponentsKey({ exponents }: Monomial): string {
  return [...exponents]
    .map(([name, { power, log }]) => `${name}:${rounded(power)},${rounded(log)}`)
    .sort()
    .join(' ');
}

/** Exponents such as 1/3 + 2/3 are sums of roundings. */
function rounded(value: number): number {
  return Math.round(value * 1e9) / 1e9;
}
