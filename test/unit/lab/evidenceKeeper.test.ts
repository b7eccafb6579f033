import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { NEVER_CANCELLED } from '../../../src/core/ports';
import { EvidenceCache } from '../../../src/lab/evidenceCache';
import { EvidenceKeeper } from '../../../src/lab/evidenceKeeper';
import { clock } from '../../../src/platform/clock';
import type { EvidenceRequest } from '../../../src/protocol/lab';
import { CancellationSource, type CallContext } from '../../../src/protocol/rpc';
import { bundledModels } from '../models/bundled';
import { newFolder, recordingLogger } from './someEvidence';

/** It needs images, but no model: the quickest there is. */
const EXPERIMENT = 'diffusion-elbo';
const REQUEST: EvidenceRequest = { experiment: EXPERIMENT, seed: 1, settings: {}, isFresh: false };
const CONTEXT: CallContext = { cancellation: NEVER_CANCELLED, progress: () => undefined };

describe('the keeper of evidence', function () {
  this.timeout(20_000);
  const models = bundledModels();
  let folder: string;
  let logger: ReturnType<typeof recordingLogger>;
  /** How often the images were read: once a run. */
  let runs: number;
  let isBroken: boolean;

  beforeEach(() => {
    folder = newFolder();
    logger = recordingLogger();
    runs = 0;
    isBroken = false;
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  function keeper({ version = 'code 1', cache = folder }: { version?: string; cache?: string } = {}): EvidenceKeeper {
    const data = (id: string): Promise<Uint8Array> => {
      runs++;
      return isBroken ? Promise.reject(new Error('no such file')) : models.data(id);
    };
    const counted = { ...CALLS, data };
    return new EvidenceKeeper(
      {
        models: counted,
        clock,
        processorClock: clock,
        modelHash: (id) => models.hash('models', id),
        dataHash: (id) => models.hash('data', id),
        runtime: () => Promise.resolve('none'),
        turn: () => setImmediate(),
      },
      new EvidenceCache(cache, logger),
      () => Promise.resolve(version),
    );
  }

  const CALLS = {
    session: (id: string) => models.session(id),
    settings: (id: string) => models.settings(id),
    parameters: (id: string) => models.parameters(id),
    text: (id: string, asset: string) => models.text(id, asset),
    dataText: (id: string) => models.dataText(id),
  };

  it('runs an experiment once, and finds the same evidence again, also after a restart', async () => {
    const first = await keeper().evidence(REQUEST, CONTEXT);
    assert.equal(first.isCached, false);
    assert.ok(first.seconds > 0);
    const again = await keeper().evidence(REQUEST, CONTEXT);
    assert.deepEqual(again, { ...first, isCached: true });
    assert.equal(runs, 1);
  });

  it('computes anew when asked to, with the same result, and keeps that', async () => {
    const keeping = keeper();
    const first = await keeping.evidence(REQUEST, CONTEXT);
    const fresh = await keeping.evidence({ ...REQUEST, isFresh: true }, CONTEXT);
    assert.equal(fresh.isCached, false);
    assert.deepEqual(fresh.evidence, first.evidence);
    assert.equal((await keeping.evidence(REQUEST, CONTEXT)).seconds, fresh.seconds);
    assert.equal(runs, 2);
  });

  it('computes damaged evidence again, says so, and mends it', async () => {
    const keeping = keeper();
    const { evidence } = await keeping.evidence(REQUEST, CONTEXT);
    const [name = ''] = readdirSync(folder);
    const bytes = await readFile(join(folder, name));
    bytes[bytes.length - 1]! ^= 1;
    await writeFile(join(folder, name), bytes);
    const mended = await keeping.evidence(REQUEST, CONTEXT);
    assert.deepEqual([mended.isCached, mended.evidence], [false, evidence]);
    assert.match(logger.messages.join(), /damaged/);
    assert.equal((await keeping.evidence(REQUEST, CONTEXT)).isCached, true);
  });

  it('keeps evidence apart by seed, settings and version, and by nothing else', async () => {
    await keeper().evidence(REQUEST, CONTEXT);
    const isCached = async (request: Partial<EvidenceRequest>, version?: string): Promise<boolean> =>
      (await keeper(version === undefined ? {} : { version }).cachedEvidence({ ...REQUEST, ...request })) !== null;
    assert.ok(await isCached({}));
    // The initial settings, and in any order.
    assert.ok(await isCached({ settings: { steps: 1_000, schedule: 'linear' } }));
    assert.ok(await isCached({ settings: { schedule: 'linear', steps: 1_000 } }));
    assert.ok(!(await isCached({ seed: 2 })));
    assert.ok(!(await isCached({ settings: { steps: 999 } })));
    assert.ok(!(await isCached({ settings: { schedule: 'cosine' } })));
    assert.ok(!(await isCached({ experiment: 'scalar-loss' })));
    assert.ok(!(await isCached({}, 'code 2')));
    assert.equal(runs, 1);
  });

  it('gives evidence for the settings that were asked for', async () => {
    const keeping = keeper();
    const { evidence } = await keeping.evidence({ ...REQUEST, settings: { steps: 50 }, seed: 4 }, CONTEXT);
    assert.deepEqual(evidence.provenance.settings, { schedule: 'linear', steps: 50 });
    assert.equal(evidence.provenance.seed, 4);
    assert.deepEqual(Object.keys(evidence.provenance.data), ['test-images']);
  });

  it('runs two that come at once one after the other', async () => {
    const keeping = keeper();
    const order: number[] = [];
    await Promise.all(
      [1, 2, 3].map((seed) =>
        keeping.evidence({ ...REQUEST, seed }, { ...CONTEXT, progress: () => void order.push(seed) }),
      ),
    );
    const turns = order.filter((seed, index) => seed !== order[index - 1]);
    assert.deepEqual(turns.toSorted(), [1, 2, 3], 'each is told of in one go');
    assert.ok(order.length > 3);
  });

  it('tells how far it is, and of which experiment', async () => {
    const seen: unknown[] = [];
    await keeper().evidence(REQUEST, { ...CONTEXT, progress: (progress) => void seen.push(progress) });
    assert.deepEqual(seen[0], { done: 1, total: 4, stage: EXPERIMENT });
  });

  it('stops when cancelled, keeps nothing, and goes on with what waits', async () => {
    const keeping = keeper();
    const source = new CancellationSource();
    const stopped = keeping.evidence(REQUEST, { cancellation: source, progress: () => source.cancel() });
    const waiting = keeping.evidence({ ...REQUEST, seed: 2 }, CONTEXT);
    await assert.rejects(stopped, { code: 'cancelled' });
    assert.equal((await waiting).isCached, false);
    assert.equal(await keeping.cachedEvidence(REQUEST), null);
    assert.equal((await keeping.evidence(REQUEST, CONTEXT)).isCached, false);
  });

  it('does not begin what was cancelled while it waited', async () => {
    const keeping = keeper();
    const source = new CancellationSource();
    const running = keeping.evidence(REQUEST, CONTEXT);
    const begun = (): void => assert.fail('it began');
    const waiting = keeping.evidence({ ...REQUEST, seed: 2 }, { cancellation: source, progress: begun });
    source.cancel();
    await assert.rejects(waiting, { code: 'cancelled' });
    await running;
    assert.equal(runs, 1);
  });

  it('lets a failure through, keeps nothing, and goes on', async () => {
    const keeping = keeper();
    isBroken = true;
    await assert.rejects(keeping.evidence(REQUEST, CONTEXT), /no such file/);
    isBroken = false;
    assert.equal((await keeping.evidence(REQUEST, CONTEXT)).isCached, false);
  });

  it('works without a folder that can be written', async () => {
    const file = join(folder, 'taken');
    await writeFile(file, '');
    const keeping = keeper({ cache: file });
    const first = await keeping.evidence(REQUEST, CONTEXT);
    const second = await keeping.evidence(REQUEST, CONTEXT);
    assert.deepEqual([first.isCached, second.isCached, second.evidence], [false, false, first.evidence]);
    assert.match(logger.messages.join(), /could not be cached/);
  });

  it('looks for evidence without running anything', async () => {
    const keeping = keeper();
    assert.equal(await keeping.cachedEvidence(REQUEST), null);
    assert.equal(runs, 0);
    const { evidence } = await keeping.evidence(REQUEST, CONTEXT);
    assert.deepEqual((await keeping.cachedEvidence(REQUEST))?.evidence, evidence);
  });

  it('refuses unknown experiments and settings, and works on', async () => {
    const keeping = keeper();
    const refused = (request: Partial<EvidenceRequest>, code: string): Promise<void> =>
      assert.rejects(keeping.evidence({ ...REQUEST, ...request }, CONTEXT), { code });
    await refused({ experiment: 'alchemy' }, 'experiment.unknown');
    await refused({ settings: { steps: 0 } }, 'experiment.setting');
    await refused({ settings: { betas: 1 } }, 'experiment.setting');
    await refused({ seed: -1 }, 'sample.seed');
    assert.equal((await keeping.evidence(REQUEST, CONTEXT)).isCached, false);
  });
});
