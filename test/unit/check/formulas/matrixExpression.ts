import fc from 'fast-check';

/** A matrix by its rows. */
export type Rows = readonly (readonly number[])[];

/** What is computed with actual matrices: the entries, and how often two numbers were multiplied within products. */
export interface Computation {
  multiplications: number;
}

/** A formula of matrices in TeX, and its value; computing it throws where sizes do not fit. */
export interface MatrixExpression {
  readonly latex: string;
  readonly value: (computation: Computation) => Rows | number;
}

/** The sizes that the formulas' matrices have here; no two letters have the same. */
export const DIMENSIONS: Readonly<Record<string, number>> = { n: 3, d: 5, m: 2 };
export const GIVEN: Readonly<Record<string, readonly string[]>> = {
  ...{ Q: ['n', 'd'], K: ['n', 'd'], V: ['n', 'd'], W: ['d', 'm'], A: ['n', 'n'] },
};

const filled = (rows: number, columns: number): Rows =>
  Array.from({ length: rows }, () => Array<number>(columns).fill(1));

function transposed(rows: Rows): Rows {
  return (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] ?? 0));
}

function multiplied(a: Rows, b: Rows, computation: Computation): Rows {
  if (a[0]?.length !== b.length) throw new RangeError('inner sizes');
  return a.map((row) =>
    transposed(b).map((column) =>
      row.reduce((sum, entry, i) => {
        computation.multiplications += 1;
        return sum + entry * (column[i] ?? 0);
      }, 0),
    ),
  );
}

function product(a: Rows | number, b: Rows | number, computation: Computation): Rows | number {
  if (typeof a === 'number') return typeof b === 'number' ? a * b : b;
  return typeof b === 'number' ? a : multiplied(a, b, computation);
}

const symbol = fc
  .constantFrom(...Object.entries(GIVEN))
  .map(([latex, [rows = '', columns = '']]): MatrixExpression => ({
    latex,
    value: () => filled(DIMENSIONS[rows] ?? 0, DIMENSIONS[columns] ?? 0),
  }));
const scalar = fc.constantFrom<MatrixExpression>(
  { latex: '2', value: () => 2 },
  { latex: '\\sqrt{d}', value: () => Math.sqrt(5) },
  { latex: '\\frac{1}{n}', value: () => 1 / 3 },
);

function transposeOf({ latex, value }: MatrixExpression): MatrixExpression {
  return {
    latex: `{\\left(${latex}\\right)}^\\top`,
    value: (computation) => {
      const of = value(computation);
      return typeof of === 'number' ? of : transposed(of);
    },
  };
}

function productOf(factors: readonly MatrixExpression[]): MatrixExpression {
  return {
    latex: factors.map(({ latex }) => `\\left(${latex}\\right)`).join(' '),
    value: (computation) => factors.map(({ value }) => value(computation)).reduce((a, b) => product(a, b, computation)),
  };
}

/** Products, transposes, softmax and quotients by numbers, in nested brackets; often of sizes that do not fit. */
export const matrixExpression: fc.Arbitrary<MatrixExpression> = fc.letrec<{ tree: MatrixExpression }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 4, arbitrary: symbol },
    { weight: 1, arbitrary: scalar },
    { weight: 3, arbitrary: tie('tree').map(transposeOf) },
    { weight: 4, arbitrary: fc.array(tie('tree'), { minLength: 2, maxLength: 4 }).map(productOf) },
    {
      weight: 1,
      arbitrary: tie('tree').map(({ latex, value }) => ({
        latex: `\\operatorname{softmax}\\left(${latex}\\right)`,
        value,
      })),
    },
    { weight: 1, arbitrary: tie('tree').map(({ latex, value }) => ({ latex: `\\frac{${latex}}{\\sqrt{d}}`, value })) },
  ),
})).tree;
