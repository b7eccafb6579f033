import {
  mergeSubwords,
  withoutEndMark,
  attentionMap,
  type AttentionMap,
  type HeadChoice,
} from '../../src/core/models/attention';
import type { Translation } from '../../src/core/models/translator';
import { element } from '../shared/element';
import { colourOf, type ColourScale } from '../shared/figures/colourScale';
import { contextOf } from '../shared/figures/png';
import { t } from '../shared/host';
import type { AttentionState } from './attentionState';
import { headTitle } from './labels';

/** CSS pixels that a small map fills at most. */
const SIZE = 64;

export type OverviewChoice = Pick<AttentionState, 'layer' | 'head'>;

/** Every layer and head of one kind of map, small, to choose from. */
export class Overview {
  readonly element = element('section', { class: 'overview' });

  constructor(private readonly choose: (choice: OverviewChoice) => void) {
    this.element.addEventListener('keydown', (event) => this.onKey(event));
  }

  show(translation: Translation, state: AttentionState): void {
    const hadFocus = this.element.contains(document.activeElement);
    const layers = translation.attention[state.kind];
    const heads = layers[0]?.length ?? 0;
    const choices: HeadChoice[] = [...Array.from({ length: heads }, (_, head) => head), 'mean'];
    const names = choices.map((head) => (head === 'mean' ? t('mean') : String(head + 1)));
    const grid = element(
      'div',
      { class: 'overview-grid', role: 'radiogroup', 'aria-label': t('All layers and heads') },
      element('span', { class: 'overview-corner', 'aria-hidden': 'true' }, t('Head')),
      ...names.map((name) => element('span', { class: 'overview-head', 'aria-hidden': 'true' }, name)),
      ...layers.flatMap((_, layer) => [
        element('span', { class: 'overview-layer', 'aria-hidden': 'true' }, t('Layer {layer}', { layer: layer + 1 })),
        ...choices.map((head) => this.thumbnail(translation, { ...state, layer, head }, state, heads)),
      ]),
    );
    grid.style.setProperty('--columns', String(choices.length));
    this.element.replaceChildren(element('h2', {}, t('All layers and heads')), grid);
    if (hadFocus) this.checked()?.focus();
  }

  private thumbnail(
    translation: Translation,
    choice: AttentionState,
    chosen: OverviewChoice,
    heads: number,
  ): HTMLElement {
    const { layer, head } = choice;
    const isChosen = layer === chosen.layer && head === chosen.head;
    const subwords = attentionMap(translation, choice);
    const whole = choice.mergesSubwords ? mergeSubwords(subwords) : subwords;
    const map = choice.showsEndMark ? whole : withoutEndMark(whole);
    const label = t('Layer {layer}, {head}', { layer: layer + 1, head: headTitle(head, heads) });
    const button = element(
      'button',
      {
        type: 'button',
        role: 'radio',
        'aria-checked': String(isChosen),
        'aria-label': label,
        title: label,
        tabindex: isChosen ? 0 : -1,
      },
      smallMap(map, choice.scale, choice.stretches),
    );
    button.addEventListener('click', () => this.choose({ layer, head }));
    return button;
  }

  private checked(): HTMLElement | null {
    return this.element.querySelector<HTMLElement>('[aria-checked="true"]');
  }

  private onKey(event: KeyboardEvent): void {
    const buttons = [...this.element.querySelectorAll<HTMLElement>('[role="radio"]')];
    const columns = Number(
      this.element.querySelector<HTMLElement>('.overview-grid')?.style.getPropertyValue('--columns'),
    );
    const moves: Partial<Record<string, number>> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -columns,
      ArrowDown: columns,
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    const next = buttons[buttons.findIndex((button) => button === document.activeElement) + move];
    next?.focus();
    next?.click();
  }
}

/** One pixel for each weight, enlarged without smoothing. */
function smallMap({ weights, visible }: AttentionMap, scale: ColourScale, stretches: boolean): HTMLCanvasElement {
  const columns = weights[0]?.length ?? 0;
  const canvas = element('canvas', { 'aria-hidden': 'true' });
  canvas.width = Math.max(1, columns);
  canvas.height = Math.max(1, weights.length);
  const maximum = stretches ? weights.reduce((most, row) => row.reduce((a, b) => Math.max(a, b), most), 0) : 1;
  const image = new ImageData(canvas.width, canvas.height);
  weights.forEach((row, r) =>
    row.forEach((weight, c) => {
      const { red, green, blue } = colourOf(scale, maximum > 0 ? weight / maximum : 0);
      image.data.set([red, green, blue, c < (visible[r] ?? 0) ? 255 : 0], 4 * (r * columns + c));
    }),
  );
  contextOf(canvas).putImageData(image, 0, 0);
  const enlargement = SIZE / Math.max(canvas.width, canvas.height);
  canvas.style.width = `${canvas.width * enlargement}px`;
  canvas.style.height = `${canvas.height * enlargement}px`;
  return canvas;
}
