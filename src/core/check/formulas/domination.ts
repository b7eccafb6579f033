import type { Exponents } from './polynomial';

type Monomial = ReadonlyMap<string, Exponents>;

/** A logarithm counts as this small a power: less than any difference of powers that people write. */
const LOG = 1e-6;
/** Differences below this are rounding, and products of logarithms' weights. */
const NOTHING = 1e-9;
/** Far more than twelve terms in four variables lead to. */
const MOST_ROWS = 2_000;

/** Whether a ≤ b wherever all variables are at least 1 (2, where there are logarithms). */
export function isMonomialAtMost(a: Monomial, b: Monomial): boolean {
  return [...new Set([...a.keys(), ...b.keys()])].every((name) => weight(a, name) <= weight(b, name) + NOTHING);
}

/**
 * Whether a monomial is at most a constant times a sum of others, for all values ≥ 1 of the variables. In logarithms of
 * the variables, monomials are linear; so it is not dominated if in some direction of non-negative coordinates it exceeds
 * all the others. Exact for powers; where logarithms of several variables meet in sums, it may be denied that one
 * dominates.
 */
export function isDominated(monomial: Monomial, by: readonly Monomial[]): boolean {
  if (by.some((other) => isMonomialAtMost(monomial, other))) return true;
  const names = [...new Set([monomial, ...by].flatMap((one) => [...one.keys()]))];
  const excesses = by.map((other) => names.map((name) => weight(monomial, name) - weight(other, name)));
  return !existsDirection(excesses, names.length);
}

function weight(monomial: Monomial, name: string): number {
  const { power, log } = monomial.get(name) ?? { power: 0, log: 0 };
  return power + LOG * log;
}

/**
 * Whether some w ≥ 0 makes w · row > 0 for every row, by Fourier-Motzkin elimination. As all inequalities are strict, w
 * may be taken > 0, so that all conditions are of one kind.
 */
function existsDirection(excesses: readonly (readonly number[])[], size: number): boolean {
  const units = Array.from({ length: size }, (_, i) => Array.from({ length: size }, (__, j) => (i === j ? 1 : 0)));
  let rows: readonly (readonly number[])[] = [...excesses, ...units];
  for (let i = 0; i < size; i++) {
    const above = rows.filter((row) => (row[i] ?? 0) > NOTHING);
    const below = rows.filter((row) => (row[i] ?? 0) < -NOTHING);
    const without = rows.filter((row) => Math.abs(row[i] ?? 0) <= NOTHING);
    if (above.length * below.length > MOST_ROWS) return true;
    const pairs = above.flatMap((high) => below.map((low) => eliminated(high, low, i)));
    rows = needed([...without, ...pairs]);
  }
  // Each row that is left says 0 > 0.
  return rows.length === 0;
}

/** A positive combination of two rows in which coordinate i vanishes, at most 1 in every coordinate. */
function eliminated(high: readonly number[], low: readonly number[], i: number): number[] {
  const [a, b] = [high[i] ?? 0, -(low[i] ?? 0)];
  const sum = high.map((value, j) => (j === i ? 0 : b * value + a * (low[j] ?? 0)));
  const largest = Math.max(...sum.map(Math.abs));
  return largest > NOTHING ? sum.map((value) => value / largest) : sum.map(() => 0);
}

/** Without rows that follow from another, because they are nowhere less. */
function needed(rows: readonly number[][] | readonly (readonly number[])[]): readonly (readonly number[])[] {
  const kept: (readonly number[])[] = [];
  for (const row of rows) {
    if (kept.some((other) => row.every((value, i) => value >= (other[i] ?? 0)))) continue;
    kept.push(row);
  }
  return kept;
}
