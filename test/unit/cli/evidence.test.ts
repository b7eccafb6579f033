/** `drylab evidence`, as a person or a script calls it. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findExperiment } from '../../../src/core/experiments/registry';
import { MANIFEST } from '../models/bundled';

interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What the contract of the command line promises. */
interface EvidenceJson {
  readonly experiment: string;
  readonly seconds: number;
  readonly cached: boolean;
  readonly outcomes: Record<
    string,
    { outcome: string; effect: number; interval: number[]; unit: string; detail: string }
  >;
  readonly figures: { kind: string; title: string }[];
  readonly provenance: {
    models: Record<string, string>;
    data: Record<string, string>;
    seed: number;
    settings: Record<string, unknown>;
    runtime: string | null;
  };
}

describe('drylab evidence', function () {
  this.timeout(30_000);
  const cache = mkdtempSync(join(tmpdir(), 'drylab-cli-'));
  after(() => rm(cache, { recursive: true, force: true }));

  function drylab(...args: string[]): Promise<Result> {
    const script = join(process.cwd(), 'dist', 'cli.js');
    return new Promise((resolve) => {
      const options = { env: { ...process.env, DRYLAB_CACHE: cache }, maxBuffer: 64e6 };
      execFile(process.execPath, [script, 'evidence', ...args], options, (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
      });
    });
  }

  async function evidence(...args: string[]): Promise<EvidenceJson[]> {
    const { code, stdout, stderr } = await drylab(...args, '--json');
    assert.deepEqual([code, stderr], [0, '']);
    assert.equal(stdout.trimEnd().split('\n').length, 1);
    return JSON.parse(stdout) as EvidenceJson[];
  }

  it('prints the fields of the contract, and nothing else', async () => {
    const [found, ...others] = await evidence('scalar-loss');
    assert.ok(found);
    assert.deepEqual(others, []);
    const fields = ['experiment', 'seconds', 'cached', 'outcomes', 'figures', 'provenance'] as const;
    for (const field of fields) assert.ok(field in found, field);
    assert.equal(found.experiment, 'scalar-loss');
    assert.ok(found.seconds > 0);
    assert.equal(found.cached, false);
    assert.deepEqual(Object.keys(found.outcomes).sort(), [...findExperiment('scalar-loss').claims].sort());
    for (const { outcome, effect, interval, unit, detail } of Object.values(found.outcomes)) {
      assert.ok(['holds', 'fails', 'inconclusive'].includes(outcome));
      assert.equal(typeof effect, 'number');
      assert.equal(interval.length, 2);
      assert.ok(interval[0]! <= effect && effect <= interval[1]!);
      assert.equal(typeof unit, 'string');
      assert.match(detail, /^[^{}]+\.$/);
    }
    for (const { kind, title } of found.figures) assert.deepEqual([typeof kind, typeof title], ['string', 'string']);
    assert.deepEqual(found.provenance, {
      models: {},
      data: {},
      seed: 0,
      settings: Object.fromEntries(
        Object.entries(findExperiment('scalar-loss').settings).map(([name, { initial }]) => [name, initial]),
      ),
      runtime: null,
    });
  });

  it('takes several experiments and a seed, names files by their hashes, and caches', async () => {
    const args = ['attention-cost', 'diffusion-elbo', '--seed', '5'];
    const first = await evidence(...args);
    assert.deepEqual(
      first.map(({ experiment }) => experiment),
      ['attention-cost', 'diffusion-elbo'],
    );
    for (const { provenance } of first) {
      assert.equal(provenance.seed, 5);
      const files = { ...provenance.models, ...provenance.data };
      assert.ok(Object.keys(files).length > 0);
      for (const [id, hash] of Object.entries(files)) {
        assert.equal([...MANIFEST.models, ...MANIFEST.data].find((row) => row.id === id)?.sha256, hash);
      }
    }
    assert.match(first[0]?.provenance.runtime ?? '', /^onnxruntime/);
    assert.deepEqual(
      await evidence(...args),
      first.map((one) => ({ ...one, cached: true })),
    );
    const [fresh] = await evidence('diffusion-elbo', '--seed', '5', '--fresh');
    assert.equal(fresh?.cached, false);
    assert.deepEqual(fresh?.outcomes, first[1]?.outcomes);
  });

  it('tells a person the outcome of each claim in words', async () => {
    const { code, stdout } = await drylab('diffusion-elbo', '--seed', '5');
    assert.equal(code, 0);
    assert.match(stdout, /^diffusion-elbo \(.*\)$/m);
    for (const claim of findExperiment('diffusion-elbo').claims) {
      assert.match(stdout, new RegExp(`^  ${claim.replaceAll('.', '\\.')} +(holds|fails|inconclusive) `, 'm'));
    }
    assert.doesNotMatch(stdout, /\{\w+\}|undefined|NaN/);
  });

  const refused: [args: string[], message: RegExp][] = [
    [['alchemy'], /^drylab: There is no experiment "alchemy"\. Choose one of: latent-dimension, .*ae-vs-vae\.$/],
    [['scalar-loss', 'alchemy'], /no experiment "alchemy"/],
    [['scalar-loss', '--seed', 'one'], /--seed takes a whole number; "one" is none/],
    [['scalar-loss', '--seed=-1'], /--seed takes a whole number/],
    [['scalar-loss', '--seed', '2147483648'], /seed must be a whole number from 0 to 2147483647/],
    [['scalar-loss', '--often'], /Usage: drylab evidence/],
  ];
  for (const [args, message] of refused) {
    it(`ends with 2 and one clear line for ${args.join(' ')}`, async () => {
      const { code, stdout, stderr } = await drylab(...args, '--json');
      assert.equal(code, 2);
      assert.equal(stdout, '');
      assert.equal(stderr.trimEnd().split('\n').length, 1, stderr);
      assert.match(stderr.trimEnd(), message);
    });
  }
});
