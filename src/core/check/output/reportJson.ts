import type { ClaimKind } from '../../assignment/assignment';
import { IN_ENGLISH, sayPhrase } from '../../explain/phrase';
import type { OutcomeKind } from '../../experiments/evidence';
import { describeProblem } from '../../problem';
import type { Answer, ReportWarning } from '../../report/report';
import type { Range, Span } from '../../text';
import type { Finding, KnownEvidence, PartFindings, Verdict } from '../finding';
import type { FormulaFinding } from '../formulas/checkFormulas';
import type { StanceKind } from '../stance';
import type { CheckContext, CheckedReport, FailedReport } from './checkResult';
import { Places, type Place } from './places';

/** A span of an answer, by its place in the source. */
export interface SpanJson extends Place {
  /** As the answer has it. */
  readonly text: string;
}

export interface EvidenceJson {
  readonly experiment: string;
  readonly outcome: OutcomeKind;
  readonly effect: number;
  readonly interval: readonly [low: number, high: number];
  readonly unit: string;
}

export interface ClaimJson {
  readonly id: string;
  readonly kind: ClaimKind;
  /** Markdown. */
  readonly statement: string;
  readonly stance: StanceKind;
  /** Rounded to four decimals. */
  readonly confidence: number;
  readonly spans: readonly SpanJson[];
  readonly evidence: EvidenceJson | null;
  readonly verdict: Verdict;
  /** An English sentence. */
  readonly why: string;
}

interface RangeJson {
  readonly range: Range;
  /** Path from the report's folder, where it is not the report's own file. */
  readonly file?: string;
}

export interface FormulaJson extends RangeJson {
  readonly latex: string;
  readonly kind: FormulaFinding['kind'];
  readonly verdict: FormulaFinding['verdict'];
  readonly message: string;
}

export interface PartJson {
  readonly id: string;
  readonly answered: boolean;
  /** Of the answer, `null` when there is none. */
  readonly range: Range | null;
  readonly file?: string;
  readonly points: number;
  readonly suggested: number;
  readonly claims: readonly ClaimJson[];
  readonly formulas: readonly FormulaJson[];
}

export interface WarningJson extends RangeJson {
  readonly code: string;
  readonly message: string;
}

/** A checked report as the command line gives it to programs. Fields may be added, never renamed. */
export interface ReportJson {
  readonly report: string;
  /** Id of the assignment. */
  readonly assignment: string;
  readonly parts: readonly PartJson[];
  readonly warnings: readonly WarningJson[];
}

/** What stands in place of a report that could not be checked. */
export interface FailureJson {
  readonly report: string;
  readonly error: { readonly code: string; readonly message: string };
}

/** Lines and characters count from zero, in UTF-16, in the file that the report was read from. */
export function reportJson(checked: CheckedReport, { assignment }: CheckContext): ReportJson {
  const places = new Places(checked);
  return {
    report: checked.name,
    assignment: assignment.id,
    parts: checked.parts.map((part) => partJson(part, places)),
    warnings: checked.warnings.map((warning) => warningJson(warning, places)),
  };
}

export function failureJson({ name, problem }: FailedReport): FailureJson {
  return { report: name, error: { code: problem.code, message: describeProblem(problem) } };
}

function partJson(findings: PartFindings, places: Places): PartJson {
  const { part, isAnswered, points, suggested } = findings;
  const answer = places.answer(part);
  const located = answer && rangeJson(places.place(answer.range, answer.file));
  return {
    id: part,
    answered: isAnswered,
    ...(located ?? { range: null }),
    points,
    suggested,
    claims: findings.claims.map((finding) => claimJson(finding, answer, places)),
    formulas: answer ? findings.formulas.map((formula) => formulaJson(formula, answer, places)) : [],
  };
}

function claimJson(finding: Finding, answer: Answer | null, places: Places): ClaimJson {
  const { claim, kind, statement, stance, confidence, spans, evidence, verdict, why } = finding;
  const spanJson = (span: Span): SpanJson[] =>
    answer ? [{ ...places.placeOf(answer, span), text: answer.text.slice(span.start, span.end) }] : [];
  return {
    id: claim,
    kind,
    statement,
    stance,
    confidence: Number(confidence.toFixed(4)),
    spans: spans.flatMap(spanJson),
    evidence: evidenceJson(evidence),
    verdict,
    why: sayPhrase(why, IN_ENGLISH),
  };
}

function evidenceJson(evidence: KnownEvidence): EvidenceJson | null {
  if (evidence === null || evidence === 'pending') return null;
  const { experiment, outcome, effect, interval, unit } = evidence;
  return { experiment, outcome, effect, interval, unit };
}

function formulaJson(
  { latex, kind, verdict, message, span }: FormulaFinding,
  answer: Answer,
  places: Places,
): FormulaJson {
  const located = rangeJson(places.placeOf(answer, span));
  return { latex, kind, verdict, message: sayPhrase(message, IN_ENGLISH), ...located };
}

function warningJson({ code, message, range, file }: ReportWarning, places: Places): WarningJson {
  return { code, message, ...rangeJson(places.place(range, file)) };
}

function rangeJson({ start, end, file }: Place): RangeJson {
  return { range: { start, end }, ...(file !== undefined && { file }) };
}
