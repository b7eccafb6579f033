import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, realpathSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileSink } from '../../../src/cli/check/textSink';
import { Problem } from '../../../src/core/problem';
import { someFolder } from './someFolder';

describe('a file that is written piece by piece', () => {
  it('appears when it is complete, and replaces what was there', async () => {
    const folder = someFolder({ 'out.txt': 'before' });
    const sink = await fileSink(join(folder, 'out.txt'));
    assert.equal(await sink.write('one '), true);
    assert.equal(await sink.write('two'), true);
    assert.equal(readFileSync(join(folder, 'out.txt'), 'utf8'), 'before');
    await sink.finish();
    assert.equal(readFileSync(join(folder, 'out.txt'), 'utf8'), 'one two');
    assert.deepEqual(readdirSync(folder), ['out.txt']);
  });

  it('leaves nothing behind when it is abandoned', async () => {
    const folder = someFolder({ 'out.txt': 'before' });
    const sink = await fileSink(join(folder, 'out.txt'));
    await sink.write('half');
    await sink.abandon();
    assert.deepEqual(readdirSync(folder), ['out.txt']);
    assert.equal(readFileSync(join(folder, 'out.txt'), 'utf8'), 'before');
  });

  it('is written where a link leads, and the link stays', async () => {
    const folder = someFolder({ 'real/out.txt': 'before' });
    symlinkSync(join(folder, 'real', 'out.txt'), join(folder, 'link.txt'));
    const sink = await fileSink(join(folder, 'link.txt'));
    await sink.write('after');
    await sink.finish();
    assert.equal(realpathSync(join(folder, 'link.txt')), realpathSync(join(folder, 'real', 'out.txt')));
    assert.equal(readFileSync(join(folder, 'real', 'out.txt'), 'utf8'), 'after');
  });

  it('is never put in place of a device', async function () {
    if (!existsSync('/dev/null')) return;
    const sink = await fileSink('/dev/null');
    await sink.write('gone');
    await sink.finish();
    assert.equal(readFileSync('/dev/null', 'utf8'), '');
  });

  it('is refused where it cannot be', async () => {
    const folder = someFolder();
    for (const file of [folder, join(folder, 'no', 'out.txt')]) {
      await assert.rejects(fileSink(file), (thrown) => thrown instanceof Problem && thrown.code === 'usage');
    }
  });
});
