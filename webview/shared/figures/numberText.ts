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
