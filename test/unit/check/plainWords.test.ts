import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { spansOfEvidence } from '../../../src/core/check/evidenceSpans';
import { plainWords } from '../../../src/core/check/plainWords';

const read = (text: string): string =>
  plainWords(text)
    .map((word) => word.text)
    .join(' ');

describe('words of an answer as a model reads them', () => {
  const READ: readonly [string, string][] = [
    ['so $\\mathcal{O}(n^2 d)$ in all', 'so O(n^2 d) in all'],
    ['QKᵀ is **n×n**', 'QK^T is n*n'],
    ['$\\frac{a}{b} \\ll \\infty$', 'a/b << infinity'],
    ['`loss.backward()` fails', 'loss.backward() fails'],
    ['3*4 stays, *this* loses its stars', '3*4 stays, this loses its stars'],
    ['<!-- hidden -->seen', 'seen'],
    ['```python\nx = 1\n```', 'x = 1'],
    ['it’s “quoted” – and…', 'it\'s "quoted" - and...'],
  ];
  for (const [text, expected] of READ) {
    it(`are ${expected}`, () => assert.equal(read(text), expected));
  }

  it('stand in the text, in order, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        let end = 0;
        for (const { span } of plainWords(text)) {
          assert.ok(span.start >= end && span.end > span.start && span.end <= text.length);
          end = span.start;
        }
      }),
    );
  });

  it('take linear time on text made to be slow', () => {
    for (const text of [
      '|-'.repeat(50_000),
      '\\'.repeat(100_000),
      '*'.repeat(100_000),
      '<!--'.repeat(30_000),
      ' '.repeat(100_000),
      '- '.repeat(60_000),
    ]) {
      plainWords(text);
    }
  });
});

describe('the places of a stance', () => {
  const text = 'We train it. Old gradients drown the new ones. It takes ages, and the weather is fine.';
  const words = plainWords(text);
  const placesOf = (score: (word: string, index: number) => number): string[] =>
    spansOfEvidence(
      text,
      words,
      words.map((word, index) => score(word.text, index)),
    ).map(({ start, end }) => text.slice(start, end));

  it('are a whole sentence where most of it carries the stance', () => {
    assert.deepEqual(
      placesOf((word) => (['Old', 'gradients', 'drown', 'new'].includes(word) ? 0.9 : 0.1)),
      ['Old gradients drown the new ones.'],
    );
  });

  it('are the words alone where the sentence goes on about something else', () => {
    assert.deepEqual(
      placesOf((word) => (['takes', 'ages,'].includes(word) ? 0.8 : 0)),
      ['takes ages,'],
    );
  });

  it('are the strongest sentence where no word is strong', () => {
    assert.deepEqual(
      placesOf((word) => (word === 'drown' ? 0.3 : 0.1)),
      ['Old gradients drown the new ones.'],
    );
  });
});
