import { VERDICTS, type Verdict } from '../finding';
import { tally, tallySum, type Tally } from '../tally';
import type { PartJson } from './reportJson';

/** A sign for each verdict that every typeface has; it never stands without the word. */
export const VERDICT_SIGNS: Readonly<Record<Verdict, string>> = {
  misconception: '!',
  contradicted: '✗',
  missing: '○',
  unverified: '?',
  stated: '•',
  supported: '✓',
  'not-mentioned': '–',
};

export function verdictWord(verdict: Verdict): string {
  return verdict.replace('-', ' ');
}

/** Verdicts that tell something: all but `not-mentioned`. */
export const SHOWN_VERDICTS = VERDICTS.filter((verdict) => verdict !== 'not-mentioned');

export function tallyOf(parts: readonly PartJson[]): Tally {
  return tallySum(
    parts.map(({ claims, formulas }) =>
      tally(
        claims.map(({ verdict }) => verdict),
        formulas.filter(({ verdict }) => verdict === 'wrong').length,
      ),
    ),
  );
}

/** Such as `misconception 2, missing 1, supported 14`; what there is none of is left out. */
export function tallyWords({ verdicts, formulas }: Tally): string {
  const counts = SHOWN_VERDICTS.filter((verdict) => verdicts[verdict] > 0).map(
    (verdict) => `${verdictWord(verdict)} ${verdicts[verdict]}`,
  );
  return [...counts, ...(formulas > 0 ? [`wrong formulas ${formulas}`] : [])].join(', ') || 'nothing found';
}

export interface Points {
  readonly points: number;
  readonly suggested: number;
}

export function sumOfPoints(parts: readonly Points[]): Points {
  return {
    points: parts.reduce((sum, part) => sum + part.points, 0),
    suggested: parts.reduce((sum, part) => sum + part.suggested, 0),
  };
}
