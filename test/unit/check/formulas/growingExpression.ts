import fc from 'fast-check';

/** A formula in n and d, and the logarithm of its value at given logarithms of n and d. */
export interface Growing {
  readonly latex: string;
  readonly logValue: (logN: number, logD: number) => number;
}

/** Direction (a, b) of n = t^a, d = t^b. */
export type Ray = readonly [a: number, b: number];

/** Logarithm of the t at which slopes are measured: constants and logarithms vanish beside its powers. */
const FAR = 1e7;

/** The power of t with which a formula grows along a ray, as its value at a huge t tells. */
export function slope({ logValue }: Growing, [a, b]: Ray): number {
  return logValue(a * FAR, b * FAR) / FAR;
}

const logSum = (x: number, y: number): number => Math.max(x, y) + Math.log1p(Math.exp(-Math.abs(x - y)));

const leaf: fc.Arbitrary<Growing> = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Growing>({ latex: 'n', logValue: (n) => n }) },
  { weight: 5, arbitrary: fc.constant<Growing>({ latex: 'd', logValue: (_, d) => d }) },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 1, max: 9 }).map((k) => ({ latex: String(k), logValue: () => Math.log(k) })),
  },
);

const power = (of: Growing, exponent: number): Growing => ({
  latex: `{\\left(${of.latex}\\right)}^{${exponent}}`,
  logValue: (n, d) => exponent * of.logValue(n, d),
});
const product = (a: Growing, b: Growing, sign: string): Growing => ({
  latex: `\\left(${a.latex}\\right)${sign}\\left(${b.latex}\\right)`,
  logValue: (n, d) => a.logValue(n, d) + b.logValue(n, d),
});
const sum = (a: Growing, b: Growing): Growing => ({
  latex: `${a.latex} + ${b.latex}`,
  logValue: (n, d) => logSum(a.logValue(n, d), b.logValue(n, d)),
});
const maximum = (a: Growing, b: Growing): Growing => ({
  latex: `\\max\\left(${a.latex}, ${b.latex}\\right)`,
  logValue: (n, d) => Math.max(a.logValue(n, d), b.logValue(n, d)),
});
const root = (of: Growing): Growing => ({
  latex: `\\sqrt{n^2}\\,O(${of.latex})`,
  logValue: (n, d) => n + of.logValue(n, d),
});

/** Sums, products, whole powers and maxima of n, d and constants, in nested brackets. */
export const growingExpression: fc.Arbitrary<Growing> = fc.letrec<{ tree: Growing }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc
      .tuple(tie('tree'), tie('tree'), fc.constantFrom('', '\\cdot ', '\\times ', '*'))
      .map(([a, b, sign]) => product(a, b, sign)),
    fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => sum(a, b)),
    fc.tuple(tie('tree'), fc.constantFrom(0, 1, 2, 3)).map(([a, exponent]) => power(a, exponent)),
    fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => maximum(a, b)),
    tie('tree').map(root),
  ),
})).tree;
