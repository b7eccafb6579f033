import search from 'approx-string-match';
import type { Span } from '../text';
import { CONTEXT_LENGTH, trimSpan } from './anchor';
import type { Anchor, Annotation, PlacedAnnotation } from './annotation';
import { ACCEPTED_SCORE, leastWordsLikeness, placeScore, sharedPairs } from './likeness';

/** A place in the text and its score, 0 to 1. */
export interface Place {
  readonly span: Span;
  readonly score: number;
}

/** Occurrences of a quote that are looked at, and of these the ones whose context is compared in full. */
const MOST_OCCURRENCES = 4000;
const FITTING_OCCURRENCES = 12;
/** Characters on either side of the old place, and at most around each other hint, that are searched for like words. */
const NEIGHBOURHOOD = 1500;
const OCCURRENCES_OF_A_HINT = 3;
const HINT_REACH = 100_000;
const HINT_LENGTH = 16;
/** Quotes longer than this are placed by their ends, so that no search takes long. */
const LONGEST_SEARCHED = 384;
const END_OF_LONG = 128;

function sharedEnd(a: string, text: string, end: number): number {
  let n = 0;
  while (n < a.length && end - n > 0 && a.charCodeAt(a.length - 1 - n) === text.charCodeAt(end - 1 - n)) n++;
  return n;
}

function sharedStart(a: string, text: string, start: number): number {
  let n = 0;
  while (n < a.length && a.charCodeAt(n) === text.charCodeAt(start + n)) n++;
  return n;
}

/** Characters of context that are the same right beside a place: a cheap first ranking. */
function sharedContext(text: string, { prefix, suffix }: Anchor, { start, end }: Span): number {
  return sharedEnd(prefix, text, start) + sharedStart(suffix, text, end);
}

/** The places that share most; a stable sort, so that of equals the first ones stay. */
function mostShared<T extends { readonly shared: number }>(places: readonly T[]): T[] {
  return places.toSorted((a, b) => b.shared - a.shared).slice(0, FITTING_OCCURRENCES);
}

/** The better of two places; of equals, the one nearer to where the words were. */
function better(anchor: Anchor, a: Place | null, b: Place): Place {
  if (!a || b.score > a.score) return b;
  const nearer = Math.abs(b.span.start - anchor.start) < Math.abs(a.span.start - anchor.start);
  return b.score === a.score && nearer ? b : a;
}

/** Occurrences of a text, those nearest to an offset first. */
function* occurrences(text: string, wanted: string, offset: number): Generator<number, undefined, undefined> {
  let before = text.lastIndexOf(wanted, offset);
  let after = text.indexOf(wanted, offset + 1);
  while (before >= 0 || after >= 0) {
    if (before >= 0 && (after < 0 || offset - before <= after - offset)) {
      yield before;
      before = before === 0 ? -1 : text.lastIndexOf(wanted, before - 1);
    } else {
      yield after;
      after = text.indexOf(wanted, after + 1);
    }
  }
}

/** Of the occurrences of the quote, the one whose context and distance fit best. */
function findExact(text: string, anchor: Anchor): Place | null {
  const { exact, prefix, suffix } = anchor;
  const found: { readonly span: Span; readonly shared: number }[] = [];
  for (const start of occurrences(text, exact, anchor.start)) {
    const span = { start, end: start + exact.length };
    const shared = sharedContext(text, anchor, span);
    found.push({ span, shared });
    if (found.length === MOST_OCCURRENCES || shared === prefix.length + suffix.length) break;
  }
  let best: Place | null = null;
  for (const { span } of mostShared(found)) {
    best = better(anchor, best, { span, score: placeScore(text, anchor, span, 1) });
  }
  return best;
}

/** Up to three occurrences of a hint, those nearest to where the words were, not further than `HINT_REACH` from it. */
function hinted(text: string, hint: string, old: number): number[] {
  if (hint.trim().length < HINT_LENGTH / 2) return [];
  const from = Math.max(0, old - HINT_REACH);
  const found: number[] = [];
  for (const at of occurrences(text.slice(from, old + HINT_REACH), hint, old - from)) {
    found.push(from + at);
    if (found.length === OCCURRENCES_OF_A_HINT) break;
  }
  return found;
}

