import type { Span } from '../text';
import type { PlainWord } from './plainWords';

/** A word with at least this probability carries a stance. */
const CARRIES = 0.5;
/** Words below it that may stand between two that carry. */
const WIDEST_GAP = 3;
/** Share of a sentence's words from which on the whole sentence is shown. */
const MOST_OF_IT = 0.5;

/**
 * The words that carry a stance as spans of the answer's text: whole sentences where most of a sentence carries it, else
 * runs of words; at least the strongest sentence.
 * @param scores of the words, 0 to 1
 */
export function spansOfEvidence(text: string, words: readonly PlainWord[], scores: readonly number[]): Span[] {
  const sentences = sentencesOf(text, words);
  const spans = sentences.flatMap((sentence) => runsIn(sentence, words, scores));
  if (spans.length > 0) return spans;
  const strongest = scores.indexOf(Math.max(...scores));
  const found = sentences.find(({ first, last }) => first <= strongest && strongest <= last);
  return found ? [spanOf(words, found.first, found.last)].flatMap((span) => span ?? []) : [];
}

interface Sentence {
  /** Indices of words, both included. */
  readonly first: number;
  readonly last: number;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** Sentences end where Unicode's rules say so, and at blank lines and items of lists. */
function sentencesOf(text: string, words: readonly PlainWord[]): Sentence[] {
  const starts = new Set<number>();
  for (const paragraph of text.matchAll(/(?:(?!\n[ \t]*(?:\n|[-+*][ \t]|\d+[.)][ \t]))[\s\S])+/g)) {
    for (const { index } of segmenter.segment(paragraph[0])) starts.add(paragraph.index + index);
  }
  const ordered = [...starts].sort((a, b) => a - b);
  const sentences: Sentence[] = [];
  let [first, next] = [0, 1];
  for (let index = 0; index < words.length; index++) {
    const at = words[index]?.span.start ?? 0;
    if ((ordered[next] ?? Infinity) > at) continue;
    while ((ordered[next] ?? Infinity) <= at) next += 1;
    if (index > first) sentences.push({ first, last: index - 1 });
    first = index;
  }
  return words.length > 0 ? [...sentences, { first, last: words.length - 1 }] : [];
}

function runsIn({ first, last }: Sentence, words: readonly PlainWord[], scores: readonly number[]): Span[] {
  const carrying: number[] = [];
  for (let index = first; index <= last; index++) if ((scores[index] ?? 0) >= CARRIES) carrying.push(index);
  if (carrying.length === 0) return [];
  if (carrying.length >= MOST_OF_IT * (last - first + 1)) return [spanOf(words, first, last)].flatMap((s) => s ?? []);
  const runs: Sentence[] = [];
  for (const index of carrying) {
    const run = runs.at(-1);
    if (run && index - run.last <= WIDEST_GAP + 1) runs[runs.length - 1] = { first: run.first, last: index };
    else runs.push({ first: index, last: index });
  }
  return runs.flatMap((run) => spanOf(words, run.first, run.last) ?? []);
}

function spanOf(words: readonly PlainWord[], first: number, last: number): Span | null {
  const [start, end] = [words[first]?.span.start, words[last]?.span.end];
  return start === undefined || end === undefined ? null : { start, end };
}
