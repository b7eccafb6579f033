import { rgb } from 'd3-color';
import type { HeatMapFigure } from '../../../src/core/figure';
import { t } from '../host';
import { blankDrawing } from './chart';
import { inkOn } from './colourScale';
import type { Drawing, Space, Spot } from './drawing';
import { fitText, FONT_SIZE, LINE_HEIGHT, textLines, widestText } from './figureText';
import { heatColours, type HeatColours } from './heatColours';
import { alikeTexts, numberText } from './numberText';
import { contextOf } from './png';
import { svgElement } from './svg';

/** CSS pixels. */
const CELL = { most: 40, withGap: 8, withValue: 32, named: 13 };
const MOST_HEIGHT = 440;
const LABEL = { share: 0.32, gap: 8, most: 120 };
const LEGEND = { gap: 16, height: 10, width: 160 };
/** More cells than this are one picture instead of a shape each. */
const MOST_SHAPES = 1_600;

interface MapLayout {
  readonly left: number;
  readonly top: number;
  readonly cell: { readonly width: number; readonly height: number };
  readonly size: { readonly rows: number; readonly columns: number };
  readonly isTurned: boolean;
}

export function drawHeatMap(figure: HeatMapFigure, space: Space): Drawing {
  const layout = layOut(figure, space);
  const { left, top, cell, size } = layout;
  const colours = heatColours(figure, space.theme);
  const [right, bottom] = [left + size.columns * cell.width, top + size.rows * cell.height];
  const svg = blankDrawing(Math.ceil(bottom + LEGEND.gap + LINE_HEIGHT), space);
  const isShapes = size.rows * size.columns <= MOST_SHAPES;
  const outline = { x: left - 0.5, y: top - 0.5, width: right - left + 1, height: bottom - top + 1, fill: 'none' };
  svg.append(
    ...(isShapes ? cellShapes(figure, layout, colours) : [cellPicture(figure, layout, colours, space)]),
    svgElement('rect', { ...outline, stroke: space.theme.grid }),
    ...rowLabels(figure, layout, space),
    ...columnLabels(figure, layout, space),
    legend(colours, { x: left, y: bottom + LEGEND.gap, width: Math.min(LEGEND.width, space.width * 0.4) }, space),
  );
  return { svg, spotAt: (x, y) => spotOf(figure, layout, x, y) };
}

function layOut({ rows, columns, values }: HeatMapFigure, { width, theme }: Space): MapLayout {
  const size = { rows: values.length, columns: Math.max(1, ...values.map((row) => row.length)) };
  const left = rows.length > 0 ? Math.min(widestText(rows, theme), LABEL.share * width) + LABEL.gap : 1;
  const longest = Math.min(widestText(columns, theme), LABEL.most);
  const fits = (room: number): number => Math.min(CELL.most, room / size.columns);
  const isTurned = longest > fits(width - left - 2) - 4;
  // The last of the turned labels leans out to the right.
  const lean = isTurned ? longest * Math.SQRT1_2 : 0;
  const room = Math.min(fits(width - left - 2), (width - left - lean) / Math.max(1, size.columns - 0.5));
  // Cells are squares, but rows with names must be high enough to be read.
  const cellWidth = whole(Math.min(room, MOST_HEIGHT / size.rows));
  const height = rows.length > 0 ? Math.max(cellWidth, Math.min(CELL.named, MOST_HEIGHT / size.rows)) : cellWidth;
  const top = columns.length === 0 ? 1 : isTurned ? Math.ceil(lean) + LABEL.gap + 4 : LINE_HEIGHT + 4;
  return { left: Math.ceil(left), top, cell: { width: cellWidth, height: whole(height) }, size, isTurned };
}

/** Cells of whole pixels have sharp edges; very small ones cannot. */
function whole(length: number): number {
  return length >= 3 ? Math.floor(length) : length;
}

function cellShapes({ values }: HeatMapFigure, layout: MapLayout, colours: HeatColours): SVGElement[] {
  const { left, top, cell } = layout;
  const gap = cell.width >= CELL.withGap && cell.height >= CELL.withGap ? 1 : 0;
  const texts = values.map((row) => row.map((value) => shortText(value)));
  const hasTexts =
    Math.min(cell.width, cell.height) >= CELL.withValue && texts.flat().every((text) => text.length <= 5);
  return values.flatMap((row, r) =>
    row.flatMap((value, c) => {
      const [x, y, fill] = [left + c * cell.width, top + r * cell.height, colours.colourAt(value)];
      const shape = svgElement('rect', { x, y, width: cell.width - gap, height: cell.height - gap, fill });
      if (!hasTexts) return [shape];
      const { r: red, g: green, b: blue } = rgb(fill);
      const middle = { x: x + cell.width / 2, y: y + cell.height / 2, anchor: 'middle' as const };
      const ink = inkOn({ red, green, blue });
      return [shape, textLines([texts[r]?.[c] ?? ''], { ...middle, fill: ink, size: FONT_SIZE - 2 })];
    }),
  );
}

