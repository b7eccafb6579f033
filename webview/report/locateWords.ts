import type { Span } from '../../src/core/text';

/** Where words are now: where they were, else their nearest occurrence; `null` when they are gone. */
export function locateWords(text: string, { start, end }: Span, words: string): Span | null {
  if (words === '') return null;
  if (text.slice(start, end) === words) return { start, end };
  let best = -1;
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    if (best < 0 || Math.abs(at - start) < Math.abs(best - start)) best = at;
  }
  return best < 0 ? null : { start: best, end: best + words.length };
}
