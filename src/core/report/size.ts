import { Problem } from '../problem';

/** Larger files are refused before they are read. */
export const MOST_MEGABYTES = 8;
const MEGABYTE = 1024 * 1024;

/** @throws Problem `file.too-large`. */
export function checkSize(bytes: number, file: string): void {
  if (bytes <= MOST_MEGABYTES * MEGABYTE) return;
  const megabytes = Math.ceil((bytes / MEGABYTE) * 10) / 10;
  throw new Problem('file.too-large', { file, megabytes, limit: MOST_MEGABYTES });
}