/** Two decimals at most. */
function shortText(value: number): string {
  return numberText(Number(value.toFixed(2)));
}

function cellPicture(
  { values }: HeatMapFigure,
  layout: MapLayout,
  colours: HeatColours,
  space: Space,
): SVGImageElement {
  const { left, top, cell, size } = layout;
  const canvas = document.createElement('canvas');
  canvas.width = size.columns;
  canvas.height = size.rows;
  const image = new ImageData(size.columns, size.rows);
  values.forEach((row, r) =>
    row.forEach((value, c) => {
      const { r: red, g: green, b: blue } = rgb(colours.colourAt(value));
      image.data.set([red, green, blue, 255], 4 * (r * size.columns + c));
    }),
  );
  contextOf(canvas).putImageData(image, 0, 0);
  return svgElement('image', {
    href: canvas.toDataURL('image/png'),
    x: left,
    y: top,
    width: size.columns * cell.width,
    height: size.rows * cell.height,
    preserveAspectRatio: 'none',
    // Where several cells share one pixel, it shows their mean rather than one of them.
    'image-rendering': cell.width * space.pixelRatio >= 1 ? 'pixelated' : 'auto',
  });
}

function rowLabels({ rows }: HeatMapFigure, { left, top, cell }: MapLayout, { theme }: Space): SVGElement[] {
  const every = Math.ceil(CELL.named / cell.height);
  return rows.flatMap((name, r) => {
    if (r % every !== 0) return [];
    const text = fitText(name, left - LABEL.gap, theme);
    const place = { x: left - LABEL.gap, y: top + (r + 0.5) * cell.height, anchor: 'end' as const };
    return [textLines([text], { ...place, fill: theme.foreground })];
  });
}

function columnLabels({ columns }: HeatMapFigure, layout: MapLayout, { theme }: Space): SVGElement[] {
  const { left, top, cell, isTurned } = layout;
  const every = Math.ceil(CELL.named / cell.width);
  return columns.flatMap((name, c) => {
    if (c % every !== 0) return [];
    const [x, y] = [left + (c + 0.5) * cell.width, top - (isTurned ? LABEL.gap : LINE_HEIGHT / 2 + 2)];
    const text = fitText(name, LABEL.most, theme);
    const made = textLines([text], { x, y, anchor: isTurned ? 'start' : 'middle', fill: theme.foreground });
    if (isTurned) made.setAttribute('transform', `rotate(-45 ${x} ${y})`);
    return [made];
  });
}

/** The colours with the numbers at their ends. */
function legend(
  { low, high, colourAt }: HeatColours,
  { x, y, width }: { readonly x: number; readonly y: number; readonly width: number },
  { theme }: Space,
): SVGGElement {
  const middle = y + LINE_HEIGHT / 2;
  const [from = '', to = ''] = alikeTexts([low, high]);
  const start = x + widestText([from], theme) + LABEL.gap;
  const steps = Math.round(width);
  const stripes = Array.from({ length: steps }, (_, i) =>
    svgElement('rect', {
      x: start + i,
      y: middle - LEGEND.height / 2,
      width: 1.5,
      height: LEGEND.height,
      fill: colourAt(low + ((high - low) * i) / Math.max(1, steps - 1)),
    }),
  );
  return svgElement(
    'g',
    {},
    textLines([from], { x, y: middle, fill: theme.foreground }),
    ...stripes,
    textLines([to], { x: start + steps + LABEL.gap, y: middle, fill: theme.foreground }),
  );
}

function spotOf({ rows, columns, values }: HeatMapFigure, layout: MapLayout, x: number, y: number): Spot | undefined {
  const { left, top, cell } = layout;
  const [r, c] = [Math.floor((y - top) / cell.height), Math.floor((x - left) / cell.width)];
  const value = values[r]?.[c];
  if (value === undefined) return undefined;
  const name = t('{row} × {column}', { row: rows[r] ?? r + 1, column: columns[c] ?? c + 1 });
  return { x: left + c * cell.width, y: top + r * cell.height, ...cell, lines: [name, numberText(value)] };
}
