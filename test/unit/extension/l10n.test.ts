import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';

describe('texts for people', () => {
  it('are all in the bundle, and translations have no others', function () {
    this.timeout(60_000);
    const { status, stderr } = spawnSync(process.execPath, ['scripts/l10n.mjs', '--check'], { encoding: 'utf8' });
    assert.equal(stderr, '');
    assert.equal(status, 0);
  });
});
