import type { PartFindings } from '../../core/check/finding';
import type { FormulaFinding } from '../../core/check/formulas/checkFormulas';
import { formulaIdentity } from '../../core/check/notice';
import type { ReadingStage, ReadingState, ShownFormula, ShownPartFindings } from '../../protocol/findingsView';
import type { Checks } from '../checks/checks';
import type { ReportSession } from '../reports/reportSession';

/** Where reading the answers of a report stands. */
export function readingState(checks: Checks, session: ReportSession): ReadingState {
  const stage = stageOf(checks, session);
  const problem = stage === 'problem' ? checks.problemOf(session) : undefined;
  return {
    stage,
    // Errors lose their fields on the way to a webview.
    problem: problem ? { code: problem.code, data: problem.data } : null,
    pending: checks.of(session)?.pending ?? [],
  };
}

function stageOf(checks: Checks, session: ReportSession): ReadingStage {
  if (checks.isReading(session)) return 'reading';
  const problem = checks.problemOf(session);
  if (problem && problem.code !== 'cancelled') return 'problem';
  return checks.of(session) ? 'read' : 'unread';
}

/** Why a finding was dismissed; `null` when it was not. */
type ReasonOf = (claim: string, stance: string) => string | null;

/** The findings of every part that has been read, as a webview shows them. */
export function shownFindings(checks: Checks, session: ReportSession): ShownPartFindings[] {
  const check = checks.of(session);
  if (!check) return [];
  const texts = new Map(check.report.parts.map(({ id, text }) => [id, text]));
  const dismissals = checks.dismissals.all(session.uri);
  const reasonOf: ReasonOf = (claim, stance) =>
    dismissals.find((known) => known.claim === claim && known.stance === stance)?.reason ?? null;
  return check.parts.map((part) => shownPart(part, texts.get(part.part) ?? '', reasonOf));
}

function shownPart(part: PartFindings, text: string, reasonOf: ReasonOf): ShownPartFindings {
  const wrong = part.formulas.filter(({ verdict }) => verdict === 'wrong');
  return {
    ...part,
    claims: part.claims.map((finding) => ({
      ...finding,
      words: finding.spans.map(({ start, end }) => text.slice(start, end)),
      dismissed: reasonOf(finding.claim, finding.stance),
    })),
    formulas: wrong.map((formula) => shownFormula(part.part, formula, text, reasonOf)),
  };
}

function shownFormula(part: string, formula: FormulaFinding, text: string, reasonOf: ReasonOf): ShownFormula {
  const { id, stance } = formulaIdentity(part, formula.latex);
  const words = text.slice(formula.span.start, formula.span.end);
  return { ...formula, id, stance, words, dismissed: reasonOf(id, stance) };
}
