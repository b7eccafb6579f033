import assert from 'node:assert/strict';
import fc from 'fast-check';
import { above, exact } from '../../../src/core/experiments/evidence';
import { ConvolutionLayer, invarianceOutcome } from '../../../src/core/experiments/images/convolutionLayer';
import { heldOutImages, rightShares, type Pixels } from '../../../src/core/experiments/images/heldOutImages';
import { DIRECTIONS, shifted } from '../../../src/core/experiments/images/shift';
import { randomStream } from '../../../src/core/experiments/random';
import { phrase } from '../../../src/core/explain/phrase';
import type { Models, ModelSession } from '../../../src/core/ports';
import { near } from './near';

/** What a layer makes of one image of side × side pixels: [channels] of side × side. */
type Layer = (pixel: (x: number, y: number) => number, side: number) => number[][];

function session(layer: Layer): ModelSession {
  return {
    run: ({ pixels }) => {
      const { dims, data } = pixels as Pixels;
      const [count = 0, , , side = 0] = dims;
      const maps = Array.from({ length: count }, (_, image) =>
        layer((x, y) => {
          const isInside = x >= 0 && x < side && y >= 0 && y < side;
          return isInside ? data[(image * side + y) * side + x]! : 0;
        }, side),
      );
      const channels = maps[0]?.length ?? 0;
      return Promise.resolve({
        maps: { type: 'float32', data: Float32Array.from(maps.flat(2)), dims: [count, channels, side, side] },
      });
    },
  };
}

const eachPixel = (side: number, value: (x: number, y: number) => number): number[] =>
  Array.from({ length: side * side }, (_, place) => value(place % side, Math.floor(place / side)));

/** Nine different weights each, row by row; nothing outside the image. */
const KERNELS = [
  [1, -2, 3, 4, 5, -6, 7, 8, -9],
  [0.5, 0.25, -0.125, 2, -4, 8, 16, -32, 64],
];

const convolve =
  (kernels: readonly (readonly number[])[]): Layer =>
  (pixel, side) =>
    kernels.map((kernel) =>
      eachPixel(side, (x, y) =>
        kernel.reduce((sum, weight, i) => sum + weight * pixel(x + (i % 3) - 1, y + Math.floor(i / 3) - 1), 0),
      ),
    );

const layerOf = (layer: Layer): ConvolutionLayer => new ConvolutionLayer(session(layer));
const convolution = layerOf(convolve(KERNELS));

/** Whole grey levels: sums of them are exact. */
function images(count: number, side: number, margin = 0): Pixels {
  const random = randomStream(1, 'pixels');
  const data = Float32Array.from({ length: count * side * side }, (_, place) => {
    const [x, y] = [place % side, Math.floor(place / side) % side];
    const level = random.index(100);
    return Math.min(x, y) >= margin && Math.max(x, y) < side - margin ? level : 0;
  });
  return { type: 'float32', data, dims: [count, 1, side, side] };
}

describe('a convolution layer', () => {
  it('is as a matrix sparse, and has the nine weights of each kernel', async () => {
    for (const side of [5, 8]) {
      const matrix = await convolution.matrix(side);
      // An offset of one pixel leaves side − 1 places in its direction.
      const entries = (3 * side - 2) ** 2;
      assert.equal(matrix.inputs, side ** 2);
      assert.equal(matrix.outputs, 2 * side ** 2);
      assert.equal(matrix.nonZero, 2 * entries);
      assert.equal(matrix.distinct, 18);
    }
  });

  it('has a matrix that gives, times an image, the first map of the image', async () => {
    const side = 6;
    const { firstChannel } = await convolution.matrix(side);
    const { data } = images(1, side);
    const expected = convolve(KERNELS)(
      (x, y) => (x >= 0 && x < side && y >= 0 && y < side ? data[y * side + x]! : 0),
      side,
    );
    assert.deepEqual(
      firstChannel.map((row) => row.reduce((sum, weight, pixel) => sum + weight * data[pixel]!, 0)),
      expected[0],
    );
  });

  it('has equal weights counted once, and weights of zero not at all', async () => {
    const matrix = await layerOf(convolve([[0, 0, 0, 2, 0, 2, 0, 0, 0]])).matrix(4);
    assert.equal(matrix.distinct, 1);
    assert.equal(matrix.nonZero, 2 * 3 * 4);
  });

  it('sees nine pixels', async () => {
    assert.equal(await convolution.receptiveShare(9), 9 / 81);
    assert.equal(await layerOf(convolve([[0, 0, 0, 0, 1, 0, 0, 0, 0]])).receptiveShare(10), 1 / 100);
  });

  it('is linear, which a rectified, a squared or a biased one is not', async () => {
    const error = (layer: Layer): Promise<number> => layerOf(layer).linearityError(12, randomStream(2, 'x'));
    const after =
      (f: (value: number) => number): Layer =>
      (pixel, side) =>
        convolve(KERNELS)(pixel, side).map((map) => map.map(f));
    assert.ok((await error(convolve(KERNELS))) < 1e-6);
    for (const f of [
      (value: number) => Math.max(0, value),
      (value: number) => value ** 2,
      (value: number) => value + 5,
    ]) {
      assert.ok((await error(after(f))) > 1e-2);
    }
  });

  it('moves its output with its input, which one with weights of its own for each place does not', async () => {
    const effects = await convolution.shiftEffects(images(3, 10));
    assert.equal(effects.equivarianceError, 0);
    assert.ok(effects.change > 0.1);
    const local = layerOf((pixel, side) => [eachPixel(side, (x, y) => (x + 1) * pixel(x, y))]);
    assert.ok((await local.shiftEffects(images(3, 10))).equivarianceError > 0.05);
  });

  it('is found not to be invariant, while a mean over all pixels is found to be', async () => {
    const background = images(4, 12, 2);
    const falls = above(0, exact(3, 'points'), phrase('falls'));
    const pooled: Layer = (pixel, side) => {
      const sum = eachPixel(side, pixel).reduce((total, value) => total + value, 0);
      return [eachPixel(side, () => sum)];
    };
    const ofConvolution = await convolution.shiftEffects(background);
    assert.equal(invarianceOutcome(ofConvolution).outcome, 'fails');
    assert.equal(invarianceOutcome(ofConvolution, falls).outcome, 'fails');
    const ofPool = await layerOf(pooled).shiftEffects(background);
    assert.equal(ofPool.change, 0);
    assert.equal(invarianceOutcome(ofPool).outcome, 'holds');
  });

  it('without maps is a defect', async () => {
    const empty = new ConvolutionLayer({ run: () => Promise.resolve({}) });
    await assert.rejects(empty.matrix(2), { code: 'internal' });
  });
});