/** Where like words may stand: around the old place, next to the old context, around pieces of the quote. */
function searchWindows(text: string, anchor: Anchor): Span[] {
  const { exact, prefix, suffix, start } = anchor;
  const reach = Math.min(NEIGHBOURHOOD, 2 * exact.length + 2 * CONTEXT_LENGTH);
  const old = Math.min(start, text.length);
  const windows: Span[] = [{ start: old - NEIGHBOURHOOD, end: old + exact.length + NEIGHBOURHOOD }];
  for (const at of hinted(text, prefix.slice(-HINT_LENGTH), old)) {
    windows.push({ start: at, end: at + HINT_LENGTH + reach });
  }
  for (const at of hinted(text, suffix.slice(0, HINT_LENGTH), old)) {
    windows.push({ start: at - reach, end: at + HINT_LENGTH });
  }
  for (const piece of [0, 0.25, 0.5, 0.75, 1].map((share) => Math.floor(share * (exact.length - HINT_LENGTH)))) {
    if (piece < 0) break;
    for (const at of hinted(text, exact.slice(piece, piece + HINT_LENGTH), old)) {
      windows.push({ start: at - piece - reach / 4, end: at - piece + exact.length + reach / 4 });
    }
  }
  return windows;
}

/** Windows moved into the text and joined where they overlap, so that nothing is searched twice. */
function joined(text: string, windows: readonly Span[]): Span[] {
  const result: Span[] = [];
  const inside = (offset: number): number => Math.min(Math.max(Math.floor(offset), 0), text.length);
  for (const window of windows.toSorted((a, b) => a.start - b.start)) {
    const [start, end] = [inside(window.start), inside(window.end)];
    const last = result.at(-1);
    if (last && start <= last.end) result[result.length - 1] = { start: last.start, end: Math.max(last.end, end) };
    else if (start < end) result.push({ start, end });
  }
  return result;
}

function findAlike(text: string, anchor: Anchor): Place | null {
  const { exact } = anchor;
  const errors = Math.floor(exact.length * (1 - leastWordsLikeness(anchor)));
  if (errors < 1) return null;
  let best: Place | null = null;
  for (const window of joined(text, searchWindows(text, anchor))) {
    const matches = search(text.slice(window.start, window.end), exact, errors).flatMap((match) => {
      const span = trimSpan(text, { start: window.start + match.start, end: window.start + match.end });
      return span
        ? [{ span, likeness: 1 - match.errors / exact.length, shared: sharedContext(text, anchor, span) }]
        : [];
    });
    for (const { span, likeness } of mostShared(matches)) {
      best = better(anchor, best, { span, score: placeScore(text, anchor, span, likeness) });
    }
  }
  return best;
}

/** A long quote stands between its two ends, if most of it is still there. */
function findLong(text: string, anchor: Anchor): Place | null {
  const { exact, prefix, suffix, start, end } = anchor;
  const head = exact.slice(0, END_OF_LONG);
  const tail = exact.slice(-END_OF_LONG);
  const first = findPlace(text, {
    exact: head,
    prefix,
    suffix: exact.slice(END_OF_LONG, END_OF_LONG + CONTEXT_LENGTH),
    start,
    end: start + END_OF_LONG,
  });
  if (!first) return null;
  const expected = first.span.start + exact.length - END_OF_LONG;
  const last = findPlace(text, {
    exact: tail,
    prefix: exact.slice(-END_OF_LONG - CONTEXT_LENGTH, -END_OF_LONG),
    suffix,
    start: expected,
    end: expected + end - start,
  });
  if (!last || last.span.end <= first.span.start || last.span.end - first.span.start > 2 * exact.length) return null;
  const span = { start: first.span.start, end: last.span.end };
  return { span, score: placeScore(text, anchor, span, sharedPairs(exact, text.slice(span.start, span.end))) };
}

/**
 * Where the words of an anchor stand in a text that may have changed, or `null` if they are gone: at their old place,
 * else their best occurrence elsewhere by context and distance, else the most alike words near traces of them.
 * Takes milliseconds even for long texts, for what is searched for like words is bounded.
 */
export function findPlace(text: string, anchor: Anchor): Place | null {
  const { exact, prefix, suffix, start } = anchor;
  const [before, after] = [start - prefix.length, start + exact.length];
  if (before >= 0 && text.startsWith(exact, start) && text.startsWith(prefix, before) && text.startsWith(suffix, after))
    return { span: { start, end: after }, score: 1 };
  const same = findExact(text, anchor);
  if (same && same.score >= ACCEPTED_SCORE) return same;
  const alike = exact.length > LONGEST_SEARCHED ? findLong(text, anchor) : findAlike(text, anchor);
  return alike && alike.score >= ACCEPTED_SCORE ? alike : null;
}

export function place(text: string, annotation: Annotation): PlacedAnnotation {
  const found = findPlace(text, annotation.anchor);
  return { annotation, span: found?.span ?? null, score: found?.score ?? 0 };
}

/** Places all notes, in their order; yields after each, so that the caller can let others work. */
export function* placeAll(
  text: string,
  annotations: readonly Annotation[],
): Generator<undefined, PlacedAnnotation[], undefined> {
  const placed: PlacedAnnotation[] = [];
  for (const annotation of annotations) {
    placed.push(place(text, annotation));
    yield;
  }
  return placed;
}
