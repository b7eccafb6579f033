import { phrase, type Phrase } from '../../explain/phrase';
import type { Span } from '../../text';
import { contains, type Expression, type Statement } from './expression';
import type { FormulaFinding } from './finding';
import { SizeReader, type Misfit } from './inferSizes';
import { PLAIN, printExpression, printPolynomial } from './printExpression';
import { placeOf, type AnswerReading, type ReadPiece } from './readAnswer';
import type { SaidSize } from './saidSizes';
import { compareDimensions, compareSizes, dimensionsIn, readSize, sizesInProduct, type Size } from './sizes';

type Verdict = Pick<FormulaFinding, 'verdict' | 'message'>;

/** Sizes that formulas and sentences state, and products whose factors do not fit. */
export function sizeFindings(reading: AnswerReading): FormulaFinding[] {
  const checker = new SizeChecker(reading);
  return [
    ...reading.pieces.flatMap((piece) => checker.inPiece(piece)),
    ...reading.said.flatMap((said) => checker.said(said)),
  ];
}

class SizeChecker {
  constructor(private readonly reading: AnswerReading) {}

  inPiece(piece: ReadPiece): FormulaFinding[] {
    return piece.statements.flatMap((statement) => [
      ...this.misfits(piece, statement),
      ...statement.relations.flatMap((_, index) => this.inRelation(piece, statement, index)),
    ]);
  }

  said({ subjects, stated, factors, span }: SaidSize): FormulaFinding[] {
    const latex = this.reading.text.slice(span.start, span.end);
    return subjects.flatMap((subject) => {
      if (subject.kind === 'symbol') return [];
      const verdict = factors.length > 0 ? this.factorsOf(subject, factors) : this.compared(subject, stated);
      return verdict ? [{ ...verdict, kind: 'size', latex, span }] : [];
    });
  }

  /** `K^\top V \in R^{d×d}`, `QK^\top → n × n`, `(n×d)(d×n) = n × n`. */
  private inRelation(piece: ReadPiece, { sides, relations }: Statement, index: number): FormulaFinding[] {
    const [left, right] = [sides[index], sides[index + 1]];
    const [stated, ...others] = right?.items ?? [];
    if (!left || !right || !stated || others.length > 0 || !/[=∈→:]/.test(relations[index] ?? '')) return [];
    const within = { start: left.span.start, end: right.span.end };
    const dimensions = dimensionsIn(stated);
    const factors = dimensions ? null : sizesInProduct(stated);
    return left.items.flatMap((subject) => {
      if (subject.kind === 'symbol' || subject.kind === 'number') return [];
      const verdict = dimensions ? this.compared(subject, dimensions) : factors && this.factorsOf(subject, factors);
      return verdict ? [finding(verdict, piece, within)] : [];
    });
  }

  private compared(subject: Expression, stated: readonly [Expression, Expression]): Verdict | null {
    const product = sizesInProduct(subject);
    const inferred = product ? this.sizeOfProduct(product) : this.sizeOf(subject);
    const size = readSize(...stated, this.reading.names.naming);
    if (!size || (!inferred && !this.hasMatrix(subject))) return null;
    const data = { formula: printExpression(subject, PLAIN) };
    if (!inferred)
      return {
        verdict: 'unknown',
        message: phrase('Not checked: the size of {formula} does not follow from those given.', data),
      };
    const sizes = { ...data, inferred: this.print(inferred), stated: this.print(size) };
    const agreement = compareSizes(inferred, size);
    if (agreement === 'same') return { verdict: 'right', message: phrase('{formula} is {inferred}.', sizes) };
    if (agreement === 'different')
      return { verdict: 'wrong', message: phrase('{formula} is {inferred}, not {stated}.', sizes) };
    return {
      verdict: 'unknown',
      message: phrase('Not checked: whether {inferred} is {stated}, for {formula}.', sizes),
    };
  }

  /** Whether the factors of a product have the sizes that are given for them one by one. */
  private factorsOf(subject: Expression, stated: readonly (readonly [Expression, Expression])[]): Verdict | null {
    if (subject.kind !== 'product' || subject.factors.length !== stated.length) return null;
    const compared = subject.factors.flatMap((factor, index) => {
      const dimensions = stated[index];
      const verdict = dimensions ? this.compared(factor, dimensions) : null;
      return verdict ? [verdict] : [];
    });
    const all = compared.length === stated.length && compared.every(({ verdict }) => verdict === 'right');
    const wrong = compared.find(({ verdict }) => verdict === 'wrong');
    const data = { formula: printExpression(subject, PLAIN) };
    return (
      wrong ?? (all ? { verdict: 'right', message: phrase('The factors of {formula} have these sizes.', data) } : null)
    );
  }

  private misfits(piece: ReadPiece, { sides }: Statement): FormulaFinding[] {
    return sides.flatMap(({ items, span }) =>
      items.flatMap((expression) => {
        // `QK` in a sentence may be short for many things.
        if (isBareProduct(expression)) return [];
        return this.misfitsIn(expression).map((misfit) =>
          finding({ verdict: 'wrong', message: this.misfit(misfit) }, piece, span),
        );
      }),
    );
  }

  private misfitsIn(expression: Expression): readonly Misfit[] {
    const reader = this.reader();
    reader.shapeOf(expression);
    return reader.misfits;
  }

  private misfit({ left, right }: Misfit): Phrase {
    return phrase('{left} is {leftSize} and {right} is {rightSize}: their inner sizes do not fit.', {
      left: printExpression(left.expression, PLAIN),
      leftSize: this.print(left.size),
      right: printExpression(right.expression, PLAIN),
      rightSize: this.print(right.size),
    });
  }

  private sizeOf(expression: Expression): Size | null {
    const shape = this.reader().shapeOf(expression);
    return shape?.kind === 'matrix' ? shape.size : null;
  }

  private sizeOfProduct(factors: readonly (readonly [Expression, Expression])[]): Size | null {
    const sizes = factors.map((factor) => readSize(...factor, this.reading.names.naming));
    return sizes.reduce((whole, next) => {
      const fits = whole && next && compareDimensions(whole.columns, next.rows) !== 'different';
      return fits ? { rows: whole.rows, columns: next.columns } : null;
    });
  }

  private hasMatrix(expression: Expression): boolean {
    const { sizes } = this.reading;
    return contains(expression, (within) => within.kind === 'symbol' && sizes.has(within.name));
  }

  private reader(): SizeReader {
    return new SizeReader(this.reading.sizes, this.reading.names.naming);
  }

  private print({ rows, columns }: Size): string {
    const { order } = this.reading.names;
    const [one, other] = [rows, columns].map(({ polynomial }) =>
      printPolynomial(polynomial, order, PLAIN).replaceAll('?', ''),
    );
    return `${one ?? ''} × ${other ?? ''}`;
  }
}

function isBareProduct(expression: Expression): boolean {
  return expression.kind === 'product' && expression.factors.every(({ kind }) => kind === 'symbol');
}

function finding(verdict: Verdict, piece: ReadPiece, within: Span): FormulaFinding {
  const latex = piece.latex.slice(within.start, within.end);
  return { ...verdict, kind: 'size', latex, span: placeOf(piece, within) };
}
