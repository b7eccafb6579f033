import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compareGrowth, growthOf, type Growth } from '../../../../src/core/check/formulas/growth';
import { parseExpression } from '../../../../src/core/check/formulas/parseFormula';
import { printGrowth, TEX } from '../../../../src/core/check/formulas/printExpression';
import { growingExpression, slope, type Ray } from './growingExpression';

function growth(latex: string): Growth {
  const expression = parseExpression(latex);
  const read = expression && growthOf(expression);
  assert.ok(read, `${latex} has no growth`);
  return read;
}

const SAME: readonly (readonly string[])[] = [
  [
    ...[
      'n^2 d',
      'd\\,n^2',
      'n*n*d',
      'n^{2}\\cdot d',
      '\\frac{n^2 d}{2}',
      'n d \\cdot d^0 n',
      'n \\times n \\times d',
      '3n^2d + 5',
    ],
    ...[
      'O(n^2 d)',
      '\\Theta(7 d n^2)',
      'O(n^2)\\cdot d',
      'O(n) \\cdot O(nd)',
      'n^2 d + n d',
      'O(n^2 d) + O(n^2)',
      '2n^2d - n^2',
    ],
    ...[
      'n(nd + d)',
      'nd(n - 1)',
      '(n + 1)^2 d',
      '\\frac{n(n+1)}{2} d',
      '\\sqrt{n^4 d^2}',
      'n^3 d / n',
      '\\max(n^2 d, n d)',
    ],
    ...[
      'O(n^2 d + n^2 + d)',
      '\\frac{2 n^4 d^2}{n^2 d}',
      'n^{3/2} \\sqrt{n} d',
      '\\min(n^2 d, n^2 d^2)',
      '10^{9} n^2 d',
    ],
  ],
  ['n^2 d + n d^2', 'nd(n + d)', 'n d^2 + n^2 d + nd', '\\max(n^2 d, n d^2)', 'O(n^2 d) + O(n d^2)'],
  ['n^2 + nd', 'n(n+d)', 'n^2 + 3nd - n', 'O(nd) + O(n^2)'],
  ['(n + d)^2', 'n^2 + d^2', 'n^2 + 2nd + d^2'],
  ['n \\log n', 'n \\log_2 n', 'n \\ln n', 'n\\log(n^3)', 'n \\log n + n', 'n \\log(5n)'],
  ['\\log n + \\log d', '\\log(nd)', '\\log(n + d)', '\\log(n^2 d^3)'],
  ['n \\log^2 n', 'n (\\log n)^2', 'n \\log n \\cdot \\log n'],
  ['1', '7', 'O(1)', '\\log 2', 'n^0', '\\frac{n}{n}'],
  ['\\sqrt n', 'n^{1/2}', 'n^{0.5}', 'n^{\\frac{1}{2}}'],
  ['n^{1.5}', 'n \\sqrt n', '\\sqrt{n^3}', '\\sqrt[4]{n^6}'],
  ['n/d', 'n d^{-1}', '\\frac{n^2}{nd}'],
  ['n', 'n + \\log n', 'n - 1', '\\max(n, \\log n)'],
];

/** From the smaller to the larger rate. */
const RISING: readonly (readonly [string, string])[] = [
  ['n^2', 'n^2 d'],
  ['nd', 'n^2 d'],
  ['nd', 'n^2 + d^2'],
  ['1', 'n'],
  ['1', '\\log n'],
  ['\\log n', '\\sqrt n'],
  ['\\log^3 n', 'n^{0.1}'],
  ['n', 'n \\log n'],
  ['n \\log n', 'n^2'],
  ['n^2 d', 'n^2 d + n d^2'],
  ['n d', 'n d \\log n'],
  ['n^{1.4} d^{0.5}', 'n^2 + d^2'],
  ['\\frac{n}{d}', 'n'],
  ['d \\log n', 'n + d^2'],
  ['n^2', 'n^2 \\log d'],
];

const INCOMPARABLE: readonly (readonly [string, string])[] = [
  ['n^2 d', 'n d^2'],
  ['n', 'd'],
  ['n^2', 'nd'],
  ['n \\log d', 'n \\log n'],
  ['n^{1.5} d^{0.6}', 'n^2 + d^2'],
  ['n^2', 'd^2 + nd'],
  ['n + d^2', 'n^2 + d'],
];

/** What does not say how it grows. */
const UNKNOWN = [
  ...[
    '2^n',
    'n!',
    'n^d',
    '\\sum_i n',
    'n - d',
    'n - n',
    '-n',
    '\\log\\log n',
    '\\log_d n',
    'QK^\\top',
    '\\frac{1}{n+d}',
  ],
  ...[
    '\\binom{n}{2}',
    '\\text{softmax}(n)',
    'n^{1000}',
    '\\min(n, d)',
    'n \\odot d',
    '(n, d)',
    '\\log(n - d)',
    '(n+d)^{60}',
  ],
];

