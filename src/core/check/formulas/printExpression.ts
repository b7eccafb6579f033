import type { Expression } from './expression';
import type { Growth } from './growth';
import type { Exponents, Polynomial } from './polynomial';

/** How a formula is set: in TeX, or in the characters of a sentence (`QKᵀ`, `n²·d`). */
export interface Notation {
  name(name: string): string;
  raised(base: string, exponent: string): string;
  readonly cross: string;
  readonly dot: string;
  readonly circle: string;
  readonly transpose: string;
  readonly log: string;
  readonly reals: string;
  brackets(inner: string): string;
  quotient(over: string, under: string): string;
  root(of: string, degree: number): string;
  call(name: string, args: string): string;
}

const SUPERSCRIPTS: Readonly<Record<string, string>> = {
  ...{ '0': '⁰', '1': '¹', '2': '²', '3': '³', '4': '⁴', '5': '⁵', '6': '⁶', '7': '⁷', '8': '⁸', '9': '⁹', '-': '⁻' },
};

const isLong = (text: string): boolean => /[\s+\-·×⊙/]/.test(text);

export const TEX: Notation = {
  name: (name) => {
    const [letter = '', sub] = splitName(name);
    const base = letter.length > 1 ? `\\mathrm{${letter}}` : (GREEK[letter] ?? letter);
    if (sub === undefined) return base;
    return sub.length > 1 ? `${base}_{${sub}}` : `${base}_${sub}`;
  },
  raised: (base, exponent) => (exponent.length > 1 ? `${base}^{${exponent}}` : `${base}^${exponent}`),
  cross: ' \\times ',
  dot: ' \\cdot ',
  circle: ' \\odot ',
  transpose: '^\\top',
  log: '\\log ',
  reals: '\\mathbb{R}',
  brackets: (inner) => `\\left(${inner}\\right)`,
  quotient: (over, under) => `\\frac{${over}}{${under}}`,
  root: (of, degree) => (degree === 2 ? `\\sqrt{${of}}` : `\\sqrt[${degree}]{${of}}`),
  call: (name, args) => `${/^[OoΘΩ]$/.test(name) ? (GREEK[name] ?? name) : functionInTex(name)}\\left(${args}\\right)`,
};

export const PLAIN: Notation = {
  name: (name) => (name === '⊤' ? 'T' : name),
  raised: (base, exponent) => {
    const small = [...exponent].map((character) => SUPERSCRIPTS[character]);
    return small.every((character) => character !== undefined)
      ? `${base}${small.join('')}`
      : `${base}^${inBrackets(exponent)}`;
  },
  cross: ' × ',
  dot: '·',
  circle: ' ⊙ ',
  transpose: 'ᵀ',
  log: 'log ',
  reals: 'R',
  brackets: (inner) => `(${inner})`,
  quotient: (over, under) => `${inBrackets(over)}/${inBrackets(under)}`,
  root: (of, degree) => (degree === 2 ? `√${inBrackets(of)}` : `${inBrackets(of)}^(1/${degree})`),
  call: (name, args) => `${name}(${args})`,
};

const GREEK: Readonly<Record<string, string>> = { Θ: '\\Theta', Ω: '\\Omega' };

function functionInTex(name: string): string {
  return /^(?:log|exp|max|min|tanh)$/.test(name) ? `\\${name}` : `\\operatorname{${name.replace(/[^\p{L}\d]/gu, '')}}`;
}

function inBrackets(text: string): string {
  return isLong(text) ? `(${text})` : text;
}

/** Letter and subscript of `d_model`. */
function splitName(name: string): [string, string?] {
  const [letter = name, ...sub] = name.split('_');
  return sub.length > 0 ? [letter, sub.join(' ')] : [letter];
}

