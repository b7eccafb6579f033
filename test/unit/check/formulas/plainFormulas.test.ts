import assert from 'node:assert/strict';
import { plainFormulas } from '../../../../src/core/check/formulas/plainFormulas';
import { parseFormula } from '../../../../src/core/check/formulas/parseFormula';

const KNOWN = { single: new Set('QKVnd'), inRow: new Set('QKVnd') };

/** Sentences and the formulas in them, as they stand there. */
const FOUND: Record<string, readonly string[]> = {
  'It takes O(n^2d) time.': ['O(n^2d)'],
  'It takes O(n²·d), or Θ(d n²).': ['O(n²·d)', 'Θ(d n²)'],
  'O(n * n * d) for **O(n^2 d)** and *O(n)*': ['O(n * n * d)', 'O(n^2 d)', 'O(n)'],
  'Escaped: O(n\\*d) and O(n\\^2)': ['O(n\\*d)', 'O(n\\^2)'],
  'O(n<sup>2</sup>d), O(n**2 * d), O(n log n)': ['O(n<sup>2</sup>d)', 'O(n**2 * d)', 'O(n log n)'],
  'Omega(n), Theta(n^2), BigO(n), Ω(n)': ['Omega(n)', 'Theta(n^2)', 'BigO(n)', 'Ω(n)'],
  'Outside dollars: \\mathcal{O}\\left(n^2 d\\right), QK^\\top and Q/\\sqrt{d} .': [
    '\\mathcal{O}\\left(n^2 d\\right)',
    'QK^\\top',
    'Q/\\sqrt{d}',
  ],
  'QKᵀ: (n×d)(d×n) → n²·d mults': ['QKᵀ', '(n×d)(d×n) → n²·d'],
  'Q, K, V ∈ R^{n×d} and Q in R^(n x d)': ['Q, K, V ∈ R^{n×d}', 'Q in R^(n x d)'],
  'a d x d matrix, an n by d one, n x d by d x n': ['d x d', 'n by d', 'n x d', 'd x n'],
  'softmax(QK^T/sqrt(d))V or softmax(Q/√d)(KᵀV)': ['softmax(QK^T/sqrt(d))V', 'softmax(Q/√d)(KᵀV)'],
  '`Q @ K.T` and then `K.T @ V`': ['Q @ K.T', 'K.T @ V'],
  'n^2 d in total, n d² ops, 2*n²': ['n^2 d', 'n d²', '2*n²'],
  'if d ≪ n (or d << n)': ['d ≪ n', 'd << n'],
  'O(n^2 d) + O(n^2) = O(n^2 d), as said': ['O(n^2 d) + O(n^2) = O(n^2 d)'],
  'from O(n²d) down to O(nd²)': ['O(n²d)', 'O(nd²)'],
  'E.g. n = 4k, d = 64': ['d = 64'],
  'the 2nd of n tokens (where n is large), the n-th, d-dimensional, I’d say a K for V': [],
  'multiply by V n times, Q and K, K or V, and/or, x by y, A/B test': [],
  'softmax(Q/√d)·(…) and (n tokens': ['softmax(Q/√d)'],
  'O(n^2 d is not closed': [],
  'n·d and O(n^2 d is not closed': ['n·d'],
};

describe('formulas in plain text', () => {
  for (const [sentence, formulas] of Object.entries(FOUND)) {
    it(`are ${formulas.join(' ; ') || 'none'} in: ${sentence}`, () => {
      const found = plainFormulas(sentence, 0, sentence.length, KNOWN);
      assert.deepEqual(
        found.map(({ span }) => sentence.slice(span.start, span.end)),
        formulas,
      );
      for (const { latex } of found) assert.ok(parseFormula(latex), latex);
    });
  }

  it('hold any letter within O(…)', () => {
    const text = 'O(L^2 * d_model) but L^2 * D';
    const found = plainFormulas(text, 0, text.length, KNOWN);
    assert.deepEqual(
      found.map(({ latex }) => latex.replaceAll(' ', '')),
      ['O(L^{2}\\cdotd_{\\mathrm{model}})'],
    );
  });
});
