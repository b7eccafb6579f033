import { phrase, type Phrase } from '../explain/phrase';
import type { Finding, PartFindings } from './finding';
import { tally, tallySum, type Tally } from './tally';

/** Findings in short, without those that a person dismissed. */
export interface Summary {
  readonly tally: Tally;
  /** Claims that a good answer makes, and how many of them this one makes, as far as anybody can tell. */
  readonly expected: number;
  readonly made: number;
  readonly points: number;
  readonly suggested: number;
}

export type IsDismissed = (finding: { readonly claim: string; readonly stance: string }) => boolean;

/**
 * Of a part without an answer, nothing is counted but its points: that it is not answered says it all.
 * @param part whose suggested points mind the dismissals already; see `setAside`
 */
export function summaryOf(
  { isAnswered, claims, formulas, points, suggested }: PartFindings,
  isDismissed: IsDismissed,
): Summary {
  if (!isAnswered) return { tally: tally([], 0), expected: 0, made: 0, points, suggested };
  const standing = claims.filter((finding) => !isDismissed(finding));
  const wrong = formulas.filter(({ verdict }) => verdict === 'wrong');
  const expected = claims.filter(({ kind }) => kind === 'E');
  return {
    tally: tally(
      standing.map(({ verdict }) => verdict),
      wrong.length,
    ),
    expected: expected.length,
    made: expected.filter(isMade).length,
    points,
    suggested,
  };
}

/** Of a whole report. */
export function summarySum(summaries: readonly Summary[]): Summary {
  const sum = (numberOf: (summary: Summary) => number): number =>
    summaries.reduce((total, summary) => total + numberOf(summary), 0);
  return {
    tally: tallySum(summaries.map((summary) => summary.tally)),
    expected: sum(({ expected }) => expected),
    made: sum(({ made }) => made),
    points: sum(({ points }) => points),
    suggested: sum(({ suggested }) => suggested),
  };
}

/** As points have it: what cannot be told is not held against the answer. */
function isMade({ verdict }: Finding): boolean {
  return verdict === 'supported' || verdict === 'stated' || verdict === 'unverified';
}

/** What speaks against an answer, in a few words each; empty when nothing does. */
export function objections({ verdicts, formulas }: Tally): Phrase[] {
  const { misconception, contradicted, missing } = verdicts;
  return [
    ...some(misconception, phrase('1 misconception'), phrase('{count} misconceptions', { count: misconception })),
    ...some(
      contradicted,
      phrase('1 contradicted claim'),
      phrase('{count} contradicted claims', { count: contradicted }),
    ),
    ...some(missing, phrase('1 missing claim'), phrase('{count} missing claims', { count: missing })),
    ...some(formulas, phrase('1 wrong formula'), phrase('{count} wrong formulas', { count: formulas })),
  ];
}

function some(count: number, one: Phrase, more: Phrase): Phrase[] {
  return count === 0 ? [] : [count === 1 ? one : more];
}

/** What stands over an answer: what is said of what it should say, what speaks against it, and points. */
export function headline({ tally: counts, expected, made, points, suggested }: Summary): Phrase[] {
  return [
    ...(expected > 0 ? [phrase('{made} of {expected} expected claims', { made, expected })] : []),
    ...objections({ ...counts, verdicts: { ...counts.verdicts, missing: 0 } }),
    phrase('{suggested}/{points} points suggested', { suggested, points }),
  ];
}
