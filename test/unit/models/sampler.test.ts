import assert from 'node:assert/strict';
import { sample, standardNormalLatents, type SampledModel } from '../../../src/core/models/sampler';
import { clock } from '../../../src/platform/clock';
import { bundledModels } from './bundled';

describe('latents', () => {
  it('are standard normal: moments of 200,000 draws within five standard errors', () => {
    const latents = standardNormalLatents(12_500, 16, 3);
    const moment = (power: number): number => latents.reduce((sum, x) => sum + x ** power, 0) / latents.length;
    const error = (variance: number): number => 5 * Math.sqrt(variance / latents.length);
    assert.ok(Math.abs(moment(1)) < error(1));
    assert.ok(Math.abs(moment(2) - 1) < error(2));
    assert.ok(Math.abs(moment(3)) < error(15));
    assert.ok(Math.abs(moment(4) - 3) < error(96));
  });

  it('depend on the seed alone, and a longer list starts with the shorter one', () => {
    assert.deepEqual(standardNormalLatents(4, 16, 7), standardNormalLatents(4, 16, 7));
    assert.deepEqual(standardNormalLatents(9, 16, 7).slice(0, 64), standardNormalLatents(4, 16, 7));
    assert.notDeepEqual(standardNormalLatents(4, 16, 7), standardNormalLatents(4, 16, 8));
  });
});

describe('sampling', function () {
  this.timeout(20_000);
  const models = bundledModels();

  it('gives the same pictures for the same seed, and others for another', async () => {
    const request = { model: 'vae', count: 8, seed: 5 } as const;
    const first = await sample(models, clock, request);
    assert.deepEqual(first.shape, [8, 28, 28]);
    assert.deepEqual((await sample(models, clock, request)).pixels, first.pixels);
    assert.notDeepEqual((await sample(models, clock, { ...request, seed: 6 })).pixels, first.pixels);
  });

  it('draws pictures, not flat grey: the median one spans more than half of the grey levels', async () => {
    for (const model of ['ae', 'vae'] as const) {
      const { pixels } = await sample(models, clock, { model, count: 64, seed: 1 });
      const spans = Array.from({ length: 64 }, (_, i) => {
        const picture = pixels.subarray(i * 784, (i + 1) * 784);
        return Math.max(...picture) - Math.min(...picture);
      });
      assert.ok((spans.sort((a, b) => a - b)[32] ?? 0) > 128, model);
    }
  });

  const refused: [object, string][] = [
    [{ count: 0 }, 'sample.count'],
    [{ count: 2.5 }, 'sample.count'],
    [{ count: 1e9 }, 'sample.count'],
    [{ seed: -1 }, 'sample.seed'],
    [{ seed: NaN }, 'sample.seed'],
    [{ model: 'gan' as SampledModel }, 'model.unknown'],
    [{ model: 'toString' as SampledModel }, 'model.unknown'],
  ];
  for (const [change, code] of refused) {
    it(`refuses ${JSON.stringify(change)}`, async () => {
      await assert.rejects(sample(models, clock, { model: 'ae', count: 1, seed: 0, ...change }), { code });
    });
  }
});
