import type { Role } from './names';
import type { Sentence } from './sentences';

/** A letter for a formula that is one symbol, or for a word that is one; null for all else. */
export type NameOfItem = (item: Sentence['items'][number]) => string | null;

/** Phrases for the number of tokens, in small letters: a part of a regular expression. */
export const ROWS_PHRASE = [
  '(?:(?:input|context|sequence|text|sentence|token|total) )*(?:length|len)(?! of (?:the |each |a |an |every )?(?:vectors?|embeddings?|rows?|keys?|quer|features?))',
  '(?:number|amount|count) of (?:the |input |all )*(?:tokens|words|positions|elements|queries|inputs|items|rows)',
  '(?:sequence|context) (?:size|window)',
].join('|');
/** The same for the number of features. */
export const COLUMNS_PHRASE = [
  '(?:(?:feature|features|embedding|hidden|model|head|key|query|value|vector|inner|latent|token) )*(?:dimension|dimensionality|dim|width)s?',
  '(?:embedding|hidden|feature|model|head|vector) (?:size|length)',
  '(?:number|amount|count) of (?:the |input |all )*(?:features|channels|dimensions|columns)',
  'length of (?:the |each |a |an |every )?(?:vectors?|embeddings?|rows?|keys?|quer(?:y|ies)|features?)',
].join('|');
const IS = '(?:is|are|be|=|:|denotes|being|means|as|for|stands for|represents|gives)';
const ARTICLE = '(?:the |our |a |an |some |their )*';

/** Before these, a length is not that of the sequence: `dot products of length d`. */
const OF_OTHERS =
  '(?:products?|vectors?|embeddings?|rows?|columns?|keys?|queries|query|values?|features?|each|sums?) of (?:the )?';

/** Patterns over a sentence in which `§L` is a letter; groups a and b are letters. */
const PATTERNS = (
  [
    ['rows', ROWS_PHRASE],
    ['columns', COLUMNS_PHRASE],
  ] as const
).flatMap(([of, phrase]): [Role['of'], RegExp][] => [
  [of, new RegExp(`§(?<a>\\S+) (?:(?:, )?${IS} ${ARTICLE}|the )(?:${phrase})(?![\\w-])`, 'g')],
  [
    of,
    new RegExp(
      `(?<![\\w-]|${OF_OTHERS})(?:${phrase})(?: of the \\w+)? (?:(?:is|=|:|of|\\(|called|denoted|denoted by|equals|size) )?§(?<a>\\S+)`,
      'g',
    ),
  ],
]);
const COUNTED: readonly [Role['of'], RegExp][] = [
  ['rows', /§(?<a>\S+) (?:input |different )?(?:tokens|words|positions|time-?steps)(?![\w-])/g],
  ['columns', /§(?<a>\S+) (?:features|channels|dimensions|dimensional)(?![\w-])/g],
];
const PAIR = new RegExp(
  `§(?<a>\\S+) (?:and|,) §(?<b>\\S+) (?:are|is|=|denote|being|for|stand for) ${ARTICLE}(?<first>${ROWS_PHRASE}|${COLUMNS_PHRASE}) (?:and|,) ${ARTICLE}(?<second>${ROWS_PHRASE}|${COLUMNS_PHRASE})`,
  'g',
);
const ROWS = new RegExp(`^(?:${ROWS_PHRASE})$`);

/** What the sentences of an answer say that its letters stand for. */
export function rolesIn(sentences: readonly Sentence[], nameOf: NameOfItem): Role[] {
  return sentences.flatMap((sentence) => rolesInSentence(spoken(sentence, nameOf)));
}

function rolesInSentence(text: string): Role[] {
  const roles: Role[] = [];
  for (const { groups } of text.matchAll(PAIR)) {
    const { a, b, first = '', second = '' } = groups ?? {};
    if (a !== undefined) roles.push({ name: a, of: ROWS.test(first) ? 'rows' : 'columns' });
    if (b !== undefined) roles.push({ name: b, of: ROWS.test(second) ? 'rows' : 'columns' });
  }
  // In `N and D are the length and the width`, D is not the length.
  if (roles.length > 0) return roles;
  for (const [of, pattern] of [...PATTERNS, ...COUNTED]) {
    for (const { groups } of text.matchAll(pattern))
      if (groups?.['a'] !== undefined) roles.push({ name: groups['a'], of });
  }
  return roles;
}

/** A sentence in small letters with one blank between its words; formulas are `□`, those of one symbol `§n`. */
function spoken(sentence: Sentence, nameOf: NameOfItem): string {
  return spokenItems(sentence, nameOf).join(' ');
}

/** What `spoken` has for each item; `d-dimensional` is two words. */
export function spokenItems({ items }: Sentence, nameOf: NameOfItem): string[] {
  return items.map((item) => {
    const name = nameOf(item);
    if (name !== null) return `§${name}`;
    if (item.kind === 'piece') return '□';
    const dimensional = /^(\p{L})-dimensional$/u.exec(item.text);
    return dimensional ? `§${dimensional[1] ?? ''} dimensional` : item.text.toLowerCase();
  });
}
