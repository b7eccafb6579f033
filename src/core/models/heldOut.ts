/**
 * Readers of the bundled held-out data. Images and labels are IDX files (LeCun, Cortes and Burges, "The MNIST
 * database"): a type, the sizes of all axes as big-endian 32-bit numbers, then the values row by row.
 */
import type { Tensor } from '../ports';
import { Problem } from '../problem';

const UNSIGNED_BYTES = 0x08;
const MOST_VALUES = 2 ** 27;

/** Grey-level images. */
export interface Images {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  /** Grey levels 0 to 255, row-major in [count, height, width]. */
  readonly pixels: Uint8Array;
}

/** One sentence and all the ways in which people translated it. */
export interface SentencePair {
  readonly english: string;
  /** At least one. */
  readonly french: readonly string[];
}

function malformed(what: string, detail: string): Problem {
  return new Problem('data.malformed', { what, detail });
}

/** Sizes of the axes and the values of an IDX file of unsigned bytes. */
function readIdx(bytes: Uint8Array, axes: number, what: string): { sizes: number[]; values: Uint8Array } {
  const start = 4 + 4 * axes;
  if (bytes.length < start) {
    throw malformed(what, `${bytes.length} bytes are fewer than the ${start} of the header`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [magic, expected] = [view.getUint32(0), UNSIGNED_BYTES * 256 + axes];
  if (magic !== expected) {
    throw malformed(what, `bytes 0 to 3 are ${magic}, expected ${expected} (${axes} axes of unsigned bytes)`);
  }
  const sizes = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
  const size = sizes.reduce((product, length) => product * length, 1);
  if (size > MOST_VALUES) throw malformed(what, `the header says ${sizes.join(' × ')} values, more than ${MOST_VALUES}`);
  if (bytes.length !== start + size) {
    throw malformed(what, `the header says ${sizes.join(' × ')} values, but ${bytes.length - start} follow`);
  }
  return { sizes, values: bytes.subarray(start) };
}

/** Reads an IDX file with three axes; `pixels` are a view of the bytes. @throws Problem `data.malformed` */
export function readImages(bytes: Uint8Array): Images {
  const { sizes, values } = readIdx(bytes, 3, 'images');
  const [count = 0, height = 0, width = 0] = sizes;
  return { count, height, width, pixels: values };
}

/** Reads an IDX file with one axis: the class of each image, 0 to 255; a view. @throws Problem `data.malformed` */
export function readLabels(bytes: Uint8Array): Uint8Array {
  return readIdx(bytes, 1, 'labels').values;
}

/** Images `start` up to `end`, float32 [N, 1, height, width] in [0, 1]: what the models on images were trained with. */
export function imagesTensor({ count, height, width, pixels }: Images, start = 0, end = count): Tensor {
  const [from, to] = [Math.max(0, start), Math.max(start, Math.min(end, count))];
  const levels = pixels.subarray(from * height * width, to * height * width);
  return { type: 'float32', data: Float32Array.from(levels, (level) => level / 255), dims: [to - from, 1, height, width] };
}

/**
 * Reads a list of numbers in JSON that names each index 0 … n − 1 once.
 * @throws Problem `data.malformed`
 */
export function readPermutation(text: string): readonly number[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw malformed('permutation', error instanceof Error ? error.message : String(error));
  }
  if (!Array.isArray(value)) throw malformed('permutation', 'expected a list of numbers');
  const indices: readonly unknown[] = value;
  const seen = new Set<unknown>();
  indices.forEach((index, place) => {
    const isIndex = Number.isInteger(index) && Number(index) >= 0 && Number(index) < indices.length;
    if (!isIndex || seen.has(index)) {
      const fault = isIndex ? 'is there twice' : `is no index below ${indices.length}`;
      throw malformed('permutation', `item ${place}: ${JSON.stringify(index)} ${fault}`);
    }
    seen.add(index);
  });
  return indices as readonly number[];
}

/**
 * The same images with the pixels of each in another order: pixel i is what was pixel `permutation[i]`.
 * @throws RangeError when the permutation is of another size than an image.
 */
export function permutePixels(images: Images, permutation: readonly number[]): Images {
  const area = images.height * images.width;
  if (permutation.length !== area) throw new RangeError(`${permutation.length} places for ${area} pixels`);
  const pixels = new Uint8Array(images.pixels.length);
  for (let start = 0; start < pixels.length; start += area) {
    permutation.forEach((from, place) => (pixels[start + place] = images.pixels[start + from] ?? 0));
  }
  return { ...images, pixels };
}

/** Reads lines of an English sentence and its French versions, parted by tabs. @throws Problem `data.malformed` */
export function readSentencePairs(text: string): SentencePair[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line, index) => {
    const [english = '', ...french] = line.split('\t');
    if (french.length === 0) throw malformed('sentence pairs', `line ${index + 1} has no tab, so no French`);
    if ([english, ...french].some((sentence) => sentence.trim() === '')) {
      throw malformed('sentence pairs', `line ${index + 1} has an empty sentence`);
    }
    return { english, french };
  });
}
