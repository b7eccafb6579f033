import type { Finding, PartFindings } from './finding';
import { suggestedPoints } from './points';

/**
 * The points suggested anew when a person set some findings aside: what those were about counts as what nobody can tell.
 * The findings themselves stay as they are.
 */
export function setAside(part: PartFindings, isDismissed: (finding: Finding) => boolean): PartFindings {
  if (!part.isAnswered || !part.claims.some(isDismissed)) return part;
  const judged = part.claims.map((finding) =>
    isDismissed(finding) ? { kind: finding.kind, verdict: 'unverified' as const } : finding,
  );
  return { ...part, suggested: suggestedPoints(part.points, judged) };
}
