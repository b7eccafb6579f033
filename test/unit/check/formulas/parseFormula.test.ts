import assert from 'node:assert/strict';
import fc from 'fast-check';
import { PLAIN, printExpression, TEX } from '../../../../src/core/check/formulas/printExpression';
import { parseExpression, parseFormula } from '../../../../src/core/check/formulas/parseFormula';
import type { Statement } from '../../../../src/core/check/formulas/expression';
import { texLike } from './texLike';

const tex = String.raw;

/** A formula's meaning in plain characters. */
const said = ({ sides, relations }: Statement): string =>
  sides
    .map(({ items }, index) => `${index > 0 ? ` ${relations[index - 1] ?? ''} ` : ''}${items.map(plain).join(', ')}`)
    .join('');
const plain = (expression: Parameters<typeof printExpression>[0]): string => printExpression(expression, PLAIN);

/** Formulas by what they say; statements are divided by bars. */
const SAID: Record<string, readonly string[]> = {
  'O(n²d)': [
    'O(n^2 d)',
    'O(n^{2}d)',
    'O (n^2\\,d)',
    'O\\left(n^2 d\\right)',
    'O\\big(n^2 d\\big)',
    'O\\bigl(n^2 d\\bigr)',
    'O{(n^2 d)}',
    '\\mathcal{O}(n^2 d)',
    '\\mathcal O (n^{2} d)',
    '\\mathcal{O}{\\left({n}^{2}{d}\\right)}',
    '\\mathrm{O}(n^2 d)',
    '\\text{O}(n^2 d)',
    '\\mathscr{O}(n^2d)',
    '\\bigO(n^2 d)',
    '\\displaystyle O(n^2 d)',
    '\\boxed{O(n^2 d)}',
    '{\\color{red} O(n^2 d)}',
    'O(n²d)',
    '𝒪(n²d)',
    'O(n^2 d).',
    '\\text{Total: } O(n^2 d)',
    'O(n^2 d) \\text{ in total}',
    'O(n^2 d) \\tag{1}',
  ],
  'Θ(n·d²)': ['\\Theta(n \\cdot d^2)', 'Θ(n·d²)', '\\Theta\\left( n \\ast d^{2} \\right)', '\\Theta(n*d^2)'],
  'softmax(QKᵀ/√d)V': [
    '\\text{softmax}\\left(\\frac{QK^\\top}{\\sqrt{d}}\\right)V',
    '\\mathrm{Softmax}\\left(\\frac{QK^T}{\\sqrt d}\\right)V',
    '\\operatorname{softmax}(\\frac{QK^{\\top}}{\\sqrt{d}})V',
    '\\operatorname*{softmax}(\\dfrac{Q K^{T}}{\\sqrt{d}}) V',
    '\\softmax(QK^\\intercal/\\sqrt{d})V',
    '\\textsf{softmax}(QK^{\\mathsf{T}}/\\sqrt{d})\\,V',
    '\\mathbf{softmax}_{row}(QK^\\text{T}/√d)V'.replace('\\mathbf', '\\mathrm'),
    '\\mathop{\\text{softmax}}(\\boldsymbol{Q}\\mathbf{K}^\\top/\\sqrt{d})\\bm{V}',
    'softmax(QK⊤/√d)V'.replace('softmax', '\\text{softmax}'),
    '\\text{softmax}(QKᵀ/√d)V',
  ],
  'softmax(Q/√d)(KᵀV)': ['\\text{softmax}\\left(\\frac{Q}{\\sqrt{d}}\\right)(K^\\top V)'],
  'Q, K, V ∈ R^(n × d)': [
    'Q, K, V \\in \\mathbb{R}^{n \\times d}',
    'Q,K,V\\in R^{n\\times d}',
    'Q, K, V \\in \\R^{n×d}',
    'Q, K, V ∈ ℝ^{n,d}',
    'Q, K, V \\in \\mathbb R^{(n \\times d)}',
    'Q, K, V \\in \\mathds{R}^{n x d}',
  ],
  'O(n²) = O(n²d)': ['O(n^2) = O(n^2 d)', '\\begin{aligned} O(n^2) &= O(n^2 d) \\end{aligned}'],
  'a = b = c': [
    'a = b = c',
    '\\begin{align} a &= b \\\\ &= c \\end{align}',
    '\\begin{aligned} a &= b \\\\ &= c \\end{aligned}',
  ],
  'A = QKᵀ': ['A = QK^T', 'A := QK^T', 'A \\coloneqq QK^T', 'A \\equiv QK^T'],
  'Q ∈ R^(n × d) | W ∈ R^(d × d)': [
    'Q \\in R^{n\\times d}, W \\in R^{d\\times d}',
    'Q \\in R^{n\\times d} \\quad W \\in R^{d\\times d}',
    'Q \\in R^{n\\times d} \\text{ and } W \\in R^{d\\times d}',
    'Q \\in R^{n\\times d}; W \\in R^{d\\times d}',
    'Q \\in R^{n\\times d} \\\\ W \\in R^{d\\times d}',
    'Q \\in R^{n\\times d} \\implies W \\in R^{d\\times d}',
  ],
  'd ≪ n': ['d \\ll n', 'd ≪ n'],
  'O(n·log n)': [],
  'n log(n)': [],
  'd_model = 512': ['d_{\\text{model}} = 512', 'd_{model}=512', 'd_\\mathrm{model} = 512'],
  '(n + d)²': ['(n+d)^2', '\\left(n + d\\right)^{2}'],
  'n²/2 - n': ['\\frac{n^2}{2} - n', '\\tfrac{n^2}{2}-n', 'n^2 / 2 - n'],
  '10³n': ['10^3 n', '10^{3}\\,n'],
  '2.5n': ['2.5 n'],
  'QKᵀ → n × n': [
    'QK^\\top \\to n \\times n',
    'QK^\\top \\rightarrow n\\times n',
    'QK^\\top \\xrightarrow{} n\\times n',
  ],
  'QKᵀV | QKᵀ → n × n': ['\\underbrace{QK^\\top}_{n \\times n} V'],
};

