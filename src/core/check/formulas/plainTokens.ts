/** A piece of text outside formulas, with the TeX that it stands for. */
export interface PlainToken {
  readonly kind:
    | 'number'
    | 'letters'
    /** A whole name: `d_k`'s letter with its subscript is two tokens, `\text{softmax}` is one. */
    | 'name'
    /** O, Θ, Ω where a bracket follows. */
    | 'head'
    /** What takes the bracket or operand behind it: `softmax`, `√`, `\frac`. */
    | 'function'
    | 'script'
    | 'infix'
    | 'relation'
    | 'comma'
    | 'open'
    | 'close'
    /** Emphasis, code marks: neither part of a formula nor its end. */
    | 'mark'
    | 'break';
  readonly tex: string;
  readonly start: number;
  readonly end: number;
  readonly isAfterSpace: boolean;
}

const INFIX: Readonly<Record<string, string>> = {
  ...{ '+': '+', '-': '-', '−': '-', '/': '/', '·': '\\cdot', '⋅': '\\cdot', '∙': '\\cdot', '•': '\\cdot' },
  ...{ '*': '\\cdot', '∗': '\\cdot', '@': '\\cdot', '×': '\\times', '⊙': '\\odot' },
  ...{ '\\cdot': '\\cdot', '\\times': '\\times', '\\odot': '\\odot', '\\ast': '\\cdot' },
};

const RELATION: Readonly<Record<string, string>> = {
  ...{
    '=': '=',
    '<': '<',
    '>': '>',
    '≤': '\\le',
    '≥': '\\ge',
    '≪': '\\ll',
    '≫': '\\gg',
    '∈': '\\in',
    '⊆': '\\subseteq',
  },
  ...{
    '⊂': '\\subset',
    '≈': '\\approx',
    '→': '\\to',
    '⟶': '\\to',
    '->': '\\to',
    '=>': '\\to',
    '⇒': '\\to',
    '<<': '\\ll',
  },
  ...{ '>>': '\\gg', '<=': '\\le', '>=': '\\ge', '~': '\\approx', '∼': '\\approx', '\\in': '\\in', '\\ll': '\\ll' },
  ...{ '\\gg': '\\gg', '\\approx': '\\approx', '\\le': '\\le', '\\leq': '\\le', '\\ge': '\\ge', '\\geq': '\\ge' },
  ...{
    '\\to': '\\to',
    '\\rightarrow': '\\to',
    '\\Rightarrow': '\\to',
    '\\subseteq': '\\subseteq',
    '\\subset': '\\subset',
  },
};

const RAISED: Readonly<Record<string, string>> = {
  ...{ '⁰': '0', '¹': '1', '²': '2', '³': '3', '⁴': '4', '⁵': '5', '⁶': '6', '⁷': '7', '⁸': '8', '⁹': '9' },
  ...{ '⁻': '-', '⁺': '+', ⁿ: 'n', ᵈ: 'd', ᵀ: '\\top', '⊤': '\\top', ᵗ: '\\top' },
};

const LOWERED: Readonly<Record<string, string>> = {
  ...{ '₀': '0', '₁': '1', '₂': '2', '₃': '3', '₄': '4', ₖ: 'k', ₙ: 'n', ₘ: 'm', ᵢ: 'i', ⱼ: 'j', ᵥ: 'v' },
};

const FUNCTION = /^(?:softmax|sqrt|log|ln|lg|max|min|exp)$/i;
const FONT = String.raw`\\(?:mathcal|mathbb|mathrm|mathsf|mathit|mathbf|mathscr|text|operatorname)\s*(?:\{[^{}]{0,40}\}|[A-Za-z])`;

