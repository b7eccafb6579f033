import type { Span } from '../../text';
import type { ProductSign, Relation } from './expression';
import { lettersOf, nodesWithin, texTree, type KatexNode } from './katexTree';
import { relationOf, SEPARATORS, signOf } from './texSigns';

/** What is left of a formula when spaces, sizes, colours and typefaces are taken away. */
export type TexToken =
  /** One digit or the point of a decimal. */
  | { readonly type: 'digit'; readonly text: string }
  /** A letter, or a word that is set upright: `n`, `softmax`, `⊤`, `ℝ`. */
  | { readonly type: 'name'; readonly name: string }
  | { readonly type: 'sign'; readonly sign: ProductSign | '+' | '-' | '/' }
  /** `at` is where it stands in the formula; unknown for what a macro expanded to. */
  | { readonly type: 'relation'; readonly relation: Relation; readonly at: Span | null }
  | { readonly type: 'comma' }
  | { readonly type: 'separator'; readonly at: Span | null }
  | { readonly type: 'open' | 'close'; readonly bracket: string }
  /** In braces, or between `\left` and `\right`. */
  | { readonly type: 'group'; readonly tokens: readonly TexToken[] }
  | { readonly type: 'fraction'; readonly over: readonly TexToken[]; readonly under: readonly TexToken[] }
  | { readonly type: 'root'; readonly of: readonly TexToken[]; readonly degree: readonly TexToken[] }
  | {
      readonly type: 'scripts';
      readonly base: TexToken;
      readonly sub: readonly TexToken[];
      readonly sup: readonly TexToken[];
    }
  /** An expression with a note below or above its brace. */
  | { readonly type: 'noted'; readonly of: readonly TexToken[]; readonly note: readonly TexToken[] }
  | { readonly type: 'opaque' };

/** A formula with more is left alone. */
const MOST_TOKENS = 1_500;
const DEEPEST = 60;

/** @returns the tokens of a formula without its dollars, or null where it is too long, too deep or no TeX. */
export function texTokens(latex: string): TexToken[] | null {
  const nodes = texTree(latex);
  if (!nodes) return null;
  const lexer = new TexLexer(latex);
  const tokens = lexer.list(nodes, 0);
  return lexer.isWithinBounds ? tokens : null;
}

class TexLexer {
  private made = 0;
  isWithinBounds = true;

  constructor(private readonly latex: string) {}

  list(nodes: readonly KatexNode[], depth: number): TexToken[] {
    if (depth > DEEPEST) this.isWithinBounds = false;
    const tokens: TexToken[] = [];
    for (const [index, node] of nodes.entries()) {
      if (this.made > MOST_TOKENS) this.isWithinBounds = false;
      if (!this.isWithinBounds) break;
      const isFullStop = node.text === '.' && !/^\d$/.test(nodes[index + 1]?.text ?? '');
      const read = isFullStop ? [separator(this.placeOf(node))] : this.node(node, depth + 1);
      const made = read.map((token) => this.placed(token, nodes[index - 1], nodes[index + 1]));
      this.made += made.length;
      tokens.push(...made);
    }
    return tokens;
  }

  private node(node: KatexNode, depth: number): readonly TexToken[] {
    switch (node.type) {
      case 'mathord':
      case 'textord':
        return this.character(node);
      case 'atom':
        return this.atom(node);
      case 'kern':
        return this.space(node);
      case 'spacing':
        return [];
      case 'ordgroup':
        return [{ type: 'group', tokens: this.inside(node, depth) }];
      case 'delimsizing':
        return delimiter(node.delim ?? '');
      case 'leftright':
        return this.leftRight(node, depth);
      case 'text':
        return word(lettersOf(node), true);
      case 'operatorname':
        return word(lettersOf(node), false);
      case 'op':
        return operator(node);
      case 'font':
        return this.font(node, depth);
      case 'supsub':
        return [this.scripts(node, depth)];
      default:
        return this.structure(node, depth);
    }
  }

