import type { AnswerReading } from './readAnswer';
import type { RateMention } from './rateMentions';
import { spokenItems } from './roles';
import type { Sentence } from './sentences';

/** How much a mention looks like the result of its answer, and why. */
export interface WeighedMention {
  readonly mention: RateMention;
  /** From about -4 to 7; null for one that is no result at all: compared with, denied, quoted, of memory. */
  readonly weight: number | null;
  /** Whether words or its place say that it is the result. */
  readonly isResult: boolean;
}

const TOTAL =
  /\b(?:total|totals|overall|altogether|sum|sums|summing|summed|adding (?:up|these|everything|all)|final|finally|in all|all together|together|conclusion|conclude|whole|entire|combined|combining|dominate|dominated|dominating|dominant|leading|end up|ends up|all in all)\b/;
const TOTAL_BEHIND =
  /^(?:,? ?(?:time |steps |operations |ops |mults |multiplications |flops |complexity )?(?:in total|overall|altogether|in all|total|all in all|in the end|as a whole|(?:and |which |this |that )?dominates?))\b/;
const RESULT =
  /\b(?:so|thus|hence|therefore|complexity|we (?:get|got|have|obtain|arrive)|i (?:get|got)|result|runtime|running time|cost is|costs are|answer|resulting|leaves|leaving|precisely|exactly|precise)\b|[⇒→]/;
const NAMED =
  /\b(?:complexity|cost|costs|runtime|answer|result|time|attention)(?: of [^,;:]{1,60})?(?: is| are| becomes| would be| will be|:| =| ⇒| →| of)?(?: therefore| thus| then| now| only| just| about| roughly| still)? ?$/;
const STEP =
  /\b(?:softmax(?:ing|ed)?|first|then|next|second|third|step|steps|multipl\w*|product|products|matmuls?|comput\w*|scal(?:e|es|ing|ed)|divi\w*|transpos\w*|rows?|each|every|per|another|again|also|additional|further|once more|plus|normali\w*|exponent\w*|inner|dot|entry|entries|scores?|bracket|forming|building|apply|applying)\b/;
/** Behind a rate: that of what, or in one variable only. */
const OF_PART =
  /^(?:for (?:the |computing |multiplying |forming )*(?:□|§|softmax|scores?|products?|scaling|rest|first|second|third|last)|in (?:the )?(?:§|sequence|length|number|dimension))/;
const COMPARED =
  /\b(?:than|instead of|rather than|compared (?:to|with)|in comparison (?:to|with)|versus|vs|unlike|as opposed to|from|beats?|beating|replac(?:es|ing)|improv\w* (?:on|over|upon)|against|relative to|while (?:the )?(?:original|standard|normal)|avoid\w*|saves?|(?:before|previously|originally),? (?:it|this|that) was|used to be|attention was)\b/;
const ORIGINAL =
  /\b(?:original|standard|vanilla|ordinary|normal|regular|usual|classic|classical|conventional|naive|full|real|true|traditional)\b/;
const DENIED =
  /(?:\b(?:not|no longer|never|neither|nor|without|isn['’]t|aren['’]t|doesn['’]t|don['’]t|wouldn['’]t|cannot|can['’]t)(?: (?:be|just|only|simply|really|the|a|an|of|take|cost|need|in))*|\bno|≠) ?$/;
const REPORTED =
  /\b(?:claims?|claimed|says|said|believes?|thinks?|thought|expect\w*|guess\w*|might think|would think|naively|wrongly|one could|hoped?|if (?:it|this) were)\b/;
const CONDITION =
  /\b(?:if|when|assuming|suppose|supposing|for (?:a )?(?:fixed|constant|small|large)|treat\w*|ignoring|constant|fixed|effectively|practically)\b/;
