import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { FindingItem } from '../../../webview/report/findingList';
import { itemsAt, underlines } from '../../../webview/report/underlines';
import { MARKS, type Mark } from '../../../webview/shared/mark';

type Pair = readonly [start: number, end: number];

function item(mark: Mark | null, ...spans: readonly Pair[]): FindingItem {
  return {
    id: `${mark} ${JSON.stringify(spans)}`,
    mark,
    statement: '',
    why: null,
    spans: spans.map(([start, end]) => ({ start, end })),
    evidence: null,
    stance: null,
    dismissed: null,
  };
}

function drawn(...items: readonly FindingItem[]): (readonly [Mark, number, number])[] {
  return underlines(items).map(({ mark, start, end }) => [mark, start, end]);
}

describe('what is underlined in an answer', () => {
  it('is the words of each finding', () => {
    assert.deepEqual(drawn(item('supported', [0, 4], [8, 9]), item('stated', [5, 7])), [
      ['supported', 0, 4],
      ['stated', 5, 7],
      ['supported', 8, 9],
    ]);
  });

  it('is by the gravest where findings share words', () => {
    assert.deepEqual(drawn(item('supported', [0, 10]), item('misconception', [3, 5]), item('unverified', [4, 7])), [
      ['supported', 0, 3],
      ['misconception', 3, 5],
      ['unverified', 5, 7],
      ['supported', 7, 10],
    ]);
  });

  it('is one line for findings of one verdict that overlap or touch', () => {
    assert.deepEqual(drawn(item('supported', [0, 5]), item('supported', [3, 8]), item('supported', [8, 9])), [
      ['supported', 0, 9],
    ]);
  });

  it('is nothing for what is not said or not read', () => {
    assert.deepEqual(drawn(item('missing', [0, 1]), item('not-mentioned', [0, 1]), item(null, [0, 1])), []);
  });

  it('is in order, without overlap, and at each character the gravest mark there', () => {
    const span = fc
      .tuple(fc.nat(30), fc.integer({ min: 1, max: 8 }))
      .map(([start, size]): Pair => [start, start + size]);
    const some = fc.record({ mark: fc.constantFrom(...MARKS), spans: fc.array(span, { maxLength: 3 }) });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 6 }), (made) => {
        const items = made.map(({ mark, spans }) => item(mark, ...spans));
        const found = underlines(items);
        for (const [index, { start, end }] of found.entries()) {
          assert.ok(start < end);
          assert.ok(start >= (found[index - 1]?.end ?? 0));
        }
        for (let at = 0; at < 40; at++) {
          const marks = items.flatMap(({ mark, spans }) =>
            mark !== null && spans.some(({ start, end }) => start <= at && at < end) ? [mark] : [],
          );
          const said = marks.filter((mark) => mark !== 'missing' && mark !== 'not-mentioned');
          const gravest = MARKS.find((mark) => said.some((other) => other === mark));
          assert.equal(found.find(({ start, end }) => start <= at && at < end)?.mark, gravest);
        }
      }),
    );
  });
});

describe('the findings at a character', () => {
  it('are all that have it, the one with the fewest words first', () => {
    const [wide, narrow, other] = [item('supported', [0, 10]), item('stated', [2, 4]), item('unverified', [5, 6])];
    assert.deepEqual(itemsAt([wide, narrow, other], 3), [narrow.id, wide.id]);
    assert.deepEqual(itemsAt([wide, narrow, other], 10), []);
  });
});