  private structure(node: KatexNode, depth: number): readonly TexToken[] {
    switch (node.type) {
      case 'genfrac':
        if (node.hasBarLine === false) return [{ type: 'opaque' }];
        return [{ type: 'fraction', over: this.one(node.numer, depth), under: this.one(node.denom, depth) }];
      case 'sqrt':
        return [{ type: 'root', of: this.inside(node, depth), degree: this.one(node.index, depth) }];
      case 'styling':
      case 'sizing':
      case 'color':
      case 'enclose':
      case 'pmb':
      case 'tag':
        return this.inside(node, depth);
      case 'mclass':
        if (node.mclass === 'mrel')
          return [{ type: 'relation', relation: relationWithin(node), at: this.placeOf(node) }];
        return this.inside(node, depth);
      case 'htmlmathml':
        return this.list(node.mathml ?? [], depth);
      case 'xArrow':
        return [{ type: 'relation', relation: '→', at: null }];
      case 'array':
        return this.rows(node, depth);
      case 'horizBrace':
        return this.one(node.base, depth);
      case 'cr':
        return [separator(null)];
      case 'phantom':
      case 'vphantom':
        return [];
      default:
        return [{ type: 'opaque' }];
    }
  }

  private one(node: KatexNode | null | undefined, depth: number): TexToken[] {
    if (!node) return [];
    const tokens = this.list([node], depth + 1);
    const [only, ...others] = tokens;
    return only?.type === 'group' && others.length === 0 ? [...only.tokens] : tokens;
  }

  private inside({ body }: KatexNode, depth: number): TexToken[] {
    if (!body) return [];
    return Array.isArray(body) ? this.list(body as readonly KatexNode[], depth) : this.one(body as KatexNode, depth);
  }

  private character(node: KatexNode): readonly TexToken[] {
    const text = node.text ?? '';
    if (/^[\d.]$/.test(text)) return [{ type: 'digit', text }];
    const sign = signOf(text);
    if (sign !== undefined) return [{ type: 'sign', sign }];
    const relation = relationOf(text);
    if (relation) return [{ type: 'relation', relation, at: this.placeOf(node) }];
    return [/^[|\\]/.test(text) && text.length <= 2 ? { type: 'opaque' } : { type: 'name', name: nameOf(text) }];
  }

  private atom(node: KatexNode): readonly TexToken[] {
    const text = node.text ?? '';
    const at = this.placeOf(node);
    if (text === '\\intercal') return [{ type: 'name', name: '⊤' }];
    if (text === ',') return [{ type: 'comma' }];
    if (SEPARATORS.has(text)) return [separator(at)];
    const sign = signOf(text);
    if (sign !== undefined) return [{ type: 'sign', sign }];
    if (node.family === 'open' || node.family === 'close') return delimiter(text);
    if (node.family === 'rel') return [{ type: 'relation', relation: relationOf(text) ?? '?', at }];
    return [{ type: 'opaque' }];
  }

  /** A quad separates statements; less does not. */
  private space({ dimension }: KatexNode): readonly TexToken[] {
    return dimension?.unit === 'em' && dimension.number >= 1 ? [separator(null)] : [];
  }

  private leftRight(node: KatexNode, depth: number): readonly TexToken[] {
    const isBracket = /^[([]/.test(node.left ?? '') && /^[)\]]/.test(node.right ?? '');
    return isBracket ? [{ type: 'group', tokens: this.inside(node, depth) }] : [{ type: 'opaque' }];
  }

  private font(node: KatexNode, depth: number): readonly TexToken[] {
    const letters = lettersOf(node);
    if (node.font === 'mathbb') return [{ type: 'name', name: letters === 'R' ? 'ℝ' : letters }];
    const isWord = (node.font === 'mathrm' || node.font === 'mathsf' || node.font === 'mathtt') && letters.length > 1;
    return isWord ? word(letters, false) : this.one(node.body as KatexNode, depth);
  }

  private scripts({ base, sub, sup }: KatexNode, depth: number): TexToken {
    const scripts = { sub: this.one(sub, depth), sup: this.one(sup, depth) };
    if (base?.type === 'horizBrace') {
      return { type: 'noted', of: this.one(base.base, depth), note: sub ? scripts.sub : scripts.sup };
    }
    const [of = { type: 'group', tokens: [] } as const, ...others] = base ? this.list([base], depth) : [];
    if (others.length > 0) return { type: 'opaque' };
    return { type: 'scripts', base: of, ...scripts };
  }

