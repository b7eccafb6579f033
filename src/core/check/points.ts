import type { ClaimKind } from '../assignment/assignment';
import type { Verdict } from './finding';

interface Judged {
  readonly kind: ClaimKind;
  readonly verdict: Verdict;
  /** What the verdict would be if nobody else had been asked; points go by it. */
  readonly undisputed?: Verdict;
}

/** What an expected claim earns of its share, by verdict. What Drylab cannot tell is given to the student. */
const EARNS: Readonly<Record<Verdict, number>> = {
  supported: 1,
  stated: 1,
  unverified: 1,
  contradicted: 0,
  misconception: 0,
  missing: 0,
  'not-mentioned': 0,
};

/** Of the part's points, for each misconception; an optional claim makes up for as much. */
const ASIDE = 0.15;
const STEP = 0.5;

/**
 * A proposal, which a person may follow or not: the share of expected claims that are made, less 15 % for each
 * misconception or false optional claim, plus 15 % for each true optional one, within 0 and all points, in steps of a half.
 */
export function suggestedPoints(points: number, claims: readonly Judged[]): number {
  const own = claims.map(({ kind, verdict, undisputed = verdict }) => ({ kind, verdict: undisputed }));
  const expected = own.filter(({ kind }) => kind === 'E');
  const earned = expected.reduce((sum, { verdict }) => sum + EARNS[verdict], 0);
  const base = expected.length > 0 ? earned / expected.length : 1;
  const aside = own.reduce((sum, claim) => sum + asideOf(claim), 0);
  const share = Math.min(1, Math.max(0, base + ASIDE * aside));
  return Math.round((share * points) / STEP) * STEP;
}

function asideOf({ kind, verdict }: Judged): number {
  if (kind === 'E') return 0;
  if (verdict === 'misconception' || verdict === 'contradicted') return -1;
  return kind === 'O' && (verdict === 'supported' || verdict === 'stated') ? 1 : 0;
}
