import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  attentionMap,
  entropyBits,
  extremeRows,
  mergeSubwords,
  rowPeaks,
  rowSums,
  tokenLabels,
  withoutEndMark,
  type AttentionMap,
} from '../../../src/core/models/attention';
import type { Translation } from '../../../src/core/models/translator';

/** A translation of two layers and two heads whose weights tell their place: no two maps are alike. */
function translation(source: string[], target: string[]): Translation {
  const distribution = (length: number, seed: number): number[] => {
    const raw = Array.from({ length }, (_, i) => 1 + ((seed * 7 + i * 3) % 5));
    const total = raw.reduce((sum, value) => sum + value, 0);
    return raw.map((value) => value / total);
  };
  const maps = (rows: number, columns: number, seen: (row: number) => number = () => columns) =>
    [0, 1].map((layer) =>
      [0, 1].map((head) =>
        Array.from({ length: rows }, (_, row) => {
          const visible = distribution(seen(row), 100 * layer + 10 * head + row);
          return [...visible, ...Array<number>(columns - visible.length).fill(0)];
        }),
      ),
    );
  const [s, t] = [source.length, target.length];
  return {
    source,
    target,
    text: '',
    attention: { encoder: maps(s, s), decoder: maps(t, t, (row) => row + 1), cross: maps(t, s) },
    logProbability: 0,
    milliseconds: 0,
  };
}

const SENTENCE = translation(
  ['▁an', '▁un', 'believ', 'able', '▁tale', '.', '</s>'],
  ['▁une', '▁his', 'toire', '▁in', 'croyable', '.', '</s>'],
);

const texts = (labels: AttentionMap['rows']): string[] => labels.map(({ text, mark }) => mark ?? text);
const isClose = (actual: number, expected: number): void =>
  assert.ok(Math.abs(actual - expected) < 1e-12, `${actual} is not ${expected}`);

