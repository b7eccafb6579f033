import { sayPhrase } from '../../../src/core/explain/phrase';
import type { Figure } from '../../../src/core/figure';
import { figureTable } from '../../../src/core/figureTable';
import { button } from '../button';
import { element } from '../element';
import { t } from '../host';
import { figureCsv } from './figureCsv';
import { figureTableView } from './figureTableView';

/** What a figure is saved as; `name` has the ending of its kind. */
export interface FigureFile {
  readonly name: string;
  readonly kind: 'png' | 'svg' | 'csv';
  readonly bytes: Uint8Array;
}

export interface FigureViewOptions {
  save(file: FigureFile): void;
}

/** A figure with its title, drawing, description, numbers as a table, and ways to save it. */
export function figureView(figure: Figure, options: FigureViewOptions): HTMLElement {
  const title = sayPhrase(figure.title, t);
  const table = figureTable(figure);
  const csv = button('CSV', () => {
    const bytes = new TextEncoder().encode(figureCsv(table, t));
    options.save({ name: `${figure.kind}.csv`, kind: 'csv', bytes });
  });
  return element(
    'figure',
    { class: 'figure' },
    element('h3', { class: 'figure-title' }, title),
    element('div', { class: 'figure-drawing' }),
    element('figcaption', { class: 'caption' }, sayPhrase(figure.description, t)),
    element('details', {}, element('summary', {}, t('Table')), figureTableView(table, title)),
    csv,
  );
}
