import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { EvidenceCache } from '../../../src/lab/evidenceCache';
import { newFolder, recordingLogger, someEvidence } from './someEvidence';

describe('the cache of evidence', () => {
  let folder: string;
  let logger: ReturnType<typeof recordingLogger>;
  beforeEach(() => {
    folder = newFolder();
    logger = recordingLogger();
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const file = (key: string): string => join(folder, `${key}.evidence`);

  it('gives back what was written, bytes and numbers that JSON has not', async () => {
    const cache = new EvidenceCache(join(folder, 'not', 'yet'), logger);
    assert.equal(await cache.read('a'), null);
    await cache.write('a', someEvidence());
    assert.deepEqual(await cache.read('a'), someEvidence());
    assert.equal(await cache.read('b'), null);
    await cache.write('a', someEvidence(9));
    assert.deepEqual(await new EvidenceCache(join(folder, 'not', 'yet'), logger).read('a'), someEvidence(9));
    assert.deepEqual(logger.messages, []);
  });

  it('leaves one file for a key, and nothing half-written', async () => {
    const cache = new EvidenceCache(folder, logger);
    for (let time = 0; time < 3; time++) await cache.write('a', someEvidence(time));
    assert.deepEqual(await readdir(folder), ['a.evidence']);
  });

  it('takes a file with any byte changed, missing or too many for absent, and says so', async () => {
    const cache = new EvidenceCache(folder, logger);
    await cache.write('a', someEvidence());
    const bytes = await readFile(file('a'));
    const changed = fc
      .tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }))
      .map(([place, bits]) => Buffer.from(bytes.map((byte, index) => (index === place ? byte ^ bits : byte))));
    const cut = fc.nat(bytes.length - 1).map((length) => Buffer.from(bytes.subarray(0, length)));
    const longer = fc.uint8Array({ minLength: 1, maxLength: 5 }).map((more) => Buffer.concat([bytes, more]));
    await fc.assert(
      fc.asyncProperty(fc.oneof(changed, cut, longer), async (damaged) => {
        logger.messages.length = 0;
        await writeFile(file('a'), damaged);
        assert.equal(await cache.read('a'), null);
        assert.match(logger.messages.join(), /a\.evidence is damaged and is computed again/);
      }),
    );
    await cache.write('a', someEvidence());
    assert.deepEqual(await cache.read('a'), someEvidence());
  });

  it('takes a whole file in a format that it does not know for absent', async () => {
    const body = Buffer.from([0xff, 0xfe, 1, 2, 3]);
    await writeFile(file('a'), Buffer.concat([Buffer.from(createHash('sha256').update(body).digest('hex')), body]));
    assert.equal(await new EvidenceCache(folder, logger).read('a'), null);
    assert.equal(logger.messages.length, 1);
  });

  it('deletes what was used longest ago until the rest fits, and nothing that is not its own', async () => {
    const cache = new EvidenceCache(folder, logger, 3_500);
    await writeFile(join(folder, 'notes.txt'), 'x'.repeat(5_000));
    const used = (key: string, second: number): Promise<void> => utimes(file(key), second, second);
    await cache.write('a', someEvidence(500));
    await cache.write('b', someEvidence(500));
    const { size } = await stat(file('a'));
    assert.ok(2 * size < 3_500 && 4 * size > 3_500, `${size} bytes each`);
    // Three files of this size fit, four do not.
    await cache.write('c', someEvidence(500));
    await Promise.all([used('a', 1_000), used('b', 2_000), used('c', 3_000)]);
    const isFull = 3 * size > 3_500;
    assert.ok(!isFull, `${size} bytes each`);
    assert.notEqual(await cache.read('a'), null);
    await cache.write('d', someEvidence(500));
    assert.deepEqual((await readdir(folder)).sort(), ['a.evidence', 'c.evidence', 'd.evidence', 'notes.txt']);
  });

  it('does not keep what is larger than all that may be kept', async () => {
    const cache = new EvidenceCache(folder, logger, 2_000);
    await cache.write('a', someEvidence(5_000));
    assert.equal(await cache.read('a'), null);
    await cache.write('b', someEvidence());
    assert.notEqual(await cache.read('b'), null);
  });

  it('does without a folder that cannot be written, and says so', async () => {
    await writeFile(join(folder, 'taken'), '');
    const cache = new EvidenceCache(join(folder, 'taken'), logger);
    await cache.write('a', someEvidence());
    assert.match(logger.messages.join(), /could not be cached in .*taken/);
    assert.equal(await cache.read('a'), null);
  });
});
