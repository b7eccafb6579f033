import { decodeEntity } from './parseMarkdown';

const ENTITY = /&(?:#x[0-9a-f]{1,6}|#[0-9]{1,7}|[a-z0-9]{1,31});/iy;
const ESCAPE = /\\[!-/:-@[-`{-~]/y;
const LINE_PREFIX = /[ \t>]*/y;
/** How far to look for a character that is not where it should be. */
const RESYNC_LIMIT = 200;

const decoded = new Map<string, string>();

function meaningOf(entity: string): string {
  let value = decoded.get(entity);
  if (value === undefined) {
    value = decodeEntity(entity);
    decoded.set(entity, value);
  }
  return value;
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

function isLineEnd(character: string | undefined): boolean {
  return character === '\n' || character === '\r';
}

/** After a line end, the offset behind the indentation and quote marks of the next line. */
function afterLineEnd(source: string, at: number): number {
  const next = source[at] === '\r' && source[at + 1] === '\n' ? at + 2 : at + 1;
  return next + matchAt(LINE_PREFIX, source, next).length;
}

/**
 * Offsets in `source` of every UTF-16 character of `value`, which Markdown made of `source[start, end)` by resolving
 * escapes and entities and by taking away indentation; one more at the end for the end of the last character.
 * Never decreasing, and within [start, end].
 */
export function alignText(source: string, start: number, end: number, value: string, literal = false): Uint32Array {
  const offsets = new Uint32Array(value.length + 1);
  let at = start;
  for (let i = 0; i < value.length;) {
    const { from, length, taken } = step(source, at, end, value, i, literal);
    offsets.fill(Math.min(from, end), i, i + taken);
    at = Math.min(from + length, end);
    i += taken;
  }
  offsets[value.length] = at;
  return offsets;
}

interface Step {
  /** Where the characters begin in the source, and how many of it they use up. */
  readonly from: number;
  readonly length: number;
  /** How many characters of the value they are. */
  readonly taken: number;
}

function step(source: string, at: number, end: number, value: string, i: number, literal: boolean): Step {
  if (!literal) {
    const entity = matchAt(ENTITY, source, at);
    if (entity !== '') {
      const meaning = meaningOf(entity);
      if (meaning !== entity && value.startsWith(meaning, i))
        return { from: at, length: entity.length, taken: meaning.length };
    }
    const escape = matchAt(ESCAPE, source, at);
    if (escape !== '' && value[i] === escape[1]) return { from: at, length: 2, taken: 1 };
  }
  if (isLineEnd(source[at]) && isBreak(value[i])) {
    // The prefix of the next line belongs to no character; it goes with the line end.
    const taken = source.startsWith('\r\n', at) && value.startsWith('\r\n', i) ? 2 : 1;
    return { from: at, length: afterLineEnd(source, at) - at, taken };
  }
  if (source[at] === value[i]) return { from: at, length: 1, taken: 1 };
  const found = source.indexOf(value[i] ?? '', at);
  return found >= 0 && found < Math.min(end, at + RESYNC_LIMIT)
    ? { from: found, length: 1, taken: 1 }
    : { from: at, length: 0, taken: 1 };
}

/** In code, a line end becomes a space. */
function isBreak(character: string | undefined): boolean {
  return isLineEnd(character) || character === ' ';
}

/**
 * The same for a block whose lines stand unchanged in the source but for what precedes them: code and raw HTML.
 * `firstLine` is the number of source lines to pass over, such as an opening fence.
 */
export function alignLines(source: string, start: number, end: number, value: string, firstLine: number): Uint32Array {
  const offsets = new Uint32Array(value.length + 1);
  let lineStart = start;
  for (let skipped = 0; skipped < firstLine; skipped++) lineStart = nextLine(source, lineStart, end);
  let i = 0;
  for (const line of value.split('\n')) {
    const lineEnd = endOfLine(source, lineStart, end);
    const from = Math.max(lineStart, lineEnd - line.length);
    for (let k = 0; k <= line.length && i + k <= value.length; k++) offsets[i + k] = Math.min(from + k, lineEnd);
    i += line.length + 1;
    lineStart = nextLine(source, lineStart, end);
  }
  return offsets;
}

function endOfLine(source: string, from: number, end: number): number {
  let at = from;
  while (at < end && !isLineEnd(source[at])) at++;
  return at;
}

function nextLine(source: string, from: number, end: number): number {
  const lineEnd = endOfLine(source, from, end);
  return Math.min(end, source.startsWith('\r\n', lineEnd) ? lineEnd + 2 : lineEnd + 1);
}
