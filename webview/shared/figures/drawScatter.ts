import * as Plot from '@observablehq/plot';
import { sayPhrase } from '../../../src/core/explain/phrase';
import type { ScatterFigure } from '../../../src/core/figure';
import { t } from '../host';
import { isDrawable } from './axisScale';
import { layOutChart, plotChart, type PlottedChart } from './chart';
import { nearestSpot, type Drawing, type Space, type Spot } from './drawing';
import { keyRows, seriesKey, type SeriesKey } from './seriesKey';
import { valueLine } from './spotText';

/** CSS pixels. */
const RIGHT = 14;
const REACH = 24;
/** From so many points on, they are smaller and let others shine through. */
const MANY = 200;

interface DrawnGroup {
  readonly key: SeriesKey;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export function drawScatter(figure: ScatterFigure, space: Space): Drawing {
  const { width, theme } = space;
  const groups = figure.groups.map(({ name, points }, index): DrawnGroup => ({
    key: seriesKey(sayPhrase(name, t), index, theme),
    points: points.filter(([x, y]) => isDrawable(figure.x.scale, x) && isDrawable(figure.y.scale, y)),
  }));
  const keys = groups.map(({ key }) => key);
  const points = groups.flatMap((group) => group.points);
  const chart = layOutChart(
    {
      x: axisOf(
        figure.x,
        points.map(([x]) => x),
      ),
      y: axisOf(
        figure.y,
        points.map(([, y]) => y),
      ),
      head: keyRows(keys, { width, hasLines: false, theme }),
      right: RIGHT,
    },
    space,
  );
  const isDense = points.length > MANY;
  const marks = groups.map((group) =>
    Plot.dot(group.points, {
      x: '0',
      y: '1',
      symbol: group.key.marker,
      r: isDense ? 2.5 : 3.5,
      fill: group.key.colour,
      fillOpacity: isDense ? 0.45 : 0.8,
      // A thin edge of full strength keeps single points visible.
      stroke: group.key.colour,
      strokeWidth: isDense ? 0.5 : 0.75,
    }),
  );
  const plotted = plotChart(chart, marks);
  const spots = groups.flatMap((group) => group.points.map((point) => spotOf(point, group.key, figure, plotted)));
  return { svg: plotted.svg, spotAt: (x, y) => nearestSpot(spots, x, y, REACH) };
}

function axisOf({ label, scale }: ScatterFigure['x'], values: readonly number[]) {
  return { label: sayPhrase(label, t), type: scale, values, isNice: true };
}

function spotOf(
  [px, py]: readonly [number, number],
  key: SeriesKey,
  figure: ScatterFigure,
  { place }: PlottedChart,
): Spot {
  const { x, y } = place(px, py);
  const lines = [key.name, valueLine(figure.x.label, px), valueLine(figure.y.label, py)];
  return { x: x - 5, y: y - 5, width: 10, height: 10, lines };
}
