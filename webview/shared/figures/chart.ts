import * as Plot from '@observablehq/plot';
import { axisScale, type AxisScale, type AxisWish } from './axisScale';
import type { Space } from './drawing';
import { FONT_SIZE, LINE_HEIGHT, textLines, widestText, wrapText } from './figureText';
import { svgElement } from './svg';

/** CSS pixels. */
const INNER_HEIGHT = { least: 170, most: 280, share: 0.52 };
const BETWEEN_TICKS = { x: 70, y: { linear: 42, log: 28 } };
const TICK = 6;

export interface ChartAxis {
  readonly label: string;
  readonly type: 'linear' | 'log';
  readonly values: readonly number[];
  readonly isNice?: boolean;
}

export interface ChartWish {
  readonly x: ChartAxis;
  readonly y: ChartAxis;
  /** Stands above the chart and is as wide as the drawing. */
  readonly head?: { readonly element: SVGGElement; readonly height: number };
  /** Kept free on the right. */
  readonly right: number;
}

/** Room for a chart with two axes, in CSS pixels of the drawing. */
export interface Chart {
  readonly wish: ChartWish;
  readonly space: Space;
  readonly height: number;
  readonly margins: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  readonly x: AxisScale;
  readonly y: AxisScale;
  readonly yLabel: readonly string[];
  readonly xLabel: readonly string[];
}

/** Finds room for everything around the data: ticks, labels and what stands above. */
export function layOutChart(wish: ChartWish, space: Space): Chart {
  const { width, theme } = space;
  const inner = Math.min(Math.max(width * INNER_HEIGHT.share, INNER_HEIGHT.least), INNER_HEIGHT.most);
  const y = scaleOf(wish.y, { most: Math.floor(inner / BETWEEN_TICKS.y[wish.y.type]) });
  const left = widestText(y.labels, theme) + TICK + 4;
  const innerWidth = width - left - wish.right;
  const x = scaleOf(wish.x, { most: Math.floor(innerWidth / BETWEEN_TICKS.x), ownTicks: Math.floor(innerWidth / 44) });
  const yLabel = wrapText(wish.y.label, width, theme);
  const xLabel = wrapText(wish.x.label, innerWidth, theme);
  const top = (wish.head?.height ?? 0) + yLabel.length * LINE_HEIGHT + 10;
  const bottom = TICK + LINE_HEIGHT + xLabel.length * LINE_HEIGHT + 2;
  // Half of the last label is beyond the end of the axis.
  const right = Math.max(wish.right, widestText(x.labels.slice(-1), theme) / 2 + 2);
  const margins = { left, right, top, bottom };
  return { wish, space, height: Math.round(top + inner + bottom), margins, x, y, yLabel, xLabel };
}

function scaleOf({ type, values, isNice }: ChartAxis, wish: AxisWish): AxisScale {
  return axisScale(type, values, { ...wish, isNice: isNice ?? false });
}

export interface PlottedChart {
  readonly svg: SVGSVGElement;
  /** From values to CSS pixels of the drawing. */
  readonly place: (x: number, y: number) => { readonly x: number; readonly y: number };
}

/** Draws the axes and the marks. */
export function plotChart(chart: Chart, marks: readonly Plot.Markish[]): PlottedChart {
  const { x, y, margins, height, space } = chart;
  const { width, theme } = space;
  const plot = Plot.plot({
    width,
    height,
    marginLeft: margins.left,
    marginRight: margins.right,
    marginTop: margins.top,
    marginBottom: margins.bottom,
    x: { type: x.type, domain: x.domain, label: null },
    y: { type: y.type, domain: y.domain, label: null },
    marks: [
      Plot.gridX(x.ticks, { stroke: theme.grid, strokeOpacity: 1 }),
      Plot.gridY(y.ticks, { stroke: theme.grid, strokeOpacity: 1 }),
      Plot.axisX(x.ticks, tickOptions(x, space)),
      Plot.axisY(y.ticks, tickOptions(y, space)),
      Plot.frame({ anchor: 'bottom', stroke: theme.muted }),
      ...marks,
    ],
  });
  const svg = plainSvg(plot, space);
  svg.append(...labels(chart), ...(chart.wish.head ? [chart.wish.head.element] : []));
  const [scaleX, scaleY] = [plot.scale('x'), plot.scale('y')];
  const place = (px: number, py: number) => ({ x: Number(scaleX?.apply(px)), y: Number(scaleY?.apply(py)) });
  return { svg, place };
}

/** Ticks are told by their labels alone: the grid lines lead to them. */
export function tickOptions({ labels }: AxisScale, { theme }: Space) {
  return {
    // Not `tickFormat`, which Plot does not ask on a logarithmic scale.
    text: labels,
    fontSize: FONT_SIZE - 1,
    fill: theme.muted,
    tickSize: 0,
    tickPadding: TICK,
    label: null,
  };
}

function labels({ xLabel, yLabel, margins, height, wish, space }: Chart): SVGElement[] {
  const { width, theme } = space;
  const middle = margins.left + (width - margins.left - margins.right) / 2;
  const [xTop, yTop] = [height - (xLabel.length - 0.5) * LINE_HEIGHT - 2, (wish.head?.height ?? 0) + LINE_HEIGHT / 2];
  return [
    textLines(xLabel, { x: middle, y: xTop, anchor: 'middle', fill: theme.foreground }),
    textLines(yLabel, { x: 0, y: yTop, fill: theme.foreground }),
  ];
}

/** What Plot has drawn, without the style sheet that it puts in: the page's policy allows none. */
export function plainSvg(plot: Element, { theme }: Space): SVGSVGElement {
  if (!(plot instanceof SVGSVGElement)) throw new Error('a plot without legend or caption is one SVG element');
  plot.querySelector('style')?.remove();
  plot.removeAttribute('class');
  plot.setAttribute('font-family', theme.font);
  plot.setAttribute('font-size', String(FONT_SIZE));
  return plot;
}

/** An empty drawing. */
export function blankDrawing(height: number, { width, theme }: Space): SVGSVGElement {
  return svgElement('svg', {
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    'font-family': theme.font,
    'font-size': FONT_SIZE,
    fill: theme.foreground,
  });
}
