import type { Span } from '../../text';
import type { FormulaContext } from './formulaContext';
import { compareGrowth, growthOf, growthOfSum, type Growth } from './growth';
import { parseExpression } from './parseFormula';
import { ratesInFormulas, type RateMention } from './rateMentions';
import { weighMentions, type WeighedMention } from './rateRoles';
import { ratesInWords } from './rateWords';
import { readAnswer } from './readAnswer';

/** What an answer says about a claim on a cost. */
export interface StatedCost {
  readonly claim: string;
  /** `asserts` if the answer's result grows at the claim's rate, `denies` if it grows at another. */
  readonly stance: 'asserts' | 'denies';
  /** From 0 to 1: how surely the rate is the answer's result. */
  readonly confidence: number;
  /** In the answer's text: where it gives the result. */
  readonly spans: readonly Span[];
}

/** How surely the largest of the steps is the result of an answer that gives none. */
const OF_STEPS = 0.6;

interface Result {
  readonly mention: RateMention;
  readonly confidence: number;
  readonly spans: readonly Span[];
}

/**
 * The growth rate that an answer gives as its overall result, compared with that of each claim. Nothing is said about a
 * claim where the answer gives no rate that can be read.
 */
export function statedCosts(answer: { readonly text: string }, context: FormulaContext): StatedCost[] {
  if (context.costs.length === 0) return [];
  const reading = readAnswer(answer.text, context);
  const mentions = [...ratesInFormulas(reading), ...ratesInWords(reading)].sort((a, b) => a.span.start - b.span.start);
  const weighed = weighMentions(mentions, reading).filter(({ weight }) => weight !== null);
  return context.costs.flatMap(({ claim, growth }) => {
    const expression = parseExpression(growth);
    const expected = expression && growthOf(expression);
    const result = expected && resultOf(weighed);
    return result ? [{ claim, ...stance(result, expected, weighed), spans: result.spans }] : [];
  });
}

function resultOf(weighed: readonly WeighedMention[]): Result | null {
  // What is said of one variable only completes what is said of all.
  const whole = weighed.filter(({ mention }) => !mention.isPartial);
  const candidates = whole.length > 0 ? whole : weighed;
  const best = candidates.reduce<WeighedMention | null>(
    (sofar, next) => (sofar && weightOf(sofar) > weightOf(next) ? sofar : next),
    null,
  );
  if (!best) return null;
  const isChosen = best.isResult || candidates.length === 1;
  const sum = isChosen ? null : largest(candidates);
  const chosen = sum ?? best;
  const same = candidates.filter(({ mention }) => compareGrowth(mention.growth, chosen.mention.growth) === 'equal');
  const rival = Math.max(...candidates.filter((one) => !same.includes(one)).map(weightOf));
  const spans = same
    .filter((one) => one === chosen || (one.isResult && weightOf(one) >= 2))
    .map(({ mention }) => mention.span);
  const confidence = confidenceOf(chosen, same, rival);
  return {
    mention: chosen.mention,
    confidence: sum ? Math.max(confidence, OF_STEPS * sum.mention.sureness) : confidence,
    spans,
  };
}

function weightOf({ weight }: WeighedMention): number {
  return weight ?? -Infinity;
}

/** Of steps without a result, the last whose rate is that of all together. */
function largest(candidates: readonly WeighedMention[]): WeighedMention | null {
  const sum = growthOfSum(candidates.map(({ mention }) => mention.growth));
  return (sum && candidates.findLast(({ mention }) => compareGrowth(mention.growth, sum) === 'equal')) ?? null;
}

function confidenceOf(chosen: WeighedMention, same: readonly WeighedMention[], rival: number): number {
  const weight = Math.max(...same.map(weightOf));
  const byWeight = weight >= 3 ? 0.93 : weight >= 2 ? 0.86 : weight >= 1 ? 0.72 : weight >= 0 ? 0.6 : 0.45;
  const margin = weight - rival;
  const byRival = margin >= 1.5 ? 1 : margin >= 0.75 ? 0.85 : margin >= 0 ? 0.7 : 0.6;
  const { sureness, isPartial, form } = chosen.mention;
  const confidence = byWeight * byRival * sureness * (form === 'words' ? 0.9 : 1);
  return Math.min(confidence, isPartial ? 0.5 : 1);
}

function stance(
  { mention, confidence }: Result,
  expected: Growth,
  weighed: readonly WeighedMention[],
): Pick<StatedCost, 'stance' | 'confidence'> {
  if (isAsserted(mention, expected)) return { stance: 'asserts', confidence };
  // The expected rate may be the result after all, or a rate that leaves out what is taken for constant.
  const isElsewhere = weighed.some(
    (one) => one.mention !== mention && isAsserted(one.mention, expected) && weightOf(one) > 0,
  );
  const leavesOut = expected.terms.some((term) =>
    mention.growth.terms.every((given) => [...term.keys()].some((name) => !given.has(name))),
  );
  return { stance: 'denies', confidence: confidence * (isElsewhere ? 0.6 : 1) * (leavesOut ? 0.8 : 1) };
}

/** Whether a rate is the expected one, as far as it speaks of its variables. */
function isAsserted({ growth, isPartial }: RateMention, expected: Growth): boolean {
  if (!isPartial) return compareGrowth(growth, expected) === 'equal';
  return [...(growth.terms[0] ?? [])].every(([name, { power }]) =>
    expected.terms.some((term) => term.get(name)?.power === power),
  );
}
