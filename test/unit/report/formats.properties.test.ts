import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Problem } from '../../../src/core/problem';
import { readReport } from '../../../src/core/report/readReport';
import { assertPlaces } from './assertPlaces';

const PARTS = '1 2a 2b 3a 3b 4 5 6a 6b 6c 7a 7b 8a 8b 8c 8d 9a 9b 9c 10a 10b'.split(' ');

/** Texts made of pieces that mean something, in any order, and of any characters. */
function anythingOf(pieces: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((found) => found.join('')) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  );
}

const PROSE = [
  '\n',
  '\n\n',
  ' ',
  '\t',
  '\r\n',
  '\r',
  'text ',
  'It rises. ',
  '7. ',
  '(b) ',
  'Question 7',
  'é',
  '🙂',
  '\0',
  '\uFEFF',
  '\f',
];
const LATEX = [
  ...PROSE,
  ...[
    '\\begin{document}',
    '\\end{document}',
    '\\begin{enumerate}',
    '\\end{enumerate}',
    '\\item ',
    '\\item[(b)] ',
    '[',
    ']',
  ],
  ...[
    '\\begin{itemize}',
    '\\end{itemize}',
    '\\section*{',
    '\\subsection{',
    '\\paragraph{7b}',
    '\\textbf{',
    '{',
    '}',
    '{\\bf ',
  ],
  ...[
    '$',
    '$$',
    '\\(',
    '\\)',
    '\\[',
    '\\]',
    '\\begin{align*}',
    '\\end{align*}',
    '\\begin{equation}',
    '\\end{equation}',
  ],
  ...[
    '\\begin{verbatim}',
    '\\end{verbatim}',
    '\\verb|',
    '|',
    '\\begin{tabular}{ll}',
    '\\end{tabular}',
    '&',
    '\\\\',
    '%',
    '#',
  ],
  ...[
    '``',
    "''",
    '`',
    "'",
    '--',
    '~',
    '\\"',
    "\\'e",
    '\\%',
    '\\$',
    '\\_',
    '_',
    '^',
    '*',
    '\\input{part2}',
    '\\input{a/../b}',
  ],
  ...[
    '\\newcommand{\\x}{y}',
    '\\newcommand{\\q}[1]{\\section*{7 #1}\\emph{#1}}',
    '\\q',
    '\\q{b}',
    '\\newcommand{\\p}[3]{#3\\section*{7 #2}\\q{#1}#3}',
    '\\p{a}{b}{7 (c)}',
    '\\x',
    '\\def\\x{',
    '\\setcounter{enumi}{4}',
    '\\begin{',
    '\\end{',
    '\\begin',
    '\\footnote{',
    '\\begin{comment}',
  ],
  ...[
    '\\begin{minted}{py}',
    '\\lstinline',
    '\\texttt{',
    '\\caption{',
    '\\iffalse',
    '\\fi',
    '\\begin{eqnarray}',
    '\\end{eqnarray}',
  ],
];
const PLAIN = [
  ...PROSE,
  '- ',
  '1. ',
  '7b - ',
  'VII. ',
  '(ii) ',
  '    ',
  '*',
  '**',
  '_',
  '`',
  '```',
  '<b>',
  '[',
  '](',
  '$x$',
  '$',
  '$$',
  '---',
  '===',
  'Page 3 of 9',
  '\\',
  '|',
  '> ',
  '# ',
  '&amp;',
  '•  ',
];
const FURTHER = {
  'part2.tex': '\\item It \\textbf{falls}. \\input{b}',
  'b.tex': '(b) $x$ and \\input{part2}',
  'a.tex': null,
};

/** What a report is made of, after everything that it takes in. */
function sourcesOf(main: string, files: readonly string[]): string[] {
  const further: Readonly<Record<string, string | null>> = FURTHER;
  return [main, ...files.slice(1).map((path) => further[path] ?? assert.fail(path))];
}

function readAny(name: string, text: string, parts: readonly string[] | null): void {
  try {
    const report = readReport(name, text, parts, FURTHER);
    assertPlaces(sourcesOf(text, report.files), report);
  } catch (thrown) {
    assert.ok(thrown instanceof Problem, String(thrown));
    assert.match(thrown.code, /^(?:file\.empty|notebook\.(?:json|format))$/);
  }
}

const parts = fc.constantFrom(PARTS, null, ['1'], ['7a', '7b'], []);

const cell = fc.record({
  cell_type: fc.constantFrom('markdown', 'code', 'raw', ''),
  source: fc.oneof(
    anythingOf([...PLAIN, '"', '\\\\', '\\n']),
    fc.array(anythingOf(['7. (b) ', 'text\n', '"', '\\', '\u2028', '```']), { maxLength: 4 }),
  ),
});

