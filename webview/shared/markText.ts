import type { Tally } from '../../src/core/check/tally';
import { t } from './host';
import { MARKS, type Mark } from './mark';

export function markWord(mark: Mark): string {
  switch (mark) {
    case 'misconception':
      return t('misconception');
    case 'contradicted':
      return t('contradicted');
    case 'formula':
      return t('wrong formula');
    case 'missing':
      return t('missing');
    case 'unverified':
      return t('unverified');
    case 'stated':
      return t('stated');
    case 'supported':
      return t('supported');
    case 'not-mentioned':
      return t('not mentioned');
  }
}

/** Such as `2 misconceptions`. */
export function countedMark(mark: Mark, count: number): string {
  switch (mark) {
    case 'misconception':
      return count === 1 ? t('1 misconception') : t('{count} misconceptions', { count });
    case 'contradicted':
      return t('{count} contradicted', { count });
    case 'formula':
      return count === 1 ? t('1 wrong formula') : t('{count} wrong formulas', { count });
    case 'missing':
      return t('{count} missing', { count });
    case 'unverified':
      return t('{count} unverified', { count });
    case 'stated':
      return t('{count} stated', { count });
    case 'supported':
      return t('{count} supported', { count });
    case 'not-mentioned':
      return t('{count} not mentioned', { count });
  }
}

export function countOf({ verdicts, formulas }: Tally, mark: Mark): number {
  return mark === 'formula' ? formulas : verdicts[mark];
}

/** What was found, in words, the gravest first; what an answer does not mention is not told. */
export function tallyWords(tally: Tally): string[] {
  return MARKS.flatMap((mark) => {
    const count = mark === 'not-mentioned' ? 0 : countOf(tally, mark);
    return count > 0 ? [countedMark(mark, count)] : [];
  });
}

/** How many findings there are in all; what an answer does not mention is none. */
export function findingsCount(tally: Tally): number {
  return MARKS.reduce((sum, mark) => (mark === 'not-mentioned' ? sum : sum + countOf(tally, mark)), 0);
}