describe('shifting images', () => {
  const shapes = fc.tuple(...[3, 2, 6, 6].map((max) => fc.integer({ min: 1, max })));

  it('takes every pixel from where it was, and zeros from outside', () => {
    fc.assert(
      fc.property(shapes, fc.integer({ min: -8, max: 8 }), fc.integer({ min: -8, max: 8 }), (dims, dx, dy) => {
        const [count = 0, channels = 0, height = 0, width = 0] = dims;
        const data = Float32Array.from({ length: count * channels * height * width }, (_, index) => index + 1);
        const moved = shifted({ type: 'float32', data, dims }, dx, dy);
        const expected = data.map((_, place) => {
          const [x, y] = [(place % width) - dx, (Math.floor(place / width) % height) - dy];
          const isInside = x >= 0 && x < width && y >= 0 && y < height;
          return isInside ? data[place - dy * width - dx]! : 0;
        });
        assert.deepEqual(moved, { type: 'float32', data: expected, dims });
      }),
    );
  });

  it('goes in four directions, by one pixel each', () => {
    assert.deepEqual(
      DIRECTIONS.map(([dx, dy]) => Math.abs(dx) + Math.abs(dy)),
      [1, 1, 1, 1],
    );
    assert.equal(new Set(DIRECTIONS.map(String)).size, 4);
  });
});

/** An IDX file of the last dimension's type: unsigned bytes. */
function idx(dims: readonly number[], bytes: Uint8Array): Uint8Array {
  const header = new DataView(new ArrayBuffer(4 + 4 * dims.length));
  header.setUint32(0, 0x0800 + dims.length);
  dims.forEach((length, index) => header.setUint32(4 + 4 * index, length));
  return Uint8Array.from([...new Uint8Array(header.buffer), ...bytes]);
}

describe('held-out images', () => {
  const [count, side] = [5, 3];
  const pixels = Uint8Array.from({ length: count * side ** 2 }, (_, index) => (index * 37) % 256);
  const order = [4, 7, 0, 2, 8, 1, 3, 6, 5];
  const files: Record<string, Uint8Array> = {
    'test-images': idx([count, side, side], pixels),
    'test-labels': idx([count], Uint8Array.of(3, 1, 4, 1, 5)),
  };
  const logits = (answers: readonly (readonly number[])[]): ModelSession => ({
    run: ({ pixels: given }) => {
      const [images_ = 0] = (given as Pixels).dims;
      const data = answers.flatMap((ofNetwork) =>
        ofNetwork.slice(0, images_).flatMap((answer) => Array.from({ length: 10 }, (_, c) => (c === answer ? 2 : -c))),
      );
      return Promise.resolve({
        logits: { type: 'float32', data: Float32Array.from(data), dims: [answers.length, images_, 10] },
      });
    },
  });
  const models = (answers: readonly (readonly number[])[] = []): Models => ({
    session: () => Promise.resolve(logits(answers)),
    settings: () => Promise.resolve({}),
    parameters: () => Promise.resolve(0),
    text: () => Promise.resolve(''),
    data: (id) => Promise.resolve(files[id]!),
    dataText: () => Promise.resolve(JSON.stringify(order)),
  });

  it('come in order and permuted, with their labels', async () => {
    const held = await heldOutImages(models(), 3);
    assert.deepEqual([...held.labels], [3, 1, 4]);
    assert.deepEqual([held.height, held.width], [side, side]);
    assert.deepEqual(
      [held.pixels.dims, held.permuted.dims],
      [
        [3, 1, 3, 3],
        [3, 1, 3, 3],
      ],
    );
    assert.deepEqual(
      held.pixels.data,
      Float32Array.from(pixels.subarray(0, 27), (level) => level / 255),
    );
    held.permuted.data.forEach((level, place) => {
      const [image, pixel] = [Math.floor(place / 9), place % 9];
      assert.equal(level, held.pixels.data[image * 9 + order[pixel]!]);
    });
    assert.equal((await heldOutImages(models(), 1_000)).labels.length, count);
  });

  it('are right in the share of networks that name their class', async () => {
    const held = await heldOutImages(models(), 5);
    const answers = [
      [3, 1, 4, 1, 5],
      [3, 0, 4, 0, 0],
      [3, 1, 0, 0, 0],
    ];
    const shares = await rightShares(models(answers), 'cnn', held.pixels, held.labels, () => Promise.resolve());
    [1, 2 / 3, 2 / 3, 1 / 3, 1 / 3].forEach((share, image) => near(shares[image]!, share, 1e-12));
  });
});
