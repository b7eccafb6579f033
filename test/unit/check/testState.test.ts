import assert from 'node:assert/strict';
import { testState } from '../../../src/core/check/testState';
import type { Finding } from '../../../src/core/check/finding';
import { IN_ENGLISH, sayPhrase } from '../../../src/core/explain/phrase';
import {
  ANSWER,
  CONTRADICTED,
  DENIED,
  FAILS,
  finding,
  MISCONCEPTION,
  MISSING,
  PENDING,
  STATED,
  UNMENTIONED,
  UNSURE,
} from './someFindings';

const kindOf = (one: Finding, isDismissed = false): string => testState(one, ANSWER, isDismissed).kind;

function failure(one: Finding): { expected: string; actual: string } {
  const state = testState(one, ANSWER, false);
  assert.ok(state.kind === 'failed');
  assert.deepEqual(state.message, one.why);
  return { expected: sayPhrase(state.expected, IN_ENGLISH), actual: sayPhrase(state.actual, IN_ENGLISH) };
}

describe('claims as tests', () => {
  it('pass when they are said and not refuted, or denied and refuted', () => {
    for (const one of [finding(), STATED, finding({ kind: 'M', stance: 'denies', evidence: FAILS })])
      assert.equal(kindOf(one), 'passed');
  });

  it('fail when something speaks against the answer', () => {
    for (const one of [MISCONCEPTION, CONTRADICTED, DENIED, MISSING]) assert.equal(kindOf(one), 'failed');
  });

  it('are skipped when nobody can tell, when they need not be said, and when a person dismissed them', () => {
    for (const one of [UNSURE, PENDING, UNMENTIONED]) assert.equal(kindOf(one), 'skipped');
    assert.equal(kindOf(MISCONCEPTION, true), 'skipped');
  });

  it('tell what was expected, and quote what is there', () => {
    assert.deepEqual(failure(MISCONCEPTION), {
      expected: 'The answer does not claim: It takes O(n² d) time.',
      actual: '“The same … every token”',
    });
    assert.deepEqual(failure(MISSING), {
      expected: 'The answer says: It takes O(n² d) time.',
      actual: 'The answer does not say this.',
    });
    assert.equal(failure(DENIED).expected, 'The answer says: It takes O(n² d) time.');
  });

  it('say that there is no answer where there is none', () => {
    const state = testState(MISSING, null, false);
    assert.ok(state.kind === 'failed');
    assert.equal(sayPhrase(state.message, IN_ENGLISH), 'The report has no answer to this part.');
    assert.deepEqual(state.actual, state.message);
  });

  it('quote words of several lines in one', () => {
    assert.equal(failure(finding({ evidence: FAILS, words: ['The same\nmixture'] })).actual, '“The same mixture”');
  });
});
