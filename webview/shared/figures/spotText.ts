import { sayPhrase, type Phrase } from '../../../src/core/explain/phrase';
import type { Estimate } from '../../../src/core/figure';
import { t } from '../host';
import { numberText } from './numberText';

/** `accuracy, %: 91.3`. */
export function valueLine(label: Phrase, value: number): string {
  return t('{label}: {value}', { label: sayPhrase(label, t), value: numberText(value) });
}

/** `[0.12, 0.31]`, or nothing where there is no interval. */
export function intervalText({ low, high }: Estimate): string {
  return low === null || high === null ? '' : `[${numberText(low)}, ${numberText(high)}]`;
}
