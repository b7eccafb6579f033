/**
 * The few kinds of figure that an experiment may return: data and words, no colours and no sizes. A surface draws each
 * kind with one component, and every kind can be told as a table (`figureTable`).
 */
import type { Phrase } from './explain/phrase';

interface Titled {
  readonly title: Phrase;
  /** What is seen, with its numbers, for those who read rather than look. */
  readonly description: Phrase;
}

export interface Axis {
  readonly label: Phrase;
  /** `log` needs values above 0. */
  readonly scale: 'linear' | 'log';
}

/** `low` and `high` bound an interval around `value`. */
export interface Estimate {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

export interface LinePoint extends Estimate {
  readonly x: number;
}

export interface LineSeries {
  readonly name: Phrase;
  /** In the order of x. */
  readonly points: readonly LinePoint[];
  readonly isDashed?: boolean;
}

export interface LinesFigure extends Titled {
  readonly kind: 'lines';
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly LineSeries[];
}

export interface Bar extends Estimate {
  readonly name: Phrase;
}

export interface BarsFigure extends Titled {
  readonly kind: 'bars';
  readonly y: Axis;
  readonly bars: readonly Bar[];
}

export interface ScatterFigure extends Titled {
  readonly kind: 'scatter';
  readonly x: Axis;
  readonly y: Axis;
  readonly groups: readonly { readonly name: Phrase; readonly points: readonly (readonly [x: number, y: number])[] }[];
}

/** Values by colour: attention maps, kernels, large matrices. */
export interface HeatMapFigure extends Titled {
  readonly kind: 'heatmap';
  /** Empty where rows or columns have no names. */
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** [row][column] */
  readonly values: readonly (readonly number[])[];
  /** Around zero, or from the least to the greatest. */
  readonly scale: 'diverging' | 'sequential';
}

/** Values as numbers: small matrices. */
export interface MatrixFigure extends Titled {
  readonly kind: 'matrix';
  readonly rows: readonly Phrase[];
  readonly columns: readonly Phrase[];
  /** [row][column]; words where no number says it. */
  readonly cells: readonly (readonly (number | Phrase)[])[];
}

export interface ImagesFigure extends Titled {
  readonly kind: 'images';
  readonly height: number;
  readonly width: number;
  readonly groups: readonly ImageGroup[];
}

export interface ImageGroup {
  readonly name: Phrase;
  /** Grey levels 0 to 255, row-major in [count, height, width]. */
  readonly pixels: Uint8Array;
}

export type Figure = LinesFigure | BarsFigure | ScatterFigure | HeatMapFigure | MatrixFigure | ImagesFigure;

/** An estimate without an interval. */
export function exactly(value: number): Estimate {
  return { value, low: null, high: null };
}
