import { extent, nice, ticks, tickStep } from 'd3-array';
import type { Axis } from '../../../src/core/figure';
import { decimalText, numberText, powerOfTen } from './numberText';

/** Where an axis begins and ends, and where it has its ticks. */
export interface AxisScale {
  readonly type: Axis['scale'];
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
  /** One for each tick. */
  readonly labels: readonly string[];
}

export interface AxisWish {
  /** About so many ticks at most. */
  readonly most: number;
  /** Begins and ends at ticks. */
  readonly isNice?: boolean;
  /** Values that must be within. */
  readonly includes?: readonly number[];
  /** There are ticks at the values themselves where they are so few. */
  readonly ownTicks?: number;
}

/** A scale for these values; on a logarithmic one, values of 0 and below do not count. */
export function axisScale(type: Axis['scale'], values: readonly number[], wish: AxisWish): AxisScale {
  const usable = [...values, ...(wish.includes ?? [])].filter((value) => isDrawable(type, value));
  const domain = type === 'log' ? logDomain(usable, wish) : linearDomain(usable, wish);
  const own = [...new Set(values.filter((value) => isDrawable(type, value)))].sort((a, b) => a - b);
  const isOwn = own.length > 1 && own.length <= (wish.ownTicks ?? 0) && own.every(Number.isInteger);
  const at = isOwn ? own : type === 'log' ? logTicks(...domain, wish.most) : ticks(...domain, wish.most);
  return { type, domain, ticks: at, labels: tickLabels(type, at) };
}

export function isDrawable(type: Axis['scale'], value: number): boolean {
  return Number.isFinite(value) && (type === 'linear' || value > 0);
}

function linearDomain(values: readonly number[], { most, isNice }: AxisWish): [number, number] {
  const [low = 0, high = 1] = extent(values);
  if (low === high) return low === 0 ? [0, 1] : nice(Math.min(0, 2 * low), Math.max(0, 2 * low), most);
  // An axis from near 0 might as well begin there.
  const from = low > 0 && low < 0.3 * high && isNice ? 0 : low;
  return isNice ? nice(from, high, most) : [from, high];
}

/** A little wider than the values where the axis may begin between ticks, so that no mark is cut in half. */
function logDomain(values: readonly number[], { isNice }: AxisWish): [number, number] {
  const [low = 1, high = 10] = extent(values);
  if (low === high) return [low / 10, high * 10];
  const margin = isNice ? (high / low) ** 0.05 : 1;
  return [low / margin, high * margin];
}

/** Powers of ten, fewer or with round numbers in between, so that there are 2 to `most` ticks where that is possible. */
export function logTicks(low: number, high: number, most: number): number[] {
  const [from, to] = [Math.floor(Math.log10(low) + 1e-9), Math.ceil(Math.log10(high) - 1e-9)];
  const within = (value: number): boolean => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9);
  const exponents = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const power = (exponent: number, factor: number): number => Number(`${factor}e${exponent}`);
  const fine = [[1, 1.5, 2, 3, 4, 5, 7], [1, 2, 5], [1, 3], [1]]
    .map((factors) => exponents.flatMap((e) => factors.map((f) => power(e, f))).filter(within))
    .find((candidates) => candidates.length <= most);
  if (fine) return fine.length >= 2 ? fine : ticks(low, high, most).filter((value) => value > 0);
  const step = Math.ceil(exponents.length / Math.max(2, most));
  return exponents
    .filter((e) => e % step === 0)
    .map((e) => power(e, 1))
    .filter(within);
}

/** All ticks of an axis in one form. */
function tickLabels(type: Axis['scale'], at: readonly number[]): string[] {
  const sizes = at.map(Math.abs).filter((size) => size > 0);
  const [least = 1, greatest = 1] = extent(sizes);
  if (type === 'log') {
    const isFar = least < 1e-3 || greatest >= 1e6;
    const arePowers = at.every((value) => Number.isInteger(Math.log10(value)));
    return at.map((value) => (isFar && arePowers ? powerLabel(value) : numberText(value)));
  }
  if (least < 1e-3 || greatest >= 1e6) return at.map((value) => numberText(value));
  const step = tickStep(at[0] ?? 0, at.at(-1) ?? 1, Math.max(1, at.length - 1));
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return at.map((value) => decimalText(value, decimals));
}

function powerLabel(value: number): string {
  return value === 1 ? '1' : powerOfTen(Math.round(Math.log10(value)));
}
