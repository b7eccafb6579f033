import { Problem } from '../problem';
import type { Span } from '../text';
import type { Anchor } from './annotation';

/** UTF-16 units of context that an anchor keeps on either side. */
export const CONTEXT_LENGTH = 32;

const isHighSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdbff;
const isLowSurrogate = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff;

/** Whether an offset stands between the two halves of one character. */
function splitsCharacter(text: string, offset: number): boolean {
  return (
    offset > 0 &&
    offset < text.length &&
    isHighSurrogate(text.charCodeAt(offset - 1)) &&
    isLowSurrogate(text.charCodeAt(offset))
  );
}

/** The span without white space at its ends, moved into the text and widened to whole characters; `null` if blank. */
export function trimSpan(text: string, span: Span): Span | null {
  let start = Math.min(Math.max(span.start, 0), text.length);
  let end = Math.min(Math.max(span.end, start), text.length);
  if (splitsCharacter(text, start)) start--;
  if (splitsCharacter(text, end)) end++;
  const words = text.slice(start, end);
  const trimmed = words.trim();
  if (trimmed === '') return null;
  start += words.length - words.trimStart().length;
  return { start, end: start + trimmed.length };
}

/**
 * The anchor of a span: its words without white space at the ends, up to 32 characters around them, and its offsets.
 * @throws Problem `annotation.no-selection` for a span that is empty or only white space.
 */
export function anchorAt(text: string, span: Span): Anchor {
  const words = trimSpan(text, span);
  if (!words) throw new Problem('annotation.no-selection');
  const { start, end } = words;
  let before = Math.max(0, start - CONTEXT_LENGTH);
  let after = Math.min(text.length, end + CONTEXT_LENGTH);
  if (splitsCharacter(text, before)) before++;
  if (splitsCharacter(text, after)) after--;
  return {
    exact: text.slice(start, end),
    prefix: text.slice(before, start),
    suffix: text.slice(end, after),
    start,
    end,
  };
}

export function sameAnchor(a: Anchor, b: Anchor): boolean {
  return (
    a.start === b.start && a.end === b.end && a.exact === b.exact && a.prefix === b.prefix && a.suffix === b.suffix
  );
}
