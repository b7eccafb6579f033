import {
  symbol,
  symbolCircle,
  symbolCross,
  symbolDiamond,
  symbolSquare,
  symbolStar,
  symbolTriangle,
  type SymbolType,
} from 'd3-shape';
import { fitText, FONT_SIZE, LINE_HEIGHT, textLines, textWidth } from './figureText';
import type { FigureTheme } from './figureTheme';
import { svgElement } from './svg';

const MARKERS = [symbolCircle, symbolSquare, symbolTriangle, symbolDiamond, symbolCross, symbolStar] as const;
/** Square pixels, so that markers of every shape look equally large. */
const MARKER_AREA = 34;
/** CSS pixels. */
const SAMPLE = { line: 24, marker: 10 };
const GAP = { sample: 6, item: 18 };
/** From the end of a line to its key. */
const LEADER = 16;

/** By which a series is known: its colour and, for those who cannot tell colours, its marker and dash. */
export interface SeriesKey {
  readonly name: string;
  readonly colour: string;
  readonly marker: SymbolType;
  readonly dash: string | undefined;
}

export function seriesKey(name: string, index: number, theme: FigureTheme, isDashed = false): SeriesKey {
  const round = Math.floor(index / MARKERS.length);
  return {
    name,
    colour: theme.series[index % theme.series.length] ?? theme.foreground,
    marker: MARKERS[(index + round) % MARKERS.length] ?? symbolCircle,
    dash: isDashed ? '6 4' : undefined,
  };
}

/** A marker with an edge in the background's colour, which keeps it apart from lines that it lies on. */
export function markerElement({ marker, colour }: SeriesKey, x: number, y: number, theme: FigureTheme): SVGPathElement {
  const d = symbol(marker, MARKER_AREA)() ?? '';
  const transform = `translate(${x},${y})`;
  return svgElement('path', { d, transform, fill: colour, stroke: theme.background, 'stroke-width': 1 });
}

function sample(key: SeriesKey, x: number, y: number, width: number, theme: FigureTheme): SVGGElement {
  const made = svgElement('g');
  if (width > SAMPLE.marker) {
    const line = { x1: x, x2: x + width, y1: y, y2: y, stroke: key.colour, 'stroke-width': 2 };
    made.append(svgElement('line', { ...line, 'stroke-dasharray': key.dash }));
  }
  made.append(markerElement(key, x + width / 2, y, theme));
  return made;
}

/** The keys side by side, in as many lines as they need. */
export function keyRows(
  keys: readonly SeriesKey[],
  { width, hasLines, theme }: { width: number; hasLines: boolean; theme: FigureTheme },
): { readonly element: SVGGElement; readonly height: number } {
  const sampleWidth = hasLines ? SAMPLE.line : SAMPLE.marker;
  const element = svgElement('g');
  let [x, y] = [0, LINE_HEIGHT / 2];
  for (const key of keys) {
    const name = fitText(key.name, width - sampleWidth - GAP.sample, theme);
    const itemWidth = sampleWidth + GAP.sample + textWidth(name, theme);
    if (x > 0 && x + itemWidth > width) [x, y] = [0, y + LINE_HEIGHT + 2];
    element.append(
      sample(key, x, y, sampleWidth, theme),
      textLines([name], { x: x + sampleWidth + GAP.sample, y, fill: theme.foreground }),
    );
    x += itemWidth + GAP.item;
  }
  return { element, height: keys.length > 0 ? y + LINE_HEIGHT / 2 + 8 : 0 };
}

export interface KeyAtEnd {
  readonly key: SeriesKey;
  /** Of the end of its line. */
  readonly y: number;
}

export function endKeysWidth(keys: readonly SeriesKey[], theme: FigureTheme): number {
  return Math.max(...keys.map(({ name }) => textWidth(name, theme))) + SAMPLE.marker + GAP.sample + LEADER;
}

/** The keys at the ends of their lines, moved apart where they would touch. */
export function endKeys(
  ends: readonly KeyAtEnd[],
  { x, top, bottom, theme }: { x: number; top: number; bottom: number; theme: FigureTheme },
): SVGGElement {
  const sorted = [...ends].sort((a, b) => a.y - b.y);
  const places = apart(
    sorted.map(({ y }) => y),
    FONT_SIZE + 4,
    [top + FONT_SIZE / 2, bottom - FONT_SIZE / 2],
  );
  const element = svgElement('g');
  sorted.forEach(({ key, y: from }, i) => {
    const to = { x: x + LEADER, y: places[i] ?? 0 };
    const leader = { x1: x, y1: from, x2: to.x, y2: to.y, stroke: key.colour };
    const middle = to.x + SAMPLE.marker / 2;
    element.append(
      svgElement('line', { ...leader, 'stroke-dasharray': key.dash === undefined ? undefined : '3 2' }),
      markerElement(key, middle, to.y, theme),
      textLines([key.name], { x: to.x + SAMPLE.marker + GAP.sample, y: to.y, fill: theme.foreground }),
    );
  });
  return element;
}

/** Ascending places at least `gap` apart and within the bounds where there is room, near those wished for. */
export function apart(wished: readonly number[], gap: number, [least, most]: readonly [number, number]): number[] {
  const places = [...wished];
  for (let i = 0; i < places.length; i++) {
    places[i] = Math.max(places[i] ?? 0, i === 0 ? least : (places[i - 1] ?? 0) + gap);
  }
  for (let i = places.length - 1; i >= 0; i--) {
    places[i] = Math.min(places[i] ?? 0, i === places.length - 1 ? most : (places[i + 1] ?? 0) - gap);
  }
  return places;
}
