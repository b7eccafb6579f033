import { VERDICTS, type Verdict } from './finding';

/** How many findings there are of each kind. */
export interface Tally {
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** Formulas that are wrong. */
  readonly formulas: number;
}

export function tally(verdicts: readonly Verdict[], formulas: number): Tally {
  return { verdicts: countsBy((verdict) => verdicts.filter((each) => each === verdict).length), formulas };
}

export function tallySum(tallies: readonly Tally[]): Tally {
  const sum = (countOf: (tally: Tally) => number): number => tallies.reduce((total, each) => total + countOf(each), 0);
  return {
    verdicts: countsBy((verdict) => sum(({ verdicts }) => verdicts[verdict])),
    formulas: sum(({ formulas }) => formulas),
  };
}

function countsBy(countOf: (verdict: Verdict) => number): Tally['verdicts'] {
  return Object.fromEntries(VERDICTS.map((verdict) => [verdict, countOf(verdict)])) as Tally['verdicts'];
}
