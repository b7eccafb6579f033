import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Nodes } from 'mdast';
// Adds formulas to the types of mdast.
import type {} from 'mdast-util-math';
import { toString } from 'mdast-util-to-string';
import { jsonLines } from '../../../../src/core/check/output/jsonLines';
import { lineWords } from '../../../../src/core/check/output/lineWords';
import { markdown } from '../../../../src/core/check/output/markdown';
import { oneLine, shortened } from '../../../../src/core/check/output/oneLine';
import { plainText } from '../../../../src/core/check/output/plainText';
import { parseMarkdown } from '../../../../src/core/markdown/parseMarkdown';
import { ASSIGNMENT, checkedReport, CONTEXT, failedReport, FOUND, REPORT, written } from './someResults';

const RESULTS = [checkedReport('a.md'), failedReport('b.md'), checkedReport('c.md'), checkedReport('d.md')];

function parsed(text: string): Nodes[] {
  return [...parseMarkdown(text)].flatMap(({ nodes }) => nodes);
}

function within(node: Nodes): Nodes[] {
  return [node, ...('children' in node ? node.children.flatMap(within) : [])];
}

/** Nothing that loads, leads elsewhere or is HTML, but for the breaks between the places of a finding. */
function assertPlain(nodes: readonly Nodes[]): void {
  for (const node of nodes.flatMap(within)) {
    assert.ok(!['image', 'link', 'linkReference', 'imageReference'].includes(node.type), node.type);
    if (node.type === 'html') assert.equal(node.value, '<br>');
  }
}

describe('findings in formats that can be joined', () => {
  for (const [name, format] of Object.entries({ jsonLines, plainText, markdown })) {
    it(`joins slices of ${name} to the whole`, () => {
      const whole = written(format, RESULTS);
      fc.assert(
        fc.property(
          fc.integer({ min: 0, max: RESULTS.length }),
          fc.integer({ min: 0, max: RESULTS.length }),
          (a, b) => {
            const [first, second] = [Math.min(a, b), Math.max(a, b)];
            const slices = [RESULTS.slice(0, first), RESULTS.slice(first, second), RESULTS.slice(second)];
            assert.equal(slices.map((slice) => written(format, slice)).join(''), whole);
          },
        ),
        { numRuns: 20 },
      );
    });
  }
});

describe('findings as text', () => {
  const lines = written(plainText, [checkedReport()]).split('\n');

  it('begins with the points and how much there is of each verdict', () => {
    assert.equal(
      lines[0],
      'reports/anna.md: 3 of 9 points suggested; misconception 1, missing 1, unverified 1, supported 1, wrong formulas 1',
    );
  });

  it('gives each finding with its reason and its places, counted from one', () => {
    const at = lines.indexOf('    ! misconception  Attention is linear in n. [1a.m-linear]');
    assert.deepEqual(lines.slice(at + 1, at + 3), [
      '        It is misconception.',
      '        reports/anna.md:4:10 “it is linear in n”',
    ]);
    assert.ok(lines.includes('        reports/anna.md:3:26 It grows faster.'));
  });

  it('leaves out what is not mentioned, and names the parts without an answer once', () => {
    assert.doesNotMatch(lines.join('\n'), /1a\.softmax|2\.size/);
    assert.ok(lines.includes('  not answered: 2 (0 of 3)'));
  });

  it('tells of a report that cannot be checked', () => {
    assert.equal(
      written(plainText, [failedReport('gone.md')]),
      'gone.md: not checked\n  gone.md: no such file. Check the path.\n\n',
    );
  });

  it('lets no control character through, whatever a report and its name contain', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (wild) => {
        const found = FOUND.map((one) => (one.claim === '1b.order' ? { ...one, words: [] } : one));
        const text = written(plainText, [checkedReport(`${wild}.md`, REPORT.replace('No idea', wild), found)]);
        assert.doesNotMatch(text.replaceAll('\n', ''), /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      }),
      { numRuns: 50 },
    );
  });
});

describe('text on one line', () => {
  it('has no controls and no ends of lines', () => {
    assert.equal(oneLine('\u001b[31mred\r\n\tand\u202e back '), '[31mred and back');
  });

  it('is cut between words, and never within a character', () => {
    assert.equal(shortened('one two three', 9), 'one two …');
    assert.equal(shortened('short', 9), 'short');
    assert.equal(shortened('👍👍👍👍', 5), '👍👍 …');
  });
});

describe('the lines of places', () => {
  const at = (line: number, file?: string): Parameters<typeof lineWords>[0][number] => ({
    start: { line, character: 7 },
    ...(file !== undefined && { file }),
  });

  it('are counted from one and stand once, with the file where it is a further one', () => {
    assert.equal(lineWords([at(2)]), 'line 3');
    assert.equal(lineWords([at(2), at(2), at(4)]), 'lines 3, 5');
    assert.equal(lineWords([at(2), at(0, 'a/b.tex')]), 'line 3; a/b.tex, line 1');
  });
});

describe('findings as Markdown', () => {
  it('has a section for the report and for each part, with a table of its findings', () => {
    const nodes = parsed(written(markdown, [checkedReport()]));
    const headings = nodes.filter((node) => node.type === 'heading').map((node) => toString(node));
    assert.deepEqual(headings, ['reports/anna.md', '1a: 2 of 4', '1b: 1 of 2', 'Warnings']);
    const tables = nodes.filter((node) => node.type === 'table');
    const cells = tables.map(({ children }) => children.map((row) => row.children.map((cell) => toString(cell))));
    assert.deepEqual(cells[0]?.[1], ['1a', '2 of 4', 'misconception 1, supported 1, wrong formulas 1']);
    assert.deepEqual(cells[0]?.[3], ['2', '0 of 3', 'not answered']);
    assert.deepEqual(cells[1]?.[2], [
      '! misconception',
      'Attention is linear in n.',
      'It is misconception.',
      'line 4: “it is linear in n”',
    ]);
  });

  it('keeps the formulas of claims formulas', () => {
    const nodes = parsed(written(markdown, [checkedReport()])).flatMap(within);
    assert.ok(nodes.some((node) => node.type === 'inlineMath' && node.value === 'O(n^2 d)'));
  });

  it('shows what a report and its name contain as text, whatever it is', () => {
    const wild = [
      '<script>alert(1)</script>',
      '![x](http://a/b.png)',
      '| a | b |',
      '# h',
      '`c`',
      '**b** [l](http://a)',
      '$x$',
    ];
    for (const words of wild) {
      const text = REPORT.replace('No idea', words);
      const found = FOUND.map((one) => (one.claim === '1b.order' ? { ...one, words: [words] } : one));
      const nodes = parsed(written(markdown, [checkedReport(`${words}.md`, text, found)]));
      assert.equal(toString(nodes[0]), `${words}.md`);
      assertPlain(nodes);
      const cells = nodes.flatMap(within).filter((node) => node.type === 'tableCell');
      assert.ok(
        cells.some((cell) => toString(cell) === `line 6: “${words}”`),
        words,
      );
    }
  });

  it('shows what an assignment calls its parts and claims as text', () => {
    const evil = '<img src=x onerror=alert(1)>';
    const assignment = { ...ASSIGNMENT, title: evil };
    const nodes = parsed(written(markdown, [checkedReport()], { ...CONTEXT, assignment }));
    assertPlain(nodes);
  });
});
