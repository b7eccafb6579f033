import assert from 'node:assert/strict';
import { imagesTensor, permutePixels, readImages, readLabels, readPermutation } from '../../../src/core/models/heldOut';
import type { Images } from '../../../src/core/models/heldOut';
import { bundledModels, MANIFEST } from './bundled';

const IMAGES = 2_000;
const CLASSES = 10;
const BATCH = 250;
/** Two and a half standard errors of a share of 93 % among 2,000 images. */
const SAMPLING_ERROR = 0.015;

/** Where the largest of the values is. */
function largest(values: Float32Array): number {
  return values.indexOf(values.reduce((most, value) => Math.max(most, value), -Infinity));
}

describe('the classifiers on the bundled images', function () {
  this.timeout(60_000);
  const models = bundledModels();
  let images: Images;
  let permuted: Images;
  let labels: Uint8Array;

  before(async () => {
    images = readImages(await models.data('test-images'));
    labels = readLabels(await models.data('test-labels'));
    permuted = permutePixels(images, readPermutation(await models.dataText('pixel-permutation')));
  });

  /** Share of images for which the network of the first seed is right. */
  async function accuracy(id: string, pictures: Images): Promise<number> {
    const session = await models.session(id);
    let right = 0;
    for (let start = 0; start < pictures.count; start += BATCH) {
      const { logits } = await session.run({ pixels: imagesTensor(pictures, start, start + BATCH) });
      assert.ok(logits?.type === 'float32');
      assert.deepEqual(logits.dims.slice(1), [BATCH, CLASSES]);
      for (let index = 0; index < BATCH; index++) {
        const scores = logits.data.subarray(index * CLASSES, (index + 1) * CLASSES);
        if (largest(scores) === labels[start + index]) right += 1;
      }
    }
    return right / pictures.count;
  }

  it('have 2,000 images of 28 × 28 pixels, about as many of each class', () => {
    assert.deepEqual([images.count, images.height, images.width, labels.length], [IMAGES, 28, 28, IMAGES]);
    for (let wanted = 0; wanted < CLASSES; wanted++) {
      const count = labels.filter((label) => label === wanted).length;
      assert.ok(count > 150 && count < 250, `${count} images of class ${wanted}`);
    }
  });

  for (const id of ['cnn-60000', 'mlp-60000', 'cnn-permuted', 'mlp-permuted']) {
    it(`${id} is right as often as the manifest says of all 10,000, within the error of sampling`, async () => {
      const expected = Number(MANIFEST.models.find((model) => model.id === id)?.metrics['testAccuracy']);
      const found = await accuracy(id, id.endsWith('permuted') ? permuted : images);
      assert.ok(Math.abs(found - expected) <= SAMPLING_ERROR, `${found} here, ${expected} there`);
    });
  }

  it('were trained for their order of the pixels: on images of the other they are lost', async () => {
    assert.ok((await accuracy('cnn-permuted', images)) < 0.5);
    assert.ok((await accuracy('mlp-60000', permuted)) < 0.5);
  });
});
