import { entropyBits, rowSums, type AttentionMap } from '../../src/core/models/attention';
import { element } from '../shared/element';
import { colourOf, cssColour, inkOn, type ColourScale } from '../shared/figures/colourScale';
import { HoverCard } from '../shared/figures/hoverCard';
import { t } from '../shared/host';
import { cellText, labelText, shortWeight } from './labels';

/** CSS pixels. */
const CELL = { least: 20, withValues: 34, most: 44 };
/** Labels are turned by 45° where they are wider than their column. */
const TURN = Math.SQRT1_2;

export interface HeatMapFigure {
  readonly map: AttentionMap;
  readonly scale: ColourScale;
  /** The weight that gets the brightest colour. */
  readonly maximum: number;
  readonly showsValues: boolean;
  readonly axes: { readonly rows: string; readonly columns: string };
  /** What the map shows, for screen readers. */
  readonly caption: string;
}

/** A map as a table of coloured cells: a real one for screen readers, arrow keys move, values on hover. */
export class HeatMap {
  readonly element = element('div', { class: 'heat-map' });
  private readonly card = new HoverCard();
  private figure: HeatMapFigure | undefined;
  private rows: HTMLElement[][] = [];
  private columnHeads: HTMLElement[] = [];
  private rowHeads: HTMLElement[] = [];
  private at = { row: 0, column: 0 };

  constructor() {
    this.element.addEventListener('pointerover', (event) => this.point(event.target));
    this.element.addEventListener('pointerleave', () => this.unpoint());
    this.element.addEventListener('focusin', (event) => this.onFocus(event.target));
    this.element.addEventListener('focusout', () => this.unpoint());
    this.element.addEventListener('keydown', (event) => this.onKey(event));
    this.element.addEventListener('scroll', () => this.unpoint(), { passive: true });
    window.addEventListener('scroll', () => this.unpoint(), { passive: true });
  }

  show(figure: HeatMapFigure): void {
    this.figure = figure;
    this.unpoint();
    const { map, axes, caption } = figure;
    const corner = element(
      'td',
      { class: 'corner', 'aria-hidden': 'true' },
      element('span', {}, `${axes.columns} →`),
      element('span', {}, `${axes.rows} ↓`),
    );
    this.columnHeads = map.columns.map((label) =>
      element('th', { scope: 'col', class: label.mark ? 'mark' : undefined }, element('span', {}, labelText(label))),
    );
    const sum = element('th', { scope: 'col', class: 'statistic', title: t('Sum of the weights shown') }, 'Σ');
    const bits = element(
      'th',
      { scope: 'col', class: 'statistic', title: t('Entropy of the weights shown, in bits') },
      t('bits'),
    );
    const sums = rowSums(map.weights);
    const body = map.rows.map((_, row) => this.rowElement(figure, row, sums[row] ?? 0));
    const table = element(
      'table',
      { role: 'grid', 'aria-label': caption },
      element('thead', {}, element('tr', {}, corner, ...this.columnHeads, sum, bits)),
      element('tbody', {}, ...body),
    );
    this.rows = body.map((row) => [...row.querySelectorAll<HTMLElement>('td')]);
    this.rowHeads = body.flatMap((row) => [...row.querySelectorAll<HTMLElement>('th')]);
    this.element.replaceChildren(table, this.card.element);
    this.at = {
      row: Math.min(this.at.row, this.rows.length - 1),
      column: Math.min(this.at.column, map.columns.length - 1),
    };
    this.cellAt(this.at.row, this.at.column)?.setAttribute('tabindex', '0');
  }

  /** Fits the cells to the width that there is, in CSS pixels; where they do not fit, the map scrolls. */
  layOut(width: number): void {
    const table = this.element.querySelector('table');
    if (!table || !this.figure) return;
    const widest = (heads: readonly HTMLElement[]): number =>
      Math.max(0, ...heads.map((head) => head.querySelector('span')?.offsetWidth ?? 0));
    const columnLabel = widest(this.columnHeads);
    const rest = widest(this.rowHeads) + 130;
    const room = (width - rest) / Math.max(1, this.columnHeads.length);
    const least = this.figure.showsValues ? CELL.withValues : CELL.least;
    const cell = Math.floor(Math.min(Math.max(room, least), CELL.most));
    const isTurned = columnLabel > cell - 4;
    table.classList.toggle('turned', isTurned);
    table.style.setProperty('--cell', `${cell}px`);
    table.style.setProperty('--head', `${isTurned ? Math.ceil((columnLabel + 14) * TURN) : 24}px`);
    // The last labels lean out to the right.
    table.style.setProperty('--lean', `${isTurned ? Math.max(0, Math.ceil(columnLabel * TURN) - 80) : 0}px`);
  }

