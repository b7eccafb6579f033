import assert from 'node:assert/strict';
import {
  contains,
  EXPRESSIONS,
  isFunctionWord,
  isNameOrNumber,
  rowsOfExpression,
  wordRows,
} from '../../../src/core/experiments/attentionMap/wordRows';
import type { Translation } from '../../../src/core/models/translator';
import { near } from './near';

/** "Tom took care of Rex." as "Tom s'occupa de Rex .", with one map in layer 0, head 1. */
const CROSS = [
  //  Tom  took  care  of   Re    x    .   </s>
  [0.9, 0.1, 0, 0, 0, 0, 0, 0], // Tom
  [0, 0.25, 0.25, 0.25, 0.25, 0, 0, 0], // s'
  [0, 0.25, 0.5, 0, 0, 0, 0.25, 0], // occup
  [0, 0.25, 0.75, 0, 0, 0, 0, 0], // a
  [0, 0, 0, 0.5, 0, 0.5, 0, 0], // de
  [0, 0, 0, 0, 0.5, 0.5, 0, 0], // Rex
  [0, 0, 0, 0, 0, 0, 0.5, 0.5], // .
  [0, 0, 0, 0, 0, 0, 0, 1], // </s>
];
const OTHER = CROSS.map((row) => row.map(() => 1 / row.length));
const TRANSLATION: Translation = {
  source: ['▁Tom', '▁took', '▁care', '▁of', '▁Re', 'x', '.', '</s>'],
  target: ['▁Tom', "▁s'", '▁occup', 'a', '▁de', '▁Rex', '.', '</s>'],
  text: "Tom s'occupa de Rex.",
  attention: { encoder: [], decoder: [], cross: [[OTHER, CROSS]] },
  logProbability: 0,
  milliseconds: 0,
};

describe('rows of an attention map as words', () => {
  const read = wordRows(TRANSLATION, 0, 1);

  it('merge subwords and leave the end mark out', () => {
    assert.deepEqual(read.source, ['Tom', 'took', 'care', 'of', 'Rex', '.', '']);
    assert.deepEqual(
      read.rows.map(({ word }) => word),
      ['Tom', "s'", 'occupa', 'de', 'Rex', '.'],
    );
  });

  it('have the largest weight, its place, and the entropy in bits', () => {
    const entropy = (...weights: number[]): number => weights.reduce((sum, p) => sum - p * Math.log2(p), 0);
    const expected = [
      [0.9, 0, entropy(0.9, 0.1)],
      [0.25, 1, 2],
      // The mean of its two pieces.
      [0.625, 2, entropy(0.25, 0.625, 0.125)],
      [0.5, 3, 1],
      // Both pieces of Rex together.
      [1, 4, 0],
      [0.5, 5, 1],
    ] as const;
    expected.forEach(([largest, looksAt, bits], index) => {
      const found = read.rows[index]!;
      near(found.largest, largest, 1e-12);
      assert.equal(found.looksAt, looksAt);
      near(found.entropyBits, bits, 1e-12);
    });
  });

  it('are of the head that is asked for, or of the mean of all', () => {
    for (const { largest, entropyBits } of wordRows(TRANSLATION, 0, 0).rows) {
      // Rex has two of the eight columns.
      near(largest, 0.25, 1e-12);
      near(entropyBits, (6 / 8) * 3 + (2 / 8) * 2, 1e-12);
    }
    near(wordRows(TRANSLATION, 0, 'mean').rows[0]!.largest, (0.9 + 0.125) / 2, 1e-12);
  });

  it('belong to an expression when they look most at one of its words', () => {
    const words = (expression: string): string[] => rowsOfExpression(read, expression).map(({ word }) => word);
    assert.deepEqual(words('took care of'), ["s'", 'occupa', 'de']);
    assert.deepEqual(words('care of'), ['occupa', 'de']);
    assert.deepEqual(words('tom'), ['Tom']);
    assert.deepEqual(words('of course'), []);
  });

  it('belong to the expression alone, not to its words elsewhere', () => {
    const rows = [0, 1, 2, 3, 4].map((looksAt) => ({ word: `w${looksAt}`, largest: 1, entropyBits: 0, looksAt }));
    const found = rowsOfExpression({ source: ['Of', 'it', 'of', 'course', 'not'], rows }, 'of course');
    assert.deepEqual(
      found.map(({ word }) => word),
      ['w2', 'w3'],
    );
  });
});

describe('kinds of word', () => {
  it('tell grammar from things', () => {
    for (const word of ['le', "L'", 'Les', 'de', 'à', 'est', 'À', 'il']) assert.ok(isFunctionWord(word), word);
    for (const word of ['chat', 'Boston', '42', '.', 'maison']) assert.ok(!isFunctionWord(word), word);
  });

  it('call a name or a number what stands in both sentences', () => {
    const source = ['Tom', 'was', 'in', 'Boston', 'in', '1999', 'Les', 'cat', 'I', 'Mr'];
    for (const word of ['Tom', 'Boston', '1999']) assert.ok(isNameOrNumber(word, source), word);
    for (const word of ['Marie', '2000', 'cat', 'I', 'Les', 'Mr', 'in']) assert.ok(!isNameOrNumber(word, source), word);
  });

  it('find expressions as whole words, whatever stands around them', () => {
    assert.ok(contains('Of course, I will.', 'of course'));
    assert.ok(contains('Take  care of it!', 'take care of'));
    assert.ok(contains('Give up', 'give up'));
    assert.ok(!contains('The golf course is far.', 'of course'));
    assert.ok(!contains('We used tools.', 'used to'));
    assert.ok(!contains('Forgive upstarts.', 'give up'));
  });

  it('know expressions of several words, each once and in small letters', () => {
    assert.equal(new Set(EXPRESSIONS).size, EXPRESSIONS.length);
    for (const expression of EXPRESSIONS) assert.match(expression, /^[a-z]+( [a-z]+)+$/);
  });
});
