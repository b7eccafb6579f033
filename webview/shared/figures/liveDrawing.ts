import type { Figure } from '../../../src/core/figure';
import { element } from '../element';
import { drawFigure } from './drawFigure';
import type { Drawing, Spot } from './drawing';
import { figureTheme } from './figureTheme';
import { HoverCard } from './hoverCard';
import { svgElement } from './svg';

/** CSS pixels; a narrower figure is scrolled. */
const LEAST_WIDTH = 220;

/** Every drawing that may be on the page, by its element, to be drawn anew when the theme changes. */
const drawings = new WeakMap<Element, LiveDrawing>();
let card: HoverCard | undefined;
let themes: MutationObserver | undefined;

/** VS Code changes the attributes of both elements when the theme changes. */
function watchTheme(): void {
  if (themes) return;
  themes = new MutationObserver(() => {
    for (const one of document.querySelectorAll('.figure-drawing')) drawings.get(one)?.draw();
  });
  for (const one of [document.documentElement, document.body]) {
    themes.observe(one, { attributes: true, attributeFilter: ['class', 'style', 'data-vscode-theme-id'] });
  }
}

/** A drawing that fits the width that it has and follows the theme, with a card about what is under the pointer. */
export class LiveDrawing {
  readonly element: HTMLElement;
  private readonly label: string;
  private drawing: Drawing | undefined;
  private ring: SVGElement | undefined;
  private width = 0;
  private theme = '';

  /** `label` says what the drawing shows. */
  constructor(
    private readonly figure: Figure,
    label: string,
  ) {
    this.label = label;
    this.element = element('div', { class: 'figure-drawing' });
    drawings.set(this.element, this);
    watchTheme();
    // Before the browser paints, so that no stretched or empty drawing is seen.
    new ResizeObserver(() => this.draw()).observe(this.element);
    this.element.addEventListener('pointermove', (event) => this.point(event));
    this.element.addEventListener('pointerleave', () => this.show(undefined));
  }

  /** Draws anew if the width or the theme is another. */
  draw(): void {
    const width = Math.max(LEAST_WIDTH, Math.floor(this.element.clientWidth));
    if (this.element.clientWidth === 0) return;
    const theme = figureTheme();
    const key = JSON.stringify([theme, devicePixelRatio]);
    if (width === this.width && key === this.theme) return;
    this.show(undefined);
    [this.width, this.theme] = [width, key];
    this.drawing = drawFigure(this.figure, { width, pixelRatio: devicePixelRatio, theme });
    this.drawing.svg.setAttribute('role', 'img');
    this.drawing.svg.setAttribute('aria-label', this.label);
    this.element.replaceChildren(this.drawing.svg);
  }

  private point({ clientX, clientY }: PointerEvent): void {
    const box = this.drawing?.svg.getBoundingClientRect();
    this.show(box && this.drawing?.spotAt?.(clientX - box.left, clientY - box.top));
  }

  private show(spot: Spot | undefined): void {
    this.ring?.remove();
    this.ring = undefined;
    if (!spot || !this.drawing) {
      card?.hide();
      return;
    }
    const { svg } = this.drawing;
    const { x, y, width, height } = spot;
    const box = {
      x: x - 1,
      y: y - 1,
      width: width + 2,
      height: height + 2,
      rx: width === height && width <= 10 ? width : 0,
    };
    this.ring = svgElement('rect', { ...box, fill: 'none', stroke: figureTheme().foreground, 'stroke-width': 1.5 });
    svg.append(this.ring);
    const [name, ...rest] = spot.lines;
    const lines = rest.map((line) => element('div', {}, line));
    if (!card) {
      card = new HoverCard();
      document.body.append(card.element);
    }
    card.show(this.ring.getBoundingClientRect(), 'above', element('strong', {}, name ?? ''), ...lines);
  }
}
