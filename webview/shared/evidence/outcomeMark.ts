import type { OutcomeKind } from '../../../src/core/experiments/evidence';
import { element } from '../element';
import { icon } from '../icon';
import { OUTCOME_ICONS, outcomeWord } from './outcomeText';

/** An outcome as icon and word. */
export function outcomeMark(outcome: OutcomeKind): HTMLElement {
  return element('span', { class: `outcome outcome-${outcome}` }, icon(OUTCOME_ICONS[outcome]), outcomeWord(outcome));
}
