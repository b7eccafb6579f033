import assert from 'node:assert/strict';
import { fromMarkdown } from 'mdast-util-from-markdown';
import fc from 'fast-check';
import { pageLines } from '../../../src/core/report/pageLines';
import { readReport } from '../../../src/core/report/readReport';
import { transcribe } from '../../../src/core/report/transcribe';

const markdown = (text: string): string => transcribe('text', { path: 'r.txt', text }, {}).text;

describe('plain text as Markdown', () => {
  it('means what stands there', () => {
    for (const [text, expected] of [
      ['*a* **b** _c_ __d__ snake_case 2 * 3', '\\*a\\* \\*\\*b\\*\\* \\_c\\_ \\_\\_d\\_\\_ snake_case 2 * 3'],
      ['`a` ```', '\\`a\\` \\`\\`\\`'],
      ['a < b <b> <!-- c -->', 'a < b \\<b> \\<!-- c -->'],
      ['[a](b) [c]: d x[1]', '[a\\](b) [c\\]: d x[1]'],
      ['\\alpha \\* C:\\dir', '\\alpha \\\\\\* C:\\dir'],
      ['&amp; a & b', '\\&amp; a & b'],
      ['~~~ ~a', '\\~\\~~ ~a'],
      ['    a\n\n        b', 'a\n\nb'],
      ['1. a\n   b\n\n   c\n\nd', '1. a\n   b\n\n   c\n\nd'],
      ['  - a\n      - b\n  - c\n\n      d', '- a\n  - b\n- c\n\n  d'],
      ['•\ta', '- a'],
      ['a long line of a paragraph\n-----\nb', 'a long line of a paragraph\n\n---\n\nb'],
      ['Question 7\n==========\nb', 'Question 7\n==========\nb'],
    ] as const) {
      assert.equal(markdown(text), expected, text);
    }
  });

  it('has formulas where dollars hold TeX, and money elsewhere', () => {
    const text =
      '1. Of $5 and $10 it takes $n^2$, $O(n)$, $x$ and $\\alpha$\nor $$a\n= b$$ but not $ 7 $ or $HOME/bin$.';
    const [answer] = readReport('r.txt', text, ['1']).parts;
    assert.deepEqual(
      answer?.formulas.map(({ latex, display }) => [latex, display]),
      [
        ['n^2', false],
        ['O(n)', false],
        ['x', false],
        ['\\alpha', false],
        ['a\n= b', true],
      ],
    );
    assert.ok(answer.text.startsWith('Of \\$5 and \\$10 it'));
  });

  it('never has emphasis, code, links or HTML', () => {
    const piece = fc.constantFrom(
      '*',
      '**',
      '_',
      '`',
      '```',
      '<b>',
      '<!--',
      '[a]',
      '(b)',
      ': ',
      '\n',
      '\n\n',
      '    ',
      'a',
      ' ',
      '\\',
      '&lt;',
      '- ',
      '~~~',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const types = new Set<string>();
        const visit = (node: { type: string; children?: readonly { type: string }[] }): void => {
          types.add(node.type);
          node.children?.forEach(visit);
        };
        visit(fromMarkdown(markdown(pieces.join(''))));
        for (const type of ['emphasis', 'strong', 'inlineCode', 'code', 'link', 'definition', 'html']) {
          assert.ok(!types.has(type), type);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('what is left between pages', () => {
  const left = (text: string): string[] => pageLines(text).map(({ start, end }) => text.slice(start, end));

  it('is their numbers', () => {
    for (const line of [
      'Page 3 of 9',
      ' page 12',
      '- 4 -',
      '3 of 9',
      'Jane Doe     Page 3/9',
      '| Page 2',
      'p. 7',
      'Page 1 of 2 | Jane',
    ]) {
      assert.deepEqual(left(`a\n${line}\nb\n`), [`${line}\n`], line);
    }
  });

  it('is no number of a question, no sentence and no step', () => {
    for (const line of ['3', '7.', 'as on page 3', 'Page 3 shows it.', '1/2', '- 4 is even', 'page', '2 of 3 say so']) {
      assert.deepEqual(left(`a\n${line}\nb\n`), [], line);
    }
  });

  it('is a head that comes again beside numbers or form feeds, but no marker', () => {
    const page = 'Deep Learning homework\n\nQuestion 7\ntext\nPage 1\n\f';
    assert.deepEqual(left(page.repeat(3)).filter((line) => line.includes('Deep')).length, 3);
    assert.ok(left(page.repeat(3)).every((line) => !line.startsWith('Question') && !line.startsWith('text')));
    assert.deepEqual(left('Deep Learning homework\n\ntext\n'), []);
  });

  it('is left out of answers in Markdown as well', () => {
    const text = '1. It rises, then\n\nPage 2 of 9\n\nit falls.\n';
    const [answer] = readReport('r.md', text, ['1']).parts;
    assert.equal(answer?.text, 'It rises, then\n\n\nit falls.');
    assert.deepEqual(answer.runs, [
      { text: 0, source: 3, length: 16 },
      { text: 16, source: 31, length: 10 },
    ]);
  });
});
