import fc from 'fast-check';

const PIECES = [
  ...'n d Q K V x T L 0 1 2 10 . , ; : + - * / = < > ( ) [ ] { } ^ _ & $ | ! \' " ~ # % @ \\'.split(' '),
  ...['^2', '^{2}', '^T', '^\\top', '_{k}', '_k', ' ', '\n', '  ', '\n\n', '$$', '`', '**', '- ', '> ', '| ', '1. '],
  ...['\\frac', '\\sqrt', '\\text{softmax}', '\\operatorname{softmax}', '\\mathbb{R}', '\\mathcal{O}', '\\Theta', 'O('],
  ...[
    '\\cdot',
    '\\times',
    '\\in',
    '\\ll',
    '\\approx',
    '\\left(',
    '\\right)',
    '\\log',
    '\\max',
    '\\sum',
    '\\underbrace',
  ],
  ...[
    '\\begin{aligned}',
    '\\end{aligned}',
    '\\\\',
    '\\quad',
    '\\text{ and }',
    '\\to',
    '\\implies',
    '\\hat',
    '\\foo',
    '\\(',
  ],
  ...['²', 'ᵀ', '·', '×', '∈', '→', '√', 'ℝ', 'Θ', '≪', '⊤', '…', 'é', '𝒪', '\u0000', '<sup>2</sup>', '\\)', '\\['],
  ...[
    'in total',
    'so ',
    'than ',
    'costs ',
    'linear in ',
    'is ',
    'matrix ',
    'length ',
    'where ',
    'not ',
    'softmax',
    'R^',
  ],
  ...[
    'O(n^2 d)',
    '$O(n d^2)$',
    '$QK^\\top$',
    'n×d',
    '(n×d)(d×n)',
    '$n \\times d$',
    'Q ∈ R^{n×d}',
    '$Q\\in\\mathbb{R}^{n\\times d}$',
  ],
];

/** Text made of what formulas and sentences about them are made of, mostly nonsense. */
export const texLike: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join('')) },
  { weight: 2, arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join(' ')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
);
