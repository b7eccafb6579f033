import { writeFile } from 'node:fs/promises';
import { encode } from 'fast-png';
import { Problem } from '../../core/problem';
import type { SampledModel, Samples } from '../../core/models/sampler';
import { sha256 } from '../../platform/sha256';
import { wholeNumber, type Command } from '../command';

export const sample: Command = {
  name: 'sample',
  usage: '--model ae|vae [--count N] [--seed N] [--out FILE.png]',
  summary: 'Decode random latents with a decoder; the same seed gives the same bytes.',
  options: { model: { type: 'string' }, count: { type: 'string' }, seed: { type: 'string' }, out: { type: 'string' } },
  async run(words, options, { lab }) {
    if (words.length > 0) throw new Problem('usage', { detail: `sample takes no "${words.join(' ')}".` });
    if (typeof options.model !== 'string')
      throw new Problem('usage', { detail: 'Say which model: --model ae or vae.' });
    const samples = await lab.call('sample', {
      // `drylab models` lists the decoder by its own id, which serves as well.
      model: options.model.replace(/-decoder$/, '') as SampledModel,
      count: wholeNumber(options, 'count', 64),
      seed: wholeNumber(options, 'seed', 0),
    });
    if (typeof options.out === 'string') await writePng(options.out, samples);
    const { model, count, seed, shape, pixels, milliseconds } = samples;
    const hash = sha256(pixels);
    return {
      json: { model, count, seed, shape, sha256: hash, milliseconds },
      text: `${count} samples of ${model}, seed ${seed}: SHA-256 ${hash}, ${milliseconds.toFixed(1)} ms`,
    };
  },
};

async function writePng(file: string, samples: Samples): Promise<void> {
  await writeFile(file, encode(pictureGrid(samples))).catch((error: Error) => {
    throw new Problem('usage', { detail: `${file} cannot be written: ${error.message}` });
  });
}

/** All pictures in a nearly square grid, without gaps; what is left over is black. */
function pictureGrid({ shape: [count, height, width], pixels }: Samples): {
  width: number;
  height: number;
  data: Uint8Array;
  channels: 1;
} {
  const columns = Math.ceil(Math.sqrt(count));
  const rows = Math.ceil(count / columns);
  const data = new Uint8Array(rows * height * columns * width);
  for (let index = 0; index < count; index++) {
    const [row, column] = [Math.floor(index / columns), index % columns];
    for (let y = 0; y < height; y++) {
      const from = (index * height + y) * width;
      data.set(pixels.subarray(from, from + width), ((row * height + y) * columns + column) * width);
    }
  }
  return { width: columns * width, height: rows * height, data, channels: 1 };
}
