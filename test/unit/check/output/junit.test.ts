import assert from 'node:assert/strict';
import { parseXml, XmlElement } from '@rgrove/parse-xml';
import fc from 'fast-check';
import { junit } from '../../../../src/core/check/output/junit';
import { ASSIGNMENT, checkedReport, CONTEXT, failedReport, FOUND, REPORT, written } from './someResults';

/** The root, by a parser that accepts nothing but XML 1.0. */
function rootOf(results: Parameters<typeof written>[1], context = CONTEXT): XmlElement {
  const { root } = parseXml(written(junit, results, context));
  assert.ok(root);
  return root;
}

function children({ children: all }: XmlElement, name: string): XmlElement[] {
  return all.filter((child): child is XmlElement => child instanceof XmlElement && child.name === name);
}

describe('findings as JUnit', () => {
  const root = rootOf([checkedReport(), failedReport('gone.md')]);
  const [suite, failed] = children(root, 'testsuite');
  const tests = children(suite!, 'testcase');
  const test = (name: string): XmlElement => tests.find(({ attributes }) => attributes.name === name)!;

  it('has a suite for each report, with counts, and a test for each claim', () => {
    assert.equal(root.name, 'testsuites');
    assert.deepEqual(
      { ...suite?.attributes },
      {
        name: 'reports/anna.md',
        tests: '5',
        failures: '2',
        errors: '0',
        skipped: '2',
      },
    );
    assert.deepEqual(
      tests.map(({ attributes }) => ({ ...attributes })),
      [
        { classname: 'reports/anna.md.1a', name: '1a.cost', file: 'reports/anna.md', line: '3' },
        { classname: 'reports/anna.md.1a', name: '1a.softmax', file: 'reports/anna.md', line: '3' },
        { classname: 'reports/anna.md.1a', name: '1a.m-linear', file: 'reports/anna.md', line: '4' },
        { classname: 'reports/anna.md.1b', name: '1b.order', file: 'reports/anna.md', line: '6' },
        { classname: 'reports/anna.md.2', name: '2.size', file: 'reports/anna.md' },
      ],
    );
  });

  it('fails for misconceptions and what is missing, with what was expected and what is there', () => {
    const [failure] = children(test('1a.m-linear'), 'failure');
    assert.equal(failure?.attributes.type, 'misconception');
    assert.equal(
      failure?.attributes.message,
      'expected: The answer does not claim: Attention is linear in n. actual: “it is linear in n”',
    );
    assert.equal(failure?.text, 'It is misconception.\nline 4: “it is linear in n”');
    const [missing] = children(test('2.size'), 'failure');
    assert.match(
      missing?.attributes.message ?? '',
      /^expected: .*It is large\. actual: The answer does not say this\.$/,
    );
  });

  it('fails for what is contradicted, either way', () => {
    const contradicted = (stance: 'asserts' | 'denies'): string | undefined => {
      const found = FOUND.map((one) =>
        one.claim === '1a.cost' ? { ...one, stance, verdict: 'contradicted' as const } : one,
      );
      const [first] = children(rootOf([checkedReport('a.md', REPORT, found)]), 'testsuite');
      return children(children(first!, 'testcase')[0]!, 'failure')[0]?.attributes.message;
    };
    const words = 'actual: “costs $O(n^2 d)$ … *every* token”';
    const [denied = '', asserted = ''] = [contradicted('denies'), contradicted('asserts')];
    assert.match(denied, /^expected: (?!The answer does not claim).*Attention costs O\(n² d\)\. actual/);
    assert.match(asserted, /^expected: The answer does not claim: Attention costs O\(n² d\)\. actual/);
    for (const message of [denied, asserted]) assert.ok(message.endsWith(words), message);
  });

  it('skips what is unverified or need not be said, and passes the rest', () => {
    assert.equal(children(test('1b.order'), 'skipped')[0]?.attributes.message, 'It is unverified.');
    assert.equal(children(test('1a.softmax'), 'skipped')[0]?.attributes.message, 'It is not-mentioned.');
    assert.deepEqual(test('1a.cost').children, []);
  });

  it('tells of wrong formulas, warnings and points beside the tests', () => {
    const [out] = children(suite!, 'system-out');
    assert.match(out?.text ?? '', /^1a, line 3: wrong formula n\^2 d: It grows faster\.\nline 6: No answer to 2/);
    const properties = children(children(suite!, 'properties')[0]!, 'property').map(({ attributes }) => ({
      ...attributes,
    }));
    assert.deepEqual(properties, [
      { name: 'assignment', value: 'small' },
      { name: 'points', value: '9' },
      { name: 'suggested', value: '3' },
    ]);
  });

  it('has an error in place of a report that cannot be checked', () => {
    assert.equal(failed?.attributes.errors, '1');
    const [error] = children(children(failed!, 'testcase')[0]!, 'error');
    assert.deepEqual(
      { ...error?.attributes },
      { type: 'file.missing', message: 'gone.md: no such file. Check the path.' },
    );
  });

  it('is well-formed XML whatever names and words are', () => {
    const evil = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(']]>', '<!--', '"\'&<>', '\u0000\ufffe\ud800'),
    );
    fc.assert(
      fc.property(evil, evil, (name, words) => {
        const text = REPORT.replace('No idea', `No idea ${words}`);
        const found = FOUND.map((one) => (one.claim === '1b.order' ? { ...one, words: [] } : one));
        const assignment = { ...ASSIGNMENT, id: words };
        const made = rootOf([checkedReport(`${name}.md`, text, found), failedReport(name)], { ...CONTEXT, assignment });
        assert.equal(children(made, 'testsuite').length, 2);
      }),
      { numRuns: 30 },
    );
  });
});
