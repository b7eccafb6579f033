import { csvFormatRow } from 'd3-dsv';
import { sayPhrase, type Translate } from '../../../src/core/explain/phrase';
import type { FigureTable, TableCell } from '../../../src/core/figureTable';

/** The table after RFC 4180, with a header, lines ended by CR LF, and numbers as JavaScript writes them. */
export function figureCsv({ columns, rows }: FigureTable, translate: Translate): string {
  const text = (cell: TableCell): string =>
    cell !== null && typeof cell === 'object' ? sayPhrase(cell, translate) : String(cell ?? '');
  return [columns, ...rows].map((row) => `${csvFormatRow(row.map(text))}\r\n`).join('');
}
