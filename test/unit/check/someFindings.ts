import type { Claim, ClaimKind } from '../../../src/core/assignment/assignment';
import type { ClaimEvidence, Finding, KnownEvidence, PartFindings } from '../../../src/core/check/finding';
import type { FormulaFinding } from '../../../src/core/check/formulas/checkFormulas';
import { judgeClaim } from '../../../src/core/check/judge';
import { suggestedPoints } from '../../../src/core/check/points';
import type { StanceKind } from '../../../src/core/check/stance';
import { phrase } from '../../../src/core/explain/phrase';
import type { Span } from '../../../src/core/text';

/** The answer that the spans of these findings mean. */
export const ANSWER = 'It costs $O(n^2 d)$. The same\nmixture is applied to every token.';

export function spanOf(words: string): Span {
  const start = ANSWER.indexOf(words);
  return { start, end: start + words.length };
}

export const HOLDS: ClaimEvidence = {
  experiment: 'attention-cost',
  outcome: 'holds',
  effect: 2,
  interval: [1.9, 2.1],
  unit: '1',
  detail: phrase('It grows.'),
};
export const FAILS: ClaimEvidence = { ...HOLDS, outcome: 'fails' };

export interface SomeFinding {
  readonly id?: string;
  readonly kind?: ClaimKind;
  readonly stance?: StanceKind;
  readonly confidence?: number;
  readonly evidence?: KnownEvidence;
  readonly words?: readonly string[];
  readonly statement?: string;
}

/** A finding with the verdict that judging comes to: of an expected claim that is asserted and holds, if nothing is said. */
export function finding({
  id = '7b.cost',
  kind = 'E',
  stance = 'asserts',
  confidence = 0.99,
  evidence = HOLDS,
  words = ['It costs'],
  statement = 'It takes $O(n^2 d)$ time.',
}: SomeFinding = {}): Finding {
  const claim: Claim = { id, kind, statement, predicate: evidence === null ? null : 'A measurement.' };
  const spans = stance === 'silent' ? [] : words.map(spanOf);
  return judgeClaim('7b', claim, { claim: id, stance, confidence, spans }, evidence);
}

export const MISCONCEPTION = finding({
  id: '7b.m-same',
  kind: 'M',
  evidence: FAILS,
  words: ['The same', 'every token'],
});
export const CONTRADICTED = finding({ id: '7b.cheaper', evidence: FAILS });
export const DENIED = finding({ id: '7b.linear', stance: 'denies' });
export const MISSING = finding({ id: '7b.not-attention', stance: 'silent' });
export const UNSURE = finding({ id: '7b.unsure', confidence: 0.3 });
export const PENDING = finding({ id: '7b.pending', evidence: 'pending' });
export const STATED = finding({ id: '7b.stated', evidence: null });
export const UNMENTIONED = finding({ id: '7b.optional', kind: 'O', stance: 'silent' });

export const WRONG_FORMULA: FormulaFinding = {
  latex: 'O(n^2 d)',
  kind: 'growth',
  verdict: 'wrong',
  message: phrase('It grows otherwise.'),
  span: spanOf('$O(n^2 d)$'),
};

export function partWith(claims: readonly Finding[], formulas: readonly FormulaFinding[] = []): PartFindings {
  return { part: '7b', isAnswered: true, points: 5, suggested: suggestedPoints(5, claims), claims, formulas };
}
