import type { Assignment, Claim, Part, Question } from '../assignment/assignment';
import { phrase, type Phrase } from '../explain/phrase';
import type {
  ClaimEvidence,
  EvidenceByClaim,
  Finding,
  KnownEvidence,
  PartFindings,
  PartReading,
  Verdict,
} from './finding';
import { suggestedPoints } from './points';
import type { NamedOpinion, Stance, StanceKind, StanceThresholds } from './stance';

/** Measured on held-back answers; docs/decisions/0012-stances.md. */
export const THRESHOLDS: StanceThresholds = {
  silent: 0.4,
  missing: 0.7,
  agreeing: 0.5,
  misconception: 0.55,
  contradicting: 0.97,
  computed: 0.85,
};

/**
 * Joins what a report says with what experiments found. A part without an answer is silent on everything, surely.
 * @param readings of the parts that have an answer.
 */
export function judgeReport(
  assignment: Assignment,
  readings: readonly PartReading[],
  evidence: EvidenceByClaim,
): PartFindings[] {
  const byPart = new Map(readings.map((reading) => [reading.part, reading]));
  return assignment.questions.flatMap((question) =>
    question.parts.map((part) => judgePart(question, part, byPart.get(part.id) ?? null, evidence)),
  );
}

function judgePart(
  question: Question,
  part: Part,
  reading: PartReading | null,
  evidence: EvidenceByClaim,
): PartFindings {
  const stances = new Map(reading?.stances.map((stance) => [stance.claim, stance]));
  const claims = part.claims.map((claim) => {
    const stance = stances.get(claim.id) ?? { claim: claim.id, stance: 'silent', confidence: 1, spans: [] };
    return judgeClaim(part.id, claim, stance, evidenceFor(question, claim, evidence));
  });
  const isAnswered = reading !== null;
  return {
    part: part.id,
    isAnswered,
    points: part.points,
    suggested: isAnswered ? suggestedPoints(part.points, claims) : 0,
    claims,
    formulas: reading?.formulas ?? [],
  };
}

function evidenceFor({ experiment }: Question, claim: Claim, evidence: EvidenceByClaim): KnownEvidence {
  if (experiment === null || claim.predicate === null) return null;
  const outcomes = evidence.get(experiment);
  // An experiment that ran and says nothing about the claim does not decide it.
  return outcomes ? (outcomes.get(claim.id) ?? null) : 'pending';
}

const ACCUSING: readonly Verdict[] = ['misconception', 'contradicted', 'missing'];

/** The verdict on one claim: stance × evidence. */
export function judgeClaim(part: string, claim: Claim, stance: Stance, evidence: KnownEvidence): Finding {
  const { kind, statement } = claim;
  const verdict = verdictOf(claim, stance, evidence);
  const finding = { ...stance, part, kind, statement, evidence };
  const { opinion } = stance;
  // Nobody is accused where two readers differ. What speaks for the answer stays.
  if (opinion && opinion.stance !== stance.stance && ACCUSING.includes(verdict))
    return { ...finding, verdict: 'unverified', undisputed: verdict, why: whyDisputed(stance.stance, opinion) };
  return { ...finding, verdict, why: whyOf(verdict, claim, stance, evidence) };
}

function verdictOf({ kind }: Claim, { stance, confidence, isComputed }: Stance, evidence: KnownEvidence): Verdict {
  if (stance === 'silent') {
    const isExpected = kind === 'E';
    if (confidence < (isExpected ? THRESHOLDS.missing : THRESHOLDS.silent)) return 'unverified';
    return isExpected ? 'missing' : 'not-mentioned';
  }
  const verdict = decided(kind === 'M', stance === 'asserts', evidence);
  return confidence < (isComputed ? THRESHOLDS.computed : thresholdOf(verdict)) ? 'unverified' : verdict;
}

function thresholdOf(verdict: Verdict): number {
  if (verdict === 'misconception') return THRESHOLDS.misconception;
  return verdict === 'contradicted' ? THRESHOLDS.contradicting : THRESHOLDS.agreeing;
}

/** Of a stance that is sure. A misconception that no experiment decides is one because the assignment says so. */
function decided(isMisconception: boolean, asserts: boolean, evidence: KnownEvidence): Verdict {
  if (evidence === null) {
    if (isMisconception) return asserts ? 'misconception' : 'supported';
    return asserts ? 'stated' : 'contradicted';
  }
  if (evidence === 'pending' || evidence.outcome === 'inconclusive') return 'unverified';
  if (asserts === (evidence.outcome === 'holds')) return 'supported';
  return isMisconception && asserts ? 'misconception' : 'contradicted';
}

