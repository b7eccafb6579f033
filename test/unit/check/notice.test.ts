import assert from 'node:assert/strict';
import type { Finding } from '../../../src/core/check/finding';
import { noticesOf } from '../../../src/core/check/notice';
import {
  CONTRADICTED,
  finding,
  MISCONCEPTION,
  MISSING,
  partWith,
  PENDING,
  spanOf,
  STATED,
  UNMENTIONED,
  UNSURE,
  WRONG_FORMULA,
} from './someFindings';

function noticeOf(one: Finding) {
  const [notice] = noticesOf(partWith([one]));
  assert.ok(notice);
  return notice;
}

describe('notices', () => {
  it('warn of what speaks against the words of an answer', () => {
    assert.deepEqual(
      [MISCONCEPTION, CONTRADICTED].map((one) => noticeOf(one).gravity),
      ['warning', 'warning'],
    );
  });

  it('inform of what is missing, of what is unsure, and of formulas', () => {
    const notices = noticesOf(partWith([MISSING, UNSURE], [WRONG_FORMULA]));
    assert.deepEqual(
      notices.map(({ verdict, gravity }) => [verdict, gravity]),
      [
        ['missing', 'information'],
        ['unverified', 'information'],
        ['formula', 'information'],
      ],
    );
  });

  it('say nothing unasked of what is right, nor of what only waits for an experiment', () => {
    for (const one of [finding(), STATED, PENDING]) assert.equal(noticeOf(one).gravity, 'none');
  });

  it('do not exist for what need not be said, for right formulas, and for a part without an answer', () => {
    assert.deepEqual(noticesOf(partWith([UNMENTIONED], [{ ...WRONG_FORMULA, verdict: 'right' }])), []);
    assert.deepEqual(noticesOf({ ...partWith([MISSING]), isAnswered: false }), []);
  });

  it('have the claim without TeX, the reason, and each span', () => {
    const { id, part, statement, why, spans, hasExperiment } = noticeOf(MISCONCEPTION);
    assert.deepEqual(
      { id, part, statement, why, spans, hasExperiment },
      {
        id: '7b.m-same',
        part: '7b',
        statement: 'It takes O(n² d) time.',
        why: MISCONCEPTION.why,
        spans: [spanOf('The same'), spanOf('every token')],
        hasExperiment: true,
      },
    );
  });

  it('know that an experiment can decide a claim before it has run, and that none decides others', () => {
    assert.equal(noticeOf(PENDING).hasExperiment, true);
    assert.equal(noticeOf(STATED).hasExperiment, false);
  });

  it('have ids of their own', () => {
    const other = { ...WRONG_FORMULA, latex: 'O(n)' };
    const ids = noticesOf(partWith([MISSING, UNSURE], [WRONG_FORMULA, other])).map(({ id }) => id);
    assert.equal(new Set(ids).size, 4);
  });
});
