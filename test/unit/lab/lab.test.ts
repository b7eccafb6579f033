import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { appendFile, cp, mkdtemp, rm, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { models } from '../../../src/cli/commands/models';
import { LabClient } from '../../../src/lab/client';
import { CancellationSource } from '../../../src/protocol/rpc';
import { MANIFEST, MODELS } from '../models/bundled';

const CACHE = mkdtempSync(join(tmpdir(), 'drylab-cache-'));
const SCRIPT = join(process.cwd(), 'dist', 'lab.js');
const REQUEST = { model: 'vae', count: 4, seed: 1 } as const;

describe('the lab process', function () {
  this.timeout(30_000);
  const log: string[] = [];
  const logger = {
    info: (message: string) => void log.push(message),
    warn: (message: string) => void log.push(message),
    error: (message: string) => void log.push(message),
  };
  const labs: LabClient[] = [];
  const start = (options: Partial<ConstructorParameters<typeof LabClient>[0]> = {}): LabClient => {
    const lab = new LabClient({
      script: SCRIPT,
      models: MODELS,
      cache: CACHE,
      runtime: () => 'auto',
      logger,
      ...options,
    });
    labs.push(lab);
    return lab;
  };
  afterEach(() => labs.splice(0).forEach((lab) => lab.dispose()));

  it('starts with the first call, not before', async () => {
    const lab = start();
    assert.equal(lab.pid, undefined);
    assert.match(await lab.call('runtime', null), /^onnxruntime-node \d/);
    assert.notEqual(lab.pid, undefined);
  });

  it('gives the same samples natively and in WebAssembly, to a grey level', async () => {
    const native = await start().call('sample', REQUEST);
    const wasmLab = start({ runtime: () => 'wasm' });
    const wasm = await wasmLab.call('sample', REQUEST);
    assert.match(await wasmLab.call('runtime', null), /^onnxruntime-web \d/);
    assert.ok(native.pixels.every((value, i) => Math.abs(value - (wasm.pixels[i] ?? NaN)) <= 1));
  });

  it('rejects what waits when it is killed, and starts again with the next call', async () => {
    const lab = start();
    await lab.call('runtime', null);
    const first = lab.pid;
    const waiting = lab.call('translate', { sentence: 'It is raining.', beams: 8 });
    process.kill(first ?? 0, 'SIGKILL');
    await assert.rejects(waiting, { code: 'lab.died' });
    assert.equal((await lab.call('sample', REQUEST)).count, 4);
    assert.notEqual(lab.pid, first);
  });

  it('gives up after three failures in a row, until it is restarted by hand', async () => {
    const lab = start({ script: join(MODELS, 'manifest.json') });
    for (let i = 0; i < 3; i++) await assert.rejects(lab.call('runtime', null), { code: 'lab.died' });
    await assert.rejects(lab.call('runtime', null), { code: 'lab.gave-up' });
    lab.restart();
    await assert.rejects(lab.call('runtime', null), { code: 'lab.died' });
    assert.ok(log.length > 0);
  });

  it('rejects at once when cancelled, and works on', async () => {
    const lab = start();
    const source = new CancellationSource();
    const call = lab.call('translate', { sentence: 'We wait.', beams: 8 }, { cancellation: source });
    source.cancel();
    await assert.rejects(call, { code: 'cancelled' });
    assert.equal((await lab.call('sample', REQUEST)).count, 4);
  });

  describe('with a damaged installation', () => {
    let folder: string;
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'drylab-models-'));
      await cp(MODELS, folder, { recursive: true });
    });
    afterEach(() => rm(folder, { recursive: true, force: true }));

    it('refuses an altered model and names file and hashes', async () => {
      await appendFile(join(folder, 'vae-decoder.onnx'), 'x');
      const lab = start({ models: folder });
      await assert.rejects(lab.call('sample', REQUEST), {
        code: 'model.altered',
        message: /vae-decoder\.onnx.*expected/s,
      });
      await assert.rejects(lab.call('models', { verify: true }), { code: 'model.altered' });
      assert.equal((await lab.call('sample', { ...REQUEST, model: 'ae' })).count, 4);
    });

    it('says which file is missing, and works once it is back', async () => {
      const file = join(folder, 'vae-decoder.onnx');
      await unlink(file);
      const lab = start({ models: folder });
      await assert.rejects(lab.call('sample', REQUEST), { code: 'model.missing', message: /vae-decoder\.onnx/ });
      await cp(join(MODELS, 'vae-decoder.onnx'), file);
      assert.equal((await lab.call('sample', REQUEST)).count, 4);
    });

    it('says when the list of models is missing or no list', async () => {
      await unlink(join(folder, 'manifest.json'));
      await assert.rejects(start({ models: folder }).call('models', { verify: false }), { code: 'model.missing' });
      await appendFile(join(folder, 'manifest.json'), '{"version": 2}');
      await assert.rejects(start({ models: folder }).call('models', { verify: false }), { code: 'model.manifest' });
    });
  });

  it('tells the command line of every model, as a list of models and family by family', async () => {
    const context = { lab: start(), assignments: '', warn: assert.fail, startLab: () => start() };
    const output = await models.run([], { verify: true }, context);
    assert.ok('json' in output);
    const { json, text } = output;
    const fields = 'id file sha256 bytes opset inputs outputs metrics trainedBy data licence'.split(' ');
    const rows = json as Record<string, unknown>[];
    assert.deepEqual(
      rows.map(({ id }) => id),
      MANIFEST.models.map(({ id }) => id),
    );
    for (const row of rows) for (const field of fields) assert.ok(field in row, `${String(row['id'])}: ${field}`);
    const lines = text.split('\n');
    for (const { id, title, family } of MANIFEST.models) {
      const place = lines.findIndex((line) => line.startsWith(`  ${id} `));
      assert.match(lines[place] ?? '', /verified/);
      assert.ok(lines[place]?.includes(title));
      const heading = lines.slice(0, place).findLast((line) => line !== '' && !line.startsWith(' '));
      assert.equal(heading, MANIFEST.families[family]);
    }
    for (const { id } of MANIFEST.data)
      assert.ok(
        lines.some((line) => line.startsWith(`  ${id} `)),
        id,
      );
    assert.match(
      lines.at(-1) ?? '',
      new RegExp(`^${MANIFEST.models.length} models, [\\d.]+ MB; ${MANIFEST.data.length} data`),
    );
  });

  it('refuses a report that is not UTF-8 and says where', async () => {
    const bytes = Uint8Array.from([...Buffer.from('1. caf\u00e9 '), 0xe9, 0x20]);
    const call = start().call('readReport', { name: 'latin1.md', bytes, parts: null });
    await assert.rejects(call, { code: 'file.not-utf8', data: { file: 'latin1.md', offset: 9 } });
  });
});
