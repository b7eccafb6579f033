import { readFile, stat } from 'node:fs/promises';
import { Problem } from '../core/problem';
import { checkSize } from '../core/report/size';

/**
 * The bytes of a file that a person named.
 * @throws Problem `file.missing`, `file.too-large`.
 */
export async function readInput(file: string): Promise<Uint8Array> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) throw new Problem('file.missing', { file });
  checkSize(found.size, file);
  return readFile(file);
}
