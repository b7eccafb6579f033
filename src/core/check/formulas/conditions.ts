import { phrase } from '../../explain/phrase';
import type { Span } from '../../text';
import type { FormulaFinding } from './finding';
import type { AnswerReading } from './readAnswer';
import type { Sentence } from './sentences';

const CONDITION =
  /^(?:if|would|were|suppose|supposing|assume|assuming|imagine|unless|otherwise|wrong|wrongly|mistake|incorrect)$/i;
/** What makes rates equal that are not. */
const OF_RATES = /^(?:when|whenever|constant|fixed|treat\w*|ignor\w*|neglect\w*|bounded|small|proportional)$/i;
/** What is supposed for the sentences behind, too. */
const SUPPOSED = /^(?:suppose|supposing|assume|assuming|imagine|constant|fixed|treat\w*)$/i;

/** What is said under a condition may be right there, so that it is not called wrong. */
export function withConditions(finding: FormulaFinding, reading: AnswerReading): FormulaFinding {
  if (finding.verdict !== 'wrong' || !isConditional(finding, reading)) return finding;
  return { ...finding, verdict: 'unknown', message: phrase('Not checked: this seems to be said under a condition.') };
}

function isConditional({ kind, span }: FormulaFinding, { sentences }: AnswerReading): boolean {
  const index = sentences.findIndex((sentence) => isIn(span, sentence));
  const [before, own] = [sentences[index - 1], sentences[index]];
  const patterns = kind === 'growth' ? [CONDITION, OF_RATES] : [CONDITION];
  const isSupposed = before !== undefined && hasWord(before, [SUPPOSED]);
  return (own !== undefined && hasWord(own, patterns)) || isSupposed;
}

function isIn({ start }: Span, { items }: Sentence): boolean {
  return items.some((item) => item.span.start <= start && start < item.span.end);
}

function hasWord({ items }: Sentence, patterns: readonly RegExp[]): boolean {
  return items.some((item) => item.kind === 'word' && patterns.some((pattern) => pattern.test(item.text)));
}
