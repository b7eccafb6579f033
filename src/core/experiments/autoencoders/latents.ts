/** What the latents of many images look like together. */
import { CholeskyDecomposition } from 'ml-matrix';
import { moments } from '../frechet';
import { rowCount, type Rows } from '../tensors';
import type { Encoded } from './gallery';

/** Draws from the normal distribution with the mean and covariance of the rows, from standard normal numbers. */
export function fittedLatents(latents: Rows, noise: ArrayLike<number>): Rows {
  const { width } = latents;
  const { mean, covariance } = moments(latents);
  const lower = new CholeskyDecomposition(covariance).lowerTriangularMatrix;
  const values = Float32Array.from(noise, (_, place) => {
    const [draw, i] = [Math.floor(place / width), place % width];
    let value = mean[i] ?? 0;
    for (let j = 0; j <= i; j++) value += lower.get(i, j) * (noise[draw * width + j] ?? 0);
    return value;
  });
  return { values, width };
}

/** KL(N(mean, variance) ‖ N(0, 1)) of each dimension of the aggregated posterior, summed, in nats, for some images. */
export function aggregatedNats(means: Rows, logVariances: Rows | null, items: ArrayLike<number>): number {
  const { width, values } = means;
  let nats = 0;
  for (let j = 0; j < width; j++) {
    let [sum, squares, own] = [0, 0, 0];
    for (let index = 0; index < items.length; index++) {
      const place = (items[index] ?? 0) * width + j;
      const value = values[place] ?? 0;
      sum += value;
      squares += value ** 2;
      if (logVariances) own += Math.exp(logVariances.values[place] ?? 0);
    }
    const mean = sum / items.length;
    const variance = squares / items.length - mean ** 2 + own / items.length;
    nats += (mean ** 2 + variance - 1 - Math.log(variance)) / 2;
  }
  return nats;
}

/** Mean over images of the KL of each latent dimension, in nats, [d]. */
export function klOfDimensions({ vaeMean, vaeLogVariance }: Encoded): number[] {
  const [count, { width }] = [rowCount(vaeMean), vaeMean];
  return Array.from({ length: width }, (_, j) => {
    let sum = 0;
    for (let index = 0; index < count; index++) {
      const [mean, log] = [vaeMean.values[index * width + j] ?? 0, vaeLogVariance.values[index * width + j] ?? 0];
      sum += (mean ** 2 + Math.exp(log) - 1 - log) / 2;
    }
    return sum / count;
  });
}
