import { sayPhrase } from '../../../src/core/explain/phrase';
import type { FigureTable, TableCell } from '../../../src/core/figureTable';
import { element } from '../element';
import { t } from '../host';
import { numberText } from './numberText';

/** The table for people: numbers rounded and aligned, words in the reader's language. */
export function figureTableView({ columns, rows }: FigureTable, caption: string): HTMLTableElement {
  const isNumber = (column: number): boolean => rows.some((row) => typeof row[column] === 'number');
  const heads = columns.map((column, i) => {
    const text = column.template === '' ? '' : sayPhrase(column, t);
    return element(
      text === '' ? 'td' : 'th',
      { scope: 'col', class: i > 0 && isNumber(i) ? 'number' : undefined },
      text,
    );
  });
  return element(
    'table',
    { class: 'figure-table' },
    element('caption', { class: 'visually-hidden' }, caption),
    element('thead', {}, element('tr', {}, ...heads)),
    element('tbody', {}, ...rows.map((cells) => element('tr', {}, ...cells.map(cellElement)))),
  );
}

function cellElement(cell: TableCell, column: number): HTMLElement {
  if (column === 0) return element('th', { scope: 'row' }, cellText(cell));
  return element('td', { class: typeof cell === 'number' ? 'number' : undefined }, cellText(cell));
}

/** A cell as it is shown. */
export function cellText(cell: TableCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return numberText(cell);
  return typeof cell === 'string' ? cell : sayPhrase(cell, t);
}
