import type { ProductSign, Relation } from './expression';

const SIGNS: ReadonlyMap<string, ProductSign | '+' | '-' | '/'> = new Map([
  ['+', '+'],
  ['-', '-'],
  ['−', '-'],
  ['/', '/'],
  ['\\div', '/'],
  ['÷', '/'],
  ['\\cdot', '·'],
  ['·', '·'],
  ['⋅', '·'],
  ['∙', '·'],
  ['•', '·'],
  ['*', '·'],
  ['∗', '·'],
  ['\\ast', '·'],
  ['@', '·'],
  ['\\times', '×'],
  ['×', '×'],
  ['\\odot', '⊙'],
  ['⊙', '⊙'],
  ['\\circ', '⊙'],
  ['∘', '⊙'],
]);

const RELATIONS: ReadonlyMap<string, Relation> = new Map([
  ['=', '='],
  ['≔', '='],
  ['\\equiv', '='],
  ['≡', '='],
  ['\\in', '∈'],
  ['∈', '∈'],
  ['\\subset', '⊆'],
  ['\\subseteq', '⊆'],
  ['⊂', '⊆'],
  ['⊆', '⊆'],
  ['\\ll', '≪'],
  ['≪', '≪'],
  ['\\gg', '≫'],
  ['≫', '≫'],
  ['<', '<'],
  ['\\lt', '<'],
  ['>', '>'],
  ['\\gt', '>'],
  ['\\le', '≤'],
  ['\\leq', '≤'],
  ['≤', '≤'],
  ['\\leqslant', '≤'],
  ['\\ge', '≥'],
  ['\\geq', '≥'],
  ['≥', '≥'],
  ['\\geqslant', '≥'],
  ['\\to', '→'],
  ['\\rightarrow', '→'],
  ['\\longrightarrow', '→'],
  ['\\mapsto', '→'],
  ['→', '→'],
  ['⟶', '→'],
  [':', ':'],
  ['\\colon', ':'],
  ['≠', '?'],
  ['\\approx', '≈'],
  ['≈', '≈'],
  ['\\simeq', '≈'],
  ['≃', '≈'],
  ['\\sim', '≈'],
  ['∼', '≈'],
  ['\\propto', '?'],
  ['∝', '?'],
]);

/** What stands between statements of one formula. */
export const SEPARATORS: ReadonlySet<string> = new Set([
  ';',
  '\\Rightarrow',
  '⇒',
  '\\Longrightarrow',
  '⟹',
  '\\Leftrightarrow',
  '⇔',
  '\\Longleftrightarrow',
  '\\iff',
  '\\therefore',
  '∴',
  '\\land',
  '∧',
]);

/** The product or sum that a character or command of TeX stands for. */
export function signOf(text: string): ProductSign | '+' | '-' | '/' | undefined {
  return SIGNS.get(text);
}

export function relationOf(text: string): Relation | undefined {
  return RELATIONS.get(text);
}