export function printExpression(expression: Expression, notation: Notation): string {
  const print = (within: Expression): string => printExpression(within, notation);
  const factor = (within: Expression): string =>
    isCompound(within) ? notation.brackets(print(within)) : print(within);
  switch (expression.kind) {
    case 'number':
      return String(expression.value);
    case 'symbol':
      return notation.name(expression.name);
    case 'sum':
      return printSum(expression, print);
    case 'product':
      return printProduct(expression, factor, notation);
    case 'quotient':
      return notation.quotient(print(expression.over), print(expression.under));
    case 'power':
      return notation.raised(factor(expression.base), print(expression.exponent));
    case 'root':
      return notation.root(print(expression.of), expression.degree);
    case 'transpose':
      return `${factor(expression.of)}${notation.transpose}`;
    case 'call':
      return notation.call(expression.name, expression.args.map(print).join(', '));
    case 'space': {
      const { rows, columns } = expression;
      return notation.raised(
        notation.reals,
        columns ? `${print(rows)}${notation.cross}${print(columns)}` : print(rows),
      );
    }
    case 'tuple':
      return notation.brackets(expression.items.map(print).join(', '));
    case 'opaque':
      return '…';
  }
}

function isCompound({ kind }: Expression): boolean {
  return kind === 'sum' || kind === 'product';
}

function printSum({ terms }: Extract<Expression, { kind: 'sum' }>, print: (of: Expression) => string): string {
  return terms
    .map(({ isNegative, of }, index) => {
      const sign = isNegative ? '-' : index > 0 ? '+' : '';
      return `${index > 0 ? ` ${sign} ` : sign}${print(of)}`;
    })
    .join('');
}

function printProduct(
  { factors, signs }: Extract<Expression, { kind: 'product' }>,
  factor: (of: Expression) => string,
  notation: Notation,
): string {
  const joints = { '': '', '·': notation.dot, '×': notation.cross, '⊙': notation.circle };
  return factors.map(factor).reduce((whole, next, index) => {
    const joint = joints[signs[index - 1] ?? ''];
    // Letters in a row keep apart in TeX only where a command ends before one.
    return `${whole}${joint === '' && /\\[A-Za-z]+$/.test(whole) ? ' ' : joint}${next}`;
  });
}

/** Terms with the larger powers of earlier variables first; `order` names the variables in order. */
export function printGrowth({ terms }: Growth, order: readonly string[], notation: Notation): string {
  return [...terms]
    .sort((a, b) => compareTerms(a, b, order))
    .map((term) => printMonomial(term, order, notation) || '1')
    .join(' + ');
}

export function printPolynomial(polynomial: Polynomial, order: readonly string[], notation: Notation): string {
  const printed = [...polynomial]
    .sort((a, b) => compareTerms(a.exponents, b.exponents, order))
    .map(({ coefficient, exponents }) => {
      const monomial = printMonomial(exponents, order, notation);
      const number = String(Math.round(coefficient * 1e6) / 1e6);
      if (monomial === '') return number;
      return coefficient === 1 ? monomial : `${number}${notation === TEX ? ' ' : ''}${monomial}`;
    });
  return printed.join(' + ') || '0';
}

function compareTerms(
  a: ReadonlyMap<string, Exponents>,
  b: ReadonlyMap<string, Exponents>,
  order: readonly string[],
): number {
  for (const name of ordered([...new Set([...a.keys(), ...b.keys()])], order)) {
    const [one, other] = [a.get(name), b.get(name)];
    const difference = (other?.power ?? 0) - (one?.power ?? 0) || (other?.log ?? 0) - (one?.log ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function ordered(names: readonly string[], order: readonly string[]): string[] {
  const place = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);
  return [...names].sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
}

function printMonomial(term: ReadonlyMap<string, Exponents>, order: readonly string[], notation: Notation): string {
  const factors: string[] = [];
  const logs: string[] = [];
  for (const name of ordered([...term.keys()], order)) {
    const { power, log } = term.get(name) ?? { power: 0, log: 0 };
    const printed = notation.name(name);
    if (power !== 0) factors.push(power === 1 ? printed : notation.raised(printed, exponent(power)));
    if (log !== 0)
      logs.push(
        log === 1 ? notation.log + printed : `${notation.raised(notation.log.trim(), exponent(log))} ${printed}`,
      );
  }
  return [...factors, ...logs].join(notation === TEX ? ' ' : '·');
}

function exponent(value: number): string {
  return String(Math.round(value * 1e4) / 1e4);
}