describe('formula growth', () => {
  for (const formulas of SAME) {
    const [first = ''] = formulas;
    for (const formula of formulas) {
      it(`takes ${formula} for ${first}`, () => {
        assert.equal(compareGrowth(growth(formula), growth(first)), 'equal');
        assert.equal(compareGrowth(growth(first), growth(formula)), 'equal');
      });
    }
  }

  for (const [small, large] of RISING) {
    it(`finds ${small} smaller than ${large}`, () => {
      assert.equal(compareGrowth(growth(small), growth(large)), 'smaller');
      assert.equal(compareGrowth(growth(large), growth(small)), 'larger');
    });
  }

  for (const [one, other] of INCOMPARABLE) {
    it(`finds ${one} and ${other} incomparable`, () => {
      assert.equal(compareGrowth(growth(one), growth(other)), 'incomparable');
      assert.equal(compareGrowth(growth(other), growth(one)), 'incomparable');
    });
  }

  for (const formula of UNKNOWN) {
    it(`does not say how ${formula} grows`, () => {
      const expression = parseExpression(formula);
      assert.equal(expression && growthOf(expression), null);
    });
  }

  it('does not guess what a letter stands for', () => {
    const expression = parseExpression('n^2 m');
    assert.ok(expression);
    assert.equal(
      growthOf(expression, (name) => (name === 'n' ? 'n' : null)),
      null,
    );
    const renamed = growthOf(expression, (name) => (name === 'm' ? 'd' : 'n'));
    assert.equal(renamed && printGrowth(renamed, ['n', 'd'], TEX), 'n^2 d');
  });

  it('prints rates with the earlier letters of the assignment first', () => {
    const printed = (latex: string): string => printGrowth(growth(latex), ['n', 'd'], TEX);
    assert.equal(printed('O(d n^2 + d^2 n)'), 'n^2 d + n d^2');
    assert.equal(printed('3'), '1');
    assert.equal(printed('d_k n \\log n'), 'n d_k \\log n');
    assert.equal(printed('n^{1.5}'), 'n^{1.5}');
  });

  it('orders random formulas as their values along rays do', () => {
    const rays: readonly Ray[] = [
      ...Array.from({ length: 181 }, (_, i): Ray => [Math.cos((i * Math.PI) / 360), Math.sin((i * Math.PI) / 360)]),
      ...[1, 2, 3, 4, 5, 6].flatMap((a) => [1, 2, 3, 4, 5, 6].map((b): Ray => [a, b])),
    ];
    fc.assert(
      fc.property(growingExpression, growingExpression, (a, b) => {
        const [growthOfA = null, growthOfB = null] = [a, b].map(({ latex }) => {
          const expression = parseExpression(latex);
          return expression && growthOf(expression);
        });
        // A power of a power of a long sum is not worked out.
        fc.pre(growthOfA !== null && growthOfB !== null);
        const order = compareGrowth(growthOfA, growthOfB);
        const excess = rays.map((ray) => slope(a, ray) - slope(b, ray));
        const [isEverMore, isEverLess] = [Math.max(...excess) > 0.01, Math.min(...excess) < -0.01];
        const seen = isEverMore ? (isEverLess ? 'incomparable' : 'larger') : isEverLess ? 'smaller' : 'equal';
        assert.equal(order, seen, `${a.latex} and ${b.latex}`);
      }),
      { numRuns: 400, maxSkipsPerRun: 0.05 },
    );
  });

  it('orders sums of real powers as the largest of them along every ray does', () => {
    const powers = fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 12 }));
    const sums = fc.array(powers, { minLength: 1, maxLength: 5 });
    const latex = (terms: readonly (readonly number[])[]): string =>
      terms.map(([a = 0, b = 0]) => `n^{${a / 4}} d^{${b / 4}}`).join(' + ');
    const height = (terms: readonly (readonly number[])[], [x, y]: Ray): number =>
      Math.max(...terms.map(([a = 0, b = 0]) => a * x + b * y));
    fc.assert(
      fc.property(sums, sums, (a, b) => {
        // The heights are linear between rays at which two terms are level, so these and the axes tell everything.
        const all = [...a, ...b];
        const level = all.flatMap(([p, q]) => all.map(([r, s]): Ray => [Math.abs(s - q), Math.abs(r - p)]));
        const rays: readonly Ray[] = [...level.filter(([x, y]) => x + y > 0), [1, 0], [0, 1]];
        const excess = rays.map((ray) => height(a, ray) - height(b, ray));
        const seen = excess.some((e) => e > 0)
          ? excess.some((e) => e < 0)
            ? 'incomparable'
            : 'larger'
          : excess.some((e) => e < 0)
            ? 'smaller'
            : 'equal';
        assert.equal(compareGrowth(growth(latex(a)), growth(latex(b))), seen, `${latex(a)} and ${latex(b)}`);
      }),
      { numRuns: 500 },
    );
  });

  it('is an order', () => {
    fc.assert(
      fc.property(growingExpression, growingExpression, growingExpression, (a, b, c) => {
        const [x, y, z] = [growth(a.latex), growth(b.latex), growth(c.latex)];
        const atMost = (one: Growth, other: Growth): boolean => /equal|smaller/.test(compareGrowth(one, other));
        assert.equal(compareGrowth(x, x), 'equal');
        if (atMost(x, y) && atMost(y, z)) assert.ok(atMost(x, z));
        const both = growth(`${a.latex} + ${b.latex}`);
        assert.ok(atMost(x, both) && atMost(y, both));
      }),
    );
  });
});