function whyOf(verdict: Verdict, { kind }: Claim, { stance, confidence }: Stance, evidence: KnownEvidence): Phrase {
  const percent = Math.round(100 * confidence);
  if (stance === 'silent') {
    if (verdict === 'unverified')
      return phrase('The answer may touch on this, but it is not clear how ({percent} % sure that it does not).', {
        percent,
      });
    return kind === 'E'
      ? phrase('A good answer says this; this one does not ({percent} % sure).', { percent })
      : phrase('The answer does not speak of this ({percent} % sure).', { percent });
  }
  if (evidence === 'pending') return phrase('The experiment that decides this has not been run yet.');
  const isInconclusive = evidence?.outcome === 'inconclusive';
  if (verdict === 'unverified' && !(isInconclusive && confidence >= THRESHOLDS.agreeing)) {
    return stance === 'asserts'
      ? phrase('The answer seems to say this, but only {percent} % surely; nothing is held against it.', { percent })
      : phrase('The answer seems to deny this, but only {percent} % surely; nothing is held against it.', { percent });
  }
  if (evidence === null) return withoutExperiment(verdict, percent);
  return withEvidence(stance === 'asserts', evidence, percent);
}

/** Two readers differ, so nothing is held against the answer. */
function whyDisputed(stance: StanceKind, { reader, stance: other, quote }: NamedOpinion): Phrase {
  const data = { reader, quote };
  if (stance === 'silent') {
    return other === 'asserts'
      ? phrase('{reader} reads “{quote}” as saying this; Drylab’s own reader does not find it in the answer.', data)
      : phrase('{reader} reads “{quote}” as denying this; Drylab’s own reader does not find it in the answer.', data);
  }
  if (stance === 'asserts') {
    return other === 'silent'
      ? phrase('Drylab’s own reader finds this in the answer, {reader} does not.', data)
      : phrase('Drylab’s own reader finds that the answer says this; {reader} reads “{quote}” as denying it.', data);
  }
  return other === 'silent'
    ? phrase('Drylab’s own reader finds that the answer denies this, {reader} does not.', data)
    : phrase('Drylab’s own reader finds that the answer denies this; {reader} reads “{quote}” as saying it.', data);
}

function withoutExperiment(verdict: Verdict, percent: number): Phrase {
  switch (verdict) {
    case 'misconception':
      return phrase(
        'The answer says this ({percent} % sure), which is a common error; no experiment is needed to tell.',
        { percent },
      );
    case 'contradicted':
      return phrase(
        'The answer denies this ({percent} % sure); no experiment decides it, but the assignment takes it as true.',
        { percent },
      );
    case 'supported':
      return phrase('The answer denies this common error ({percent} % sure).', { percent });
    default:
      return phrase('The answer says this ({percent} % sure); no experiment decides it.', { percent });
  }
}

function withEvidence(asserts: boolean, { outcome, effect, interval, unit }: ClaimEvidence, percent: number): Phrase {
  const [low, high] = interval;
  // A ratio has no unit to tell.
  const data = { percent, effect: short(effect), low: short(low), high: short(high), unit: unit === '1' ? '' : unit };
  const isExact = low === high;
  if (outcome === 'inconclusive') {
    return asserts
      ? phrase('The answer says this; the experiment cannot tell: {effect} {unit} ({low} to {high}).', data)
      : phrase('The answer denies this; the experiment cannot tell: {effect} {unit} ({low} to {high}).', data);
  }
  const holds = outcome === 'holds';
  if (asserts && holds)
    return isExact
      ? phrase('The answer says this, and the experiment agrees: {effect} {unit}.', data)
      : phrase('The answer says this, and the experiment agrees: {effect} {unit} ({low} to {high}).', data);
  if (asserts)
    return isExact
      ? phrase('The answer says this, but the experiment shows otherwise: {effect} {unit}.', data)
      : phrase('The answer says this, but the experiment shows otherwise: {effect} {unit} ({low} to {high}).', data);
  if (holds)
    return isExact
      ? phrase('The answer denies this, but the experiment shows it: {effect} {unit}.', data)
      : phrase('The answer denies this, but the experiment shows it: {effect} {unit} ({low} to {high}).', data);
  return isExact
    ? phrase('The answer denies this, and rightly: {effect} {unit}.', data)
    : phrase('The answer denies this, and rightly: {effect} {unit} ({low} to {high}).', data);
}

/** Three significant digits, without an exponent where there need be none. */
function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
