import { element } from '../element';
import './hoverCard.css';

const DISTANCE = 6;

/** A card beside what the pointer or the focus is on; never under the pointer, never outside the window. */
export class HoverCard {
  readonly element = element('div', { class: 'hover-card', 'aria-hidden': 'true', hidden: true });

  /** `above` prefers the place over the anchor, `beside` the one next to it. */
  show(anchor: DOMRect, place: 'above' | 'beside', ...content: readonly (Node | string)[]): void {
    this.element.replaceChildren(...content);
    this.element.hidden = false;
    const { offsetWidth: width, offsetHeight: height } = this.element;
    const { clientWidth, clientHeight } = document.documentElement;
    const [left, top] =
      place === 'above'
        ? [
            anchor.left + anchor.width / 2 - width / 2,
            anchor.top - height - DISTANCE >= 0 ? anchor.top - height - DISTANCE : anchor.bottom + DISTANCE,
          ]
        : [
            anchor.right + DISTANCE + width <= clientWidth
              ? anchor.right + DISTANCE
              : Math.max(0, anchor.left - DISTANCE - width),
            anchor.top + anchor.height / 2 - height / 2,
          ];
    this.element.style.left = `${Math.min(Math.max(left, 4), Math.max(4, clientWidth - width - 4))}px`;
    this.element.style.top = `${Math.min(Math.max(top, 4), Math.max(4, clientHeight - height - 4))}px`;
  }

  hide(): void {
    this.element.hidden = true;
  }
}
