import assert from 'node:assert/strict';
import { targetOf, targetQuery } from '../../../src/extension/checks/findingTarget';

const TARGET = { report: 'file:///c%3A/r%C3%A9ports/a%20b%25%23.md', part: '7b', id: '7b $O(n^2\\%)$' };

describe('links to findings', () => {
  it('survive being decoded, however often', () => {
    let query = targetQuery(TARGET);
    for (let times = 0; times < 4; times++) {
      assert.deepEqual(targetOf((JSON.parse(query) as unknown[])[0]), TARGET);
      query = decodeURIComponent(query);
    }
  });

  it('may be given as an object, with or without a finding', () => {
    assert.deepEqual(targetOf(TARGET), TARGET);
    assert.deepEqual(targetOf({ report: 'file:///a.md', part: '7b' }), {
      report: 'file:///a.md',
      part: '7b',
      id: null,
    });
  });

  it('are nothing else', () => {
    for (const other of [undefined, null, 7, 'no link', '', {}, { report: 'file:///a.md' }, { ...TARGET, id: 7 }])
      assert.equal(targetOf(other), undefined);
  });
});
