import { phrase, type Phrase } from '../explain/phrase';
import type { Span } from '../text';
import type { Finding, PartFindings, Verdict } from './finding';
import type { FormulaFinding } from './formulas/checkFormulas';
import { plainStatement } from './plainStatement';

/** How loudly an editor speaks of something: an accusation, something to look at, or only when asked. */
export type Gravity = 'warning' | 'information' | 'none';

/** What there is to say about some words of an answer, for surfaces without formulas. */
export interface Notice {
  /** Unique in its report: the claim's id, or part and TeX of a formula. */
  readonly id: string;
  readonly part: string;
  readonly gravity: Gravity;
  /** Of a claim; `formula` for a formula that is wrong. */
  readonly verdict: Verdict | 'formula';
  /** With the id, what a dismissal remembers. */
  readonly stance: string;
  /** The claim or the formula, as plain text. */
  readonly statement: string;
  readonly why: Phrase;
  /** In the answer's text; none for what is not said. */
  readonly spans: readonly Span[];
  /** Whether an experiment decides it, or can when it has run. */
  readonly hasExperiment: boolean;
}

const GRAVITIES: Readonly<Record<Verdict, Gravity>> = {
  misconception: 'warning',
  contradicted: 'warning',
  missing: 'information',
  unverified: 'information',
  stated: 'none',
  supported: 'none',
  'not-mentioned': 'none',
};

/**
 * The notices of a part in the order of its claims, then those of its formulas. There are none for a part that is not
 * answered and for what an answer need not mention.
 */
export function noticesOf({ part, isAnswered, claims, formulas }: PartFindings): Notice[] {
  if (!isAnswered) return [];
  const mentioned = claims.filter(({ verdict }) => verdict !== 'not-mentioned');
  const wrong = formulas.filter(({ verdict }) => verdict === 'wrong');
  return [...mentioned.map((finding) => claimNotice(finding)), ...wrong.map((finding) => formulaNotice(part, finding))];
}

function claimNotice(finding: Finding): Notice {
  const { claim: id, part, verdict, stance, statement, why, spans, evidence } = finding;
  return {
    id,
    part,
    // That an experiment has not run yet says nothing about the answer.
    gravity: evidence === 'pending' && stance !== 'silent' ? 'none' : GRAVITIES[verdict],
    verdict,
    stance,
    statement: plainStatement(statement),
    why,
    spans,
    hasExperiment: evidence !== null,
  };
}

/** By what a wrong formula is known, and its dismissal with it. */
export function formulaIdentity(part: string, latex: string): Pick<Notice, 'id' | 'stance'> {
  return { id: `${part} $${latex}$`, stance: 'wrong' };
}

function formulaNotice(part: string, { latex, message, span }: FormulaFinding): Notice {
  return {
    ...formulaIdentity(part, latex),
    part,
    gravity: 'information',
    verdict: 'formula',
    statement: plainStatement(`$${latex}$`),
    why: message,
    spans: [span],
    hasExperiment: false,
  };
}

/** What a notice begins with. */
export const VERDICT_WORDS: Readonly<Record<Notice['verdict'], Phrase>> = {
  misconception: phrase('Misconception: {statement}'),
  contradicted: phrase('Contradicted: {statement}'),
  missing: phrase('Missing: {statement}'),
  unverified: phrase('Unverified: {statement}'),
  stated: phrase('Stated: {statement}'),
  supported: phrase('Supported: {statement}'),
  'not-mentioned': phrase('Not mentioned: {statement}'),
  formula: phrase('Formula: {statement}'),
};
