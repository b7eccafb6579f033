const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
/** Thin and not to be broken at. */
const THIN_SPACE = '\u202f';
/** Outside of these, a number is told by a power of ten. */
const PLAIN = { least: 1e-3, most: 1e6 };

/**
 * A number for people, such as `0.0231`, `12 500`, `3.1 × 10⁻⁷`: so many significant digits, whole numbers in full up to
 * a million.
 */
export function numberText(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? '–' : value > 0 ? '∞' : '−∞';
  return signed(value, sizeText(Math.abs(value), digits));
}

/** With exactly so many decimals. */
export function decimalText(value: number, decimals: number): string {
  return signed(value, grouped(Math.abs(value).toFixed(decimals)));
}

/**
 * Numbers that are read beside each other, with equally many decimals: the largest has so many significant digits, or one
 * more if it begins with a 1, so that 24.6 stays that beside 100.
 */
export function alikeTexts(values: readonly number[], digits = 3): string[] {
  const most = values.reduce((size, value) => (Number.isFinite(value) ? Math.max(size, Math.abs(value)) : size), 0);
  if (most < PLAIN.least || most >= PLAIN.most) return values.map((value) => numberText(value, digits));
  const enough = Math.max(0, digits - 1 - Math.floor(Math.log10(most / 2)));
  const decimals = fewestDecimals(values, enough);
  return values.map((value) => (Number.isFinite(value) ? decimalText(value, decimals) : numberText(value)));
}

/** The decimals that are left when those that are 0 in all of the numbers are dropped. */
function fewestDecimals(values: readonly number[], most: number): number {
  const rounded = values.filter(Number.isFinite).map((value) => value.toFixed(most));
  let decimals = most;
  while (decimals > 0 && rounded.every((text) => text.at(decimals - most - 1) === '0')) decimals--;
  return decimals;
}

function signed(value: number, text: string): string {
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}

/** `10⁻⁴`. */
export function powerOfTen(exponent: number): string {
  const text = [...String(Math.abs(exponent))].map((digit) => SUPERSCRIPTS[Number(digit)] ?? digit).join('');
  return `10${exponent < 0 ? '⁻' : ''}${text}`;
}

function sizeText(size: number, digits: number): string {
  if (size === 0) return '0';
  if (size < PLAIN.least || size >= PLAIN.most) return scientific(size, digits);
  if (Number.isInteger(size)) return grouped(String(size));
  return grouped(String(Number(size.toPrecision(Math.max(digits, Math.ceil(Math.log10(size)))))));
}

function scientific(size: number, digits: number): string {
  const [mantissa = '', exponent = '0'] = size.toExponential(digits - 1).split('e');
  const factor = String(Number(mantissa));
  return factor === '1' ? powerOfTen(Number(exponent)) : `${factor} × ${powerOfTen(Number(exponent))}`;
}

function grouped(digits: string): string {
  const [whole = '', fraction] = digits.split('.');
  const spaced = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, THIN_SPACE) : whole;
  return fraction === undefined ? spaced : `${spaced}.${fraction}`;
}
