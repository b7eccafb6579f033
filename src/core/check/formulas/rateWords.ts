import type { Growth } from './growth';
import { meanings, type RateMention } from './rateMentions';
import type { AnswerReading } from './readAnswer';
import { COLUMNS_PHRASE, ROWS_PHRASE, spokenItems } from './roles';
import type { Sentence } from './sentences';

const DEGREES: Readonly<Record<string, number>> = { linear: 1, quadratic: 2, cubic: 3 };
const THING = `(?:§\\S+|(?:the |its )?(?:${ROWS_PHRASE}|${COLUMNS_PHRASE}|tokens|sequence|features)(?: §\\S+)?)`;
const RATE = new RegExp(
  `(?<![\\w-])(?<degree>linear|quadratic|cubic)(?:ly|ally)? (?:only )?(?:in|with|w\\.r\\.t|wrt|with respect to|in terms of) (?:both )?(?<first>${THING})(?: and (?:also )?(?<second>${THING}))?`,
  'g',
);
/** What may stand between two rates of one statement. */
const JOINT = /^\s*(?:(?:,|and|but|yet|while|only|also|still|is|it|even|though|just) ?)*$/;

/** Rates in words: `quadratic in n and linear in d`, `linear in the sequence length`. */
export function ratesInWords(reading: AnswerReading): RateMention[] {
  return reading.sentences.flatMap((sentence, index) => inSentence(sentence, index, reading));
}

interface Said {
  readonly powers: Map<string, number>;
  sureness: number;
  start: number;
  end: number;
}

function inSentence(sentence: Sentence, index: number, reading: AnswerReading): RateMention[] {
  const words = spokenItems(sentence, reading.nameOf);
  const starts: number[] = [];
  let text = '';
  for (const word of words) {
    starts.push(text.length);
    text += `${word} `;
  }
  const said: Said[] = [];
  for (const match of text.matchAll(RATE)) {
    const { degree = '', first, second } = match.groups ?? {};
    const things = [first, second].flatMap((thing) => (thing === undefined ? [] : [variableOf(thing, reading)]));
    const before = said.at(-1);
    const goesOn = before && JOINT.test(text.slice(before.end, match.index));
    const end = match.index + match[0].length;
    const open = goesOn ? before : { powers: new Map<string, number>(), sureness: 1, start: match.index, end };
    open.end = end;
    for (const thing of things) {
      if (!thing) continue;
      open.powers.set(thing.name, DEGREES[degree] ?? 1);
      open.sureness = Math.min(open.sureness, thing.sureness);
    }
    if (!goesOn) said.push(open);
  }
  const itemAt = (offset: number): number => starts.findLastIndex((start) => start <= offset);
  return said
    .filter(({ powers }) => powers.size > 0)
    .map((one) => mentionOf(one, sentence, index, itemAt(one.start), itemAt(one.end - 1), reading));
}

function mentionOf(
  { powers, sureness }: Said,
  { items }: Sentence,
  sentence: number,
  first: number,
  last: number,
  { names }: AnswerReading,
): RateMention {
  const term = new Map([...powers].map(([name, power]) => [name, { power, log: 0 }]));
  const growth: Growth = { terms: [term] };
  return {
    growth,
    form: 'words',
    sureness,
    isPartial: names.order.some((name) => !powers.has(name)),
    subject: 'none',
    isSum: false,
    isAlone: false,
    isCompared: false,
    sentence,
    first,
    last,
    span: { start: items[first]?.span.start ?? 0, end: items[last]?.span.end ?? 0 },
  };
}

const ROWS = new RegExp(`^(?:the |its )?(?:${ROWS_PHRASE}|tokens|sequence)$`);
const COLUMNS = new RegExp(`^(?:the |its )?(?:${COLUMNS_PHRASE}|features)$`);

/** The assignment's letter for one of the answer's, or for a phrase such as `the sequence length`. */
function variableOf(thing: string, { names }: AnswerReading): { name: string; sureness: number } | null {
  const letter = /§(\S+)$/.exec(thing)?.[1];
  if (letter !== undefined) {
    for (const [naming, sureness] of meanings(names)) {
      const name = naming(letter);
      if (name !== null) return { name, sureness };
    }
    return null;
  }
  const name = ROWS.test(thing) ? names.general.rows : COLUMNS.test(thing) ? names.general.columns : null;
  return name === null ? null : { name, sureness: 1 };
}