const TOKEN = new RegExp(
  [
    String.raw`(?<space>\s+|\\[,;:! ]|\\(?:left|right|big|Big|bigl|bigr|quad)(?![A-Za-z]))`,
    String.raw`<sup>(?<sup>[^<>]{1,12})</sup>|<sub>(?<sub>[^<>]{1,12})</sub>`,
    `(?<font>${FONT})`,
    String.raw`(?<command>\\[A-Za-z]+)`,
    String.raw`\\(?<escaped>[*_^~<>@+\-|])`,
    String.raw`(?<power>\*\*(?=\d)|\.T(?![\p{L}\d]))`,
    String.raw`(?<mark>\*{2,3}|_{2,3}|` + '`+)',
    String.raw`(?<number>\d+(?:\.\d+)?)`,
    String.raw`(?<letters>[A-Za-z]+)`,
    String.raw`(?<greek>[ΘΩΟ𝒪ℝ√])`,
    String.raw`(?<raised>[⁰¹²³⁴-⁹⁻⁺ⁿᵈᵀ⊤ᵗ]+)|(?<lowered>[₀-₄ₖₙₘᵢⱼᵥ]+)`,
    String.raw`(?<script>[\^_])`,
    String.raw`(?<sign>->|=>|<<|>>|<=|>=|[+\-−/·⋅∙•*∗@×⊙=<>≤≥≪≫∈⊆⊂≈→⟶⇒~∼])`,
    String.raw`(?<open>[([{])|(?<close>[)\]}])|(?<comma>,)`,
    String.raw`(?<break>[\s\S])`,
  ].join('|'),
  'uy',
);

/** Splits text that stands outside formulas; each token's TeX is what it means where it belongs to a formula. */
export function plainTokens(text: string, from: number, to: number): PlainToken[] {
  const tokens: PlainToken[] = [];
  let isAfterSpace = true;
  TOKEN.lastIndex = from;
  while (TOKEN.lastIndex < to) {
    const start = TOKEN.lastIndex;
    const groups = TOKEN.exec(text)?.groups;
    if (!groups) break;
    let end = Math.min(TOKEN.lastIndex, to);
    if (groups['space'] !== undefined) {
      isAfterSpace = true;
      continue;
    }
    const script = groups['script'] ?? (groups['escaped'] === '^' ? '^' : groups['power'] === '**' ? '^' : undefined);
    const scripted = script === undefined ? null : scriptAt(text, end, to);
    if (scripted) end = scripted.end;
    tokens.push({ ...meaning(groups, text, end, script, scripted?.tex), start, end, isAfterSpace });
    TOKEN.lastIndex = end;
    isAfterSpace = false;
  }
  return tokens;
}

type Meaning = Pick<PlainToken, 'kind' | 'tex'>;

function meaning(
  groups: Readonly<Record<string, string | undefined>>,
  text: string,
  end: number,
  script: string | undefined,
  scripted: string | undefined,
): Meaning {
  if (script !== undefined)
    return scripted === undefined ? { kind: 'mark', tex: '' } : { kind: 'script', tex: `${script}{${scripted}}` };
  const { sup, sub, power, raised, lowered, escaped, sign, number, letters, font, greek, command } = groups;
  if (sup !== undefined) return { kind: 'script', tex: `^{${withSigns(sup)}}` };
  if (sub !== undefined) return { kind: 'script', tex: `_{${withSigns(sub)}}` };
  if (power !== undefined) return { kind: 'script', tex: '^{\\top}' };
  if (raised !== undefined) return { kind: 'script', tex: `^{${replaced(raised, RAISED)}}` };
  if (lowered !== undefined) return { kind: 'script', tex: `_{${replaced(lowered, LOWERED)}}` };
  if (number !== undefined) return { kind: 'number', tex: number };
  if (letters !== undefined) return ofLetters(letters, text, end);
  if (font !== undefined) return ofFont(font, text, end);
  if (greek !== undefined) return ofGreek(greek, text, end);
  if (command !== undefined) return ofCommand(command, text, end);
  const character = sign ?? escaped ?? '';
  if (character in INFIX) return { kind: 'infix', tex: INFIX[character] ?? '' };
  if (character in RELATION) return { kind: 'relation', tex: RELATION[character] ?? '' };
  for (const kind of ['open', 'close', 'comma', 'mark'] as const)
    if (groups[kind] !== undefined) return { kind, tex: groups[kind] };
  return { kind: 'break', tex: '' };
}

