import { imagesTensor, permutePixels, readImages, readLabels, readPermutation } from '../../models/heldOut';
import type { Models, Tensor } from '../../ports';
import { rightAnswers, seedLogits, type Between } from '../tensors';

export type Pixels = Tensor & { type: 'float32' };

/** The first held-out images with their classes. */
export interface HeldOut {
  /** [N, 1, 28, 28] in [0, 1]. */
  readonly pixels: Pixels;
  /** The same in the order of pixels that the permuted classifiers were trained on. */
  readonly permuted: Pixels;
  readonly labels: Uint8Array;
  readonly height: number;
  readonly width: number;
}

export async function heldOutImages(models: Models, most: number): Promise<HeldOut> {
  const images = readImages(await models.data('test-images'));
  const labels = readLabels(await models.data('test-labels'));
  const count = Math.min(most, images.count);
  const pixels = imagesTensor(images, 0, count) as Pixels;
  const permutation = readPermutation(await models.dataText('pixel-permutation'));
  const permuted = imagesTensor(permutePixels(images, permutation), 0, count) as Pixels;
  return { pixels, permuted, labels: labels.subarray(0, count), height: images.height, width: images.width };
}

/** For each image the share of a model's networks (one a seed) that answer right, [N] in [0, 1]. */
export async function rightShares(
  models: Models,
  model: string,
  pixels: Pixels,
  labels: ArrayLike<number>,
  between: Between,
): Promise<Float64Array> {
  const networks = await seedLogits(await models.session(model), pixels, between);
  const answers = networks.map((logits) => rightAnswers(logits, labels));
  return Float64Array.from(
    labels,
    (_, image) => answers.reduce((sum, right) => sum + (right[image] ?? 0), 0) / answers.length,
  );
}
