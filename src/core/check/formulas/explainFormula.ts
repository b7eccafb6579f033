import type { Expression } from './expression';
import type { FormulaContext } from './formulaContext';
import { givenSizes } from './givenSizes';
import { growthOfPolynomial } from './growth';
import { costOf, SizeReader } from './inferSizes';
import { parseFormula } from './parseFormula';
import { plus, type Polynomial } from './polynomial';
import { printExpression, printGrowth, printPolynomial, TEX } from './printExpression';

export interface FormulaExplanation {
  /** Of every matrix that is computed, in the order in which it is; all in TeX. */
  readonly sizes: readonly { readonly latex: string; readonly rows: string; readonly columns: string }[];
  /** The rate at which the time of all steps together grows, in TeX such as `n^2 d`; null where some step is unknown. */
  readonly growth: string | null;
  /** How many multiplications with their additions the products take, in TeX; null where some step is unknown. */
  readonly multiplyAdds: string | null;
}

/**
 * What a formula computes: products in the order of its brackets, without brackets from left to right.
 * @param given sizes of its matrices
 * @returns null where it cannot be read or computes no matrix; of a relation, the last side that computes one is taken
 */
export function explainFormula(latex: string, given: FormulaContext['symbols']): FormulaExplanation | null {
  const sizes = givenSizes(given);
  const order = [...new Set(Object.values(given).flat())].filter((name) => /^[A-Za-z]/.test(name));
  const expressions = (parseFormula(latex) ?? []).flatMap(({ sides }) => sides.flatMap(({ items }) => items));
  for (const expression of expressions.reverse()) {
    const reader = new SizeReader(sizes, (name) => (order.includes(name) ? name : null));
    reader.shapeOf(expression);
    if (reader.steps.length > 0) return explained(reader, order);
  }
  return null;
}

function explained(reader: SizeReader, order: readonly string[]): FormulaExplanation {
  const isWhole = !reader.isIncomplete && reader.misfits.length === 0;
  const total = isWhole ? sum(reader.steps.map(costOf)) : null;
  const products = isWhole
    ? sum(reader.steps.flatMap(({ multiplyAdds }) => (multiplyAdds ? [multiplyAdds] : [])))
    : null;
  const growth = total && growthOfPolynomial(total);
  const print = (polynomial: Polynomial): string => printPolynomial(polynomial, order, TEX);
  return {
    sizes: reader.steps.map(({ expression, size }) => ({
      latex: printExpression(plain(expression), TEX),
      rows: print(size.rows.polynomial),
      columns: print(size.columns.polynomial),
    })),
    growth: growth && printGrowth(growth, order, TEX),
    multiplyAdds: products && print(products),
  };
}

function sum(polynomials: readonly Polynomial[]): Polynomial | null {
  return polynomials.reduce<Polynomial | null>((whole, next) => whole && plus(whole, next), []);
}

/** A product of one factor is that factor. */
function plain(expression: Expression): Expression {
  const [only] = expression.kind === 'product' && expression.factors.length === 1 ? expression.factors : [];
  return only ?? expression;
}
