import { VERDICTS, type Verdict } from '../../src/core/check/finding';

/** What a finding is about: a claim with its verdict, or a formula that is wrong. */
export type Mark = Verdict | 'formula';

/** Marks from the gravest on. */
export const MARKS: readonly Mark[] = VERDICTS.flatMap((verdict): Mark[] =>
  verdict === 'contradicted' ? [verdict, 'formula'] : [verdict],
);

/** Codicons; what stands beside them says the same. */
export const MARK_ICONS: Readonly<Record<Mark, string>> = {
  misconception: 'warning',
  contradicted: 'error',
  formula: 'symbol-operator',
  missing: 'circle-large-outline',
  unverified: 'question',
  stated: 'quote',
  supported: 'check',
  'not-mentioned': 'dash',
};
