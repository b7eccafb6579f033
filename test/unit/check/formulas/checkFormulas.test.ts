import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkFormulas, type FormulaContext } from '../../../../src/core/check/formulas/checkFormulas';
import { IN_ENGLISH, sayPhrase } from '../../../../src/core/explain/phrase';
import { texLike } from './texLike';

const tex = String.raw;
const CONTEXT: FormulaContext = {
  symbols: { Q: ['n', 'd'], K: ['n', 'd'], V: ['n', 'd'] },
  costs: [{ claim: 'cost', growth: 'n^2 d' }],
};

const findings = (text: string): string[] =>
  checkFormulas({ text }, CONTEXT).map(({ kind, verdict, latex }) => `${kind} ${verdict}: ${latex}`);
const verdicts = (text: string): string =>
  checkFormulas({ text }, CONTEXT)
    .map(({ verdict }) => verdict)
    .join(' ');

/** Sentences by the verdicts on their formulas, in order. */
const VERDICTS: Record<string, readonly string[]> = {
  right: [
    'The softmax costs $O(n^2) = O(n^2 d)$.',
    'That is O(n²) = O(n²·d).',
    'O(n * n) = O(n^2)',
    tex`$O(nd) \subseteq O(n d^2)$`,
    tex`$n^2 d + n^2 \in \mathcal{O}(n^2 d)$`,
    tex`$\Theta(d\,n^2) = \Theta(n^2 d)$`,
    tex`$2n^2 d + n^2 = \Theta(n^2 d)$`,
    tex`$O(n^2 d) + O(n^2) = O(n^2 d)$`,
    tex`$n^2 d = \Omega(n^2)$`,
    tex`$n^2 = o(n^2 d)$`,
    tex`$O(n) < O(n^2)$`,
    tex`$O(n^2 d) \gg O(nd)$`,
    tex`$n \cdot n \cdot d = n^2 d$`,
    tex`$nd^2 + nd^2 = 2nd^2$`,
    tex`$QK^\top \in \mathbb{R}^{n\times n}$`,
    tex`$K^\top V \in R^{d \times d}$ is small.`,
    tex`$K^\top\in\mathbb R^{d\times n}$`,
    tex`$\underbrace{QK^\top}_{n\times n}$`,
    tex`$\text{softmax}\left(\frac{QK^\top}{\sqrt{d}}\right)V \in \mathbb{R}^{n\times d}$`,
    tex`$(n \times d)(d \times n) = n \times n$`,
    'QKᵀ is n×n.',
    'QK^T is an n x n matrix',
    'QK^\\top has size $n \\times n$',
    'The size of $QK^T$ is $n\\times n$.',
    'The scores $QK^T$ have shape $(n, n)$.',
    'We get the $n \\times n$ score matrix $QK^\\top$.',
    'QKᵀ: (n×d)(d×n)',
    '`Q @ K.T` makes an $n \\times n$ matrix.',
    tex`With $A = \text{softmax}(QK^\top)$, $AV \in \mathbb{R}^{n \times d}$.`,
    tex`For $W \in \mathbb{R}^{d \times m}$, $QW \in \mathbb{R}^{n\times m}$.`,
    tex`Let $Q, K, V \in \mathbb{R}^{T \times D}$; then $O(T^2) = O(T^2 D)$.`,
    tex`Let $L$ be the sequence length: $O(L) = O(L^2)$.`,
    tex`$N$ tokens: $O(N) = O(N^2)$.`,
  ],
  wrong: [
    tex`$O(n^2 d) = O(n^2)$`,
    tex`$O(n^2 d) = O(n d^2)$`,
    'The sum is O(n²d) = O(n²).',
    tex`$\Theta(n^2) = \Theta(n^2 d)$`,
    tex`$n^2 d \in O(nd)$`,
    tex`$O(n^2 d) \subseteq O(n^2)$`,
    tex`$n^2 d + nd^2 = O(n^2 d)$`,
    tex`$n^2 d = o(n^2 d)$`,
    tex`$O(n^2 d) < O(n^2)$`,
    tex`$QK^\top \in \mathbb{R}^{d\times d}$`,
    tex`$K^\top V \in R^{n \times n}$`,
    tex`$K^\top \in R^{n \times d}$`,
    tex`$\underbrace{K^\top V}_{n\times n}$`,
    tex`$(n \times d)(d \times n) = d \times d$`,
    'QKᵀ is d×d.',
    'KᵀV is an n×n matrix.',
    'QKᵀ: (n×d)(n×d)',
    tex`$\text{softmax}(QK/\sqrt{d})V$`,
    tex`$\text{softmax}(Q^\top K)V$`,
    tex`Let $Q, K, V \in \mathbb{R}^{T \times D}$; then $QK^\top \in \mathbb{R}^{D\times D}$.`,
    tex`Let $L$ be the sequence length: $O(L^2) = O(L)$.`,
  ],
  unknown: [
    tex`$O(nm) = O(n^2 m)$`,
    tex`$O(L^2) = O(L^2 E)$`,
    tex`For constant $d$, $O(n^2 d) = O(n^2)$.`,
    tex`If $d = n$, then $O(n^2 d) = O(nd^2)$.`,
    tex`If they were transposed, $QK^\top \in \mathbb{R}^{d\times d}$.`,
    tex`$QW \in \mathbb{R}^{n\times m}$`,
    tex`$QK^\top \in \mathbb{R}^{512 \times 512}$`,
  ],
  '': [
    '$O(n^2 d)$',
    tex`$T = O(n^2 d)$`,
    tex`We assume that $d = O(1)$ and $d \ll n$.`,
    tex`$Q \in \mathbb{R}^{d \times n}$`,
    '$QK$ and QKV',
    'The product of $Q$ and $K^\\top$ is $n \\times n$.',
    'Transposing $K$ gives $d \\times n$.',
    'Multiply $K$ by a $d \\times d$ matrix.',
    tex`$QK^\top \notin \mathbb{R}^{d\times d}$`,
    tex`$QK^\top \neq K^\top Q$`,
    'QKᵀ is not d×d.',
    tex`$QK^\top \in \mathbb{R}^{d \times d`,
    tex`$\frac{O(n^2 d)}{`,
    tex`$O(n^2 d) = O($`,
    tex`$O(2^n) = O(n)$`,
    tex`With $Q, K, V \in \mathbb{R}^{d\times n}$ as columns, $QK^\top$ it is.`,
    'It costs $5 or $10.',
    'a by b, 2nd, n-th, d-dimensional',
    '`O(n^2 d) = O(n^2`',
    '```\nO(n^2 d) = O(n^2)\n```',
    'No formula here.',
    '',
  ],
  'right right': [
    tex`$O(n) = O(n^2) = O(n^2 d)$`,
    tex`Columns for tokens: $Q, K, V \in \mathbb{R}^{d\times n}$, so $K^\top Q \in \mathbb{R}^{n \times n}$ and $VK^\top \in \mathbb{R}^{d\times d}$.`,
  ],
  'right wrong': [
    tex`$$\begin{aligned} O(n) &= O(n^2) \\ &= O(n) \end{aligned}$$`,
    tex`$QK^\top \in R^{n\times n}, K^\top V \in R^{n \times n}$`,
  ],
};

