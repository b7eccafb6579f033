import type { TexToken } from './texTokens';

/** Tokens in which brackets are groups. */
export type Nested =
  | Exclude<TexToken, { type: 'open' | 'close' | 'group' | 'scripts' | 'fraction' | 'root' | 'noted' }>
  | { readonly type: 'group'; readonly tokens: readonly Nested[] }
  | { readonly type: 'fraction'; readonly over: readonly Nested[]; readonly under: readonly Nested[] }
  | { readonly type: 'root'; readonly of: readonly Nested[]; readonly degree: readonly Nested[] }
  | {
      readonly type: 'scripts';
      readonly base: Nested;
      readonly sub: readonly Nested[];
      readonly sup: readonly Nested[];
    }
  | { readonly type: 'noted'; readonly of: readonly Nested[]; readonly note: readonly Nested[] };

const DEEPEST = 60;

/**
 * Pairs the brackets that TeX only sets beside each other; scripts of a closing bracket become those of its group.
 * @returns null where brackets do not pair, or are nested too deep
 */
export function nested(tokens: readonly TexToken[], depth = 0): Nested[] | null {
  const open: Nested[][] = [[]];
  const brackets: string[] = [];
  for (const token of tokens) {
    const list = open.at(-1);
    if (!list || open.length + depth > DEEPEST) return null;
    const closing = token.type === 'scripts' ? token.base : token;
    if (token.type === 'open') {
      open.push([]);
      brackets.push(token.bracket === '(' ? ')' : ']');
    } else if (closing.type === 'close') {
      const outer = open.at(-2);
      if (!outer || brackets.pop() !== closing.bracket) return null;
      open.pop();
      const group: Nested = { type: 'group', tokens: list };
      const made = token.type === 'scripts' ? withScripts(group, token, depth) : group;
      if (!made) return null;
      outer.push(made);
    } else {
      const made = nestedToken(token, depth + open.length);
      if (!made) return null;
      list.push(made);
    }
  }
  const [all, ...unclosed] = open;
  return all && unclosed.length === 0 ? all : null;
}

function nestedToken(token: TexToken, depth: number): Nested | null {
  switch (token.type) {
    case 'group': {
      const tokens = nested(token.tokens, depth);
      return tokens && { type: 'group', tokens };
    }
    case 'fraction': {
      const [over, under] = [nested(token.over, depth), nested(token.under, depth)];
      return over && under && { type: 'fraction', over, under };
    }
    case 'root': {
      const [of, degree] = [nested(token.of, depth), nested(token.degree, depth)];
      return of && degree && { type: 'root', of, degree };
    }
    case 'noted': {
      const [of, note] = [nested(token.of, depth), nested(token.note, depth)];
      return of && note && { type: 'noted', of, note };
    }
    case 'scripts': {
      const base = nestedToken(token.base, depth);
      return base && withScripts(base, token, depth);
    }
    case 'open':
    case 'close':
      return null;
    default:
      return token;
  }
}

function withScripts(base: Nested, token: Extract<TexToken, { type: 'scripts' }>, depth: number): Nested | null {
  const [sub, sup] = [nested(token.sub, depth), nested(token.sup, depth)];
  return sub && sup && { type: 'scripts', base, sub, sup };
}
