import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { formatOf } from '../core/report/format';
import { inputsOf, MOST_NESTED, resolveInput } from '../core/report/latex/inputs';
import { checkSize } from '../core/report/size';
import { readInput } from './readInput';
import { decodeUtf8 } from './utf8';

/**
 * The bytes of the files that a report takes in, by their paths from its folder; `null` for one that lies outside of the
 * folder. Those that are not there are left out.
 */
export type FurtherBytes = Readonly<Record<string, Uint8Array | null>>;

/** A report may name so many files; whoever names more means something else. */
const MOST_FILES = 1000;

/**
 * A report that a person named, with all that it takes in.
 * @throws Problem `file.missing`, `file.format`, `file.too-large` (of all together), `file.not-utf8`
 */
export async function readReportFile(file: string): Promise<{ bytes: Uint8Array; files: FurtherBytes }> {
  const bytes = await readInput(file);
  const isLatex = formatOf(file) === 'latex';
  return { bytes, files: isLatex ? await readInputFiles(file, decodeUtf8(bytes, file)) : {} };
}

/**
 * What a LaTeX report takes in, also by way of others. No file outside of the folder of the report is opened, wherever a
 * symbolic link leads.
 * @param text of the report, which may be newer than the file
 * @throws Problem `file.too-large` (of all together), `file.not-utf8`
 */
export async function readInputFiles(file: string, text: string): Promise<FurtherBytes> {
  const files = new Map<string, Uint8Array | null>();
  let size = Buffer.byteLength(text);
  let texts = [text];
  for (let depth = 0; depth < MOST_NESTED && texts.length > 0; depth++) {
    const paths = texts.flatMap(inputsOf).flatMap(({ path }) => resolveInput(path) ?? []);
    texts = [];
    for (const path of new Set(paths)) {
      if (files.has(path) || files.size >= MOST_FILES) continue;
      const bytes = await readInside(file, path, size);
      if (bytes === undefined) continue;
      files.set(path, bytes);
      if (bytes === null) continue;
      size += bytes.length;
      texts.push(decodeUtf8(bytes, join(dirname(file), path)));
    }
  }
  return Object.fromEntries(files);
}

/** `null` for a file that is outside of the report's folder, `undefined` for none. */
async function readInside(report: string, path: string, before: number): Promise<Uint8Array | null | undefined> {
  const folder = dirname(report);
  const real = await Promise.all([realpath(folder), realpath(join(folder, path))]).catch(() => undefined);
  if (!real) return undefined;
  const [root, target] = real;
  if (!target.startsWith(root.endsWith(sep) ? root : root + sep)) return null;
  const found = await stat(target);
  if (!found.isFile()) return undefined;
  checkSize(before + found.size, report);
  return readFile(target);
}
