import type { Span } from '../text';

/**
 * Where the marker of an answer stands: the last place before the answer at which its text is found with nothing but
 * blanks and emphasis behind it. `null` where there is none, as for a number that a list only implies.
 * @param start of the answer
 */
export function markerSpan(source: string, heading: string, start: number): Span | null {
  if (heading === '') return null;
  const at = source.lastIndexOf(heading, start - heading.length);
  const end = at + heading.length;
  return at >= 0 && /^[\s>*_]*$/.test(source.slice(end, start)) ? { start: at, end } : null;
}
