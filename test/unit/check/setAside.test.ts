import assert from 'node:assert/strict';
import { setAside } from '../../../src/core/check/setAside';
import { finding, MISCONCEPTION, MISSING, partWith } from './someFindings';

describe('suggested points', () => {
  it('no longer mind a misconception that was dismissed', () => {
    const part = { ...partWith([finding(), MISCONCEPTION]), points: 10, suggested: 8.5 };
    const { suggested, claims } = setAside(part, ({ claim }) => claim === MISCONCEPTION.claim);
    assert.equal(suggested, 10);
    assert.deepEqual(claims, part.claims);
  });

  it('are given for what was wrongly found missing', () => {
    const part = partWith([finding(), MISSING]);
    assert.equal(part.suggested, 2.5);
    assert.equal(setAside(part, ({ claim }) => claim === MISSING.claim).suggested, 5);
  });

  it('stay as they are without dismissals, and none without an answer', () => {
    const part = partWith([MISCONCEPTION]);
    assert.equal(
      setAside(part, () => false),
      part,
    );
    const unanswered = { ...part, isAnswered: false, suggested: 0 };
    assert.equal(setAside(unanswered, () => true).suggested, 0);
  });
});