describe('formula checking', () => {
  for (const [expected, sentences] of Object.entries(VERDICTS)) {
    for (const sentence of sentences) {
      it(`finds ${expected || 'nothing'} in ${sentence.replace(/\s+/g, ' ')}`, () => {
        assert.equal(verdicts(sentence), expected);
      });
    }
  }

  it('tells what is checked, where, and why', () => {
    const text = tex`Here $K^\top V \in R^{n\times n}$, and the cost is $O(n^2 d) = O(nd^2)$.`;
    const [size, growth] = checkFormulas({ text }, CONTEXT);
    assert.deepEqual(findings(text), [tex`size wrong: K^\top V \in R^{n\times n}`, 'growth wrong: O(n^2 d) = O(nd^2)']);
    assert.ok(size && growth);
    assert.equal(text.slice(size.span.start, size.span.end), tex`K^\top V \in R^{n\times n}`);
    assert.equal(text.slice(growth.span.start, growth.span.end), 'O(n^2 d) = O(nd^2)');
    assert.equal(sayPhrase(size.message, IN_ENGLISH), 'KᵀV is d × d, not n × n.');
    assert.equal(sayPhrase(growth.message, IN_ENGLISH), 'O(n²d) can grow faster than O(nd²).');
  });

  it('tells which factors do not fit', () => {
    const [finding] = checkFormulas({ text: tex`$\text{softmax}(QK)V$` }, CONTEXT);
    assert.ok(finding);
    assert.equal(sayPhrase(finding.message, IN_ENGLISH), 'Q is n × d and K is n × d: their inner sizes do not fit.');
  });

  it('marks one statement of a formula that holds several', () => {
    const text = tex`$$QK^\top \in \mathbb{R}^{n\times n}, \quad K^\top V \in \mathbb{R}^{n\times n}$$`;
    const wrong = checkFormulas({ text }, CONTEXT).find(({ verdict }) => verdict === 'wrong');
    assert.equal(text.slice(wrong?.span.start, wrong?.span.end), tex`K^\top V \in \mathbb{R}^{n\times n}`);
  });

  it('needs no symbols', () => {
    const none = { symbols: {}, costs: [] };
    assert.deepEqual(checkFormulas({ text: 'Let $x = 3$ and $f(x) = x^2$, $AB \\in R^{n\\times n}$.' }, none), []);
  });

  it('never throws, and finds within the answer', () => {
    fc.assert(
      fc.property(texLike, (text) => {
        for (const { span, message } of checkFormulas({ text }, CONTEXT)) {
          assert.ok(0 <= span.start && span.start < span.end && span.end <= text.length);
          assert.doesNotMatch(sayPhrase(message, IN_ENGLISH), /\{\w+\}/);
        }
      }),
      { numRuns: 250 },
    );
  });

  it('does not hang on answers made to hang it', () => {
    const hostile = [
      '$'.repeat(10_000),
      '$n$ '.repeat(1_000),
      '$O(n^2 d)$ is '.repeat(1_000),
      'O(n^2 d) = '.repeat(3_000),
      'O('.repeat(10_000),
      'n×d '.repeat(4_000),
      '(n×d)'.repeat(1_000),
      `$${'n+'.repeat(900)}n$ `.repeat(20),
      'the number of '.repeat(4_000),
      'length length '.repeat(4_000),
      'linear in n and '.repeat(3_000),
      '\\('.repeat(10_000),
      'Q, '.repeat(8_000),
      '\n\nn²d'.repeat(2_000),
      '| $O(n)$ '.repeat(4_000),
    ];
    for (const text of hostile) checkFormulas({ text }, CONTEXT);
  }).timeout(60_000);
});
