import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import fc from 'fast-check';
import { checkOptions } from '../../../src/cli/check/checkOptions';
import { sliceOf } from '../../../src/cli/check/sliceOf';
import { Problem } from '../../../src/core/problem';

describe('options of drylab check', () => {
  it('are text for the built-in assignment, all reports and as many jobs as cores, at most 8, unless given', () => {
    assert.deepEqual(checkOptions({}), {
      assignment: null,
      format: 'text',
      out: null,
      jobs: Math.min(availableParallelism(), 8),
      shard: { index: 1, count: 1 },
      failOn: [],
      isRecursive: false,
    });
  });

  it('make --json a format', () => {
    assert.equal(checkOptions({ json: true }).format, 'json');
    assert.equal(checkOptions({ json: true, format: 'json' }).format, 'json');
    assert.throws(() => checkOptions({ json: true, format: 'html' }), /--json and --format html exclude each other/);
  });

  it('fail on a verdict and on all that are graver', () => {
    assert.deepEqual(checkOptions({ 'fail-on': 'missing' }).failOn, ['misconception', 'contradicted', 'missing']);
    assert.deepEqual(checkOptions({ 'fail-on': 'misconception' }).failOn, ['misconception']);
  });

  const refused: [values: Record<string, string>, message: RegExp][] = [
    [{ format: 'pdf' }, /no format "pdf"\. Choose one of: text, json, markdown, html, sarif, junit/],
    [{ format: 'toString' }, /no format "toString"/],
    [{ jobs: '0' }, /--jobs takes a number from 1 to 64; it was 0/],
    [{ jobs: '65' }, /it was 65/],
    [{ jobs: '1.5' }, /--jobs takes a whole number/],
    [{ shard: '0/4' }, /--shard takes I\/N with I from 1 to N, such as 2\/4; it was "0\/4"/],
    [{ shard: '5/4' }, /"5\/4"/],
    [{ shard: '1' }, /"1"/],
    [{ shard: '1/2/3' }, /"1\/2\/3"/],
    [
      { 'fail-on': 'supported' },
      /--fail-on takes one of misconception, contradicted, missing, unverified; it was "supported"/,
    ],
    [{ 'fail-on': 'worse' }, /"worse"/],
  ];
  for (const [values, message] of refused) {
    it(`refuse ${JSON.stringify(values)}`, () => {
      assert.throws(
        () => checkOptions(values),
        (thrown) => thrown instanceof Problem && thrown.code === 'usage' && message.test(thrown.message),
      );
    });
  }
});

describe('slices of a list', () => {
  it('follow one another, are all of it together, and differ in length by one at most', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 40 }), (list, count) => {
        const slices = Array.from({ length: count }, (_, index) => sliceOf(list, { index: index + 1, count }));
        assert.deepEqual(slices.flat(), list);
        const lengths = slices.map((slice) => slice.length);
        assert.ok(Math.max(...lengths) - Math.min(...lengths) <= 1);
      }),
    );
  });
});
