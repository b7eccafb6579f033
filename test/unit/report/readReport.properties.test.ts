import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Problem } from '../../../src/core/problem';
import { readReport } from '../../../src/core/report/readReport';
import { LineIndex } from '../../../src/core/text';

const PARTS = '1 2a 2b 3a 3b 4 5 6a 6b 6c 7a 7b 8a 8b 8c 8d 9a 9b 9c 10a 10b'.split(' ');

interface Style {
  /** Before the first part of a question, or before the answer of a question without parts. */
  readonly question: (number: string) => string;
  /** Before a part; the first one of a question follows the question's marker. */
  readonly part: (letter: string) => string;
  /** Whether number and letter stand in one marker, which then comes before every part. */
  readonly joined?: (number: string, letter: string) => string;
  /** Between a question's marker and its first part. */
  readonly gap: string;
}

const question = fc.constantFrom<Style['question']>(
  (n) => `${n}.`,
  (n) => `${n})`,
  (n) => `Q${n})`,
  (n) => `Q${n}:`,
  (n) => `**${n}.**`,
  (n) => `**Question ${n}**`,
  (n) => `Question ${n}.`,
  (n) => `Exercise ${n}:`,
);
const part = fc.constantFrom<Style['part']>(
  (l) => `(${l})`,
  (l) => `${l})`,
  (l) => `${l}.`,
  (l) => `**${l}.**`,
  (l) => `**(${l})**`,
  (l) => `*${l})*`,
  (l) => `${l.toUpperCase()})`,
  (l) => `Part ${l}:`,
);
const joined = fc.constantFrom<NonNullable<Style['joined']>>(
  (n, l) => `${n}${l}.`,
  (n, l) => `${n}${l})`,
  (n, l) => `**${n}${l}**`,
  (n, l) => `${n}(${l})`,
  (n, l) => `${n}. (${l})`,
  (n, l) => `${n}) **${l})**`,
  (n, l) => `Q${n}${l}:`,
  (n, l) => `${n}.${l}.`,
);
const style: fc.Arbitrary<Style> = fc.oneof(
  fc.record({ question, part, gap: fc.constantFrom(' ', '\n\n') }),
  fc.record({ question, part, joined, gap: fc.constant(' ') }),
  fc.constantFrom<Style>(
    { question: (n) => `## Question ${n}\n\n`, part: (l) => `### ${l})\n\n`, gap: '' },
    { question: (n) => `# ${n}.\n\n`, part: (l) => `## (${l})\n\n`, gap: '' },
    { question: (n) => `## ${n}\n\n`, part: (l) => `**${l}.** `, gap: '' },
    { question: (n) => `### ${n}\n\n`, part: (l) => l, joined: (n, l) => `### ${n}${l}\n\n`, gap: '' },
  ),
);

const STEPS = '1. first multiply\n2. then add\n3. then divide';

const paragraph = fc.constantFrom(
  'Accuracy rises at first and falls later.',
  'It costs $O(n^2 d)$, as $QK^\\top$ is $n \\times n$.',
  'A network of 2 layers\nwith 3 units each needs\nless than (a) and (b) suggest.',
  'See `7. (b)` in the notes.',
  'I think so; e.g. a filter of 3x3 pixels.',
  '- nearby pixels\n- the same filter',
  STEPS,
  '$$\nL = \\sum_i x_i\n$$',
  '```python\nloss.backward()\n# 4. step\n```',
  '| n | d |\n|---|---|\n| 1 | 2 |',
  'No.',
);
const body = fc
  .tuple(
    fc.constantFrom('It depends on the data.', 'Yes, since $d \\ll n$.', 'Bob is wrong.'),
    fc.array(paragraph, { maxLength: 3 }),
  )
  .map(([first, more]) => [first, ...more].join('\n\n'));

/**
 * A whole report, or one with parts missing and no numbered steps: where a question is missing, people cannot tell
 * either whether the `1. 2. 3.` before it are steps.
 */
const report = fc
  .record({
    style,
    bodies: fc.array(body, { minLength: PARTS.length, maxLength: PARTS.length }),
    missing: fc.uniqueArray(fc.constantFrom(...PARTS), { maxLength: 4 }),
  })
  .map(({ style: { question: ask, part: mark, joined: join, gap }, bodies, missing }) => {
    let open = '';
    const clean = (text = ''): string => (missing.length > 0 ? text.replaceAll(STEPS, 'So be it.') : text);
    const answers = PARTS.map((id, i) => ({ id, body: clean(bodies[i]) })).filter(({ id }) => !missing.includes(id));
    const sections = answers.map(({ id, body: text }) => {
      const [, number = '', letter = ''] = /^(\d+)(\w?)$/.exec(id) ?? [];
      const isNew = open !== number;
      open = number;
      if (letter === '') return `${ask(number)} ${text}`;
      if (join) return `${join(number, letter)} ${text}`;
      return `${isNew ? ask(number) + gap : ''}${mark(letter)} ${text}`;
    });
    return { answers, text: `${sections.join('\n\n')}\n` };
  });

