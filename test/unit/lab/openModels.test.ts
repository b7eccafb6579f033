import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ModelStore } from '../../../src/lab/modelStore';
import type { OpenedModel } from '../../../src/lab/runtime';
import { sha256 } from '../../../src/platform/sha256';
import { manifestOf, MODEL } from '../models/someManifest';

const IDS = ['a', 'b', 'c', 'd', 'e', 'f'];

describe('models in memory', () => {
  let folder: string;
  let open: Set<string>;
  let opened: string[];
  /** Ends the runs that are under way. */
  let finish: (() => void)[];

  const models = (): ModelStore => new ModelStore(folder, () => Promise.resolve({ name: 'fake', open: openFake }));

  function openFake(bytes: Uint8Array): Promise<OpenedModel> {
    const id = Buffer.from(bytes).toString();
    open.add(id);
    opened.push(id);
    return Promise.resolve({
      inputs: [],
      outputs: [],
      run: () => {
        assert.ok(open.has(id), `${id} is run after it was closed`);
        return new Promise((resolve) =>
          finish.push(() => resolve({ [id]: { type: 'int64', data: new BigInt64Array(0), dims: [0] } })),
        );
      },
      release: () => {
        open.delete(id);
        return Promise.resolve();
      },
    });
  }

  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  beforeEach(async () => {
    [open, opened, finish] = [new Set(), [], []];
    folder = await mkdtemp(join(tmpdir(), 'drylab-open-'));
    const rows = IDS.map((id) => ({ ...MODEL, id, file: `${id}.onnx`, sha256: sha256(Buffer.from(id)), bytes: 1 }));
    await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifestOf({ models: rows })));
    for (const id of IDS) await writeFile(join(folder, `${id}.onnx`), id);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('are few at once: those used last', async () => {
    const store = models();
    for (const id of IDS) await store.session(id);
    await settle();
    assert.deepEqual([...open].sort(), ['d', 'e', 'f']);
  });

  it('are opened again when a session that was kept is run', async () => {
    const store = models();
    const first = await store.session('a');
    for (const id of IDS.slice(1)) await store.session(id);
    await settle();
    assert.ok(!open.has('a'));
    const running = first.run({});
    while (finish.length === 0) await settle();
    finish.pop()?.();
    assert.deepEqual(Object.keys(await running), ['a']);
    assert.deepEqual(opened, [...IDS, 'a']);
  });

  it('are not closed while they run', async () => {
    const store = models();
    const running = (await store.session('a')).run({});
    while (finish.length === 0) await settle();
    for (const id of IDS.slice(1)) await store.session(id);
    await settle();
    assert.ok(open.has('a'));
    finish.pop()?.();
    await running;
    await store.session('b');
    await settle();
    assert.ok(!open.has('a'));
  });
});
