import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Problem } from '../../../src/core/problem';
import { readReport } from '../../../src/core/report/readReport';
import type { Report } from '../../../src/core/report/report';
import { assertPlaces } from './assertPlaces';

const PARTS = '1 2a 2b 3a 3b 4 5 6a 6b 6c 7a 7b 8a 8b 8c 8d 9a 9b 9c 10a 10b'.split(' ');

/** Part, its marker, the one-based line on which the answer begins, its first and its last words. */
type Expected = readonly [id: string, heading: string, line: number, first: string, last: string];

interface Fixture {
  readonly expected: readonly Expected[];
  /** But for parts that are missing: code, part and one-based line. */
  readonly warnings?: readonly (readonly [code: string, part: string, line: number])[];
}

const NESTED = '\\item\n  \\begin{enumerate}\n  \\item';

/** What a person finds in each of test/fixtures/reports, written down by hand. */
const FIXTURES: Readonly<Record<string, Fixture>> = {
  'enumerate.tex': {
    expected: [
      ['1', '\\item', 12, 'It rises at first, as “few” numbers', 'an image—then it falls.'],
      ['2a', NESTED, 17, 'Any continuous $f$,', 'on a bounded set.'],
      ['2b', '\\item', 22, 'Depth is *much* cheaper:\n\n- 5% of', '- the same error.'],
      ['3a', '\\item \\begin{enumerate} \\item', 29, 'Bob.', 'Bob.'],
      ['3b', '\\item', 29, 'Locality, in two steps:\n\ni. neighbours', 'ii. sharing.'],
      ['4', '\\item', 36, '', ''],
      ['5', '\\item', 38, 'Gradients need a scalar, see `loss_fn`', '# 6. (a)\n```'],
      ['6a', '\\item', 45, 'Assumptions.', 'before the data.'],
      ['6b', '\\item', 48, 'Locality.', 'Locality.'],
      ['6c', '\\item', 49, 'Few data.', 'Few data.'],
    ],
    warnings: [['report.empty-part', '4', 36]],
  },
  'sections.tex': {
    expected: [
      ['1', '\\section*{Question 1}', 8, 'It rises', 'Accuracy over $d$.'],
      ['2a', '\\subsection*{(a)}', 17, 'Any $f \\colon \\mathbb{R}^n', "Schrödinger's naïve café."],
      ['2b', '\\subsection*{(b)}', 19, 'Depth is cheaper:\n\n$$\n2^n', 'units.'],
      ['3a', '\\textbf{3 (a)}', 22, 'Bob: look at', '`x[i]_j`.'],
      ['3b', '\\textbf{3 (b)}', 24, 'Locality.', '(And sharing.)'],
      ['4', '\\section*{4}', 27, 'Slower.', 'Slower.'],
      ['5', '\\section*{5}', 29, 'Gradients.\nThey', '$1 \\times 1$ loss.'],
      ['7a', '\\paragraph{(a)}', 33, 'We multiply:', 'Together $O(n^2d)$.'],
      ['7b', '\\paragraph{(b)}', 39, 'It costs', '| linear | $O(nd^2)$ |'],
      ['9a', '\\item[9a]', 50, '$\\operatorname{KL} \\ge 0$.', '$\\operatorname{KL} \\ge 0$.'],
      ['9b', '\\item[9b]', 51, 'An integral.', 'An integral.'],
      ['9c', '\\item[(c)]', 52, 'Nearly … zero.', 'Nearly … zero.'],
    ],
  },
  'labels.tex': {
    expected: [
      ['1', '\\item', 7, 'It rises', 'then falls.'],
      ['2a', NESTED, 10, 'Any', 'function.'],
      ['2b', '\\item', 11, 'Depth', 'the first lecture.'],
      ['3a', NESTED, 20, 'Bob.', 'Bob.'],
      ['3b', '\\item', 21, 'Locality.', 'Locality.'],
      ['5', '\\item', 24, 'Gradients', 'a scalar.'],
      ['6a', '\\item \\begin{enumerate}[(i)]\n  \\item', 28, 'Assumptions.', 'Assumptions.'],
      ['6b', '\\item', 29, 'Locality.', 'Locality.'],
      ['6c', '\\item', 30, 'Few data.', 'Few data.'],
      ['7a', `${NESTED}[(a)]`, 38, 'It costs', '$O(n^2d)$.'],
      ['7b', '(b)', 39, 'It costs', '$O(nd^2)$.'],
    ],
  },
  'broken.tex': {
    expected: [
      ['1', '\\item', 4, 'It rises,', 'then falls.'],
      ['2a', '\\item\n\\begin{enumerate}\n\\item', 7, 'Any \\$f', '.'],
      ['2b', '\\item', 8, 'No.', 'x^2'],
      ['3a', '\\item\n\\begin{enumerate}\n\\item', 12, 'Bob', 'pays 5\\$ for it.'],
      ['3b', '\\item', 13, 'Locality.', 'of the filter'],
      ['4', '\\item', 16, 'Slower.', 'a'],
      ['5', '\\item', 17, 'Gradients need a', 'enumerate'],
    ],
  },
  'wrapped.txt': {
    expected: [
      ['1', '1.', 3, 'It rises', 'costs \\$5 or\n\\$10 to \\*try\\*.'],
      ['2a', '2. a)', 7, 'Any continuous function $f$', 'see\n\\`phi\\` and snake_case.'],
      ['2b', 'b)', 9, 'Depth', 'fewer units,\nso no code'],
      ['3a', 'Question 3a:', 14, 'Bob.', 'Bob.'],
      ['3b', 'Question 3b:', 15, 'Locality, \\<b>in\\</b> two\nsteps:\n1) neighbours', '2) sharing'],
      ['4', '4)', 21, 'Slower.', 'Slower.'],
      ['5', '5 -', 23, 'Gradients', 'scalar.'],
      ['6a', '6a -', 27, 'Assumptions.', 'Assumptions.'],
      ['6b', '6b -', 28, 'Locality.', 'Locality.'],
      ['6c', '6c -', 29, 'Few data:', '- cheap\n- small'],
      ['7a', '7.1', 33, 'It costs', 'O(n^2 d).'],
      ['7b', '7.2', 35, 'It costs $$O(n d^2)$$', '[see\\](there).'],
      ['8a', '**8a.**', 37, 'How much.', 'How much.'],
      ['8b', '**8b.**', 39, 'One word.', 'One word.'],
      ['8c', '8c.', 41, 'Several.', 'Several.'],
      ['8d', '8d.', 42, 'Rows.', 'Rows.'],
      ['9a', '(i)', 47, 'Never', 'negative.'],
      ['9b', '(ii)', 48, 'An', 'integral.'],
      ['9c', '(iii)', 49, 'Nearly', 'zero.'],
    ],
  },
  'roman.txt': {
    expected: [
      ['1', 'I.', 1, 'It rises', 'then falls.'],
      ['2a', 'II. (a)', 3, 'Any', 'V: the values.'],
      ['2b', '(b)', 5, 'Depth', 'cheaper.'],
      ['3a', 'III. (a)', 7, 'Bob.', 'Bob.'],
      ['3b', '(b)', 9, 'Locality.', 'Locality.'],
      ['4', 'IV.', 11, 'Slower.', 'Slower.'],
      ['5', 'V.', 13, 'Gradients', 'a scalar.'],
      ['6a', 'VI. (a)', 15, 'Assumptions.', 'Assumptions.'],
      ['6b', '(b)', 17, 'Locality.', 'Locality.'],
      ['6c', '(c)', 19, 'Few data.', 'Few data.'],
    ],
  },
  'experiments.ipynb': {
    expected: [
      ['7a', '### 7.a', 37, 'Two products, so $O(n^2 d)$,\nas "they" say — see', '\\alpha\tand é 🙂.'],
      ['7b', '### 7.b', 78, '$$\nO(n d^2)\n$$', '$$\nO(n d^2)\n$$'],
      ['1', '### 1', 89, 'It rises', 'then falls.'],
      ['2a', '### 2.a', 116, 'Any', 'function.'],
      ['2b', '### 2.b', 126, 'Depth', '- the same error'],
    ],
    warnings: [['report.out-of-order', '1', 88]],
  },
};

