import * as Plot from '@observablehq/plot';
import { sayPhrase } from '../../../src/core/explain/phrase';
import type { LinePoint, LinesFigure } from '../../../src/core/figure';
import { t } from '../host';
import { isDrawable } from './axisScale';
import { layOutChart, plotChart, type Chart, type PlottedChart } from './chart';
import { nearestSpot, type Drawing, type Space, type Spot } from './drawing';
import { intervalText, valueLine } from './spotText';
import { endKeys, endKeysWidth, keyRows, markerElement, seriesKey, type SeriesKey } from './seriesKey';
import { svgElement } from './svg';

/** CSS pixels. Keys stand at the ends of the lines where the drawing is so wide and they take no more of it. */
const END_KEYS = { from: 460, share: 0.34 };
const RIGHT = 14;
const MARKER_DISTANCE = { every: 20, some: 56 };
const REACH = 40;

interface DrawnSeries {
  readonly key: SeriesKey;
  readonly points: readonly LinePoint[];
}

export function drawLines(figure: LinesFigure, space: Space): Drawing {
  const series = figure.series.map(({ name, points, isDashed }, index): DrawnSeries => ({
    key: seriesKey(sayPhrase(name, t), index, space.theme, isDashed),
    points: points.filter(({ x, value }) => isDrawable(figure.x.scale, x) && isDrawable(figure.y.scale, value)),
  }));
  const chart = layOut(figure, series, space);
  const plotted = plotChart(
    chart,
    series.flatMap((one) => marksOf(one, figure, chart)),
  );
  plotted.svg.append(...series.flatMap((one, index) => markers(one, index, series.length, plotted, space)));
  if (!chart.wish.head && series.length > 1) plotted.svg.append(keysAtEnds(series, chart, plotted));
  const spots = series.flatMap((one) => one.points.map((point) => spotOf(point, one.key, figure, plotted)));
  return { svg: plotted.svg, spotAt: (x, y) => nearestSpot(spots, x, y, REACH) };
}

function layOut(figure: LinesFigure, series: readonly DrawnSeries[], space: Space): Chart {
  const { width, theme } = space;
  const keys = series.map(({ key }) => key);
  const endWidth = endKeysWidth(keys, theme);
  const isAtEnds = keys.length > 1 && width >= END_KEYS.from && endWidth <= END_KEYS.share * width;
  const points = series.flatMap((one) => one.points);
  const [x, y] = [sayPhrase(figure.x.label, t), sayPhrase(figure.y.label, t)];
  const wish = {
    x: { label: x, type: figure.x.scale, values: points.map((point) => point.x) },
    y: { label: y, type: figure.y.scale, values: points.flatMap(extentOf), isNice: true },
    right: isAtEnds ? Math.ceil(endWidth) : RIGHT,
  };
  // One line alone needs no key where the axis says what it is.
  if (isAtEnds || (keys.length < 2 && (keys[0]?.name ?? y) === y)) return layOutChart(wish, space);
  return layOutChart({ ...wish, head: keyRows(keys, { width, hasLines: true, theme }) }, space);
}

function extentOf({ value, low, high }: LinePoint): number[] {
  return [value, low ?? value, high ?? value];
}

/** A band where there are intervals, and the line. */
function marksOf({ key, points }: DrawnSeries, figure: LinesFigure, { y, space }: Chart): Plot.Markish[] {
  const floor = figure.y.scale === 'log' ? y.domain[0] : -Infinity;
  const band = points.filter(({ low, high }) => low !== null && high !== null);
  const low = (point: LinePoint): number => Math.max(point.low ?? point.value, floor);
  const high = (point: LinePoint): number => Math.max(point.high ?? point.value, floor);
  const fillOpacity = space.theme.isHighContrast ? 0.3 : 0.18;
  return [
    Plot.areaY(band, { x: 'x', y1: low, y2: high, fill: key.colour, fillOpacity }),
    Plot.line(points, {
      x: 'x',
      y: 'value',
      stroke: key.colour,
      strokeWidth: 1.75,
      ...(key.dash === undefined ? {} : { strokeDasharray: key.dash }),
    }),
  ];
}

/** All points where they are far apart, otherwise some, at other places for each series. */
function markers(
  { key, points }: DrawnSeries,
  index: number,
  count: number,
  { place }: PlottedChart,
  { theme }: Space,
): SVGElement[] {
  const places = points.map(({ x, value }) => place(x, value));
  const from = places[0]?.x ?? 0;
  const isSparse = (places.at(-1)?.x ?? 0) - from >= MARKER_DISTANCE.every * (places.length - 1);
  if (!isSparse && count === 1) return [];
  let next = from + (count > 1 ? (MARKER_DISTANCE.some * (index + 0.5)) / count : 0);
  const chosen = isSparse
    ? places
    : places.filter(({ x }) => {
        if (x < next) return false;
        next += MARKER_DISTANCE.some;
        return true;
      });
  return chosen.map(({ x, y }) => markerElement(key, x, y, theme));
}

function keysAtEnds(series: readonly DrawnSeries[], chart: Chart, { place }: PlottedChart): SVGElement {
  const { margins, height, space } = chart;
  const ends = series.flatMap(({ key, points }) => {
    const last = points.at(-1);
    return last ? [{ key, y: place(last.x, last.value).y }] : [];
  });
  if (ends.length === 0) return svgElement('g');
  const x = space.width - margins.right;
  return endKeys(ends, { x, top: margins.top, bottom: height - margins.bottom, theme: space.theme });
}

function spotOf(point: LinePoint, key: SeriesKey, figure: LinesFigure, { place }: PlottedChart): Spot {
  const { x, y } = place(point.x, point.value);
  const lines = [key.name, valueLine(figure.x.label, point.x), valueLine(figure.y.label, point.value)];
  const interval = intervalText(point);
  return { x: x - 5, y: y - 5, width: 10, height: 10, lines: interval === '' ? lines : [...lines, interval] };
}
