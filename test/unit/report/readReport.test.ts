import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Problem } from '../../../src/core/problem';
import { readReport } from '../../../src/core/report/readReport';
import type { Report } from '../../../src/core/report/report';
import { LineIndex } from '../../../src/core/text';

const PARTS = '1 2a 2b 3a 3b 4 5 6a 6b 6c 7a 7b 8a 8b 8c 8d 9a 9b 9c 10a 10b'.split(' ');
const FIRST_FIVE = PARTS.slice(0, 7);

/** Part, its marker, the one-based line on which the answer begins, its first and its last words. */
type Expected = readonly [id: string, heading: string, line: number, first: string, last: string];

interface Fixture {
  readonly parts: readonly string[];
  readonly expected: readonly Expected[];
  /** Code, part and one-based line. */
  readonly warnings?: readonly (readonly [code: string, part: string, line: number])[];
}

/** What a person finds in each of test/fixtures/reports, written down by hand. */
const FIXTURES: Readonly<Record<string, Fixture>> = {
  converted: {
    parts: PARTS,
    expected: [
      ['1', '1.', 8, 'Few latent numbers', 'copies the input.'],
      ['2a', '2. **(a)**', 12, 'One hidden layer', 'on a bounded set.'],
      ['2b', '(b)', 18, 'No.', 'Depth saves units.'],
      ['3a', '3. (a)', 20, 'Bob.', 'to learn them.'],
      ['3b', '(b)', 24, 'It is linear', 'but local.'],
      ['4', '4.', 25, 'The old gradients', 'would never fade.'],
      ['5', '5.', 27, 'Because one number', '`backward()` complains.'],
      ['6a', '6. **a.**', 31, 'What a learner', 'it sees data.'],
      ['6b', 'b.', 32, 'Nearby pixels', 'used everywhere.'],
      ['6c', 'c.', 36, 'Good', 'few data.'],
      ['7a', '7. **a.**', 38, 'We go through', 'Together $O(n^2d)$.'],
      ['7b', 'b.', 44, 'Three steps:', 'So it is $O(nd^2)$.'],
      ['8a', '8. **a.**', 52, 'How much', 'at another.'],
      ['8b', '- b.**', 53, 'One word', 'example names.'],
      ['8c', '- c.**', 54, 'Several words', 'as in idioms.'],
      ['8d', '- d.**', 56, 'Rows', 'sum to one.'],
      ['9a', '9. **(a)**', 57, 'It is', 'never negative.'],
      ['9b', '(b)', 59, 'It has', 'over all paths.'],
      ['9c', '(c)', 61, 'It is', 'nearly zero.'],
      ['10a', '10. **a.**', 63, 'No, the decoder', 'such vectors.'],
      ['10b', 'b.', 65, 'Yes, the KL', 'sees to it.'],
    ],
  },
  headings: {
    parts: FIRST_FIVE,
    expected: [
      ['1', '## Question 1', 7, 'It rises', 'then falls.'],
      ['2a', '### (a) What it says', 13, 'Any', 'function.'],
      ['2b', '### (b)', 17, 'Depth', 'cheaper.'],
      ['3a', '### a)', 21, 'Bob, for', 'the lecture.'],
      ['3b', '### b) Alice forgets something', 25, 'Locality.', 'Weight sharing too.'],
      ['4', '## Question 4', 34, 'Slower.', 'Slower.'],
      ['5', 'Question 5\n----------', 39, 'Gradients', 'a scalar.'],
    ],
  },
  bold: {
    parts: PARTS.slice(0, 10),
    expected: [
      ['1', '**1.**', 1, 'It rises', 'then falls.'],
      ['2a', '**2a.**', 3, 'Any', 'function.'],
      ['2b', '**2b)**', 5, 'Depth', 'cheaper.'],
      ['3a', '**Question 3 (a)**', 7, 'Bob.', 'Bob.'],
      ['3b', '**(b)', 9, 'Alice forgets locality. And', '*weight sharing*.'],
      ['4', '**Q4:**', 11, 'Slower.', 'Slower.'],
      ['5', '__5__', 15, 'Gradients', 'a scalar.'],
      ['6a', '**6** **a)**', 17, 'Assumptions.', 'Assumptions.'],
      ['6b', '**b**:', 19, 'Locality.', 'Locality.'],
      ['6c', '**c** –', 21, 'Few data.', 'Few data.'],
    ],
  },
  inline: {
    parts: PARTS.slice(0, 10),
    expected: [
      ['1', 'Q1)', 1, 'It rises', 'then falls.'],
      ['2a', 'Q2) a)', 3, 'Any', 'function.'],
      ['2b', 'b)', 5, 'Depth', 'cheaper.'],
      ['3b', 'Q3) b)', 7, '(i) local', 'ran out.'],
      ['4', 'Q4)', 9, 'Slower.', 'Slower.'],
      ['5', 'Q5)', 10, 'Gradients', 'a scalar.'],
      ['6a', 'Q6) a)', 12, 'Assumptions.', 'Assumptions.'],
      ['6b', 'b)', 13, 'Locality.', 'Locality.'],
      ['6c', 'c)', 14, '+ few data', 'wrong bias'],
    ],
    warnings: [['report.missing-part', '3a', 5]],
  },
  dotted: {
    parts: PARTS.slice(0, 6),
    expected: [
      ['1', '## 1 Latents', 3, 'It rises', 'nothing happens.'],
      ['2a', '## 2.1 The theorem', 7, 'Any', '3.2 million units.'],
      ['2b', '## 2.2', 12, 'Depth', 'cheaper.'],
      ['3a', '### 3.1 Choice', 18, 'Bob.', 'Bob.'],
      ['3b', '### 3.2', 22, 'Locality.', 'Locality.'],
      ['4', '## 4', 26, 'Slower.', 'Slower.'],
    ],
  },
  roman: {
    parts: PARTS.slice(0, 10).filter((id) => id !== '5'),
    expected: [
      ['1', '1)', 1, 'It rises', 'then falls.'],
      ['2a', '2) (i)', 3, 'Any', 'function.'],
      ['2b', '(ii)', 5, 'Depth', 'cheaper.'],
      ['3a', 'i.', 9, 'Bob.', 'Bob.'],
      ['3b', 'ii.', 11, 'Locality, which', 'do not matter.'],
      ['4', '4)', 15, 'Slower.', 'Slower.'],
      ['6a', '6) i)', 17, 'Assumptions.', 'Assumptions.'],
      ['6b', 'ii)', 19, 'Locality.', 'Locality.'],
      ['6c', 'iii)', 21, 'Few data.', 'Few data.'],
    ],
  },
  nested: {
    parts: FIRST_FIVE,
    expected: [
      ['1', '1.', 1, 'It rises', 'then falls.'],
      ['2a', '1.', 3, 'Any', '- on a bounded set'],
      ['2b', '2.', 6, 'Depth', 'cheaper.'],
      ['3a', '3. - a)', 7, 'Bob.', 'Bob.'],
      ['3b', '- b)', 8, 'Locality.', '2. filters are small'],
      ['4', '4.', 14, 'Slower', '2. compare'],
      ['5', '5.', 17, 'Gradients', 'a scalar.'],
    ],
  },
  ones: {
    parts: FIRST_FIVE,
    expected: [
      ['1', '1.', 1, 'It rises', 'then falls.'],
      ['2a', '1. (a)', 2, 'Any', 'function.'],
      ['2b', '(b)', 4, 'Depth', 'cheaper.'],
      ['3a', '1. (a)', 5, 'Bob.', 'Bob.'],
      ['3b', '(b)', 7, 'Locality.', 'Locality.'],
      ['4', '1.', 8, 'Slower.', 'Slower.'],
      ['5', '1.', 9, 'Gradients', 'a scalar.'],
    ],
  },
  hidden: {
    parts: PARTS.slice(0, 5),
    expected: [
      ['1', '1.', 1, 'It rises', '```'],
      ['2a', '2. (a)', 7, 'Any', '(b) not an answer, but code'],
      ['2b', '(b)', 23, 'Depth', '>this</b>.'],
      ['3a', '3. (a)', 27, 'Bob.', 'Bob.'],
      ['3b', '(b)', 29, 'Locality.', 'Locality.'],
    ],
  },
  steps: {
    parts: FIRST_FIVE,
    expected: [
      ['1', '1.', 1, 'It rises', 'That is all.'],
      ['2a', '2. (a)', 12, 'Any', 'function.'],
      ['2b', '(b)', 14, 'Depth', 'b. fewer weights'],
      ['3a', '3. (a)', 19, 'Bob.', 'Bob.'],
      ['3b', '(b)', 21, 'Locality. We', '(b) follows.'],
      ['4', '4.', 25, 'Slower.', '3. nothing'],
      ['5', '5.', 31, 'Gradients', 'a scalar.'],
    ],
  },
  quoted: {
    parts: PARTS.slice(0, 5),
    expected: [
      ['1', '1.', 1, 'It rises', 'then falls.'],
      ['2a', '2. (a)', 4, 'Any', 'function.'],
      ['2b', '(b)', 7, 'Depth', 'is cheaper.'],
      ['3a', '3. (a)', 10, 'Bob.', 'Bob.'],
      ['3b', '(b)', 12, 'Locality.', 'Locality.'],
    ],
  },
  slips: {
    parts: PARTS.slice(0, 8),
    expected: [
      ['1', '1.', 1, 'It rises', 'then falls.'],
      ['3a', '3. (a)', 3, 'Bob.', 'Bob.'],
      ['3b', '(b)', 5, 'Locality.', 'Locality.'],
      ['2a', '2. (a)', 7, 'Any', 'function.'],
      ['2b', '(b)', 9, '', ''],
      ['5', '5.', 11, 'Gradients', 'a scalar.'],
      ['6a', '6. (a)', 17, 'Assumptions.', 'Assumptions.'],
    ],
    warnings: [
      ['report.out-of-order', '2a', 7],
      ['report.empty-part', '2b', 9],
      ['report.repeated-part', '3a', 13],
      ['report.repeated-part', '3b', 15],
      ['report.missing-part', '4', 5],
    ],
  },
  broken: {
    parts: FIRST_FIVE,
    expected: [
      ['1', '1.', 1, 'It rises', '\\frac{1}{d'],
      ['2a', '2. (a)', 6, 'Any', 'function $f.'],
      ['2b', '(b)', 8, 'Depth', '<script>alert(1)'],
      ['3a', '3. (a)', 12, 'Bob.', '<b>Bob!'],
      ['3b', '(b)', 14, 'Locality:', 'nn.Conv2d('],
      ['4', '4.', 19, 'Slower.', '<!-- to do'],
      ['5', '5.', 23, 'Gradients', 'a scalar.'],
    ],
  },
  implied: {
    parts: PARTS.slice(0, 5),
    expected: [
      ['1', '1.', 1, 'It rises', 'then falls.'],
      ['2a', '2.', 3, 'The theorem', 'one hidden layer.'],
      ['2b', '(b)', 5, 'Depth', 'cheaper.'],
      ['3b', '(b)', 9, 'Locality.', 'Locality.'],
    ],
    warnings: [['report.missing-part', '3a', 5]],
  },
};

