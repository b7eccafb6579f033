import { element } from '../shared/element';
import { colourOf, cssColour, type ColourScale } from '../shared/figures/colourScale';
import { t } from '../shared/host';
import { weightText } from './labels';

const STOPS = 16;

/** The colour scale with its ends. */
export class Legend {
  private readonly bar = element('div', { class: 'legend-bar' });
  private readonly most = element('span');
  readonly element = element(
    'div',
    { class: 'legend' },
    element('span', {}, t('Weight')),
    element('span', {}, '0'),
    this.bar,
    this.most,
  );

  show(scale: ColourScale, maximum: number): void {
    const stops = Array.from({ length: STOPS + 1 }, (_, step) => cssColour(colourOf(scale, step / STOPS)));
    this.bar.style.backgroundImage = `linear-gradient(to right, ${stops.join(', ')})`;
    this.most.textContent = maximum === 1 ? '1' : weightText(maximum);
  }
}