/** Words, without what tells Markdown's blocks apart: indentation is checked elsewhere. */
const words = (text: string): string[] => text.split(/\s+/).filter(Boolean);

const fragment = fc.constantFrom(
  ...[
    '\n',
    '\n\n',
    ' ',
    '   ',
    '\t',
    '\r\n',
    '\r',
    '> ',
    '- ',
    '1. ',
    '7. ',
    '(b) ',
    '**a.**',
    '## ',
    'Question 7',
    'Q7) a)',
    'b)',
  ],
  ...[
    '$',
    '$$',
    '$$\n',
    '`',
    '```\n',
    '~~~',
    '<!--',
    '-->',
    '<b>',
    '<script>',
    '|',
    '|-|',
    '*',
    '_',
    '\\',
    '7.2',
    'ii)',
    '---',
    '===',
    'text',
    '\uFEFF',
    '\0',
    '🙂',
  ],
);
const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(fragment, { maxLength: 60 }).map((pieces) => pieces.join('')),
);

function readAny(text: string, parts: readonly string[] | null): ReturnType<typeof readReport> | null {
  try {
    return readReport('r.md', text, parts);
  } catch (thrown) {
    assert.ok(thrown instanceof Problem && thrown.code === 'file.empty', String(thrown));
    return null;
  }
}

function assertMapped(text: string, { parts }: ReturnType<typeof readReport>): void {
  const index = new LineIndex(text);
  let before = 0;
  for (const answer of parts) {
    assert.ok(answer.span.start >= before && answer.span.end <= text.length, 'answers in order, inside the text');
    assert.ok(text.slice(0, answer.span.start).includes(answer.heading), 'the marker stands before the answer');
    assert.deepEqual(index.spanOf(answer.range), answer.span);
    assert.equal(answer.text, answer.text.trim());
    let length = 0;
    let source = answer.span.start;
    for (const run of answer.runs) {
      assert.equal(run.text, length);
      assert.ok(run.length > 0 && run.source >= source && run.source + run.length <= answer.span.end);
      assert.equal(answer.text.slice(run.text, run.text + run.length), text.slice(run.source, run.source + run.length));
      length += run.length;
      source = run.source + run.length;
    }
    assert.equal(length, answer.text.length);
    for (const formula of answer.formulas) {
      const span = index.spanOf(formula.range);
      assert.ok(span.start >= answer.span.start && span.end <= answer.span.end);
      assert.match(text.slice(span.start, span.end), /^\$[^]*\$$/);
    }
    before = answer.span.end;
  }
  assert.equal(new Set(parts.map(({ id }) => id)).size, parts.length);
}

describe('readReport, for all reports', function () {
  this.timeout(120_000);

  it('finds the parts of a report in any style', () => {
    fc.assert(
      fc.property(report, ({ text, answers }) => {
        const found = readReport('r.md', text, PARTS);
        assertMapped(text, found);
        assert.deepEqual(
          found.parts.map(({ id, text: answer }) => [id, words(answer)]),
          answers.map(({ id, body: answer }) => [id, words(answer)]),
        );
      }),
      { numRuns: 200, seed: 7 },
    );
  });

  it('maps whatever it finds in any text, and throws nothing but that a file is empty', () => {
    fc.assert(
      fc.property(anything, fc.constantFrom(PARTS, null, ['1'], ['x', '3', '3'], []), (text, parts) => {
        const found = readAny(text, parts);
        if (found) assertMapped(text, found);
      }),
      { numRuns: 1000 },
    );
  });

  const hostile: Readonly<Record<string, string>> = {
    'one line of stars': '*'.repeat(200_000),
    'stars between words': '**a* '.repeat(40_000),
    'nested quotes': '>'.repeat(200_000),
    'nested lists in one line': `${'- '.repeat(100_000)}a`,
    'lists nested line by line': Array.from({ length: 200 }, (_, i) => `${' '.repeat(2 * i)}- a\n`).join(''),
    'open comments': 'a <!-- '.repeat(30_000),
    dollars: Array.from({ length: 600 }, (_, i) => '$'.repeat(i)).join(' a '),
    'open brackets': '![]('.repeat(50_000),
    'formulas that never end': '$$\n\n'.repeat(10_000),
    'fences that never end': '```x\n\n'.repeat(5_000),
    'many items': '- a\n'.repeat(50_000),
    'many markers': '(b) a.\n'.repeat(20_000),
    underlines: 'a\n---\n'.repeat(5_000),
  };
  for (const [name, text] of Object.entries(hostile)) {
    it(`comes to an end with ${name}`, () => {
      const found = readReport('r.md', text, PARTS);
      assert.deepEqual(found.parts, []);
    });
  }
});
