import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Manifest } from '../../../src/core/models/manifest';
import { ModelStore } from '../../../src/lab/modelStore';
import { dataRow, manifestOf } from './someManifest';

const TEXT = 'Go.\tVa !\tVas-y !\n';
const FILES = {
  'points.tsv': Buffer.from(TEXT),
  'points.tsv.gz': gzipSync(TEXT),
  'plain.gz': Buffer.from('not packed'),
  'bomb.gz': gzipSync(Buffer.alloc(65 * 2 ** 20)),
  'cut.gz': gzipSync(TEXT).subarray(0, -9),
  'latin1.txt': Buffer.from('caf\u00e9', 'latin1'),
} as const;

describe('held-out data in the store', () => {
  let folder: string;
  const store = (): ModelStore => new ModelStore(folder, () => Promise.reject(new Error('no runtime is needed')));
  const writeManifest = (manifest: Manifest) => writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'drylab-data-'));
    await mkdir(join(folder, 'data'));
    for (const [file, content] of Object.entries(FILES)) await writeFile(join(folder, 'data', file), content);
    const data = Object.entries(FILES).map(([file, content]) => dataRow(file, file, content));
    await writeManifest(manifestOf({ data }));
    await writeFile(join(folder, 'line-8.onnx'), 'no graph');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('are given as they were before they were packed', async () => {
    for (const id of ['points.tsv', 'points.tsv.gz']) {
      assert.equal(Buffer.from(await store().data(id)).toString(), TEXT);
      assert.equal(await store().dataText(id), TEXT);
    }
  });

  it('are compared with their hash before they are unpacked, and again when they are put right', async () => {
    const [file, models] = [join(folder, 'data', 'points.tsv.gz'), store()];
    await writeFile(file, gzipSync(TEXT + TEXT));
    await assert.rejects(models.data('points.tsv.gz'), { code: 'model.altered', message: /points\.tsv\.gz.*expected/s });
    await assert.rejects(models.list(true), { code: 'model.altered', message: /points\.tsv\.gz/ });
    assert.equal((await models.list(false)).data.length, Object.keys(FILES).length);
    await unlink(file);
    await assert.rejects(models.data('points.tsv.gz'), { code: 'model.missing', message: /points\.tsv\.gz/ });
    await assert.rejects(models.list(true), { code: 'model.missing' });
    await writeFile(file, FILES['points.tsv.gz']);
    assert.equal(await models.dataText('points.tsv.gz'), TEXT);
    const { families, models: rows, data } = await models.list(true);
    assert.deepEqual(families, manifestOf().families);
    assert.ok([...rows, ...data].every(({ verified }) => verified === true));
  });

  it('are asked for by an id that is there', async () => {
    await assert.rejects(store().data('labels'), { code: 'model.unknown', message: /"labels".*points\.tsv\.gz/ });
    await assert.rejects(store().data('line-8'), { code: 'model.unknown' });
  });

  for (const [id, detail] of [
    ['plain.gz', /data\/plain\.gz: incorrect header/],
    ['cut.gz', /data\/cut\.gz: unexpected end/],
    ['bomb.gz', /data\/bomb\.gz: .*67108864/],
  ] as const) {
    it(`are refused when they cannot be unpacked: ${id}`, async () => {
      await assert.rejects(store().data(id), { code: 'data.malformed', message: detail });
    });
  }

  it('are refused as text when they are none', async () => {
    await assert.rejects(store().dataText('latin1.txt'), { code: 'file.not-utf8', data: { file: 'latin1.txt', offset: 3 } });
  });

  it('are never read from outside the folder', async () => {
    const row = { ...dataRow('secret', 'x', Buffer.from('x')), file: '../secret' };
    await writeManifest(manifestOf({ data: [row] }));
    await assert.rejects(store().data('secret'), { code: 'model.manifest', message: /inside the folder/ });
  });
});
