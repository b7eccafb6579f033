import { OPAQUE, type Expression, type ProductSign, type Term } from './expression';
import type { Nested } from './nestedTokens';

const FUNCTIONS = new Set(['O', 'Θ', 'Ω', 'o', 'log', 'ln', 'lg', 'exp', 'max', 'min', 'tanh']);
const LOGARITHMS = new Set(['log', 'ln', 'lg']);
const SPACES = new Set(['ℝ', 'R', 'C', 'ℂ']);

interface Note {
  readonly of: Expression;
  readonly note: Expression;
}

/** Reads lists of tokens without relations as expressions; what it does not understand becomes `opaque`. */
export class ExpressionReader {
  /** What braces with a note say, in order of reading. */
  readonly notes: Note[] = [];

  /** Expressions with commas between them. */
  list(tokens: readonly Nested[]): Expression[] {
    const items: Nested[][] = [[]];
    for (const token of tokens) {
      if (token.type === 'comma') items.push([]);
      else items.at(-1)?.push(token);
    }
    return items.filter((item) => item.length > 0).map((item) => this.sum(item));
  }

  private sum(tokens: readonly Nested[]): Expression {
    const terms: Term[] = [];
    let isNegative = false;
    let isAfterSign = false;
    let within: Nested[] = [];
    const finish = (): void => {
      if (within.length > 0) terms.push({ isNegative, of: this.product(within) });
      within = [];
    };
    for (const token of tokens) {
      if (token.type === 'relation' || token.type === 'separator') return OPAQUE;
      const isSign = token.type === 'sign' && (token.sign === '+' || token.sign === '-');
      // A sign behind another is read by nobody the same way.
      if (isSign && isAfterSign) return OPAQUE;
      isAfterSign = isSign;
      if (!isSign) within.push(token);
      else {
        finish();
        isNegative = token.sign === '-';
      }
    }
    const isDangling = within.length === 0;
    finish();
    const [first, ...others] = terms;
    if (!first || isDangling) return OPAQUE;
    return others.length === 0 && !first.isNegative ? first.of : { kind: 'sum', terms };
  }

  /** Products and quotients from left to right: `a b / c d` is ((a b) / c) d. */
  private product(tokens: readonly Nested[]): Expression {
    let whole: Product | null = null;
    let sign: ProductSign | '/' | null = null;
    for (let i = 0; i < tokens.length;) {
      const token = tokens[i];
      if (token?.type === 'sign') {
        if (sign !== null || whole === null || token.sign === '+' || token.sign === '-') return OPAQUE;
        sign = token.sign;
        i += 1;
        continue;
      }
      const { factor, next } = this.factor(tokens, i);
      i = next;
      if (whole === null) whole = new Product(factor);
      else if (sign === '/') whole = new Product({ kind: 'quotient', over: whole.expression, under: factor });
      else whole.add(sign ?? '', factor);
      sign = null;
    }
    return whole === null || sign !== null ? OPAQUE : whole.expression;
  }

  private factor(tokens: readonly Nested[], at: number): { factor: Expression; next: number } {
    const token = tokens[at];
    if (token?.type === 'digit') return number(tokens, at);
    const next = tokens[at + 1];
    const called = token && functionOf(token);
    if (called && next) {
      const args = argumentsOf(next);
      if (args) return { factor: this.called(called, args), next: at + 2 };
      if (LOGARITHMS.has(called.name)) {
        const argument = this.factor(tokens, at + 1);
        return {
          factor: powered(logarithm(called, [argument.factor]), this.exponent(called.sup)),
          next: argument.next,
        };
      }
    }
    if (token?.type === 'name' && token.name === '√' && next && next.type !== 'sign') {
      const under = this.factor(tokens, at + 1);
      return { factor: { kind: 'root', of: under.factor, degree: 2 }, next: under.next };
    }
    // The sign of a transpose where nothing raises it: K⊤.
    if (token && next?.type === 'name' && next.name === '⊤') {
      return { factor: { kind: 'transpose', of: this.single(token) }, next: at + 2 };
    }
    return { factor: token ? this.single(token) : OPAQUE, next: at + 1 };
  }

