import assert from 'node:assert/strict';
import { isSameRun, restoredTarget } from '../../../webview/experiment/experimentState';
import { secondsLeft, share } from '../../../webview/shared/evidence/timeLeft';

describe('the time that is left of an experiment', () => {
  it('follows the pace of the run', () => {
    assert.equal(secondsLeft({ done: 1, total: 4, seconds: 5, lastSeconds: 3 }), 15);
    assert.equal(secondsLeft({ done: 4, total: 4, seconds: 20, lastSeconds: null }), 0);
  });

  it('is at first what the last run took, and unknown without one', () => {
    assert.equal(secondsLeft({ done: 0, total: 4, seconds: 2, lastSeconds: 10 }), 8);
    assert.equal(secondsLeft({ done: 3, total: 4, seconds: 0.1, lastSeconds: null }), null);
  });

  it('promises nothing when the last run was shorter', () => {
    assert.equal(secondsLeft({ done: 0, total: 4, seconds: 12, lastSeconds: 10 }), null);
  });

  it('takes shares from 0 to 1, also of nothing', () => {
    assert.deepEqual(
      [share({ done: 0, total: 0 }), share({ done: 7, total: 4 }), share({ done: 1, total: 4 })],
      [0, 1, 0.25],
    );
  });
});

describe('what an experiment’s page saved', () => {
  it('comes back with seed and settings', () => {
    const target = { experiment: 'scalar-loss', seed: 4, settings: { losses: 8, name: 'x' } };
    assert.deepEqual(restoredTarget(target), target);
  });

  it('is nothing without an experiment, and loses what is no value', () => {
    assert.equal(restoredTarget(undefined), null);
    assert.equal(restoredTarget({ seed: 1 }), null);
    const broken = { experiment: 'scalar-loss', seed: 1.5, settings: { a: NaN, b: null, c: 2 } };
    assert.deepEqual(restoredTarget(broken as never), { experiment: 'scalar-loss', seed: 0, settings: { c: 2 } });
  });

  it('is the same run whatever the order of the settings', () => {
    const target = { experiment: 'attention-cost', seed: 0, settings: { n: 4, d: 2 } };
    assert.ok(isSameRun(target, 0, { d: 2, n: 4 }));
    assert.ok(!isSameRun(target, 1, { d: 2, n: 4 }));
    assert.ok(!isSameRun(target, 0, { d: 2, n: 5 }));
  });
});
