import { isGrowthCall, type Expression } from './expression';
import { isDominated, isMonomialAtMost } from './domination';
import {
  constant,
  constantOf,
  plus,
  raised,
  scaled,
  times,
  variable,
  type Exponents,
  type Polynomial,
} from './polynomial';

/**
 * How fast something grows when its variables do, each on its own: a sum of terms without constants, of which none is
 * dominated by the others together. Without variables, the one term of O(1).
 */
export interface Growth {
  readonly terms: readonly ReadonlyMap<string, Exponents>[];
}

export type GrowthOrder = 'equal' | 'smaller' | 'larger' | 'incomparable';

/** What a letter of the formula is called where rates are compared, or null where that is unknown. */
export type Naming = (name: string) => string | null;

export const AS_WRITTEN: Naming = (name) => name;

/** More are not compared. */
const MOST_TERMS = 12;
const MOST_VARIABLES = 4;
const LARGEST_EXPONENT = 100;

/**
 * Compares for all values ≥ 1 of the variables, up to constants: `smaller` if a = O(b) and not b = O(a). So nd is smaller
 * than n² + d², and n²d and nd² are incomparable. Logarithms count as less than any power.
 */
export function compareGrowth(a: Growth, b: Growth): GrowthOrder {
  const isAtMost = a.terms.every((term) => isDominated(term, b.terms));
  const isAtLeast = b.terms.every((term) => isDominated(term, a.terms));
  if (isAtMost) return isAtLeast ? 'equal' : 'smaller';
  return isAtLeast ? 'larger' : 'incomparable';
}

/** The growth of an expression; null where it has none that can be told. */
export function growthOf(expression: Expression, naming: Naming = AS_WRITTEN): Growth | null {
  const polynomial = polynomialOf(expression, naming);
  return polynomial && growthOfPolynomial(polynomial);
}

/** The rate at which several things grow together. */
export function growthOfSum(growths: readonly Growth[]): Growth | null {
  return maximal(growths.flatMap(({ terms }) => terms));
}

/** Null where it is zero, may become negative, or has too many terms. */
export function growthOfPolynomial(polynomial: Polynomial): Growth | null {
  const positive = polynomial.filter(({ coefficient }) => coefficient > 0);
  // n² - n grows like n²; what n - d does depends on both.
  const isPositive = polynomial.every(
    ({ coefficient, exponents }) =>
      coefficient > 0 ||
      positive.some(
        (other) => isMonomialAtMost(exponents, other.exponents) && !isMonomialAtMost(other.exponents, exponents),
      ),
  );
  return isPositive ? maximal(positive.map(({ exponents }) => exponents)) : null;
}

function maximal(terms: Growth['terms']): Growth | null {
  const names = new Set(terms.flatMap((term) => [...term.keys()]));
  const kept = withoutSmaller(terms);
  if (kept.length === 0 || kept.length > 2 * MOST_TERMS || names.size > MOST_VARIABLES) return null;
  for (let i = kept.length - 1; i >= 0; i--) {
    const others = kept.filter((_, index) => index !== i);
    const term = kept[i];
    if (term && others.length > 0 && isDominated(term, others)) kept.splice(i, 1);
  }
  return kept.length > MOST_TERMS ? null : { terms: kept };
}

/** Without terms that a single other one dominates, which are most of a sum that was multiplied out. */
function withoutSmaller(terms: Growth['terms']): Growth['terms'][number][] {
  return terms.filter((term, index) =>
    terms.every(
      (other, at) => at === index || !isMonomialAtMost(term, other) || (isMonomialAtMost(other, term) && index < at),
    ),
  );
}

/**
 * An expression multiplied out. O(…), Θ(…) and the like count as what they hold; logarithms and maxima as sums that grow
 * at the same rate.
 * @returns null where it is no sum of products of powers and logarithms, or holds a letter whose meaning is unknown
 */
export function polynomialOf(expression: Expression, naming: Naming): Polynomial | null {
  const read = (within: Expression): Polynomial | null => polynomialOf(within, naming);
  switch (expression.kind) {
    case 'number':
      return constant(expression.value);
    case 'symbol': {
      const name = naming(expression.name);
      return name === null ? null : variable(name);
    }
    case 'sum':
      return fold(
        expression.terms.map(({ isNegative, of }) => scaledOrNull(read(of), isNegative ? -1 : 1)),
        plus,
      );
    case 'product':
      return expression.signs.includes('⊙') ? null : fold(expression.factors.map(read), times);
    case 'quotient':
      return fold([read(expression.over), power(read(expression.under), -1)], times);
    case 'power':
      return power(read(expression.base), valueOf(read(expression.exponent)));
    case 'root':
      return power(read(expression.of), 1 / expression.degree);
    case 'call':
      return called(expression, read);
    default:
      return null;
  }
}

function called(
  expression: Extract<Expression, { kind: 'call' }>,
  read: (within: Expression) => Polynomial | null,
): Polynomial | null {
  const args = expression.args.map(read);
  const [first = null] = args;
  if (isGrowthCall(expression)) return first;
  if (expression.name === 'log') return first && logarithmOf(first);
  if (expression.name === 'max') return fold(args, plus);
  if (expression.name === 'min') return smallest(args);
  return null;
}

/** The argument that grows slowest, if there is one. */
function smallest(args: readonly (Polynomial | null)[]): Polynomial | null {
  const read = args.map((argument) => ({ argument, growth: argument && growthOfPolynomial(argument) }));
  const least = read.find(
    ({ growth }) =>
      growth && read.every((other) => other.growth && /equal|smaller/.test(compareGrowth(growth, other.growth))),
  );
  return least?.argument ?? null;
}

/** log(nd) and log(n + d) both grow like log n + log d. Logarithms of logarithms are not read. */
function logarithmOf(argument: Polynomial): Polynomial | null {
  const names = new Set<string>();
  for (const { coefficient, exponents } of argument) {
    if (coefficient <= 0) return null;
    for (const [name, { power: exponent, log }] of exponents) {
      if (exponent < 0 || log !== 0) return null;
      names.add(name);
    }
  }
  if (names.size === 0) return constant(1);
  return [...names].map((name) => ({ coefficient: 1, exponents: new Map([[name, { power: 0, log: 1 }]]) }));
}

function power(base: Polynomial | null, exponent: number | null): Polynomial | null {
  if (!base || exponent === null || Math.abs(exponent) > LARGEST_EXPONENT) return null;
  return raised(base, exponent);
}

function valueOf(exponent: Polynomial | null): number | null {
  return exponent && constantOf(exponent);
}

function scaledOrNull(of: Polynomial | null, by: number): Polynomial | null {
  return of && scaled(of, by);
}

function fold(
  list: readonly (Polynomial | null)[],
  join: (a: Polynomial, b: Polynomial) => Polynomial | null,
): Polynomial | null {
  const [first = null, ...others] = list;
  return others.reduce<Polynomial | null>((whole, next) => whole && next && join(whole, next), first);
}
