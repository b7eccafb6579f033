import type { AttentionMap } from '../../src/core/models/attention';
import type { Translation } from '../../src/core/models/translator';
import { element } from '../shared/element';
import type { AttentionState } from './attentionState';
import { describeMap, shownMap } from './description';
import { HeatMap } from './heatMap';
import { axisTitles } from './labels';
import { Legend } from './legend';
import { MapControls, type MapControlsOptions } from './mapControls';
import { Overview } from './overview';

/** CSS pixels: from here on the small maps stand beside the large one, this far away. */
const WIDE = 900;
const BETWEEN = 48;

/** What is drawn of a map. */
export interface DrawnMap {
  readonly map: AttentionMap;
  readonly title: string;
  /** The weight that gets the brightest colour. */
  readonly maximum: number;
}

/** One map large, all of its kind small, and the controls that choose among them. */
export class MapFigure {
  readonly element: HTMLElement;
  private readonly figure: HTMLElement;
  private readonly controls: MapControls;
  private readonly sentence = element('p', { class: 'caption' });
  private readonly heatMap = new HeatMap();
  private readonly legend = new Legend();
  private readonly overview: Overview;

  constructor(state: AttentionState, options: MapControlsOptions) {
    this.controls = new MapControls(state, options);
    this.overview = new Overview((choice) => options.changed(choice));
    const large = element('div', { class: 'large' }, this.heatMap.element, this.legend.element);
    const maps = element('div', { class: 'maps' }, large, this.overview.element);
    this.figure = element('div', { class: 'figure' }, this.controls.choice, this.controls.display, this.sentence, maps);
    this.element = element('div', {}, this.figure);
    new ResizeObserver(() => this.layOut()).observe(this.element);
  }

  /** Shows the chosen map; a layer or head that the model does not have becomes the nearest that it has. */
  show(translation: Translation, wanted: AttentionState): void {
    const state = possible(translation, wanted);
    const layers = translation.attention[state.kind];
    this.controls.show(state, layers.length, layers[0]?.length ?? 0);
    const shown = shownMap(translation, state);
    const { maximum } = this.drawn(translation, state);
    const caption = describeMap(shown);
    this.sentence.textContent = caption;
    this.heatMap.show({
      map: shown.map,
      scale: state.scale,
      maximum,
      showsValues: state.showsValues,
      axes: axisTitles(state.kind),
      caption,
    });
    this.legend.show(state.scale, maximum);
    this.overview.show(translation, state);
    this.layOut();
  }

  private layOut(): void {
    const width = this.element.clientWidth;
    const isWide = width >= WIDE;
    this.figure.classList.toggle('wide', isWide);
    this.heatMap.layOut(isWide ? width - this.overview.element.offsetWidth - BETWEEN : width);
  }

  drawn(translation: Translation, wanted: AttentionState): DrawnMap {
    const state = possible(translation, wanted);
    const { map, title } = shownMap(translation, state);
    const largest = map.weights.reduce((most, row) => row.reduce((a, b) => Math.max(a, b), most), 0);
    return { map, title, maximum: state.stretches ? largest : 1 };
  }
}

function possible(translation: Translation, state: AttentionState): AttentionState {
  const layers = translation.attention[state.kind];
  const layer = Math.min(Math.max(state.layer, 0), layers.length - 1);
  const heads = layers[layer]?.length ?? 0;
  const head = state.head === 'mean' ? 'mean' : Math.min(Math.max(state.head, 0), heads - 1);
  return { ...state, layer, head };
}