  /** Every row is a statement; columns only align it. */
  private rows({ body }: KatexNode, depth: number): TexToken[] {
    const rows = (body ?? []) as readonly (readonly KatexNode[])[];
    return rows.flatMap((cells, index): TexToken[] => [
      ...cells.flatMap((cell) => withoutGroups(this.inside(cell, depth))),
      this.placed(separator(null), cells.at(-1), rows[index + 1]?.[0]),
    ]);
  }

  /** A separator of which KaTeX does not tell the place stands between its neighbours. */
  private placed(token: TexToken, before: KatexNode | undefined, behind: KatexNode | undefined): TexToken {
    if (token.type !== 'separator' || token.at) return token;
    const start = before && this.hull(before)?.end;
    const end = behind && this.hull(behind)?.start;
    if (start === undefined && end === undefined) return token;
    return separator({ start: start ?? end ?? 0, end: end ?? this.latex.length });
  }

  /** From the first to the last character below a node, braces and commands around them not always included. */
  private hull(node: KatexNode): Span | null {
    const own = this.placeOf(node);
    if (own) return own;
    const { sub, sup, numer, denom, index } = node;
    const others = [sub, sup, numer, denom, index].filter((inner) => inner !== undefined && inner !== null);
    const spans = [...nodesWithin(node), ...others].map((inner) => this.hull(inner)).filter((span) => span !== null);
    if (spans.length === 0) return null;
    return { start: Math.min(...spans.map(({ start }) => start)), end: Math.max(...spans.map(({ end }) => end)) };
  }

  /** Where a node stands in the formula itself. */
  private placeOf({ loc }: KatexNode): Span | null {
    return loc && loc.lexer.input === this.latex ? { start: loc.start, end: loc.end } : null;
  }
}

/** KaTeX puts the cells of aligned rows into groups that are not in the source, an empty one before a relation. */
function withoutGroups(tokens: readonly TexToken[]): readonly TexToken[] {
  return tokens.flatMap((token) => (token.type === 'group' ? withoutEmpty(token.tokens) : [token]));
}

function withoutEmpty(tokens: readonly TexToken[]): TexToken[] {
  return tokens.filter((token) => token.type !== 'group' || token.tokens.length > 0);
}

function separator(at: Span | null): TexToken {
  return { type: 'separator', at };
}

const BRACKETS: Readonly<Record<string, string>> = {
  ...{ '(': '(', '\\lparen': '(', ')': ')', '\\rparen': ')' },
  ...{ '[': '[', '\\lbrack': '[', ']': ']', '\\rbrack': ']' },
};

function delimiter(text: string): readonly TexToken[] {
  const bracket = BRACKETS[text];
  if (!bracket) return [{ type: 'opaque' }];
  return [{ type: bracket === '(' || bracket === '[' ? 'open' : 'close', bracket }];
}

/** Sums and limits are not understood; functions are. */
function operator(node: KatexNode): readonly TexToken[] {
  const letters = lettersOf(node);
  const relation = relationOf(letters);
  if (relation) return [{ type: 'relation', relation, at: null }];
  if (node.body) return word(letters, false);
  const name = (node.name ?? '').replace(/^\\/, '');
  return [/^(?:log|ln|lg|exp|max|min|tanh)$/.test(name) ? { type: 'name', name } : { type: 'opaque' }];
}

/** Words within a formula: a name where it is one word in the place of a symbol, else what stands between statements. */
function word(letters: string, maySeparate: boolean): readonly TexToken[] {
  const isName = /^[\p{L}\d_-]+$/u.test(letters) && !(maySeparate && UNITS.has(letters.toLowerCase()));
  if (isName) return [{ type: 'name', name: letters }];
  return [maySeparate ? separator(null) : { type: 'opaque' }];
}

const UNITS = new Set(
  'and or so with where for if time steps ops operations flops mults multiplications additions total'.split(' '),
);

function relationWithin(node: KatexNode): Relation {
  if (node.family === 'rel' || node.type === 'textord') return relationOf(node.text ?? '') ?? '?';
  return (
    nodesWithin(node)
      .map(relationWithin)
      .find((relation) => relation !== '?') ?? '?'
  );
}

function nameOf(text: string): string {
  if (text === '\\Theta') return 'Θ';
  if (text === '\\Omega') return 'Ω';
  if (text === '\\top' || text === '⊤' || text === 'ᵀ') return '⊤';
  if (text === '𝒪' || text === 'Ο') return 'O';
  return text.replace(/^\\/, '');
}