  private called(called: Called, args: readonly Nested[]): Expression {
    const list = this.list(args);
    const of = LOGARITHMS.has(called.name) ? logarithm(called, list) : call(called, list);
    return powered(of, this.exponent(called.sup));
  }

  private single(token: Nested): Expression {
    switch (token.type) {
      case 'digit':
        return number([token], 0).factor;
      case 'name':
        return { kind: 'symbol', name: token.name };
      case 'group':
        return this.only(token.tokens);
      case 'fraction':
        return { kind: 'quotient', over: this.only(token.over), under: this.only(token.under) };
      case 'root':
        return this.root(token);
      case 'scripts':
        return this.scripts(token);
      case 'noted': {
        const [of, note] = [this.only(token.of), this.only(token.note)];
        this.notes.push({ of, note });
        return of;
      }
      default:
        return OPAQUE;
    }
  }

  /** What brackets hold. */
  private only(tokens: readonly Nested[]): Expression {
    const items = this.list(tokens);
    const [first = OPAQUE] = items;
    return items.length > 1 ? { kind: 'tuple', items } : first;
  }

  private root({ of, degree }: Extract<Nested, { type: 'root' }>): Expression {
    const index: Expression = degree.length > 0 ? this.only(degree) : { kind: 'number', value: 2 };
    if (index.kind !== 'number' || index.value < 1) return OPAQUE;
    return { kind: 'root', of: this.only(of), degree: index.value };
  }

  private scripts({ base, sub, sup }: Extract<Nested, { type: 'scripts' }>): Expression {
    const of = this.single(base);
    if (sub.length > 0 && of.kind !== 'symbol') return OPAQUE;
    const name = of.kind === 'symbol' ? subscripted(of.name, sub) : null;
    if (of.kind === 'symbol' && name === null) return OPAQUE;
    const named: Expression = name === null ? of : { kind: 'symbol', name };
    if (sup.length === 0) return named;
    if (isTransposeSign(sup, named)) return { kind: 'transpose', of: named };
    if (named.kind === 'symbol' && SPACES.has(named.name)) {
      const space = this.space(sup, named.name === 'ℝ');
      if (space) return space;
    }
    const letters = plainLetters(sup);
    if (named.kind === 'symbol' && letters?.startsWith("'")) return { kind: 'symbol', name: named.name + letters };
    return { kind: 'power', base: named, exponent: this.only(sup) };
  }

  /** The sets of real vectors and matrices; a plain R needs two dimensions. */
  private space(sup: readonly Nested[], isSurelySpace: boolean): Expression | null {
    const [first, second, ...others] = this.list(sup);
    if (!first || others.length > 0) return null;
    if (second) return { kind: 'space', rows: first, columns: second };
    if (first.kind === 'product' && first.signs.includes('×')) {
      const [rows, columns, ...more] = first.factors;
      const isPlain = first.signs.length === 1 && more.length === 0;
      return isPlain && rows && columns ? { kind: 'space', rows, columns } : OPAQUE;
    }
    const dimensions = crossed(first);
    if (dimensions) return { kind: 'space', ...dimensions };
    return isSurelySpace ? { kind: 'space', rows: first, columns: null } : null;
  }

  private exponent(sup: readonly Nested[]): Expression | null {
    return sup.length > 0 ? this.only(sup) : null;
  }
}

/** `n x d` with the letter x for a cross. */
function crossed(expression: Expression): { rows: Expression; columns: Expression } | null {
  if (expression.kind !== 'product') return null;
  const [rows, cross, columns, ...others] = expression.factors;
  const isCross = cross?.kind === 'symbol' && cross.name === 'x';
  return rows && columns && isCross && others.length === 0 ? { rows, columns } : null;
}

