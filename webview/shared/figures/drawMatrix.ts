import type { MatrixFigure } from '../../../src/core/figure';
import { figureTable } from '../../../src/core/figureTable';
import { blankDrawing } from './chart';
import type { Drawing, Space } from './drawing';
import { LINE_HEIGHT, textLines, widestText, wrapText } from './figureText';
import { cellText } from './figureTableView';
import { svgElement } from './svg';

/** CSS pixels. */
const PADDING = { right: 28, y: 6 };

/** The table as a picture, to be saved: columns as wide as their longest line, numbers on the right. */
export function drawMatrix(figure: MatrixFigure, space: Space): Drawing {
  const { theme } = space;
  const { columns, rows } = figureTable(figure);
  const most = Math.max(60, space.width / columns.length - PADDING.right);
  const grid = [columns, ...rows].map((cells) => cells.map((cell) => wrapText(cellText(cell), most, theme)));
  const widths = columns.map(
    (_, column) =>
      widestText(
        grid.flatMap((cells) => cells[column] ?? []),
        theme,
      ) + 4,
  );
  const lefts = widths.map((_, column) =>
    widths.slice(0, column).reduce((sum, width) => sum + width + PADDING.right, 0),
  );
  const total = (lefts.at(-1) ?? 0) + (widths.at(-1) ?? 0);
  const parts: SVGElement[] = [];
  let top = 0;
  grid.forEach((cells, row) => {
    cells.forEach((lines, column) => {
      const isNumber = rows.some((numbers) => typeof numbers[column] === 'number');
      const [left, y] = [lefts[column] ?? 0, top + PADDING.y + LINE_HEIGHT / 2];
      const place = isNumber ? { x: left + (widths[column] ?? 0), anchor: 'end' as const } : { x: left };
      parts.push(textLines(lines, { ...place, y, fill: theme.foreground, ...(row === 0 ? { weight: 600 } : {}) }));
    });
    top += Math.max(1, ...cells.map((lines) => lines.length)) * LINE_HEIGHT + 2 * PADDING.y;
    parts.push(svgElement('line', { x1: 0, x2: total, y1: top - 0.5, y2: top - 0.5, stroke: theme.grid }));
  });
  const svg = blankDrawing(top, space);
  svg.append(...parts);
  return { svg };
}
