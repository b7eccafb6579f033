import type { Span } from '../text';

/** Dollars with up to so many characters between them; TeX allows no blank line there. */
const DOLLARS = /\$\$(?:(?!\n[ \t]*\r?\n)[^$]){1,2000}\$\$|\$(?![\s$])(?:(?!\n[ \t]*\r?\n)[^$]){0,400}(?<!\s)\$(?!\d)/g;
const TEX =
  /\\[a-z]|[\^_{}=<>+*·×≤≥≈]|^-?[a-z]'?(?:\([a-z, ]*\))?$|^[\w.]{1,3}\/[\w.]{1,3}$|^[\d.]+[a-z]?$|^[a-z](?:,\s?[a-z])+$/i;

/** The formulas in a text in which dollars may mean money as well: those that look like TeX. In order. */
export function dollarFormulas(text: string): Span[] {
  const found: Span[] = [];
  DOLLARS.lastIndex = 0;
  for (let match = DOLLARS.exec(text); match; match = DOLLARS.exec(text)) {
    const inside = match[0].replace(/^\$+|\$+$/g, '');
    if (TEX.test(inside.trim()) && isMath(inside)) found.push({ start: match.index, end: DOLLARS.lastIndex });
    else DOLLARS.lastIndex = match.index + 1;
  }
  return found;
}

/** A sentence between two prices has words that no formula has. */
function isMath(inside: string): boolean {
  const words = inside.replace(/\\[a-z]+(?:\{[^{}]*\})?/gi, ' ').match(/[a-z]{3,}/gi) ?? [];
  return words.length <= 2 || inside.includes('\\');
}
