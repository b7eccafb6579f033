import type { Span } from '../../text';

/** How a factor is joined to the one before it: by nothing, a dot, a cross or the circle of elementwise products. */
export type ProductSign = '' | '·' | '×' | '⊙';

/** What a formula says, without how it is set. Brackets leave no trace but the nesting. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  /** Subscripts belong to the name: `d_k`, `d_model`. */
  | { readonly kind: 'symbol'; readonly name: string }
  | { readonly kind: 'sum'; readonly terms: readonly Term[] }
  /** At least two factors; `signs[i]` stands between factors i and i + 1. */
  | { readonly kind: 'product'; readonly factors: readonly Expression[]; readonly signs: readonly ProductSign[] }
  | { readonly kind: 'quotient'; readonly over: Expression; readonly under: Expression }
  | { readonly kind: 'power'; readonly base: Expression; readonly exponent: Expression }
  | { readonly kind: 'root'; readonly of: Expression; readonly degree: number }
  | { readonly kind: 'transpose'; readonly of: Expression }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  /** Real matrices of a size; `columns` is null for vectors. */
  | { readonly kind: 'space'; readonly rows: Expression; readonly columns: Expression | null }
  /** At least two expressions in brackets, such as the shape (n, d). */
  | { readonly kind: 'tuple'; readonly items: readonly Expression[] }
  /** Read, but beyond what is understood here: whatever contains it is unknown. */
  | { readonly kind: 'opaque' };

export interface Term {
  readonly isNegative: boolean;
  readonly of: Expression;
}

export const OPAQUE: Expression = { kind: 'opaque' };

/** `?` is any relation that is not looked at. */
export type Relation = '=' | '≈' | '∈' | '⊆' | '≪' | '≫' | '<' | '>' | '≤' | '≥' | '→' | ':' | '?';

/** One side of a relation: expressions in a list, such as `Q, K, V`. */
export interface Side {
  readonly items: readonly Expression[];
  /** In the formula. */
  readonly span: Span;
}

/** A chain such as `a = b = c`; one side alone is a chain too. `relations[i]` stands between sides i and i + 1. */
export interface Statement {
  readonly sides: readonly Side[];
  readonly relations: readonly Relation[];
  /** Whether it is what a brace is noted with: `\underbrace{QK^\top}_{n \times n}` says `QK^\top → n × n`. */
  readonly isNote?: boolean;
}

export type GrowthName = 'O' | 'Θ' | 'Ω' | 'o';

/** O(…), Θ(…), Ω(…) or o(…) of one argument. */
export type GrowthCall = Extract<Expression, { kind: 'call' }> & { readonly name: GrowthName };

export function isGrowthCall(expression: Expression): expression is GrowthCall {
  return expression.kind === 'call' && /^[OΘΩo]$/.test(expression.name) && expression.args.length === 1;
}

/** The expressions directly within another. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'sum':
      return expression.terms.map(({ of }) => of);
    case 'product':
      return expression.factors;
    case 'quotient':
      return [expression.over, expression.under];
    case 'power':
      return [expression.base, expression.exponent];
    case 'root':
    case 'transpose':
      return [expression.of];
    case 'call':
      return expression.args;
    case 'tuple':
      return expression.items;
    case 'space':
      return expression.columns ? [expression.rows, expression.columns] : [expression.rows];
    default:
      return [];
  }
}

/** Whether an expression, or one within it, passes a test. */
export function contains(expression: Expression, test: (within: Expression) => boolean): boolean {
  return test(expression) || partsOf(expression).some((part) => contains(part, test));
}
