import type { Span } from '../text';

/** A word of an answer as a model reads it. */
export interface PlainWord {
  /** ASCII where possible: no markup, no TeX commands, no typographic signs. */
  readonly text: string;
  /** Where it stands in the answer's text, markup around it excluded. */
  readonly span: Span;
}

/** What stands for a character that vocabularies of English text lack. */
const SIGNS: Readonly<Record<string, string>> = {
  '²': '^2',
  '³': '^3',
  ᵀ: '^T',
  '⊤': 'T',
  '√': 'sqrt',
  '⇒': '->',
  '→': '->',
  '⟹': '->',
  '←': '<-',
  '↔': '<->',
  '⇔': '<->',
  '≪': '<<',
  '≫': '>>',
  '≈': '~',
  '≃': '~',
  '∼': '~',
  '≤': '<=',
  '≥': '>=',
  '≠': '!=',
  '×': '*',
  '·': '*',
  '⋅': '*',
  '∈': 'in',
  '∞': 'infinity',
  '∀': 'for all',
  '∃': 'exists',
  '∂': 'd',
  '∇': 'grad',
  '–': '-',
  '—': '-',
  '−': '-',
  '‑': '-',
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '«': '"',
  '»': '"',
  '…': '...',
  ℝ: 'R',
  '‖': '||',
  '∥': '||',
};

/** Commands of TeX that stand for a word or a sign; of any other, the name is read as a word. */
const COMMANDS: Readonly<Record<string, string>> = {
  top: 'T',
  intercal: 'T',
  cdot: '*',
  times: '*',
  ll: '<<',
  gg: '>>',
  le: '<=',
  leq: '<=',
  ge: '>=',
  geq: '>=',
  ne: '!=',
  neq: '!=',
  to: '->',
  rightarrow: '->',
  Rightarrow: '->',
  implies: '->',
  approx: '~',
  sim: '~',
  propto: '~',
  infty: 'infinity',
  mid: '|',
  Vert: '||',
  ldots: '...',
  dots: '...',
};

/** Commands of TeX that only say how something looks. */
const LOOKS = new Set(
  (
    'mathcal mathbb mathrm mathbf mathsf mathit boldsymbol text textbf textit texttt emph underline operatorname left right ' +
    'big Big bigg Bigg displaystyle quad qquad noindent limits nolimits hat tilde bar vec frac dfrac tfrac item par newline'
  ).split(' '),
);

/**
 * What is left out or replaced, in the order in which it is tried: rules of tables and fences of code, comments of HTML,
 * commands of TeX, a command before a sign, braces and marks of emphasis, code and formulas, and white space. Blanks are counted: a long run of them would be tried over and over.
 */
const PIECE =
  /(?<rule>^[ \t>]{0,40}(?:\|?[ \t]{0,20}:?-{3,}:?[ \t]{0,20}(?:\|[ \t]{0,20}:?-{3,}:?[ \t]{0,20})*\|?|`{3,}[^\n`]*|~{3,}[^\n]*|={3,})[ \t]{0,20}$)|(?<comment><!--[\s\S]{0,2000}?-->)|\\(?<command>[A-Za-z]+)\*?|\\(?<escaped>[^A-Za-z])|(?<join>\}[ \t]{0,20}\{)|(?<mark>[{}`$]|(?<![\w)])\*{1,3}(?=\S)|(?<=\S)\*{1,3}(?![\w(])|_{2,3}|^[ \t]{0,40}#{1,6}(?=[ \t])|~)|(?<space>[\s|]+)|(?<sign>\P{ASCII})/gmu;

/**
 * The words of an answer in Markdown (formulas in TeX), for models of language: `$\mathcal{O}(n^2 d)$` is read as
 * `O(n^2 d)`, `QKᵀ ⇒ **n×n**` as `QK^T -> n*n`. Every word knows where it stands.
 */
export function plainWords(text: string): PlainWord[] {
  const words: PlainWord[] = [];
  let [plain, start, end] = ['', -1, -1];
  const flush = (): void => {
    if (plain !== '') words.push({ text: plain, span: { start, end } });
    [plain, start, end] = ['', -1, -1];
  };
  const add = (piece: string, at: number, length: number): void => {
    if (piece === '') return;
    if (plain === '') start = at;
    plain += piece;
    end = at + length;
  };
  let done = 0;
  for (const match of text.matchAll(PIECE)) {
    add(text.slice(done, match.index), done, match.index - done);
    done = match.index + match[0].length;
    const instead = replacement(match);
    if (instead.isBreak) flush();
    for (const [index, piece] of instead.text.split(' ').entries()) {
      if (index > 0) flush();
      add(piece, match.index, match[0].length);
    }
    if (instead.isBreak) flush();
  }
  add(text.slice(done), done, text.length - done);
  flush();
  return words;
}

interface Replacement {
  readonly text: string;
  /** Whether words end here. */
  readonly isBreak: boolean;
}

function replacement({ groups = {} }: RegExpMatchArray): Replacement {
  const { command, escaped, join, sign } = groups;
  if (command !== undefined) {
    if (LOOKS.has(command)) return { text: '', isBreak: false };
    const known = COMMANDS[command];
    return { text: known ?? command, isBreak: known === undefined };
  }
  if (escaped !== undefined)
    return { text: /[\s,;:!()[\]\\{}]/.test(escaped) ? '' : escaped, isBreak: /[\s\\]/.test(escaped) };
  if (join !== undefined) return { text: '/', isBreak: false };
  if (sign !== undefined) return { text: SIGNS[sign] ?? decomposed(sign), isBreak: false };
  return { text: '', isBreak: groups['mark'] === undefined || groups['mark'] === '~' };
}

/** Subscripts, fractions and letters in other typefaces as plain ones; what has no plain form stays. */
function decomposed(sign: string): string {
  return sign.normalize('NFKC').replace(/[\u2044]/g, '/');
}
