import * as Plot from '@observablehq/plot';
import { sayPhrase } from '../../../src/core/explain/phrase';
import type { Bar, BarsFigure } from '../../../src/core/figure';
import { t } from '../host';
import { axisScale, isDrawable, type AxisScale } from './axisScale';
import { plainSvg, tickOptions } from './chart';
import type { Drawing, Space, Spot } from './drawing';
import { fitText, LINE_HEIGHT, textLines, textWidth, widestText, wrapText } from './figureText';
import { blend } from './figureTheme';
import { alikeTexts, numberText } from './numberText';
import { intervalText, valueLine } from './spotText';

/** CSS pixels. Names stand beside the bars where they take no more than this share of the width, else above. */
const NAMES = { share: 0.36, gap: 10 };
const THICKNESS = { usual: 16, many: 10 };
const PITCH = { usual: 26, many: 15 };
const MANY = 14;
const AXIS = 26;
const BETWEEN_TICKS = 64;
const TOP = 4;

interface Row {
  readonly bar: Bar;
  readonly name: string;
  readonly value: string;
  /** Of the middle of the bar, and of its name and value. */
  readonly y: number;
  readonly textY: number;
}

interface BarsLayout {
  readonly rows: readonly Row[];
  readonly isBeside: boolean;
  readonly thickness: number;
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly height: number;
  readonly scale: AxisScale;
  readonly label: readonly string[];
}

/** Horizontal bars, so that their names can be read; on a logarithmic axis, which has no 0, points. */
export function drawBars(figure: BarsFigure, space: Space): Drawing {
  const layout = layOut(figure, space);
  const { rows, left, right, bottom, height, scale, label } = layout;
  const { width, theme } = space;
  const shown = rows.filter(({ bar }) => isDrawable(figure.y.scale, bar.value));
  const plot = Plot.plot({
    width,
    height,
    marginLeft: left,
    marginRight: right,
    marginTop: TOP,
    marginBottom: height - bottom,
    x: { type: scale.type, domain: scale.domain, label: null },
    y: { type: 'identity', axis: null },
    marks: [
      Plot.gridX(scale.ticks, { stroke: theme.grid, strokeOpacity: 1 }),
      Plot.axisX(scale.ticks, tickOptions(scale, space)),
      ...(scale.type === 'log' ? pointMarks(shown, layout, space) : barMarks(shown, layout, space)),
    ],
  });
  const svg = plainSvg(plot, space);
  const middle = left + (width - left - right) / 2;
  const y = height - (label.length - 0.5) * LINE_HEIGHT - 2;
  svg.append(...rowTexts(layout, space), textLines(label, { x: middle, y, anchor: 'middle', fill: theme.foreground }));
  return { svg, spotAt: (_, at) => spotOf(rows, layout, at, figure, space) };
}

function layOut(figure: BarsFigure, space: Space): BarsLayout {
  const { width, theme } = space;
  const names = figure.bars.map(({ name }) => sayPhrase(name, t));
  const numbers = figure.bars.map(({ value }) => value);
  const values = figure.y.scale === 'log' ? numbers.map((value) => numberText(value, 3)) : alikeTexts(numbers);
  const isBeside = widestText(names, theme) <= NAMES.share * width;
  const isMany = figure.bars.length > MANY && isBeside;
  const pitch = isMany ? PITCH.many : PITCH.usual + (isBeside ? 0 : LINE_HEIGHT + 3);
  const thickness = isMany ? THICKNESS.many : THICKNESS.usual;
  const rows = figure.bars.map((bar, i): Row => {
    const y = TOP + (i + 1) * pitch - 5 - thickness / 2;
    const textY = isBeside ? y : y - thickness / 2 - LINE_HEIGHT / 2 - 2;
    return { bar, name: names[i] ?? '', value: values[i] ?? '', y, textY };
  });
  const left = isBeside ? widestText(names, theme) + NAMES.gap : 12;
  const right = isBeside ? widestText(values, theme) + NAMES.gap : 24;
  const inner = width - left - right;
  const scale = axisScale(
    figure.y.scale,
    figure.bars.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]),
    { most: Math.floor(inner / BETWEEN_TICKS), isNice: true, includes: [0] },
  );
  const label = wrapText(sayPhrase(figure.y.label, t), inner, theme);
  const bottom = TOP + rows.length * pitch + 4;
  const height = bottom + AXIS + label.length * LINE_HEIGHT;
  return { rows, isBeside, thickness, left, right, bottom, height, scale, label };
}