describe('all formats', function () {
  this.timeout(120_000);
  for (const [name, pieces] of [
    ['r.tex', LATEX],
    ['r.txt', PLAIN],
    ['r.md', PLAIN],
  ] as const) {
    it(`keep the places of any text in ${name}`, () => {
      fc.assert(
        fc.property(anythingOf(pieces), parts, (text, ids) => readAny(name, text, ids)),
        { numRuns: 500 },
      );
    });
  }

  it('keep the places of any cells in a notebook', () => {
    const notebook = fc.tuple(fc.array(cell, { maxLength: 6 }), fc.constantFrom(0, 1, '\t'));
    fc.assert(
      fc.property(notebook, parts, ([cells, indentation], ids) => {
        readAny('r.ipynb', JSON.stringify({ cells, metadata: {} }, null, indentation), ids);
      }),
      { numRuns: 300 },
    );
  });

  it('take a damaged notebook for one, or refuse it', () => {
    const whole = JSON.stringify({ cells: [{ cell_type: 'markdown', source: ['7. (a) It \\"rises\\".\n', 'b'] }] });
    fc.assert(
      fc.property(
        fc.nat(whole.length),
        fc.nat(whole.length),
        fc.constantFrom('', '"', '{', '\\', 'x'),
        (at, length, by) => {
          readAny('r.ipynb', whole.slice(0, at) + by + whole.slice(at + (length % 5)), PARTS);
        },
      ),
    );
  });

  /** Each is read without a limit on time, and is short enough for what grows with the square of the length. */
  const hostile: readonly (readonly [name: string, text: string])[] = [
    ...[
      '{',
      '}',
      '\\textbf{',
      '\\begin{a}',
      '\\begin{enumerate}\\item ',
      '\\[',
      '\\(a ',
      '$a ',
      '$$a',
      '\\begin{align}',
    ].map((piece) => ['r.tex', piece.repeat(50_000 / piece.length)] as const),
    ...[
      '\\verb|a',
      '\\begin{verbatim}',
      '\\begin{minted}{a}',
      '\\lstinline[',
      '\\item[',
      '\\iffalse ',
      '\\"',
      "`'",
      '%\n',
    ].map((piece) => ['r.tex', piece.repeat(50_000 / piece.length)] as const),
    ['r.tex', '{'.repeat(25_000) + '}'.repeat(25_000)],
    ['r.tex', `\\begin{tabular}{l}${'a&'.repeat(25_000)}`],
    ['r.tex', `\\newcommand{\\a}{\\b\\b}\\newcommand{\\b}{\\a\\a}${'$\\a$'.repeat(10_000)}`],
    // Nothing comes of it, a hundred to the power of five times.
    [
      'r.tex',
      'abcde'.replace(
        /./g,
        (name) => `\\newcommand{\\${name}}{${`\\${String.fromCharCode(name.charCodeAt(0) + 1)}`.repeat(100)}}`,
      ) + '\\newcommand{\\f}{}$\\a$',
    ],
    ['r.tex', `\\newcommand{\\a}[1]{#1#1}${'\\a{'.repeat(10_000)}`],
    ['r.tex', `\\newcommand{\\a}[1]{\\a{#1}\\a{#1}\\a{#1}}${'\\a{x} '.repeat(1_000)}`],
    ['r.tex', `\\newcommand{\\a}[1]{${'#1'.repeat(100)}}${'\\a{'.repeat(30)}x${'}'.repeat(30)}`],
    ['r.tex', `\\newcommand{\\a}[1]{#1#1}$${'\\a{'.repeat(200)}x${'}'.repeat(200)}$`.repeat(50)],
    ...['$5 ', '*a _b ](', '- ', 'Page 1\n\f', '$x', '---\na\n', '<', '    a\n\n'].map(
      (piece) => ['r.txt', piece.repeat(50_000 / piece.length)] as const,
    ),
    ['r.txt', Array.from({ length: 400 }, (_, i) => `${' '.repeat(i)}- a\n`).join('')],
    ['r.ipynb', JSON.stringify({ cells: [{ cell_type: 'markdown', source: '\n"\\é'.repeat(5_000) }] })],
    ['r.ipynb', JSON.stringify({ cells: Array.from({ length: 5_000 }, () => ({ cell_type: 'code', source: 'x' })) })],
  ];
  for (const [name, text] of hostile) {
    it(`come to an end with ${JSON.stringify(text.slice(0, 30))} again and again in ${name}`, () => {
      readAny(name, text, PARTS);
    });
  }
});
