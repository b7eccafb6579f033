import type { Summary } from '../../src/core/check/summary';
import { numberText } from './figures/numberText';
import { t } from './host';

/** Such as `4.5 of 5 points suggested`. */
export function pointsWords({ suggested, points }: Pick<Summary, 'suggested' | 'points'>): string {
  return t('{suggested} of {points} points suggested', {
    suggested: numberText(suggested),
    points: numberText(points),
  });
}