  private rowElement(figure: HeatMapFigure, row: number, sum: number): HTMLTableRowElement {
    const { map } = figure;
    const label = map.rows[row];
    const head = element(
      'th',
      { scope: 'row', class: label?.mark ? 'mark' : undefined },
      element('span', {}, label ? labelText(label) : ''),
    );
    const cells = map.columns.map((_, column) => this.cellElement(figure, row, column));
    const bits = entropyBits(map.weights[row] ?? []).toFixed(2);
    return element(
      'tr',
      {},
      head,
      ...cells,
      element('td', { class: 'statistic', tabindex: -1 }, sum.toFixed(3)),
      element('td', { class: 'statistic', tabindex: -1 }, bits),
    );
  }

  private cellElement({ map, scale, maximum, showsValues }: HeatMapFigure, row: number, column: number): HTMLElement {
    const isHidden = column >= (map.visible[row] ?? 0);
    const weight = map.weights[row]?.[column] ?? 0;
    const text = showsValues && !isHidden ? shortWeight(weight) : '';
    const cell = element(
      'td',
      {
        class: isHidden ? 'cell unseen' : 'cell',
        tabindex: -1,
        'data-row': row,
        'data-column': column,
        'aria-label': cellText(map, row, column),
      },
      text,
    );
    if (isHidden) return cell;
    const colour = colourOf(scale, maximum > 0 ? weight / maximum : 0);
    cell.style.backgroundColor = cssColour(colour);
    cell.style.color = inkOn(colour);
    return cell;
  }

  private cellAt(row: number, column: number): HTMLElement | undefined {
    return this.rows[row]?.[column];
  }

  private point(target: EventTarget | null): void {
    const cell = target instanceof Element ? target.closest<HTMLElement>('td.cell') : null;
    this.unpoint();
    if (!cell || !this.figure) return;
    const [row, column] = [Number(cell.dataset['row']), Number(cell.dataset['column'])];
    this.rowHeads[row]?.classList.add('pointed');
    this.columnHeads[column]?.classList.add('pointed');
    this.card.show(cell.getBoundingClientRect(), 'above', cellText(this.figure.map, row, column));
  }

  private unpoint(): void {
    for (const head of [...this.rowHeads, ...this.columnHeads]) head.classList.remove('pointed');
    this.card.hide();
  }

  private onFocus(target: EventTarget | null): void {
    const row = this.rows.findIndex((cells) => cells.some((cell) => cell === target));
    const column = this.rows[row]?.findIndex((cell) => cell === target) ?? -1;
    if (column < 0) return;
    this.cellAt(this.at.row, this.at.column)?.setAttribute('tabindex', '-1');
    this.at = { row, column };
    this.cellAt(row, column)?.setAttribute('tabindex', '0');
    this.point(target);
  }

  private onKey(event: KeyboardEvent): void {
    const { row, column } = this.at;
    const [lastRow, lastColumn] = [this.rows.length - 1, (this.rows[0]?.length ?? 1) - 1];
    const isFar = event.ctrlKey || event.metaKey;
    const targets: Partial<Record<string, readonly [number, number]>> = {
      ArrowLeft: [row, column - 1],
      ArrowRight: [row, column + 1],
      ArrowUp: [row - 1, column],
      ArrowDown: [row + 1, column],
      Home: [isFar ? 0 : row, 0],
      End: [isFar ? lastRow : row, lastColumn],
    };
    if (event.key === 'Escape') this.unpoint();
    const to = targets[event.key];
    if (!to) return;
    event.preventDefault();
    this.cellAt(Math.min(Math.max(to[0], 0), lastRow), Math.min(Math.max(to[1], 0), lastColumn))?.focus();
  }
}