function fixture(name: string): string {
  return readFileSync(`test/fixtures/reports/${name}`, 'utf8');
}

function assertFound({ parts }: Report, expected: readonly Expected[]): void {
  assert.deepEqual(
    parts.map(({ id, heading, range, text }, i) => {
      const [, , , first = '', last = ''] = expected[i] ?? [];
      return [id, heading, range.start.line + 1, text.slice(0, first.length), last && text.slice(-last.length)];
    }),
    expected,
  );
}

const withWindowsEnds = (text: string): string => text.replaceAll('\n', '\r\n');

describe('reports in other formats than Markdown', () => {
  for (const [name, { expected, warnings = [] }] of Object.entries(FIXTURES)) {
    it(`have the parts of ${name}`, () => {
      const text = fixture(name);
      const report = readReport(name, text, PARTS);
      assertFound(report, expected);
      assertPlaces([text], report);
      assert.deepEqual(
        report.warnings
          .filter(({ code }) => code !== 'report.missing-part')
          .map(({ code, data, range }) => [code, data.part, range.start.line + 1]),
        warnings,
      );
    });
  }

  for (const name of Object.keys(FIXTURES).filter((file) => !file.endsWith('.ipynb'))) {
    it(`have the same parts of ${name} with Windows line ends and a byte order mark`, () => {
      const text = `\uFEFF${withWindowsEnds(fixture(name))}`;
      const report = readReport(name, text, PARTS);
      assertPlaces([text], report);
      const words = (own: string): string => own.replaceAll('\r\n', '\n');
      assert.deepEqual(
        report.parts.map((part) => words(part.text)),
        readReport(name, fixture(name), PARTS).parts.map((part) => part.text),
      );
      assertFound(
        {
          ...report,
          parts: report.parts.map((part) => ({ ...part, text: words(part.text), heading: words(part.heading) })),
        },
        FIXTURES[name]?.expected ?? [],
      );
    });
  }

  for (const name of ['enumerate.tex', 'roman.txt', 'experiments.ipynb']) {
    it(`have the parts of ${name} without a known assignment`, () => {
      assert.deepEqual(
        readReport(name, fixture(name), null).parts.map(({ id }) => id),
        FIXTURES[name]?.expected.map(([id]) => id),
      );
    });
  }

  it('follow from the ending, in any case', () => {
    const formats = ['a.md', 'a.MARKDOWN', 'a.TeX', 'a.b.txt', 'a.ipynb'].map((name) => {
      return readReport(name, name.endsWith('.ipynb') ? '{"cells": []}' : '1. Yes.', ['1']).format;
    });
    assert.deepEqual(formats, ['markdown', 'markdown', 'latex', 'text', 'notebook']);
    for (const name of ['a.docx', 'a.constructor', 'md', '.md.pdf', '']) {
      assert.throws(
        () => readReport(name, '1. Yes.', ['1']),
        (thrown) => thrown instanceof Problem && thrown.code === 'file.format' && thrown.data.file === name,
      );
    }
  });
});
