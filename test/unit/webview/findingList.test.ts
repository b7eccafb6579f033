import assert from 'node:assert/strict';
import type { Claim } from '../../../src/core/assignment/assignment';
import { partSummary } from '../../../src/protocol/partSummary';
import { findingList } from '../../../webview/report/findingList';
import {
  ANSWER,
  CONTRADICTED,
  finding,
  MISCONCEPTION,
  MISSING,
  partWith,
  PENDING,
  spanOf,
  STATED,
  UNMENTIONED,
  WRONG_FORMULA,
} from '../check/someFindings';
import { shownPart } from './shownFindings';

const SUPPORTED = finding();
const CLAIM: Claim = { id: '7b.cost', kind: 'E', statement: 'It is cheap.', predicate: null };

function idsOf(items: readonly { readonly id: string }[]): string[] {
  return items.map(({ id }) => id);
}

describe('the list of findings beside an answer', () => {
  it('begins with the gravest and folds away what the answer does not mention', () => {
    const part = partWith(
      [UNMENTIONED, SUPPORTED, STATED, PENDING, MISSING, CONTRADICTED, MISCONCEPTION],
      [WRONG_FORMULA],
    );
    const { items, unmentioned, dismissed } = findingList([], shownPart(part), ANSWER);
    assert.deepEqual(
      items.map(({ mark }) => mark),
      ['misconception', 'contradicted', 'formula', 'missing', 'unverified', 'stated', 'supported'],
    );
    assert.deepEqual([idsOf(unmentioned), dismissed], [[UNMENTIONED.claim], []]);
  });

  it('keeps the claims of one verdict in the order of the assignment', () => {
    const claims = ['7b.z', '7b.a', '7b.m'].map((id) => finding({ id }));
    assert.deepEqual(idsOf(findingList([], shownPart(partWith(claims)), ANSWER).items), ['7b.z', '7b.a', '7b.m']);
  });

  it('sets aside what a person dismissed, with the reason', () => {
    const part = shownPart(partWith([MISCONCEPTION, SUPPORTED], [WRONG_FORMULA]), {
      [MISCONCEPTION.claim]: 'She means the mean.',
      '7b $O(n^2 d)$': 'A matter of taste.',
    });
    const { items, dismissed } = findingList([], part, ANSWER);
    assert.deepEqual(idsOf(items), [SUPPORTED.claim]);
    assert.deepEqual(
      dismissed.map((item) => item.dismissed),
      ['She means the mean.', 'A matter of taste.'],
    );
  });

  it('is of the claims alone until the answer was read', () => {
    const { items } = findingList([CLAIM], null, ANSWER);
    assert.deepEqual(
      items.map(({ id, mark, spans }) => ({ id, mark, spans })),
      [{ id: CLAIM.id, mark: null, spans: [] }],
    );
  });

  it('accuses nobody who wrote nothing', () => {
    const part = { ...shownPart(partWith([MISSING])), isAnswered: false };
    const { items, unmentioned } = findingList([], part, '');
    assert.deepEqual([items, idsOf(unmentioned)], [[], [MISSING.claim]]);
  });

  it('follows words that moved since they were read, and lets go of those that are gone', () => {
    const part = shownPart(partWith([MISCONCEPTION]));
    const before = 'In short: ';
    const moved = findingList([], part, before + ANSWER).items[0]?.spans;
    const expected = MISCONCEPTION.spans.map(({ start, end }) => ({
      start: start + before.length,
      end: end + before.length,
    }));
    assert.deepEqual(moved, expected);
    const shortened = ANSWER.replace('every token', 'them all');
    assert.deepEqual(findingList([], part, shortened).items[0]?.spans, [spanOf('The same')]);
  });

  it('has a formula once that is written twice, with both places', () => {
    const text = `${ANSWER} $O(n^2 d)$`;
    const again = { ...WRONG_FORMULA, span: { start: ANSWER.length + 1, end: text.length } };
    const part = shownPart(partWith([], [WRONG_FORMULA]));
    const [formula] = part.formulas;
    assert.ok(formula);
    const { items } = findingList([], { ...part, formulas: [formula, { ...formula, span: again.span }] }, text);
    assert.deepEqual(
      items.map(({ spans }) => spans),
      [[WRONG_FORMULA.span, again.span]],
    );
  });
});

describe('the findings of a part in short', () => {
  it('are none without an answer', () => {
    assert.equal(partSummary({ ...shownPart(partWith([MISSING])), isAnswered: false }), null);
  });

  it('leave out what was dismissed, formulas too', () => {
    const part = partWith([MISCONCEPTION, SUPPORTED], [WRONG_FORMULA]);
    const count = (dismissals: Record<string, string>): unknown => {
      const tally = partSummary(shownPart(part, dismissals))?.tally;
      return [tally?.verdicts.misconception, tally?.verdicts.supported, tally?.formulas];
    };
    assert.deepEqual(count({}), [1, 1, 1]);
    assert.deepEqual(count({ [MISCONCEPTION.claim]: 'No.', '7b $O(n^2 d)$': 'No.' }), [0, 1, 0]);
  });
});
