import { summaryOf, type Summary } from '../core/check/summary';
import type { ShownPartFindings } from './findingsView';

/** The findings of a part in short; `null` without an answer. */
export function partSummary(findings: ShownPartFindings): Summary | null {
  if (!findings.isAnswered) return null;
  const dismissed = new Set(findings.claims.flatMap(({ claim, dismissed }) => (dismissed === null ? [] : [claim])));
  const formulas = findings.formulas.filter((formula) => formula.dismissed === null);
  return summaryOf({ ...findings, formulas }, ({ claim }) => dismissed.has(claim));
}
