import type { MatrixFigure } from '../../../src/core/figure';
import { figureTable } from '../../../src/core/figureTable';
import { blankDrawing } from './chart';
import type { Drawing, Space } from './drawing';
import { LINE_HEIGHT, textLines, wrapText } from './figureText';
import { cellText } from './figureTableView';
import { svgElement } from './svg';

/** CSS pixels. */
const PADDING = { x: 12, y: 6 };

interface MatrixCell {
  readonly lines: readonly string[];
  readonly isNumber: boolean;
  readonly isHead: boolean;
}

/** The table as a picture, to be saved: columns as wide as their longest line, numbers on the right. */
export function drawMatrix(figure: MatrixFigure, space: Space): Drawing {
  const { theme, width } = space;
  const { columns, rows } = figureTable(figure);
  const most = Math.max(60, width / Math.max(1, columns.length) - 2 * PADDING.x);
  const grid = [columns, ...rows].map((cells, row) =>
    cells.map((cell, column): MatrixCell => {
      const isNumber = columnIsNumeric(rows, column);
      return { lines: wrapText(cellText(cell), most, theme), isNumber, isHead: row === 0 || column === 0 };
    }),
  );
  const widths = columns.map(() => width / columns.length);
  const heights = grid.map(
    (cells) => Math.max(1, ...cells.map(({ lines }) => lines.length)) * LINE_HEIGHT + 2 * PADDING.y,
  );
  const svg = blankDrawing(
    heights.reduce((sum, height) => sum + height, 0),
    space,
  );
  let top = 0;
  grid.forEach((cells, row) => {
    let left = 0;
    cells.forEach(({ lines, isNumber, isHead }, column) => {
      const columnWidth = widths[column] ?? 0;
      svg.append(
        textLines(lines, {
          x: isNumber ? left + columnWidth - PADDING.x : left + PADDING.x,
          y: top + PADDING.y + LINE_HEIGHT / 2,
          anchor: isNumber ? 'end' : 'start',
          fill: theme.foreground,
          ...(isHead ? { weight: 600 } : {}),
        }),
      );
      left += columnWidth;
    });
    top += heights[row] ?? 0;
    svg.append(svgElement('line', { x1: 0, x2: left, y1: top - 0.5, y2: top - 0.5, stroke: theme.grid }));
  });
  return { svg };
}

function columnIsNumeric(rows: readonly (readonly unknown[])[], column: number): boolean {
  return rows.some((row) => typeof row[column] === 'number');
}
