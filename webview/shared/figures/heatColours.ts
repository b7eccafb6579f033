import { interpolateLab } from 'd3-interpolate';
import { rgb } from 'd3-color';
import { colourOf, cssColour } from './colourScale';
import type { HeatMapFigure } from '../../../src/core/figure';
import type { FigureTheme } from './figureTheme';

/** From below zero to above; zero is near the background, so that what is not zero stands out. */
const DIVERGING = {
  light: ['#1c4e80', '#6aa0cf', '#f7f7f7', '#e0994c', '#8a4b08'],
  dark: ['#a9d3ff', '#3f83bf', '#2b2b2b', '#c07a2a', '#ffd59a'],
} as const;

/** How the values of a heat map become colours. */
export interface HeatColours {
  /** Where the scale begins and ends. */
  readonly low: number;
  readonly high: number;
  colourAt(value: number): string;
}

export function heatColours(
  { values, scale }: Pick<HeatMapFigure, 'values' | 'scale'>,
  theme: FigureTheme,
): HeatColours {
  const [least, greatest] = bounds(values);
  if (scale === 'sequential') {
    const span = greatest - least || 1;
    return {
      low: least,
      high: greatest,
      colourAt: (value) =>
        Number.isFinite(value) ? cssColour(colourOf('cividis', (value - least) / span)) : theme.background,
    };
  }
  const most = Math.max(Math.abs(least), Math.abs(greatest)) || 1;
  return {
    low: -most,
    high: most,
    colourAt: (value) => (Number.isFinite(value) ? diverging(value / most, theme.isDark) : theme.background),
  };
}

function bounds(values: HeatMapFigure['values']): [least: number, greatest: number] {
  let [least, greatest] = [Infinity, -Infinity];
  for (const value of values.flat()) {
    if (!Number.isFinite(value)) continue;
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  return least <= greatest ? [least, greatest] : [0, 1];
}

/** The colour of a position from -1 to 1. */
export function diverging(position: number, isDark: boolean): string {
  const stops = isDark ? DIVERGING.dark : DIVERGING.light;
  const at = ((Math.min(Math.max(position, -1), 1) + 1) / 2) * (stops.length - 1);
  const index = Math.min(Math.floor(at), stops.length - 2);
  return rgb(interpolateLab(stops[index] ?? '', stops[index + 1] ?? '')(at - index)).formatHex();
}