function barMarks(rows: readonly Row[], { thickness }: BarsLayout, { theme }: Space): Plot.Markish[] {
  const colour = theme.series[0] ?? theme.foreground;
  return [
    Plot.rect(rows, {
      x1: 0,
      x2: ({ bar }: Row) => bar.value,
      y1: ({ y }: Row) => y - thickness / 2,
      y2: ({ y }: Row) => y + thickness / 2,
      fill: blend(colour, theme.background, 0.85),
      ...(theme.isHighContrast ? { stroke: theme.foreground } : {}),
    }),
    Plot.ruleX([0], { stroke: theme.muted }),
    ...intervalMarks(rows, theme.foreground, 1.5),
  ];
}

function pointMarks(rows: readonly Row[], { scale }: BarsLayout, { theme }: Space): Plot.Markish[] {
  const colour = theme.series[0] ?? theme.foreground;
  return [
    Plot.dot(rows, { x: ({ bar }: Row) => bar.value, y: 'y', r: 5, fill: colour }),
    ...intervalMarks(rows, theme.foreground, 1.5, scale.domain[0]),
  ];
}

/** Whiskers with ends. */
function intervalMarks(rows: readonly Row[], stroke: string, strokeWidth: number, floor = -Infinity): Plot.Markish[] {
  const known = rows.filter(({ bar }) => bar.low !== null && bar.high !== null && bar.low !== bar.high);
  const low = ({ bar }: Row): number => Math.max(bar.low ?? bar.value, floor);
  const high = ({ bar }: Row): number => Math.max(bar.high ?? bar.value, floor);
  const end = (x: (row: Row) => number): Plot.Markish =>
    Plot.link(known, { x1: x, x2: x, y1: ({ y }: Row) => y - 4, y2: ({ y }: Row) => y + 4, stroke, strokeWidth });
  return [Plot.link(known, { x1: low, x2: high, y1: 'y', y2: 'y', stroke, strokeWidth }), end(low), end(high)];
}

function rowTexts({ rows, isBeside, left }: BarsLayout, { width, theme }: Space): SVGElement[] {
  const fill = theme.foreground;
  return rows.flatMap(({ name, value, textY: y }) => {
    const room = isBeside ? left : width - textWidth(value, theme) - NAMES.gap - left - 6;
    const place = isBeside
      ? { x: left - NAMES.gap, y, anchor: 'end' as const, fill }
      : { x: left + 6, y, anchor: 'start' as const, fill, halo: theme.background };
    return [
      textLines([fitText(name, room, theme)], place),
      textLines([value], { x: width, y, anchor: 'end', fill, halo: theme.background }),
    ];
  });
}

function spotOf(
  rows: readonly Row[],
  { thickness, left, right }: BarsLayout,
  at: number,
  figure: BarsFigure,
  { width }: Space,
): Spot | undefined {
  const row = rows.find(
    ({ y, textY }) => at >= Math.min(textY - LINE_HEIGHT / 2, y - thickness / 2) && at <= y + thickness / 2 + 2,
  );
  if (!row) return undefined;
  const interval = intervalText(row.bar);
  const lines = [row.name, valueLine(figure.y.label, row.bar.value), ...(interval === '' ? [] : [interval])];
  return { x: left, y: row.y - thickness / 2, width: width - left - right, height: thickness, lines };
}
