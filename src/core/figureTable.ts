/** Every figure as a table: for those who read rather than look, and for export. */
import { phrase, type Phrase } from './explain/phrase';
import type {
  BarsFigure,
  Estimate,
  Figure,
  HeatMapFigure,
  ImagesFigure,
  LinesFigure,
  MatrixFigure,
  ScatterFigure,
} from './figure';

/** `null` where there is no value. */
export type TableCell = string | number | Phrase | null;

/** Every row has one cell for each column; the first cell of a row names it. */
export interface FigureTable {
  readonly columns: readonly Phrase[];
  readonly rows: readonly (readonly TableCell[])[];
}

/** A heat map with more values is told by a summary of each row. */
const MOST_VALUES = 4_096;

const NAME = phrase('Name');
const GROUP = phrase('Group');
const LOW = phrase('Lower end');
const HIGH = phrase('Upper end');

/** All numbers of a figure, unrounded; pictures by their mean, heat maps of more than 4,096 values by their rows. */
export function figureTable(figure: Figure): FigureTable {
  switch (figure.kind) {
    case 'lines':
      return linesTable(figure);
    case 'bars':
      return barsTable(figure);
    case 'scatter':
      return scatterTable(figure);
    case 'heatmap':
      return heatMapTable(figure);
    case 'matrix':
      return matrixTable(figure);
    case 'images':
      return imagesTable(figure);
  }
}

function hasInterval({ low, high }: Estimate): boolean {
  return low !== null || high !== null;
}

/** One column for each series where all have the same x and no intervals, otherwise one row for each point. */
function linesTable({ x, y, series }: LinesFigure): FigureTable {
  const points = series.flatMap((one) => one.points);
  const [first] = series;
  const isShared = series.every(
    (one) => one.points.length === first?.points.length && one.points.every((p, i) => p.x === first.points[i]?.x),
  );
  if (first && isShared && !points.some(hasInterval)) {
    return {
      columns: [x.label, ...series.map(({ name }) => name)],
      rows: first.points.map((point, i) => [point.x, ...series.map((one) => one.points[i]?.value ?? null)]),
    };
  }
  const bounds = points.some(hasInterval);
  return {
    columns: [GROUP, x.label, y.label, ...(bounds ? [LOW, HIGH] : [])],
    rows: series.flatMap(({ name, points: own }) =>
      own.map((point) => [name, point.x, point.value, ...(bounds ? [point.low, point.high] : [])]),
    ),
  };
}

function barsTable({ y, bars }: BarsFigure): FigureTable {
  const bounds = bars.some(hasInterval);
  return {
    columns: [NAME, y.label, ...(bounds ? [LOW, HIGH] : [])],
    rows: bars.map((bar) => [bar.name, bar.value, ...(bounds ? [bar.low, bar.high] : [])]),
  };
}

function scatterTable({ x, y, groups }: ScatterFigure): FigureTable {
  return {
    columns: [GROUP, x.label, y.label],
    rows: groups.flatMap(({ name, points }) => points.map(([px, py]) => [name, px, py])),
  };
}

/** Rows and columns without a name are counted from 1. */
function heatMapTable({ rows, columns, values }: HeatMapFigure): FigureTable {
  const rowName = (row: number): TableCell => rows[row] ?? row + 1;
  const width = Math.max(0, ...values.map((row) => row.length));
  if (values.length * width > MOST_VALUES) {
    return {
      columns: [phrase('Row'), phrase('Least'), phrase('Mean'), phrase('Greatest')],
      rows: values.map((row, r) => [rowName(r), ...summary(row)]),
    };
  }
  return {
    columns: [
      phrase('Row'),
      ...Array.from({ length: width }, (_, c) => phrase('{name}', { name: columns[c] ?? c + 1 })),
    ],
    rows: values.map((row, r) => [rowName(r), ...Array.from({ length: width }, (_, c) => row[c] ?? null)]),
  };
}

function summary(values: readonly number[]): [least: number, mean: number, greatest: number] {
  const least = values.reduce((a, b) => Math.min(a, b), Infinity);
  const greatest = values.reduce((a, b) => Math.max(a, b), -Infinity);
  return [least, mean(values), greatest];
}

function matrixTable({ rows, columns, cells }: MatrixFigure): FigureTable {
  return {
    columns: [phrase(''), ...columns],
    rows: cells.map((row, r) => [rows[r] ?? null, ...columns.map((_, c) => row[c] ?? null)]),
  };
}

function imagesTable({ height, width, groups }: ImagesFigure): FigureTable {
  return {
    columns: [GROUP, phrase('Pictures'), phrase('Mean grey level, 0 to 255')],
    rows: groups.map(({ name, pixels }) => [name, pixels.length / (height * width), mean(pixels)]),
  };
}

function mean(values: Uint8Array | readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
