import { readFile, stat } from 'node:fs/promises';
import { Problem } from '../core/problem';

/** Reports and notebooks above this size are refused before they are read. */
export const MOST_MEGABYTES = 8;

/**
 * The bytes of a file that a person named.
 * @throws Problem `file.missing`, `file.too-large`.
 */
export async function readInput(file: string): Promise<Uint8Array> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) throw new Problem('file.missing', { file });
  const megabytes = found.size / 2 ** 20;
  if (megabytes > MOST_MEGABYTES) {
    throw new Problem('file.too-large', { file, megabytes: megabytes.toFixed(1), limit: MOST_MEGABYTES });
  }
  return readFile(file);
}