function fixture(name: string): string {
  return readFileSync(`test/fixtures/reports/${name}.md`, 'utf8');
}

/** A marker in mid-sentence and a list with its own count never end an answer, so first and last words settle it. */
function assertFound({ parts }: Report, expected: readonly Expected[]): void {
  assert.deepEqual(
    parts.map(({ id, heading, range, text }, i) => {
      const [, , , first = '', last = ''] = expected[i] ?? [];
      return [id, heading, range.start.line + 1, text.slice(0, first.length), last && text.slice(-last.length)];
    }),
    expected,
  );
}

describe('readReport', () => {
  for (const [name, { parts, expected, warnings = [] }] of Object.entries(FIXTURES)) {
    it(`finds the parts of ${name}.md`, () => {
      const report = readReport(`${name}.md`, fixture(name), parts);
      assertFound(report, expected);
      assert.deepEqual(
        report.warnings.map(({ code, data, range }) => [code, data.part, range.start.line + 1]),
        warnings,
      );
    });

    it(`finds the same in ${name}.md with Windows line ends and a byte order mark`, () => {
      const text = `\uFEFF${fixture(name).replaceAll('\n', '\r\n')}`;
      const withWindowsEnds = (part: Expected): Expected => [
        part[0],
        part[1].replace('\n', '\r\n'),
        part[2],
        part[3],
        part[4],
      ];
      assertFound(readReport(`${name}.md`, text, parts), expected.map(withWindowsEnds));
    });
  }

  for (const name of ['converted', 'headings', 'bold', 'inline', 'roman', 'ones', 'quoted', 'steps', 'broken']) {
    it(`finds the parts of ${name}.md without knowing the assignment`, () => {
      const { parts, warnings } = readReport(`${name}.md`, fixture(name), null);
      assert.deepEqual(
        parts.map(({ id }) => id),
        FIXTURES[name]?.expected.map(([id]) => id),
      );
      assert.deepEqual(warnings, []);
    });
  }

  it('gives the source range of an answer and of its formulas', () => {
    const text = fixture('converted');
    const lines = new LineIndex(text);
    const sliceOf = (range: Parameters<LineIndex['spanOf']>[0]): string => {
      const { start, end } = lines.spanOf(range);
      return text.slice(start, end);
    };
    const answer = readReport('converted.md', text, PARTS).parts.find(({ id }) => id === '2a');
    assert.ok(answer);
    assert.equal(
      sliceOf(answer.range),
      'One hidden layer is enough for any continuous $f$ and any $\\epsilon > 0$:\n\n$$|\\phi(x) - f(x)| < \\epsilon$$\n\non a bounded set.',
    );
    assert.deepEqual(
      answer.formulas.map(({ latex, display, range }) => [latex, display, sliceOf(range)]),
      [
        ['f', false, '$f$'],
        ['\\epsilon > 0', false, '$\\epsilon > 0$'],
        ['|\\phi(x) - f(x)| < \\epsilon', true, '$$|\\phi(x) - f(x)| < \\epsilon$$'],
      ],
    );
  });

  it('takes indentation out of displayed formulas', () => {
    const text = '7. (a) So:\n\n   $$\n   O(n^2\n   d)\n   $$\n';
    const [answer] = readReport('r.md', text, ['7a']).parts;
    assert.equal(answer?.text, 'So:\n\n$$\nO(n^2\nd)\n$$');
    assert.deepEqual(
      answer.formulas.map(({ latex, display }) => [latex, display]),
      [['O(n^2\nd)', true]],
    );
    assert.deepEqual(answer.formulas[0]?.range, { start: { line: 2, character: 3 }, end: { line: 5, character: 5 } });
  });

  it('maps text to source around removed indentation', () => {
    const text = '2. (a) One\n   two\n\n   - three\n';
    const [answer] = readReport('r.md', text, ['2a', '2b']).parts;
    assert.equal(answer?.text, 'One\ntwo\n\n- three');
    assert.deepEqual(answer.runs, [
      { text: 0, source: 7, length: 4 },
      { text: 4, source: 14, length: 5 },
      { text: 9, source: 22, length: 7 },
    ]);
  });

  it('takes no number of a section, sentence or decimal for a question', () => {
    const text = '1 Theory\n\n3D data and 2 layers\nneed 1.5 hours.\n\n1. Yes.\n\n4. In 2017, the\n1990s were over.\n';
    const { parts } = readReport('r.md', text, ['1', '2', '3', '4']);
    assert.deepEqual(
      parts.map(({ id, text: found }) => [id, found]),
      [
        ['1', 'Yes.'],
        ['4', 'In 2017, the\n1990s were over.'],
      ],
    );
  });

  it('keeps the first of repeated answers', () => {
    const { parts, warnings } = readReport('r.md', '4. First.\n\n5. Other.\n\n4. Second.\n', ['4', '5']);
    assert.deepEqual(
      parts.map(({ id, text }) => [id, text]),
      [
        ['4', 'First.'],
        ['5', 'Other.'],
      ],
    );
    assert.deepEqual(
      warnings.map(({ code, message, range }) => [code, message, range]),
      [
        [
          'report.repeated-part',
          '4 is answered again here. Drylab reads the first answer; remove or renumber the other.',
          { start: { line: 4, character: 0 }, end: { line: 4, character: 2 } },
        ],
      ],
    );
  });

  it('says once that a file is no report', () => {
    const readme =
      '# Tool\n\nUse it like this:\n\n1. Install it.\n2. Run it.\n3. Read what it says.\n\n## Licence\n\nMIT\n';
    for (const text of [readme, 'Hello.', '#', '$$', '> > >']) {
      const { parts, warnings } = readReport('x.md', text, PARTS);
      assert.deepEqual(parts, []);
      assert.deepEqual(
        warnings.map(({ code }) => code),
        ['report.no-parts'],
      );
    }
  });

  it('refuses an empty file', () => {
    for (const text of ['', ' \n\t\r\n', '\uFEFF']) {
      assert.throws(
        () => readReport('x.md', text, PARTS),
        (thrown) => thrown instanceof Problem && thrown.code === 'file.empty' && thrown.data.file === 'x.md',
      );
    }
  });
});

describe('the sample reports', () => {
  const read = (name: string): Report => readReport(name, readFileSync(`samples/${name}`, 'utf8'), PARTS);

  it('has all parts in the good one', () => {
    const { parts, warnings } = read('report-good.md');
    assert.deepEqual(
      parts.map(({ id }) => id),
      PARTS,
    );
    assert.deepEqual(warnings, []);
  });

  it('has a part missing, one out of order and one repeated in the flawed one', () => {
    const { parts, warnings } = read('report-flawed.md');
    assert.deepEqual(
      parts.map(({ id }) => id),
      '1 2a 2b 3a 3b 4 6a 6b 6c 8a 8b 8c 8d 7a 7b 9a 9b 9c 10a 10b'.split(' '),
    );
    assert.deepEqual(
      warnings.map(({ code, data }) => [code, data.part]),
      [
        ['report.out-of-order', '7a'],
        ['report.repeated-part', '4'],
        ['report.missing-part', '5'],
      ],
    );
  });
});
