import { ATTENTION_KINDS, type AttentionKind } from '../../src/core/models/attention';
import { button } from '../shared/button';
import { element } from '../shared/element';
import { checkbox } from '../shared/figures/checkbox';
import { COLOUR_SCALES, type ColourScale } from '../shared/figures/colourScale';
import { Select } from '../shared/figures/select';
import { t } from '../shared/host';
import type { AttentionState } from './attentionState';
import { kindTitle } from './labels';

export interface MapControlsOptions {
  changed(change: Partial<AttentionState>): void;
  exportPng(): void;
}

function colourTitle(scale: ColourScale): string {
  if (scale === 'cividis') return t('Cividis');
  return scale === 'white-high' ? t('Greys, white is high') : t('Greys, black is high');
}

/** Which map is shown, and how. */
export class MapControls {
  /** Map, layer, head, export. */
  readonly choice: HTMLElement;
  /** How the map is drawn. */
  readonly display: HTMLElement;
  private readonly kind: Select;
  private readonly layer: Select;
  private readonly head: Select;

  constructor(state: AttentionState, { changed, exportPng }: MapControlsOptions) {
    this.kind = new Select(t('Map'), (value) => changed({ kind: value as AttentionKind }));
    this.layer = new Select(t('Layer'), (value) => changed({ layer: Number(value) }));
    this.head = new Select(t('Head'), (value) => changed({ head: value === 'mean' ? 'mean' : Number(value) }));
    const colours = new Select(t('Colours'), (value) => changed({ scale: value as ColourScale }));
    const scales = COLOUR_SCALES.map((scale) => ({ value: scale, label: colourTitle(scale) }));
    colours.offer(scales, state.scale);
    const exporting = button(t('Export PNG…'), exportPng, { icon: 'export' });
    const selects = [this.kind, this.layer, this.head].map((select) => select.element);
    const end = element('div', { class: 'toolbar-end' }, exporting);
    this.choice = element('div', { class: 'toolbar' }, ...selects, end);
    this.display = element(
      'div',
      { class: 'toolbar' },
      checkbox(t('Merge subwords'), state.mergesSubwords, (mergesSubwords) => changed({ mergesSubwords })),
      checkbox(t('End mark'), state.showsEndMark, (showsEndMark) => changed({ showsEndMark })),
      checkbox(t('Values'), state.showsValues, (showsValues) => changed({ showsValues })),
      checkbox(t('Scale to largest weight'), state.stretches, (stretches) => changed({ stretches })),
      colours.element,
    );
  }

  /** Offers as many layers and heads as the model has. */
  show({ kind, layer, head }: AttentionState, layers: number, heads: number): void {
    const numbered = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ value: String(index), label: String(index + 1) }));
    const kinds = ATTENTION_KINDS.map((value) => ({ value, label: kindTitle(value) }));
    this.kind.offer(kinds, kind);
    this.layer.offer(numbered(layers), String(layer));
    this.head.offer([{ value: 'mean', label: t('Mean of heads') }, ...numbered(heads)], String(head));
  }
}