describe('formula parsing', () => {
  for (const [meaning, formulas] of Object.entries(SAID)) {
    for (const formula of formulas) {
      it(`reads ${formula} as ${meaning}`, () => {
        assert.equal((parseFormula(formula) ?? []).map(said).join(' | ').replace('(QKᵀ)V', 'QKᵀV'), meaning);
      });
    }
  }

  it('keeps the order in which products and quotients are written', () => {
    const expression = parseExpression('a b / c d');
    assert.equal(expression && printExpression(expression, TEX), tex`\frac{ab}{c}d`);
  });

  it('reads logarithms with and without brackets, powers and bases', () => {
    for (const formula of ['\\log^2(n)', '\\log_2^2 n', '\\ln^{2}{(n)}', '(\\log n)^2']) {
      const expression = parseExpression(formula);
      assert.equal(expression && printExpression(expression, PLAIN), 'log(n)²', formula);
    }
  });

  const unreadable = [
    ...['\\frac{n}', 'n^', '{n', 'n}', '\\left( n', '(n', 'n)', '[n)', '\\nosuchcommand n', 'a & b', '$n$'],
    ...['\\def\\a{\\a\\a}\\a', '\\newcommand{\\n}{n}\\n', 'n'.repeat(2_001), `${'('.repeat(300)}n${')'.repeat(300)}`],
  ];
  for (const formula of unreadable) {
    it(`leaves ${formula.slice(0, 30)} alone`, () => {
      assert.equal(parseFormula(formula), null);
    });
  }

  const beyond = [
    '\\sum_{i=1}^n i',
    '\\int_0^1 x',
    '\\binom{n}{2}',
    '|Q|',
    '\\lVert Q \\rVert',
    '\\hat{Q}',
    '\\lceil n \\rceil',
    'n!',
    'a +',
    '+ + a',
  ];
  for (const formula of beyond) {
    it(`reads ${formula} without understanding it`, () => {
      const [statement] = parseFormula(formula) ?? [];
      assert.ok(statement?.sides.some(({ items }) => items.some((item) => plain(item).includes('…'))));
    });
  }

  it('never throws, whatever stands in a formula', () => {
    fc.assert(
      fc.property(texLike, (formula) => {
        for (const { sides, relations } of parseFormula(formula) ?? []) {
          assert.equal(sides.length, relations.length + 1);
          for (const { items, span } of sides) {
            assert.ok(0 <= span.start && span.start <= span.end && span.end <= formula.length);
            for (const item of items) assert.ok(printExpression(item, TEX).length + plain(item).length > 0);
          }
        }
      }),
      { numRuns: 800 },
    );
  });

  it('does not hang on formulas made to hang parsers', () => {
    const hostile = [
      '{'.repeat(1_000) + '}'.repeat(1_000),
      '\\frac{'.repeat(150) + 'n' + '}{d}'.repeat(150),
      '\\sqrt['.repeat(300),
      'n^{'.repeat(500) + '}'.repeat(500),
      '\\left('.repeat(120) + 'n' + '\\right)'.repeat(120),
      '\\begin{aligned}'.repeat(100),
      '\\text{$'.repeat(100),
      '(n+d)'.repeat(390),
      '((n+d)^8)^8',
      'n+'.repeat(999) + 'n',
      '\\underbrace{'.repeat(80) + 'n' + '}_{n}'.repeat(80),
      '\\operatorname{a}'.repeat(130),
      '\\ne'.repeat(600),
      '\\implies '.repeat(200),
    ];
    for (const formula of hostile) parseFormula(formula);
  });

  it('prints TeX that reads the same', () => {
    for (const formulas of Object.values(SAID)) {
      for (const formula of formulas) {
        for (const { sides } of parseFormula(formula) ?? []) {
          for (const item of sides.flatMap(({ items }) => items)) {
            const again = parseExpression(printExpression(item, TEX));
            assert.equal(again && plain(again), plain(item), formula);
          }
        }
      }
    }
  });
});