describe('attention maps', () => {
  describe('labels of tokens', () => {
    const continuing = (tokens: string[]): string[] =>
      tokenLabels(tokens).flatMap(({ continues, text }) => (continues ? [text] : []));

    it('lose the mark of a word start, and name the marks of the sentence', () => {
      assert.deepEqual(texts(tokenLabels(['<s>', '▁Tea', '.', '</s>'])), ['start', 'Tea', '.', 'end']);
    });

    it('continue a word only within a run of letters or of digits', () => {
      assert.deepEqual(continuing(['▁books', 'h', 'op']), ['h', 'op']);
      assert.deepEqual(continuing(['▁19', '84', 'a']), ['84']);
      assert.deepEqual(continuing(['▁café', 's']), ['s']);
    });

    it('leave elided articles, contractions and punctuation as words of their own', () => {
      assert.deepEqual(continuing(["▁l'", 'eau', '.', '▁don', "'t", '!', '</s>']), []);
    });

    it('give a lonely word start to what follows', () => {
      assert.deepEqual(continuing(['▁', 'quay']), ['quay']);
    });
  });

  describe('the choice of a map', () => {
    it('labels rows by who looks and columns by what is looked at', () => {
      const cross = attentionMap(SENTENCE, { kind: 'cross', layer: 1, head: 0 });
      assert.equal(cross.weights, SENTENCE.attention.cross[1]?.[0]);
      assert.deepEqual(texts(cross.rows), ['une', 'his', 'toire', 'in', 'croyable', '.', 'end']);
      assert.deepEqual(texts(cross.columns), ['an', 'un', 'believ', 'able', 'tale', '.', 'end']);
      const encoder = attentionMap(SENTENCE, { kind: 'encoder', layer: 0, head: 1 });
      assert.deepEqual(encoder.rows, encoder.columns);
    });

    it('shows the decoder what it has written, the start mark first', () => {
      const decoder = attentionMap(SENTENCE, { kind: 'decoder', layer: 0, head: 0 });
      assert.deepEqual(texts(decoder.columns), ['start', 'une', 'his', 'toire', 'in', 'croyable', '.']);
      assert.deepEqual(decoder.visible, [1, 2, 3, 4, 5, 6, 7]);
    });

    it('averages heads cell by cell', () => {
      const [first, second] = SENTENCE.attention.cross[0] ?? [];
      const { weights } = attentionMap(SENTENCE, { kind: 'cross', layer: 0, head: 'mean' });
      isClose(weights[2]?.[3] ?? NaN, ((first?.[2]?.[3] ?? NaN) + (second?.[2]?.[3] ?? NaN)) / 2);
      for (const sum of rowSums(weights)) isClose(sum, 1);
    });

    it('refuses a layer or head that is not there', () => {
      assert.throws(() => attentionMap(SENTENCE, { kind: 'cross', layer: 2, head: 0 }), RangeError);
      assert.throws(() => attentionMap(SENTENCE, { kind: 'cross', layer: 0, head: 2 }), RangeError);
      assert.throws(() => attentionMap(SENTENCE, { kind: 'cross', layer: -1, head: 'mean' }), RangeError);
    });
  });

  describe('merging subwords', () => {
    it('sums what a word gets and averages what a word gives', () => {
      const label = (text: string, continues = false) => ({ text, continues, mark: null });
      const merged = mergeSubwords({
        rows: [label('a'), label('b'), label('c', true)],
        columns: [label('x'), label('y', true), label('z')],
        weights: [
          [0.5, 0.25, 0.25],
          [0.1, 0.2, 0.7],
          [0.4, 0.3, 0.3],
        ],
        visible: [3, 3, 3],
      });
      assert.deepEqual(texts(merged.rows), ['a', 'bc']);
      assert.deepEqual(texts(merged.columns), ['xy', 'z']);
      const expected = [
        [0.75, 0.25],
        [(0.3 + 0.7) / 2, (0.7 + 0.3) / 2],
      ];
      merged.weights.forEach((row, r) => row.forEach((weight, c) => isClose(weight, expected[r]?.[c] ?? NaN)));
    });

    it('joins the pieces of words in all three kinds of map', () => {
      const cross = mergeSubwords(attentionMap(SENTENCE, { kind: 'cross', layer: 0, head: 0 }));
      assert.deepEqual(texts(cross.rows), ['une', 'histoire', 'incroyable', '.', 'end']);
      assert.deepEqual(texts(cross.columns), ['an', 'unbelievable', 'tale', '.', 'end']);
      const decoder = mergeSubwords(attentionMap(SENTENCE, { kind: 'decoder', layer: 0, head: 0 }));
      assert.deepEqual(texts(decoder.columns), ['start', 'une', 'histoire', 'incroyable', '.']);
      // While it writes the second piece of a word, the decoder sees the first.
      assert.deepEqual(decoder.visible, [1, 3, 4, 4, 5]);
    });

    it('keeps every row a distribution, whatever the cuts and weights', () => {
      const piece = fc.record({ text: fc.constantFrom('a', 'b', 'c'), continues: fc.boolean() });
      const labels = fc.array(piece, { minLength: 1, maxLength: 9 });
      const samples = fc.infiniteStream(fc.double({ min: 0.001, max: 1, noNaN: true }));
      fc.assert(
        fc.property(labels, labels, samples, (rows, columns, numbers) => {
          const weights = rows.map(() => {
            const raw = columns.map(() => Number(numbers.next().value));
            const total = raw.reduce((sum, value) => sum + value, 0);
            return raw.map((value) => value / total);
          });
          const marked = (label: { text: string; continues: boolean }) => ({ ...label, mark: null });
          const merged = mergeSubwords({
            rows: rows.map(marked),
            columns: columns.map(marked),
            weights,
            visible: rows.map(() => columns.length),
          });
          assert.equal(merged.weights.length, merged.rows.length);
          for (const row of merged.weights) assert.equal(row.length, merged.columns.length);
          for (const sum of rowSums(merged.weights)) assert.ok(Math.abs(sum - 1) < 1e-9);
          assert.equal(texts(merged.columns).join(''), columns.map(({ text }) => text).join(''));
        }),
      );
    });

    it('changes nothing where every token is a word', () => {
      const words = attentionMap(translation(['▁Tea', '.', '</s>'], ['▁Thé', '.', '</s>']), {
        kind: 'cross',
        layer: 0,
        head: 0,
      });
      assert.deepEqual(mergeSubwords(words), words);
    });
  });

  it('leaves out the end mark without rescaling what is left', () => {
    const whole = attentionMap(SENTENCE, { kind: 'cross', layer: 0, head: 0 });
    const { rows, columns, weights, visible } = withoutEndMark(whole);
    assert.equal(texts(rows).includes('end') || texts(columns).includes('end'), false);
    assert.deepEqual(visible, [6, 6, 6, 6, 6, 6]);
    weights.forEach((row, r) => assert.deepEqual(row, whole.weights[r]?.slice(0, 6)));
    const decoder = withoutEndMark(attentionMap(SENTENCE, { kind: 'decoder', layer: 0, head: 0 }));
    assert.deepEqual(texts(decoder.columns)[0], 'start');
    assert.deepEqual(decoder.visible, [1, 2, 3, 4, 5, 6]);
  });

  describe('what a row tells', () => {
    it('entropy is 0 for one token and log₂ n for n equal ones', () => {
      assert.equal(entropyBits([0, 1, 0]), 0);
      isClose(entropyBits(Array<number>(8).fill(1 / 8)), 3);
      isClose(entropyBits([0.5, 0.25, 0.25]), 1.5);
      isClose(entropyBits([0.25, 0.25]), 1);
      assert.equal(entropyBits([]), 0);
      assert.equal(entropyBits([1, Number.MIN_VALUE, 1]), 1);
    });

    it('entropy never leaves 0 to log₂ n', () => {
      fc.assert(
        fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 }), (row) => {
          const bits = entropyBits(row);
          assert.ok(bits >= 0 && bits <= Math.log2(row.length) + 1e-9);
        }),
      );
    });

    it('finds the largest weight of each row', () => {
      assert.deepEqual(rowPeaks([[0.2, 0.7, 0.1], [1]]), [
        { row: 0, column: 1, weight: 0.7 },
        { row: 1, column: 0, weight: 1 },
      ]);
    });

    it('finds the sharpest and the most spread row among those that have a choice', () => {
      const label = { text: 'a', continues: false, mark: null };
      const map: AttentionMap = {
        rows: [label, label, label],
        columns: [label, label, label],
        weights: [
          [1, 0, 0],
          [0.1, 0.9, 0],
          [0.4, 0.3, 0.3],
        ],
        visible: [1, 2, 3],
      };
      assert.deepEqual(extremeRows(map), {
        sharpest: { row: 1, column: 1, weight: 0.9 },
        flattest: { row: 2, column: 0, weight: 0.4 },
      });
      assert.equal(extremeRows({ ...map, visible: [1, 1, 1] }), null);
    });
  });
});
