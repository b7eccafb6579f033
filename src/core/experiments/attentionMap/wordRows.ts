/** Rows of an attention map as words, sorted into the kinds of word that the claims are about. */
import { attentionMap, entropyBits, mergeSubwords, type HeadChoice } from '../../models/attention';
import type { Translation } from '../../models/translator';

/** What one French word looks at. */
export interface WordRow {
  readonly word: string;
  /** Largest weight on one English word. */
  readonly largest: number;
  readonly entropyBits: number;
  /** Index of the English word with the largest weight. */
  readonly looksAt: number;
}

export interface ReadTranslation {
  readonly source: readonly string[];
  readonly rows: readonly WordRow[];
}

/** The cross-attention of one head, with subwords merged to words; the end mark has no row. */
export function wordRows(translation: Translation, layer: number, head: HeadChoice): ReadTranslation {
  const { rows, columns, weights } = mergeSubwords(attentionMap(translation, { kind: 'cross', layer, head }));
  const read = rows.flatMap(({ text, mark }, index): WordRow[] => {
    const row = weights[index] ?? [];
    const largest = Math.max(...row);
    return mark ? [] : [{ word: text, largest, entropyBits: entropyBits(row), looksAt: row.indexOf(largest) }];
  });
  return { source: columns.map(({ text }) => text), rows: read };
}

/** French words that belong to grammar rather than to things: articles, pronouns, prepositions, auxiliaries. */
const FUNCTION_WORDS = new Set(
  (
    "le la l' les un une des du de d' à au aux en y et ou où que qu' qui ne n' pas se s' ce c' cela ça " +
    "je j' tu il elle on nous vous ils elles me m' te t' lui leur son sa ses mon ma mes ton ta tes notre votre " +
    'est a ai as avons avez ont sont suis es était avait sera dans sur pour par avec sans chez si plus très'
  ).split(' '),
);

export function isFunctionWord(word: string): boolean {
  return FUNCTION_WORDS.has(word.toLocaleLowerCase('fr'));
}

/** Names and numbers: they stand in the English sentence as they stand in the French one. */
export function isNameOrNumber(word: string, source: readonly string[]): boolean {
  return /^(\p{N}+|\p{Lu}\p{Ll}{2,})$/u.test(word) && source.includes(word) && !isFunctionWord(word);
}

/** English expressions whose meaning is in several words together. */
export const EXPRESSIONS = [
  ...['a lot of', 'as soon as', 'at all', 'at least', 'be able to', 'because of', 'by the way', 'each other'],
  ...['find out', 'get rid of', 'get up', 'give up', 'go on', 'had better', 'hurry up', 'in front of', 'in spite of'],
  ...['look for', 'looking for', 'looking forward to', 'no longer', 'of course', 'on time', 'put on', 'right away'],
  ...['right now', 'run out of', 'so far', 'take care of', 'take off', 'used to', 'would like to'],
];

/** Whether an English sentence contains the expression as whole words. */
export function contains(sentence: string, expression: string): boolean {
  return ` ${sentence
    .toLowerCase()
    .replace(/[^\p{L}\p{N}' ]/gu, ' ')
    .replace(/\s+/g, ' ')} `.includes(` ${expression} `);
}

/** Rows that look most at one of the words of the expression. */
export function rowsOfExpression({ source, rows }: ReadTranslation, expression: string): WordRow[] {
  const words = expression.split(' ');
  const lower = source.map((word) => word.toLowerCase());
  const start = lower.findIndex((_, index) => words.every((word, offset) => lower[index + offset] === word));
  return start < 0 ? [] : rows.filter(({ looksAt }) => looksAt >= start && looksAt < start + words.length);
}
