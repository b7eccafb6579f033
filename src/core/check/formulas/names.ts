import type { Expression } from './expression';
import type { FormulaContext } from './formulaContext';
import { growthOf, type Naming } from './growth';
import { parseExpression } from './parseFormula';

/** A size that the answer gives to a matrix: `Q ∈ R^{T×D}`. */
export interface Declaration {
  readonly symbol: string;
  readonly rows: Expression;
  readonly columns: Expression;
}

/** What the answer says that a letter stands for: the number of tokens (rows), or of features (columns). */
export interface Role {
  readonly name: string;
  readonly of: 'rows' | 'columns';
}

export interface Names {
  /** The assignment's letter for one of the answer's, where the answer uses the same or says what it means. */
  readonly naming: Naming;
  /** The same, and where it does not say, a letter that differs only by size or subscript: `N`, `d_k`. */
  readonly variant: Naming;
  /** The same, and where neither helps, the letter for which others use this one: `L` for a length. */
  readonly guess: Naming;
  /** The assignment's letters in order. */
  readonly order: readonly string[];
  /** The letters for rows and columns where all the assignment's matrices agree on them. */
  readonly general: Readonly<Record<Role['of'], string | null>>;
  /** Whether the answer writes its matrices in other orders than the assignment: tokens as columns. */
  readonly isTransposed: boolean;
}

const USUAL: Readonly<Record<Role['of'], RegExp>> = { rows: /^[NnLlTtSMm]$/, columns: /^[dDhHkeEpf](?:_\w+)?$/ };

/** Maps the letters of an answer to those of its assignment, conservatively: what is said in two ways is not mapped. */
export function namesOf(context: FormulaContext, declarations: readonly Declaration[], roles: readonly Role[]): Names {
  const order = variablesOf(context);
  const general = generalSize(context);
  const votes = new Map<string, Set<string>>();
  const vote = (name: string, meaning: string | null | undefined): void => {
    if (meaning) votes.set(name, (votes.get(name) ?? new Set()).add(meaning));
  };
  let isTransposed = false;
  for (const { symbol, rows, columns } of declarations) {
    const meant = context.symbols[symbol] ?? [];
    if (meant.length !== 2 || rows.kind !== 'symbol' || columns.kind !== 'symbol') continue;
    const isSwapped = [rows.name, columns.name].some((name, i) => order.includes(name) && name !== meant[i]);
    if (isSwapped) isTransposed = true;
    else
      [rows.name, columns.name].forEach((name, i) =>
        vote(
          name,
          order.find((letter) => letter === meant[i]),
        ),
      );
  }
  for (const { name, of } of understood(roles, order, general)) vote(name, general[of]);
  const naming: Naming = (name) => {
    const [first, ...others] = votes.get(name) ?? [];
    if (first === undefined) return order.includes(name) ? name : null;
    return others.length === 0 ? first : null;
  };
  const variant: Naming = (name) => naming(name) ?? sameLetter(name, order);
  const guess: Naming = (name) => variant(name) ?? usual(name, general);
  return { naming, variant, guess, order, general, isTransposed };
}

/** The letters of sizes and rates in the order in which the assignment names them. */
function variablesOf({ symbols, costs }: FormulaContext): string[] {
  const names = new Set<string>();
  for (const dimension of Object.values(symbols).flat()) if (/^[A-Za-z]/.test(dimension)) names.add(dimension);
  for (const { growth } of costs) {
    const expression = parseExpression(growth);
    const read = expression && growthOf(expression);
    for (const name of read?.terms.flatMap((term) => [...term.keys()]) ?? []) names.add(name);
  }
  return [...names];
}

/** Rows and columns where all matrices of the assignment agree on them. */
function generalSize({ symbols }: FormulaContext): Record<Role['of'], string | null> {
  const sizes = Object.values(symbols).filter(({ length }) => length === 2);
  const only = (index: number): string | null => {
    const [first = null, ...others] = new Set(sizes.map((size) => size[index] ?? ''));
    return others.length === 0 && first !== null && /^[A-Za-z]/.test(first) ? first : null;
  };
  const [rows, columns] = [only(0), only(1)];
  return rows === columns ? { rows: null, columns: null } : { rows, columns };
}

/** Roles of other letters, and of the assignment's own only where the answer swaps them. */
function understood(roles: readonly Role[], order: readonly string[], general: Names['general']): readonly Role[] {
  const swaps = roles.filter(({ name, of }) => order.includes(name) && general[of] !== name);
  const isSwapped = new Set(swaps.map(({ name }) => name)).size > 1;
  return isSwapped ? roles : roles.filter((role) => !swaps.includes(role));
}

function sameLetter(name: string, order: readonly string[]): string | null {
  const [letter = name] = name.split('_');
  const lower = name.toLowerCase();
  return order.find((known) => known === letter) ?? order.find((known) => known.toLowerCase() === lower) ?? null;
}

function usual(name: string, { rows, columns }: Names['general']): string | null {
  if (rows && USUAL.rows.test(name)) return rows;
  return columns && USUAL.columns.test(name) ? columns : null;
}
