import type { Finding, PartFindings } from '../../../src/core/check/finding';
import { formulaIdentity } from '../../../src/core/check/notice';
import type { ShownFinding, ShownPartFindings } from '../../../src/protocol/findingsView';
import { ANSWER } from '../check/someFindings';

/** A finding as a webview is told of it, of the answer of `someFindings`. */
export function shown(finding: Finding, dismissed: string | null = null): ShownFinding {
  return { ...finding, words: finding.spans.map(({ start, end }) => ANSWER.slice(start, end)), dismissed };
}

export function shownPart(
  { claims, formulas, ...part }: PartFindings,
  dismissals: Readonly<Record<string, string>> = {},
): ShownPartFindings {
  return {
    ...part,
    claims: claims.map((finding) => shown(finding, dismissals[finding.claim] ?? null)),
    formulas: formulas.map((formula) => {
      const identity = formulaIdentity(part.part, formula.latex);
      const words = ANSWER.slice(formula.span.start, formula.span.end);
      return { ...formula, ...identity, words, dismissed: dismissals[identity.id] ?? null };
    }),
  };
}
