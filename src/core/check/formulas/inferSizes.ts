import { contains, isGrowthCall, type Expression } from './expression';
import { type Naming } from './growth';
import { constant, times, type Polynomial } from './polynomial';
import { compareDimensions, type Size } from './sizes';

/** Whether an expression is a number or a matrix of some size; null where that is unknown. */
export type Shape = { readonly kind: 'scalar' } | { readonly kind: 'matrix'; readonly size: Size };

/** A product of matrices whose inner sizes certainly do not fit. */
export interface Misfit {
  readonly left: { readonly expression: Expression; readonly size: Size };
  readonly right: { readonly expression: Expression; readonly size: Size };
}

/** A matrix that is computed on the way, in the order in which it is. */
export interface Step {
  readonly expression: Expression;
  readonly size: Size;
  /** Multiplications with their additions of a product; null for what is done entry by entry. */
  readonly multiplyAdds: Polynomial | null;
}

/** Functions that work on every entry, or row by row, and keep the size. */
const KEEPS_SIZE = new Set(
  'softmax exp tanh relu sigmoid gelu dropout mask norm layernorm normalize rowsoftmax σ sigma'.split(' '),
);
const SCALAR: Shape = { kind: 'scalar' };

/** Infers the shapes of expressions from those of their symbols, and notes the products on the way. */
export class SizeReader {
  readonly misfits: Misfit[] = [];
  readonly steps: Step[] = [];
  /** Whether the cost of some part is unknown, so that the steps are not all. */
  isIncomplete = false;

  constructor(
    private readonly sizes: ReadonlyMap<string, Size>,
    private readonly naming: Naming,
  ) {}

  shapeOf(expression: Expression): Shape | null {
    switch (expression.kind) {
      case 'number':
        return SCALAR;
      case 'symbol':
        return this.symbol(expression.name);
      case 'transpose':
        return this.transpose(expression.of);
      case 'product':
        return this.product(expression);
      case 'sum':
        return this.sum(expression);
      case 'quotient':
        return this.quotient(expression);
      case 'power':
      case 'root':
        return this.scalarOnly(expression);
      case 'call':
        return this.call(expression);
      default:
        return this.unknown();
    }
  }

  private symbol(name: string): Shape | null {
    const size = this.sizes.get(name);
    if (size) return { kind: 'matrix', size };
    return this.naming(name) === null ? this.unknown() : SCALAR;
  }

  private transpose(of: Expression): Shape | null {
    const shape = this.shapeOf(of);
    if (shape?.kind !== 'matrix') return shape;
    const { rows, columns } = shape.size;
    return { kind: 'matrix', size: { rows: columns, columns: rows } };
  }

  /** From left to right, as it is written. */
  private product({ factors, signs }: Extract<Expression, { kind: 'product' }>): Shape | null {
    const [first, ...others] = factors;
    let shape = first ? this.shapeOf(first) : null;
    let sofar = first;
    for (const [index, factor] of others.entries()) {
      const next = this.shapeOf(factor);
      const whole: Expression = joined(factors, signs, index + 2);
      if (!shape || !next || !sofar) shape = null;
      else if (signs[index] === '⊙') shape = this.entrywise(whole, shape, next);
      else shape = this.multiplied(whole, { expression: sofar, shape }, { expression: factor, shape: next });
      sofar = whole;
    }
    return shape;
  }

  private multiplied(
    whole: Expression,
    left: { expression: Expression; shape: Shape },
    right: { expression: Expression; shape: Shape },
  ): Shape | null {
    if (left.shape.kind === 'scalar' || right.shape.kind === 'scalar') {
      return this.entrywise(whole, left.shape, right.shape);
    }
    const [a, b] = [left.shape.size, right.shape.size];
    if (compareDimensions(a.columns, b.rows) === 'different') {
      this.misfits.push({ left: { ...left, size: a }, right: { ...right, size: b } });
      return null;
    }
    const size = { rows: a.rows, columns: b.columns };
    const inner = times(a.rows.polynomial, a.columns.polynomial);
    const multiplyAdds = inner && times(inner, b.columns.polynomial);
    if (!multiplyAdds) this.isIncomplete = true;
    this.steps.push({ expression: whole, size, multiplyAdds });
    return { kind: 'matrix', size };
  }

  private sum({ terms }: Extract<Expression, { kind: 'sum' }>): Shape | null {
    const shapes = terms.map(({ of }) => this.shapeOf(of));
    return shapes.reduce((whole, next) => whole && next && this.agreed(whole, next));
  }

  private quotient(expression: Extract<Expression, { kind: 'quotient' }>): Shape | null {
    const over = this.shapeOf(expression.over);
    // Nobody divides by a matrix, so that what stands below is a number even where its letter is unknown.
    const hasMatrix = contains(expression.under, (within) => within.kind === 'symbol' && this.sizes.has(within.name));
    return hasMatrix || !over ? this.unknown() : this.entrywise(expression, over, SCALAR);
  }

  private scalarOnly(expression: Extract<Expression, { kind: 'power' | 'root' }>): Shape | null {
    const inner = this.shapeOf(expression.kind === 'root' ? expression.of : expression.base);
    return inner?.kind === 'scalar' ? inner : this.unknown();
  }

  private call(expression: Extract<Expression, { kind: 'call' }>): Shape | null {
    const [argument] = expression.args;
    if (!argument || isGrowthCall(expression) || !KEEPS_SIZE.has(expression.name.toLowerCase())) {
      return this.unknown();
    }
    const shape = this.shapeOf(argument);
    return shape && this.entrywise(expression, shape, SCALAR);
  }

  private entrywise(whole: Expression, a: Shape, b: Shape): Shape | null {
    const shape = this.agreed(a, b);
    if (shape?.kind === 'matrix') this.steps.push({ expression: whole, size: shape.size, multiplyAdds: null });
    return shape;
  }

  /** The shape of a sum or an entrywise product, whose matrices are of one size. */
  private agreed(a: Shape, b: Shape): Shape | null {
    if (a.kind === 'scalar') return b;
    if (b.kind === 'scalar') return a;
    const isSame =
      compareDimensions(a.size.rows, b.size.rows) === 'same' &&
      compareDimensions(a.size.columns, b.size.columns) === 'same';
    return isSame ? a : this.unknown();
  }

  private unknown(): null {
    this.isIncomplete = true;
    return null;
  }
}

/** The first factors of a product as an expression of their own. */
function joined(factors: readonly Expression[], signs: readonly ('' | '·' | '×' | '⊙')[], count: number): Expression {
  return { kind: 'product', factors: factors.slice(0, count), signs: signs.slice(0, count - 1) };
}

/** The cost of a step: multiply-adds of a product, else one operation for every entry. */
export function costOf({ size, multiplyAdds }: Step): Polynomial {
  return multiplyAdds ?? times(size.rows.polynomial, size.columns.polynomial) ?? constant(1);
}
