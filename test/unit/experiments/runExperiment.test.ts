import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { exact, above, type Outcome } from '../../../src/core/experiments/evidence';
import type { Experiment, ExperimentLab } from '../../../src/core/experiments/experiment';
import { EXPERIMENTS } from '../../../src/core/experiments/registry';
import {
  runExperiment,
  SEED_LIMIT,
  type RunOptions,
  type Surroundings,
} from '../../../src/core/experiments/runExperiment';
import { phrase } from '../../../src/core/explain/phrase';
import { NEVER_CANCELLED, type Models } from '../../../src/core/ports';
import { CancellationSource } from '../../../src/protocol/rpc';

const OUTCOME: Outcome = above(0, exact(1, '1'), phrase('It is one.'));

const models: Models = {
  session: () => Promise.resolve({ run: () => Promise.resolve({}) }),
  settings: () => Promise.resolve({}),
  parameters: () => Promise.resolve(1),
  text: () => Promise.resolve(''),
  data: () => Promise.resolve(new Uint8Array()),
  dataText: () => Promise.resolve(''),
};

const surroundings: Surroundings = {
  models,
  clock: { now: () => 0 },
  processorClock: { now: () => 0 },
  modelHash: (id) => Promise.resolve(`model ${id}`),
  dataHash: (id) => Promise.resolve(`data ${id}`),
  runtime: () => Promise.resolve('runtime 1'),
  turn: () => setImmediate(),
};

function experiment(
  run: (lab: ExperimentLab) => Promise<void> | void,
  { claims = ['a'], found = claims }: { claims?: readonly string[]; found?: readonly string[] } = {},
): Experiment {
  return {
    id: 'trial',
    title: phrase('Trial'),
    settings: { n: { kind: 'number', label: phrase('n'), least: 1, greatest: 5, initial: 2, isWhole: true } },
    claims,
    async run(lab) {
      await run(lab);
      return { outcomes: Object.fromEntries(found.map((id) => [id, OUTCOME])), figures: [], summary: [] };
    },
  };
}

const options = (given: Partial<RunOptions> = {}): RunOptions => ({
  seed: 0,
  settings: {},
  cancellation: NEVER_CANCELLED,
  onProgress: () => undefined,
  ...given,
});

const nothing = (): void => undefined;

describe('running an experiment', () => {
  it('names exactly the models and data that it touched, each by its hash', async () => {
    const touching = experiment(async (lab) => {
      await lab.models.session('ran');
      await lab.models.session('ran');
      await lab.models.settings('configured');
      await lab.models.parameters('counted');
      await lab.models.text('read', 'tokenizer');
      await lab.models.data('images');
      await lab.models.dataText('sentences');
    });
    const { provenance, experiment: id } = await runExperiment(
      touching,
      surroundings,
      options({ seed: 7, settings: { n: 4 } }),
    );
    assert.equal(id, 'trial');
    assert.deepEqual(provenance, {
      models: { configured: 'model configured', counted: 'model counted', ran: 'model ran', read: 'model read' },
      data: { images: 'data images', sentences: 'data sentences' },
      seed: 7,
      settings: { n: 4 },
      runtime: 'runtime 1',
    });
  });

  it('names no runtime when no model ran, and does not load one', async () => {
    const runtime = (): Promise<string> => Promise.reject(new Error('loaded'));
    const { provenance } = await runExperiment(experiment(nothing), { ...surroundings, runtime }, options());
    assert.deepEqual(provenance, { models: {}, data: {}, seed: 0, settings: { n: 2 }, runtime: null });
  });

  it('fails when the outcomes are not those that were promised', async () => {
    for (const found of [[], ['b'], ['a', 'b']]) {
      const broken = experiment(nothing, { claims: ['a'], found });
      await assert.rejects(runExperiment(broken, surroundings, options()), /trial promised a and found/);
    }
    const fine = experiment(nothing, { claims: ['b', 'a'], found: ['a', 'b'] });
    assert.deepEqual((await runExperiment(fine, surroundings, options())).outcomes, { a: OUTCOME, b: OUTCOME });
  });

  it('refuses seeds and settings before anything runs', async () => {
    const never = experiment(() => assert.fail('it ran'));
    for (const seed of [-1, 0.5, NaN, Infinity, SEED_LIMIT + 1]) {
      await assert.rejects(runExperiment(never, surroundings, options({ seed })), { code: 'sample.seed' });
    }
    for (const settings of [{ n: 0 }, { n: '2' }, { m: 1 }]) {
      await assert.rejects(runExperiment(never, surroundings, options({ settings })), { code: 'experiment.setting' });
    }
    const greatest = await runExperiment(experiment(nothing), surroundings, options({ seed: SEED_LIMIT }));
    assert.equal(greatest.provenance.seed, SEED_LIMIT);
  });

  it('gives random numbers that the seed and the name decide', async () => {
    const draw = async (seed: number): Promise<number[]> => {
      const numbers: number[] = [];
      const drawing = experiment(
        (lab) => void numbers.push(lab.random('a').uniform(), lab.random('a').uniform(), lab.random('b').uniform()),
      );
      await runExperiment(drawing, surroundings, options({ seed }));
      return numbers;
    };
    const [first, again, other] = await draw(3);
    assert.equal(first, again);
    assert.notEqual(first, other);
    assert.deepEqual(await draw(3), [first, again, other]);
    assert.notDeepEqual(await draw(4), [first, again, other]);
  });

  it('reports each step, in order', async () => {
    const seen: string[] = [];
    const stepping = experiment(async (lab) => {
      for (let done = 1; done <= 3; done++) await lab.step(done, 3);
    });
    await runExperiment(
      stepping,
      surroundings,
      options({ onProgress: (done, total) => void seen.push(`${done}/${total}`) }),
    );
    assert.deepEqual(seen, ['1/3', '2/3', '3/3']);
  });

  it('stops at the next step after a cancellation, which arrives between two steps', async () => {
    const source = new CancellationSource();
    let steps = 0;
    const endless = experiment(async (lab) => {
      for (;;) {
        steps++;
        await lab.step(0, 1);
      }
    });
    const running = runExperiment(endless, surroundings, options({ cancellation: source }));
    await setImmediate();
    await setImmediate();
    const before = steps;
    source.cancel();
    await assert.rejects(running, { code: 'cancelled' });
    assert.ok(before > 0 && steps - before <= 1, `${steps - before} steps after the cancellation`);
  });

  it('lets through what models throw', async () => {
    const broken = { ...surroundings, models: { ...models, session: () => Promise.reject(new Error('no such file')) } };
    const opening = experiment(async (lab) => void (await lab.models.session('x')));
    await assert.rejects(runExperiment(opening, broken, options()), /no such file/);
  });
});

describe('every experiment', () => {
  for (const one of EXPERIMENTS) {
    it(`${one.id} hears of a cancellation when it first steps, at the latest`, async () => {
      const { bundledModels } = await import('../models/bundled');
      const source = new CancellationSource();
      let steps = 0;
      const onProgress = (): void => {
        steps++;
        source.cancel();
      };
      const run = runExperiment(
        one,
        { ...surroundings, models: bundledModels(), clock: performance },
        options({ cancellation: source, onProgress }),
      );
      await assert.rejects(run, { code: 'cancelled' });
      assert.equal(steps, 1);
    }).timeout(20_000);
  }
});
