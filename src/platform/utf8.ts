import { Problem } from '../core/problem';

/**
 * The text of bytes that must be UTF-8; a byte order mark is dropped.
 * @throws Problem `file.not-utf8` with the offset of the first byte that is not.
 */
export function decodeUtf8(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Problem('file.not-utf8', { file, offset: firstBadByte(bytes) });
  }
}

/** Length of the longest prefix that is whole, valid UTF-8. */
function firstBadByte(bytes: Uint8Array): number {
  let [low, high] = [0, bytes.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (isValid(bytes.subarray(0, middle), true)) low = middle;
    else high = middle - 1;
  }
  // What begins a character that never ends is not valid either.
  while (!isValid(bytes.subarray(0, low), false)) low--;
  return low;
}

/** A stream may end inside a character; a bad byte is an error all the same. */
function isValid(bytes: Uint8Array, stream: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream });
    return true;
  } catch {
    return false;
  }
}
