import assert from 'node:assert/strict';
import fc from 'fast-check';
import { evaluate } from 'mathjs';
import { explainFormula } from '../../../../src/core/check/formulas/explainFormula';
import { givenSizes } from '../../../../src/core/check/formulas/givenSizes';
import { SizeReader } from '../../../../src/core/check/formulas/inferSizes';
import { parseExpression } from '../../../../src/core/check/formulas/parseFormula';
import { printPolynomial, TEX } from '../../../../src/core/check/formulas/printExpression';
import { DIMENSIONS, GIVEN, matrixExpression, type Computation } from './matrixExpression';

const tex = String.raw;
const QKV = { Q: ['n', 'd'], K: ['n', 'd'], V: ['n', 'd'] };

const numeric = (latex: string): number => Number(evaluate(latex, { ...DIMENSIONS }));

describe('formula sizes', () => {
  it('are those of the matrices that come out', () => {
    fc.assert(
      fc.property(matrixExpression, ({ latex, value }) => {
        const expression = parseExpression(latex);
        assert.ok(expression, latex);
        const reader = new SizeReader(givenSizes(GIVEN), (name) => (name in DIMENSIONS ? name : null));
        const shape = reader.shapeOf(expression);
        const computation: Computation = { multiplications: 0 };
        let made: ReturnType<typeof value>;
        try {
          made = value(computation);
        } catch {
          assert.ok(shape === null && reader.misfits.length > 0, `${latex} does not fit`);
          return;
        }
        assert.deepEqual(reader.misfits, [], latex);
        if (typeof made === 'number') {
          assert.equal(shape?.kind, 'scalar', latex);
          return;
        }
        assert.ok(shape?.kind === 'matrix', latex);
        const { rows, columns } = shape.size;
        const size = [rows, columns].map(({ polynomial }) => numeric(printPolynomial(polynomial, [], TEX)));
        assert.deepEqual(size, [made.length, made[0]?.length], latex);
        const cost = explainFormula(latex, GIVEN)?.multiplyAdds;
        // A matrix alone computes nothing.
        assert.equal(cost ? numeric(cost) : 0, computation.multiplications, latex);
      }),
      { numRuns: 500 },
    );
  });

  it('of attention, with its cost', () => {
    assert.deepEqual(explainFormula(tex`\text{softmax}\left(\frac{QK^\top}{\sqrt{d}}\right)V`, QKV), {
      sizes: [
        { latex: tex`QK^\top`, rows: 'n', columns: 'n' },
        { latex: tex`\frac{QK^\top}{\sqrt{d}}`, rows: 'n', columns: 'n' },
        { latex: tex`\operatorname{softmax}\left(\frac{QK^\top}{\sqrt{d}}\right)`, rows: 'n', columns: 'n' },
        { latex: tex`\operatorname{softmax}\left(\frac{QK^\top}{\sqrt{d}}\right)V`, rows: 'n', columns: 'd' },
      ],
      growth: 'n^2 d',
      multiplyAdds: '2 n^2 d',
    });
  });

  const costs: readonly [formula: string, growth: string | null, multiplyAdds: string | null][] = [
    [tex`\text{softmax}(QK^\top/\sqrt d)V`, 'n^2 d', '2 n^2 d'],
    [tex`\text{softmax}(Q/\sqrt{d})(K^\top V)`, 'n d^2', '2 n d^2'],
    [tex`\text{softmax}\left(\frac{Q}{\sqrt{d}}\right) K^\top V`, 'n^2 d', '2 n^2 d'],
    [tex`QK^\top V`, 'n^2 d', '2 n^2 d'],
    [tex`Q(K^\top V)`, 'n d^2', '2 n d^2'],
    [tex`A = QK^\top`, 'n^2 d', 'n^2 d'],
    [tex`\text{softmax}(Q)`, 'n d', '0'],
    [tex`K^\top V \in \mathbb{R}^{d \times d}`, 'n d^2', 'n d^2'],
    [tex`QK^\top + QK^\top`, 'n^2 d', '2 n^2 d'],
    [tex`W Q`, null, null],
    [tex`\text{softmax}(Q K^\top) W`, null, null],
  ];
  for (const [formula, growth, multiplyAdds] of costs) {
    it(`of ${formula} cost ${growth ?? 'nothing that is known'}`, () => {
      const explanation = explainFormula(formula, QKV);
      assert.deepEqual([explanation?.growth ?? null, explanation?.multiplyAdds ?? null], [growth, multiplyAdds]);
    });
  }

  it('are not explained where nothing is computed', () => {
    for (const formula of [
      'Q',
      'n^2 d',
      'O(n^2 d)',
      tex`Q \in \mathbb{R}^{n\times d}`,
      tex`\frac{Q`,
      '',
      'XY',
      'Q K',
    ]) {
      assert.equal(explainFormula(formula, QKV), null, formula);
    }
  });

  it('with numbers among them', () => {
    const explanation = explainFormula('XW', { X: ['32', '784'], W: ['784', 'k'] });
    assert.deepEqual(explanation, {
      sizes: [{ latex: 'XW', rows: '32', columns: 'k' }],
      growth: 'k',
      multiplyAdds: '25088 k',
    });
  });
});
