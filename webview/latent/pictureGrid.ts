import { element } from '../shared/element';
import { drawGrid, gridLayout, gridSize, type GreyPictures, type GridLayout } from '../shared/figures/greyPictures';
import { contextOf } from '../shared/figures/png';
import { t } from '../shared/host';

/** CSS pixels. */
const GAP = 3;
const MOST = { grid: 720, picture: 168 };

export interface PictureGridOptions {
  readonly title: string;
  /** The picture that the pointer or the focus is on, and where it is; `null` when there is none. */
  pointed(index: number | null, place: DOMRect | null): void;
}

/** The pictures of one model as a list box over a canvas: arrow keys move, a picture under pointer or focus is told. */
export class PictureGrid {
  readonly element: HTMLElement;
  private readonly canvas = element('canvas', { 'aria-hidden': 'true' });
  private readonly list: HTMLElement;
  private cells: HTMLElement[] = [];
  private layout: GridLayout | undefined;
  private pictures: GreyPictures | undefined;
  private focused = 0;

  constructor(private readonly options: PictureGridOptions) {
    const { title } = options;
    this.list = element('div', { class: 'pictures', role: 'listbox', tabindex: 0, 'aria-label': title }, this.canvas);
    this.element = element('section', { class: 'model' }, element('h2', {}, title), this.list);
    this.list.addEventListener('pointermove', (event) => this.point(this.indexAt(event)));
    this.list.addEventListener('pointerleave', () => this.point(this.hasFocus() ? this.focused : null));
    this.list.addEventListener('pointerdown', (event) => this.choose(this.indexAt(event) ?? this.focused));
    this.list.addEventListener('focus', () => this.hasFocus() && this.choose(this.focused));
    this.list.addEventListener('blur', () => this.point(null));
    this.list.addEventListener('keydown', (event) => this.onKey(event));
  }

  /** Shows pictures in the width that there is, in CSS pixels. */
  show(pictures: GreyPictures, width: number): void {
    const ratio = devicePixelRatio;
    const [count, , side] = pictures.shape;
    const most = { grid: MOST.grid * ratio, picture: MOST.picture * ratio };
    this.layout = gridLayout({ count, side, width: width * ratio, gap: Math.round(GAP * ratio), most });
    this.pictures = pictures;
    const { width: across, height: down } = gridSize(this.layout);
    this.canvas.width = across;
    this.canvas.height = down;
    this.canvas.style.width = `${across / ratio}px`;
    this.canvas.style.height = `${down / ratio}px`;
    drawGrid(contextOf(this.canvas), pictures, this.layout);
    this.placeCells(count);
  }

  /** Marks the same picture in every grid; `null` marks none. */
  mark(index: number | null): void {
    this.cells.forEach((cell, i) => cell.classList.toggle('marked', i === index));
  }

  private placeCells(count: number): void {
    if (this.cells.length !== count) {
      const id = (index: number): string => `${this.options.title.replace(/\W+/g, '-')}-${index}`;
      this.cells = Array.from({ length: count }, (_, index) =>
        element('div', {
          class: 'picture',
          role: 'option',
          id: id(index),
          'aria-label': t('{model}, picture {index} of {count}', {
            model: this.options.title,
            index: index + 1,
            count,
          }),
        }),
      );
      this.list.replaceChildren(this.canvas, ...this.cells);
      this.focused = Math.min(this.focused, count - 1);
      this.list.setAttribute('aria-activedescendant', this.cells[this.focused]?.id ?? '');
    }
    const { columns = 1, pitch = 1, gap = 0 } = this.layout ?? {};
    for (const [index, { style }] of this.cells.entries()) {
      style.left = `${((index % columns) * pitch) / devicePixelRatio}px`;
      style.top = `${(Math.floor(index / columns) * pitch) / devicePixelRatio}px`;
      style.width = style.height = `${(pitch - gap) / devicePixelRatio}px`;
    }
  }

  private hasFocus(): boolean {
    return this.list.matches(':focus-visible');
  }

  private indexAt(event: PointerEvent): number | null {
    const { pitch = 1, columns = 1 } = this.layout ?? {};
    const bounds = this.canvas.getBoundingClientRect();
    const cssPitch = pitch / devicePixelRatio;
    const column = Math.floor((event.clientX - bounds.left) / cssPitch);
    const index = Math.floor((event.clientY - bounds.top) / cssPitch) * columns + column;
    return column >= 0 && column < columns && index >= 0 && index < this.cells.length ? index : null;
  }

  private point(index: number | null): void {
    this.options.pointed(index, index === null ? null : (this.cells[index]?.getBoundingClientRect() ?? null));
  }

  private choose(index: number): void {
    this.focused = index;
    this.list.setAttribute('aria-activedescendant', this.cells[index]?.id ?? '');
    this.cells.forEach((cell, i) => cell.setAttribute('aria-selected', String(i === index)));
    this.cells[index]?.scrollIntoView({ block: 'nearest' });
    this.point(index);
  }

  private onKey(event: KeyboardEvent): void {
    const columns = this.layout?.columns ?? 1;
    const last = this.cells.length - 1;
    const steps: Partial<Record<string, number>> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -columns,
      ArrowDown: columns,
      Home: -this.focused,
      End: last - this.focused,
    };
    if (event.key === 'Escape') return this.point(null);
    const step = steps[event.key];
    if (step === undefined || !this.pictures) return;
    event.preventDefault();
    const next = this.focused + step;
    if (next >= 0 && next <= last) this.choose(next);
  }
}