const isBracketNext = (text: string, end: number): boolean =>
  /^\s*(?:\\left\s*|\\big\w?\s*)?[([]/.test(text.slice(end, end + 12));

function ofLetters(letters: string, text: string, end: number): Meaning {
  if (/^(?:O|Theta|Omega|BigO)$/.test(letters) && isBracketNext(text, end)) {
    return { kind: 'head', tex: letters === 'BigO' || letters === 'O' ? 'O' : `\\${letters}` };
  }
  if (FUNCTION.test(letters)) {
    const name = letters.toLowerCase();
    return { kind: 'function', tex: name === 'softmax' ? '\\mathrm{softmax}' : `\\${name}` };
  }
  return { kind: 'letters', tex: letters };
}

function ofFont(font: string, text: string, end: number): Meaning {
  const letters = font.replace(/^\\[a-z]+\s*/, '').replace(/[{}]/g, '');
  if (letters === 'O' && isBracketNext(text, end)) return { kind: 'head', tex: font };
  return FUNCTION.test(letters) ? { kind: 'function', tex: font } : { kind: 'name', tex: font };
}

function ofGreek(greek: string, text: string, end: number): Meaning {
  if (greek === '√') return { kind: 'function', tex: '\\sqrt' };
  if (greek === 'ℝ') return { kind: 'name', tex: '\\mathbb{R}' };
  const tex = greek === 'Θ' ? '\\Theta' : greek === 'Ω' ? '\\Omega' : 'O';
  return isBracketNext(text, end) ? { kind: 'head', tex } : { kind: 'break', tex };
}

function ofCommand(command: string, text: string, end: number): Meaning {
  if (command in INFIX) return { kind: 'infix', tex: INFIX[command] ?? '' };
  if (command in RELATION) return { kind: 'relation', tex: RELATION[command] ?? '' };
  if (/^\\(?:Theta|Omega)$/.test(command) && isBracketNext(text, end)) return { kind: 'head', tex: command };
  if (/^\\(?:sqrt|frac|dfrac|tfrac|log|ln|max|min|exp)$/.test(command)) return { kind: 'function', tex: command };
  if (/^\\(?:top|intercal)$/.test(command)) return { kind: 'script', tex: '^{\\top}' };
  return { kind: 'break', tex: '' };
}

/** What stands raised or lowered behind ^ or _: a group, a number, a word, or a sign of a transpose. */
const SCRIPT =
  /\{(?<braced>[^{}]{1,40})\}|\((?<bracketed>[^()]{1,40})\)|(?<single>-?\d+(?:\.\d+)?|[A-Za-z]\w*|\\(?:top|intercal)(?![A-Za-z])|[⊤ᵀ])/uy;

function scriptAt(text: string, at: number, to: number): { tex: string; end: number } | null {
  SCRIPT.lastIndex = at;
  const groups = SCRIPT.exec(text)?.groups;
  if (!groups || SCRIPT.lastIndex > to) return null;
  const { braced, bracketed, single = '' } = groups;
  const end = SCRIPT.lastIndex;
  const inner = braced ?? bracketed;
  if (inner !== undefined) return { tex: withSigns(inner), end };
  if (single === '⊤' || single === 'ᵀ') return { tex: '\\top', end };
  // In n^2d and QK^TV only the first sign is raised; a subscript is a whole word.
  if (/^[A-Z]/.test(single) && single.length > 1 && text[at - 1] === '^') return { tex: single.charAt(0), end: at + 1 };
  return {
    tex: single.length > 1 && /^[A-Za-z]/.test(single) ? `\\mathrm{${single.replaceAll('_', '')}}` : single,
    end,
  };
}

function withSigns(inner: string): string {
  return inner
    .replace(/[×]|(?<=[\w)])\s*[xX]\s*(?=[\w(])/g, ' \\times ')
    .replace(/[·⋅*]/g, ' \\cdot ')
    .replace(/[⊤ᵀ]/g, '\\top');
}

function replaced(text: string, by: Readonly<Record<string, string>>): string {
  return [...text].map((character) => by[character] ?? character).join('');
}
