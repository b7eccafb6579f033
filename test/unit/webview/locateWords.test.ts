import assert from 'node:assert/strict';
import fc from 'fast-check';
import { locateWords } from '../../../webview/report/locateWords';

describe('words that may have moved', () => {
  it('are where they were, as long as they are there', () => {
    assert.deepEqual(locateWords('one two one', { start: 8, end: 11 }, 'one'), { start: 8, end: 11 });
  });

  it('are at their nearest place', () => {
    assert.deepEqual(locateWords('one, two, one, two', { start: 11, end: 14 }, 'one'), { start: 10, end: 13 });
  });

  it('are nowhere when they are gone', () => {
    assert.equal(locateWords('two', { start: 0, end: 3 }, 'one'), null);
    assert.equal(locateWords('two', { start: 7, end: 9 }, ''), null);
  });

  it('are found again behind whatever is written before them', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), fc.string({ minLength: 1, maxLength: 9 }), (before, words) => {
        const found = locateWords(before + words, { start: 0, end: words.length }, words);
        assert.ok(found);
        assert.equal((before + words).slice(found.start, found.end), words);
      }),
    );
  });
});
