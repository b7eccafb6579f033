import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { bundledModels, MANIFEST, MODELS } from './bundled';

const MOST_BYTES = 25e6;
/** The reader of stances alone may have as much again. */
const STANCE_READER = /^stance-reader/;

interface Demand {
  readonly model: string;
  readonly metric: string;
  readonly atLeast: number;
  readonly mostParameters?: number;
}

/** What the models were made to reach on held-out data. */
const DEMANDS: readonly Demand[] = [
  { model: 'cnn-60000', metric: 'testAccuracy', atLeast: 0.925, mostParameters: 120_000 },
  { model: 'mlp-60000', metric: 'testAccuracy', atLeast: 0.89 },
  { model: 'translator-encoder', metric: 'testBleu', atLeast: 40, mostParameters: 5_000_000 },
  { model: 'translator-decoder', metric: 'testBleu', atLeast: 40, mostParameters: 5_000_000 },
  { model: 'translator-decoder', metric: 'testAlignmentAgreement', atLeast: 0.6 },
];

/** Paths of all files below the folder, with forward slashes. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1).replaceAll('\\', '/'));
}

describe('the folder of the models', () => {
  const files = filesIn(MODELS);

  it('has less than 25 MB without the reader of stances, which has less than 26', () => {
    const size = (names: readonly string[]): number =>
      names.reduce((sum, file) => sum + statSync(join(MODELS, file)).size, 0);
    const reader = files.filter((file) => STANCE_READER.test(file));
    const others = files.filter((file) => !STANCE_READER.test(file));
    assert.ok(size(others) < MOST_BYTES, `${size(others)} bytes`);
    assert.ok(reader.length > 0 && size(reader) < MOST_BYTES + 1e6, `${size(reader)} bytes`);
  });

  it('has the files of the manifest, unaltered and of the size it says, and no others but readmes', async () => {
    const { models, data } = await bundledModels().list(true);
    const assets = models.flatMap((model) => Object.values(model.assets));
    const named = [...models, ...assets, ...data].map(({ file }) => file);
    const others = files.filter((file) => !/(^|\/)README\.md$/.test(file));
    assert.deepEqual(others.sort(), ['manifest.json', ...new Set(named)].sort());
    for (const { file, bytes } of [...models, ...data]) assert.equal(statSync(join(MODELS, file)).size, bytes, file);
  });

  it('says of every model what was measured, from which data, by which command, under which licence', () => {
    for (const { id, title, trainedBy, data, licence } of MANIFEST.models) {
      for (const text of [title, data, licence]) assert.notEqual(text.trim(), '', id);
      assert.match(trainedBy, /^python -m training\.[\w.]+/, id);
    }
    for (const { id, title, source, licence } of MANIFEST.data) {
      for (const text of [title, source, licence]) assert.notEqual(text.trim(), '', id);
    }
  });
});

describe('held-out metrics', () => {
  for (const { model, metric, atLeast, mostParameters = Infinity } of DEMANDS) {
    it(`${model} has a ${metric} of at least ${atLeast} with at most ${mostParameters} parameters`, () => {
      const found = MANIFEST.models.find(({ id }) => id === model);
      assert.ok(found);
      assert.ok(Number(found.metrics[metric]) >= atLeast, `it is ${found.metrics[metric]}`);
      assert.ok(found.parameters <= mostParameters, `${found.parameters} parameters`);
    });
  }

  it('show samples of the diffusion model nearer to real images than those of the VAE, with at most two million parameters', () => {
    const found = new Map(MANIFEST.models.map((model) => [model.id, model]));
    const [diffusion, vae] = [found.get('diffusion-noise'), found.get('vae-decoder')];
    assert.ok(diffusion && vae);
    assert.ok(Number(diffusion.metrics['testFrechet']) < Number(vae.metrics['testFrechet']));
    assert.equal(diffusion.metrics['frechetSamples'], vae.metrics['frechetSamples']);
    assert.ok(diffusion.parameters <= 2_000_000);
  });
});
