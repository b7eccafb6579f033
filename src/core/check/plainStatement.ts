/** Commands of TeX as people write them where there is no TeX; those that only say how something looks are nothing. */
const COMMANDS: Readonly<Record<string, string>> = {
  alpha: 'α',
  beta: 'β',
  gamma: 'γ',
  delta: 'δ',
  epsilon: 'ε',
  varepsilon: 'ε',
  theta: 'θ',
  lambda: 'λ',
  mu: 'μ',
  sigma: 'σ',
  phi: 'φ',
  log: 'log',
  exp: 'exp',
  max: 'max',
  min: 'min',
  top: '⊤',
  mid: '|',
  times: '×',
  cdot: '·',
  in: '∈',
  le: '≤',
  leq: '≤',
  ge: '≥',
  geq: '≥',
  ll: '≪',
  gg: '≫',
  ne: '≠',
  neq: '≠',
  approx: '≈',
  to: '→',
  infty: '∞',
  ldots: '…',
  mathcal: '',
  mathbb: '',
  mathrm: '',
  mathbf: '',
  text: '',
  operatorname: '',
  left: '',
  right: '',
};

const RAISED: Readonly<Record<string, string>> = Object.fromEntries(
  [...'0123456789+-nikT⊤'].map((plain, index) => [plain, [...'⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿⁱᵏᵀᵀ'][index] ?? plain]),
);

/**
 * A claim's statement where no formula can be set: `$O(n^2 d)$` is `O(n² d)`. A formula with more in it than that keeps its
 * TeX and loses its dollars.
 */
export function plainStatement(markdown: string): string {
  return markdown.replace(/\$([^$]+)\$/g, (_, tex: string) => plainFormula(tex) ?? tex);
}

function plainFormula(tex: string): string | null {
  const signs = tex.replace(/\\([A-Za-z]+)\s*/g, (whole, name: string) => {
    const sign = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    // A name needs its blank before the next letter: `\log p`.
    return sign === undefined ? whole : sign + (/^[a-z]+$/.test(sign) || /^[×·∈≤≥≪≫≠≈→|]$/.test(sign) ? ' ' : '');
  });
  if (signs.includes('\\')) return null;
  return signs
    .replace(/\^(?:\{([^{}]*)\}|([^{}\s]))/g, (_, group?: string, one?: string) => raised(group ?? one ?? ''))
    .replace(/(?<![_^])\{([^{}]*)\}/g, '$1')
    .trim();
}

function raised(exponent: string): string {
  const signs = [...exponent].map((character) => RAISED[character]);
  if (signs.includes(undefined)) return `^${exponent.length > 1 ? `(${exponent})` : exponent}`;
  return signs.join('');
}
