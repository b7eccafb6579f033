import assert from 'node:assert/strict';
import fc from 'fast-check';
import { anchorAt, trimSpan } from '../../../src/core/annotation/anchor';
import { trackSpan, trackSpanThrough } from '../../../src/core/annotation/tracking';
import { Problem } from '../../../src/core/problem';

describe('anchor', () => {
  it('holds the words, 32 characters around them and their place', () => {
    const text = `${'a'.repeat(40)}words${'b'.repeat(40)}`;
    assert.deepEqual(anchorAt(text, { start: 40, end: 45 }), {
      exact: 'words',
      prefix: 'a'.repeat(32),
      suffix: 'b'.repeat(32),
      start: 40,
      end: 45,
    });
  });

  it('has less context at the ends of the text', () => {
    const anchor = anchorAt('one two three', { start: 0, end: 13 });
    assert.deepEqual([anchor.prefix, anchor.suffix], ['', '']);
  });

  it('leaves white space at the ends of a selection out', () => {
    assert.deepEqual(anchorAt('x  two \n y', { start: 1, end: 9 }).exact, 'two');
    assert.deepEqual(trimSpan('x  two \n y', { start: 1, end: 9 }), { start: 3, end: 6 });
  });

  it('refuses a selection of nothing, of white space, or outside the text', () => {
    for (const [text, start, end] of [
      ['words', 2, 2],
      ['a \t\n b', 1, 5],
      ['words', 9, 12],
      ['words', 4, 1],
      ['', 0, 0],
    ] as const) {
      assert.throws(
        () => anchorAt(text, { start, end }),
        (thrown) => thrown instanceof Problem && thrown.code === 'annotation.no-selection',
      );
    }
  });

  it('never cuts a character in two', () => {
    const text = '😀'.repeat(40);
    for (const [start, end] of [
      [1, 3],
      [40, 42],
      [41, 43],
    ] as const) {
      const { exact, prefix, suffix } = anchorAt(text, { start, end });
      for (const piece of [exact, prefix, suffix]) assert.doesNotMatch(piece, /\p{Surrogate}/u);
      assert.ok(exact.length >= 2);
    }
  });

  it('describes the text that it was made in', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', ' ', '\n', '😀'), maxLength: 90 }),
        fc.nat(),
        fc.nat(),
        (text, a, b) => {
          const [start, end] = [a % (text.length + 1), b % (text.length + 1)].toSorted((x, y) => x - y);
          if (!trimSpan(text, { start: start!, end: end! })) return;
          const anchor = anchorAt(text, { start: start!, end: end! });
          assert.equal(text.slice(anchor.start, anchor.end), anchor.exact);
          assert.ok(text.slice(0, anchor.start).endsWith(anchor.prefix));
          assert.ok(text.slice(anchor.end).startsWith(anchor.suffix));
        },
      ),
    );
  });
});

describe('tracking', () => {
  const span = { start: 10, end: 20 };

  it('moves a span with what happens before it, and not with what happens after it', () => {
    assert.deepEqual(trackSpan(span, { start: 0, end: 0, text: 'abc' }), { start: 13, end: 23 });
    assert.deepEqual(trackSpan(span, { start: 2, end: 6, text: '' }), { start: 6, end: 16 });
    assert.deepEqual(trackSpan(span, { start: 25, end: 30, text: 'x' }), span);
  });

  it('leaves what is inserted at the borders outside', () => {
    assert.deepEqual(trackSpan(span, { start: 10, end: 10, text: 'ab' }), { start: 12, end: 22 });
    assert.deepEqual(trackSpan(span, { start: 20, end: 20, text: 'ab' }), span);
    assert.deepEqual(trackSpan(span, { start: 5, end: 10, text: 'ab' }), { start: 7, end: 17 });
    assert.deepEqual(trackSpan(span, { start: 20, end: 22, text: 'ab' }), span);
  });

  it('grows and shrinks with what happens inside, the first and the last character included', () => {
    assert.deepEqual(trackSpan(span, { start: 12, end: 12, text: 'ab' }), { start: 10, end: 22 });
    assert.deepEqual(trackSpan(span, { start: 10, end: 11, text: 'AB' }), { start: 10, end: 21 });
    assert.deepEqual(trackSpan(span, { start: 19, end: 20, text: '' }), { start: 10, end: 19 });
  });

  it('keeps what survives of a change over a border', () => {
    assert.deepEqual(trackSpan(span, { start: 5, end: 15, text: 'abc' }), { start: 8, end: 13 });
    assert.deepEqual(trackSpan(span, { start: 15, end: 25, text: 'abc' }), { start: 10, end: 15 });
  });

  it('loses a span that is deleted or replaced as a whole', () => {
    assert.equal(trackSpan(span, { start: 10, end: 20, text: 'other' }), null);
    assert.equal(trackSpan(span, { start: 9, end: 21, text: '' }), null);
    assert.equal(
      trackSpanThrough(span, [
        { start: 10, end: 20, text: '' },
        { start: 0, end: 0, text: 'x' },
      ]),
      null,
    );
  });

  it('keeps every surviving character of the span inside, and every other one outside', () => {
    // The characters of the span are marked, so that the text itself tells where they are afterwards.
    const changes = fc.array(fc.tuple(fc.nat(40), fc.nat(8), fc.stringMatching(/^[a-c]{0,4}$/)), { maxLength: 8 });
    fc.assert(
      fc.property(fc.nat(10), fc.integer({ min: 1, max: 12 }), fc.nat(10), changes, (before, length, after, edits) => {
        let text = '.'.repeat(before) + '#'.repeat(length) + '.'.repeat(after);
        let tracked: { start: number; end: number } | null = { start: before, end: before + length };
        for (const [at, removed, inserted] of edits) {
          const start = Math.min(at, text.length);
          const change = { start, end: Math.min(start + removed, text.length), text: inserted };
          text = text.slice(0, change.start) + change.text + text.slice(change.end);
          tracked = tracked && trackSpan(tracked, change);
        }
        if (!tracked) return;
        assert.ok(tracked.start < tracked.end && tracked.end <= text.length);
        assert.doesNotMatch(text.slice(0, tracked.start) + text.slice(tracked.end), /#/);
        assert.doesNotMatch(text.slice(tracked.start, tracked.end), /\./);
      }),
      { numRuns: 500 },
    );
  });
});
