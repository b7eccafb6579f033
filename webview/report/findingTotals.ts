import { tallySum, type Tally } from '../../src/core/check/tally';
import { element } from '../shared/element';
import { t } from '../shared/host';
import { icon } from '../shared/icon';
import { MARK_ICONS, MARKS, type Mark } from '../shared/mark';
import { countedMark, countOf, findingsCount } from '../shared/markText';
import type { PartModel } from './partModel';

/** What was found in a whole report; each number leads to the next finding of its kind. */
export class FindingTotals {
  readonly element = element('ul', { class: 'totals', hidden: true, 'aria-label': t('Findings') });
  private shown = '';

  constructor(private readonly goTo: (mark: Mark) => void) {}

  update(parts: readonly PartModel[]): void {
    const tally = totalOf(parts);
    this.element.hidden = findingsCount(tally) === 0;
    const shown = JSON.stringify(tally);
    // What did not change keeps its focus.
    if (shown === this.shown) return;
    this.shown = shown;
    const marks = MARKS.filter((mark) => mark !== 'not-mentioned' && countOf(tally, mark) > 0);
    this.element.replaceChildren(...marks.map((mark) => element('li', {}, this.total(mark, countOf(tally, mark)))));
  }

  private total(mark: Mark, count: number): HTMLElement {
    const title = t('Go to the next of these findings');
    const made = element('button', { type: 'button', class: `total mark-${mark}`, title }, icon(MARK_ICONS[mark]));
    made.append(countedMark(mark, count));
    made.addEventListener('click', () => this.goTo(mark));
    return made;
  }
}

/** Of all answers that have been read. */
export function totalOf(parts: readonly PartModel[]): Tally {
  return tallySum(parts.flatMap(({ state }) => (state.findings ? [state.findings.tally] : [])));
}