const MEMORY = /\b(?:memory|space|storage|ram|store|stores|storing|stored|bytes|entries to keep)\b/;
const NEW =
  /\b(?:bob|bob['’]s|his|proposed|proposal|new|variant|alternative|replacement|modified|reordered|here|now|this way|this version|down to|to only|only)\b/;

/** Weighs the mentions of one answer, in the order of the text. */
export function weighMentions(mentions: readonly RateMention[], reading: AnswerReading): WeighedMention[] {
  const spoken = new Map<number, string[]>();
  for (const { sentence } of mentions) {
    const within = reading.sentences[sentence];
    if (within && !spoken.has(sentence)) spoken.set(sentence, spokenItems(within, reading.nameOf));
  }
  const weighed = mentions.map((mention, index) => {
    const neighbours = { previous: mentions[index - 1], next: mentions[index + 1] };
    const words = spoken.get(mention.sentence) ?? [];
    return weigh(mention, contextOf(mention, neighbours, words, reading.sentences[mention.sentence]));
  });
  return withBonuses(weighed);
}

function withBonuses(weighed: readonly Weighed[]): WeighedMention[] {
  const candidates = weighed.filter(({ weight }) => weight !== null);
  const last = candidates.at(-1);
  // Beside the cost of a variant, that of attention is the one to compare with.
  const hasNew = candidates.some(({ isNew }) => isNew);
  return weighed.map((one) => {
    if (one.weight === null) return one;
    const bonus = (candidates.length === 1 ? 2 : 0) + (one === last ? 1 : 0) - (hasNew && one.isOfAttention ? 1.5 : 0);
    return { ...one, weight: one.weight + bonus };
  });
}

interface Weighed extends WeighedMention {
  /** Whether it is called the cost of something new, or of attention. */
  readonly isNew: boolean;
  readonly isOfAttention: boolean;
}

interface Context {
  /** Of its sentence, from the mention before. */
  readonly before: string;
  /** Of its clause. */
  readonly clause: string;
  /** To the end of its clause or the next mention. */
  readonly behind: string;
  readonly isQuoted: boolean;
  readonly isListItem: boolean;
  readonly hasMatrix: boolean;
  /** Whether the answer begins with it. */
  readonly isFirst: boolean;
}

function contextOf(
  { sentence, first, last }: RateMention,
  { previous, next }: { previous: RateMention | undefined; next: RateMention | undefined },
  words: readonly string[],
  within: Sentence | undefined,
): Context {
  const from = previous?.sentence === sentence ? Math.max(0, Math.min(previous.last + 1, first)) : 0;
  const to = next?.sentence === sentence ? Math.max(next.first, last + 1) : words.length;
  const isBoundary = (word: string): boolean => /^(?:[,;:()—–]|but|while|whereas|although|though|however)$/.test(word);
  // A colon right before it joins what it stands behind: `Memory: O(n)`.
  const isJoined = words[first - 1] === ':' || words[first - 1] === '(';
  const clauseStart = words.slice(from, isJoined ? first - 1 : first).findLastIndex(isBoundary);
  const rest = words.slice(last + 1, to);
  const clauseEnd = rest.findIndex((word, index) => (index > 0 || word === '(') && isBoundary(word));
  const clause = words.slice(
    clauseStart < 0 ? from : from + clauseStart + (/^\p{L}/u.test(words[from + clauseStart] ?? '') ? 0 : 1),
    first,
  );
  const quotes = words.slice(0, first).filter((word) => /^["“”]$/.test(word)).length;
  return {
    before: words.slice(from, first).join(' '),
    clause: clause.join(' '),
    behind: (clauseEnd < 0 ? rest : rest.slice(0, clauseEnd)).join(' '),
    isQuoted: (within?.isQuote ?? false) || quotes % 2 === 1,
    isListItem: within?.isListItem ?? false,
    hasMatrix: clause.includes('□'),
    isFirst: sentence === 0 && first === 0,
  };
}

function weigh(mention: RateMention, context: Context): Weighed {
  const { before, clause, behind } = context;
  const isTotal = TOTAL.test(before) || TOTAL_BEHIND.test(behind);
  const isNone =
    context.isQuoted ||
    mention.isCompared ||
    DENIED.test(clause) ||
    MEMORY.test(clause) ||
    (MEMORY.test(behind) && !isTotal) ||
    COMPARED.test(clause) ||
    /^(?:by|of|for|in) (?:the )?(?:original|standard|ordinary|normal|regular|vanilla)/.test(behind);
  const isNew = NEW.test(before);
  const isOfAttention = !isNew && /\battention\b/.test(clause);
  if (isNone) return { mention, weight: null, isResult: false, isNew, isOfAttention };
  const isNamed = NAMED.test(clause);
  const isLone = mention.isAlone && mention.subject !== 'part';
  const weights: readonly (readonly [boolean, number])[] = [
    [isTotal, 3],
    [isLone, 2.5],
    [mention.isSum, 2],
    [mention.subject === 'whole', 2],
    [mention.subject === 'part', -2],
    [isNamed, 1],
    [RESULT.test(before), 1],
    [STEP.test(before) || context.hasMatrix, -1.5],
    [STEP.test(behind), -0.5],
    [OF_PART.test(behind), -1.5],
    [context.isFirst && !OF_PART.test(behind), 1.5],
    [ORIGINAL.test(clause), -2],
    [REPORTED.test(before), -2],
    [CONDITION.test(clause) || CONDITION.test(behind), -1.5],
    [isNew, 0.5],
    [context.isListItem, -0.5],
    [mention.form === 'bare', -0.5],
    [mention.form === 'words', -1],
  ];
  const weight = weights.reduce((sum, [holds, value]) => sum + (holds ? value : 0), 0);
  const isResult = isTotal || isLone || mention.isSum || mention.subject === 'whole';
  return { mention, weight, isResult, isNew, isOfAttention };
}
