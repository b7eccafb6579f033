import assert from 'node:assert/strict';
import { plainStatement } from '../../../src/core/check/plainStatement';

describe('plain statements', () => {
  for (const [markdown, plain] of [
    ['Attention takes $O(n^2 d)$ time.', 'Attention takes O(n² d) time.'],
    ['at least $2^k - 1$ units', 'at least 2ᵏ - 1 units'],
    ['below $10^{-3}$ nats', 'below 10⁻³ nats'],
    ['near $\\mathcal{N}(0, I)$', 'near N(0, I)'],
    ['of $\\log p$', 'of log p'],
    ['an $m \\times p$ matrix', 'an m × p matrix'],
    ['the posterior $p_\\theta(x_{1:T} \\mid x_0)$', 'the posterior p_θ(x_{1:T} | x_0)'],
    ['gives $v^\\top J$, the gradient of $v \\cdot L$', 'gives vᵀJ, the gradient of v · L'],
    ['$x^{ab}$ and $x^y$', 'x^(ab) and x^y'],
  ] as const) {
    it(`write ${markdown}`, () => assert.equal(plainStatement(markdown), plain));
  }

  it('keep the TeX of what plain text cannot show', () => {
    assert.equal(plainStatement('of $\\frac{1}{n} \\sum_i x_i$'), 'of \\frac{1}{n} \\sum_i x_i');
  });

  it('leave other text alone, and money', () => {
    assert.equal(plainStatement('It costs 5$, no more.'), 'It costs 5$, no more.');
  });
});
