import search from 'approx-string-match';
import type { Span } from '../text';
import type { Anchor } from './annotation';

/** A place is taken for the anchor's words from this score on; under it the note is an orphan. */
export const ACCEPTED_SCORE = 0.8;

/** Weights of the words and of the context on either side. */
const WORDS = 60;
const CONTEXT = 20;
/** Unrelated English texts of 32 characters share about this much; it counts as nothing in common. */
const CHANCE = 0.4;
/** Words shorter than this occur at any place by chance, so that the place alone proves nothing. */
const TELLING_LENGTH = 12;

/** 0 to 1: how much of `expected` stands in `found`, with 1 − edits ÷ length; chance likeness counts as 0. */
function contextLikeness(expected: string, found: string): number {
  if (expected === found) return 1;
  const worst = Math.floor(expected.length * (1 - CHANCE));
  const errors = search(found, expected, worst)[0]?.errors ?? expected.length;
  return Math.max(0, (1 - errors / expected.length - CHANCE) / (1 - CHANCE));
}

/** Many words tell more than their context does, and twice as much when they are the very same. */
function wordsWeight(anchor: Anchor, likeness: number): number {
  return Math.max(WORDS, anchor.exact.length * (likeness === 1 ? 2 : 1));
}

/** Context counts as far as there is any: a quote at the very start of a text has none before it. */
function contextWeight(context: string): number {
  return CONTEXT * Math.min(1, context.length / 16);
}

/** The least likeness of the words with which a place can still be accepted, its context being intact. */
export function leastWordsLikeness(anchor: Anchor): number {
  const words = wordsWeight(anchor, 0);
  const context = contextWeight(anchor.prefix) + contextWeight(anchor.suffix);
  return (ACCEPTED_SCORE * (words + context) - context) / words;
}

/** 0 to 1: how well a place fits an anchor, from the likeness of its words (0 to 1) and of its context. */
export function placeScore(text: string, anchor: Anchor, span: Span, likeness: number): number {
  const { prefix, suffix } = anchor;
  const before = contextLikeness(prefix, text.slice(Math.max(0, span.start - prefix.length), span.start));
  const after = contextLikeness(suffix, text.slice(span.end, span.end + suffix.length));
  const [words, left, right] = [wordsWeight(anchor, likeness), contextWeight(prefix), contextWeight(suffix)];
  const score = (words * likeness + left * before + right * after) / (words + left + right);
  const inPlace = likeness === 1 && span.start === anchor.start && anchor.exact.length >= TELLING_LENGTH;
  return inPlace ? Math.max(score, ACCEPTED_SCORE) : score;
}

function pairCounts(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  const letters = text.replace(/\s+/g, ' ');
  for (let i = 0; i < Math.max(1, letters.length - 1); i++) {
    const pair = letters.slice(i, i + 2);
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  return counts;
}

/** 0 to 1: the share of the quote's pairs of letters that `text` has as well; linear in both lengths. */
export function sharedPairs(quote: string, text: string): number {
  const wanted = pairCounts(quote);
  const present = pairCounts(text);
  let shared = 0;
  let all = 0;
  for (const [pair, count] of wanted) {
    shared += Math.min(count, present.get(pair) ?? 0);
    all += count;
  }
  return shared / all;
}