class Product {
  private readonly factors: Expression[];
  private readonly signs: ProductSign[] = [];

  constructor(first: Expression) {
    this.factors = [first];
  }

  add(sign: ProductSign, factor: Expression): void {
    this.signs.push(sign);
    this.factors.push(factor);
  }

  get expression(): Expression {
    const [first = OPAQUE] = this.factors;
    return this.factors.length === 1 ? first : { kind: 'product', factors: this.factors, signs: this.signs };
  }
}

interface Called {
  readonly name: string;
  readonly sub: readonly Nested[];
  readonly sup: readonly Nested[];
}

/** A function that may be followed by its arguments: one of those known, or any other word. */
function functionOf(token: Nested): Called | null {
  const [base, sub, sup] = token.type === 'scripts' ? [token.base, token.sub, token.sup] : [token, [], []];
  if (base.type !== 'name' || (!FUNCTIONS.has(base.name) && !/^\p{L}{3,}$/u.test(base.name))) return null;
  return { name: base.name, sub, sup };
}

/** The tokens in brackets; a brace around them changes nothing. */
function argumentsOf(token: Nested): readonly Nested[] | null {
  if (token.type !== 'group') return null;
  const [inner, ...others] = token.tokens;
  return inner?.type === 'group' && others.length === 0 ? inner.tokens : token.tokens;
}

function call({ name, sub }: Called, args: readonly Expression[]): Expression {
  const isPlain = sub.length === 0 || !FUNCTIONS.has(name);
  return isPlain && args.length > 0 ? { kind: 'call', name: /^softmax$/i.test(name) ? 'softmax' : name, args } : OPAQUE;
}

/** To whatever constant base. */
function logarithm({ sub }: Called, args: readonly Expression[]): Expression {
  const base = plainLetters(sub) ?? '?';
  return /^(?:|\d+|e)$/.test(base) && args.length === 1 ? { kind: 'call', name: 'log', args } : OPAQUE;
}

function powered(base: Expression, exponent: Expression | null): Expression {
  return exponent ? { kind: 'power', base, exponent } : base;
}

function number(tokens: readonly Nested[], at: number): { factor: Expression; next: number } {
  let text = '';
  let next = at;
  for (let token = tokens[next]; token?.type === 'digit'; token = tokens[next]) {
    text += token.text;
    next += 1;
  }
  // The full stop of a sentence may stand within its last formula.
  const value = /^(?:\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : NaN;
  const scripts = tokens[next];
  if (scripts?.type === 'scripts' && scripts.base.type === 'digit') {
    const base = number([...[...text].map((digit) => ({ type: 'digit', text: digit }) as const), scripts.base], 0);
    const exponent = number(scripts.sup, 0);
    const isPlain = scripts.sub.length === 0 && exponent.next === scripts.sup.length;
    return { factor: isPlain ? powered(base.factor, exponent.factor) : OPAQUE, next: next + 1 };
  }
  return { factor: Number.isFinite(value) ? { kind: 'number', value } : OPAQUE, next };
}

function isTransposeSign(sup: readonly Nested[], of: Expression): boolean {
  const [only, ...others] = sup;
  if (only?.type !== 'name' || others.length > 0) return false;
  if (only.name === '⊤' || only.name === 'T') return true;
  return only.name === 't' && of.kind === 'symbol' && /^\p{Lu}/u.test(of.name);
}

function subscripted(name: string, sub: readonly Nested[]): string | null {
  if (sub.length === 0) return name;
  const letters = plainLetters(sub);
  return letters ? `${name}_${letters}` : null;
}

/** Letters and digits in a row, as a subscript has them. */
function plainLetters(tokens: readonly Nested[]): string | null {
  let letters = '';
  for (const token of tokens) {
    if (token.type === 'digit') letters += token.text;
    else if (token.type === 'name') letters += token.name;
    else return null;
  }
  return letters;
}
