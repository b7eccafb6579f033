import type { Span } from '../../text';
import { plainTokens, type PlainToken } from './plainTokens';

export interface PlainFormula {
  /** The formula in TeX. */
  readonly latex: string;
  /** In the text. */
  readonly span: Span;
}

/** Letters that stand for something in this answer; outside O(…), no others belong to a formula. */
export interface KnownLetters {
  readonly single: ReadonlySet<string>;
  /** Those that may also stand in a row: QK, nd. */
  readonly inRow: ReadonlySet<string>;
}

const LONGEST = 400;
/** Letters that are words. */
const WORDS = new Set(['a', 'A', 'I']);

/** Formulas that stand in running text as they are: `O(n²·d)`, `QKᵀ`, `(n×d)(d×n)`, `d ≪ n`. */
export function plainFormulas(text: string, from: number, to: number, known: KnownLetters): PlainFormula[] {
  const scanner = new Scanner(text, known);
  for (const token of plainTokens(text, from, to)) scanner.take(token);
  scanner.finish();
  return scanner.found;
}

class Scanner {
  readonly found: PlainFormula[] = [];
  private run: PlainToken[] = [];
  private waiting: PlainToken | null = null;
  /** Brackets since the last O( that is still open. */
  private callDepth = 0;

  constructor(
    private readonly text: string,
    private readonly known: KnownLetters,
  ) {}

  /** Decides about a token when the next one is known. */
  take(token: PlainToken): void {
    if (token.kind === 'mark') return;
    if (this.waiting) this.decide(this.waiting, token);
    this.waiting = token;
  }

  finish(): void {
    if (this.waiting) this.decide(this.waiting, null);
    this.waiting = null;
    this.end();
  }

  private decide(token: PlainToken, next: PlainToken | null): void {
    const pieces = this.read(token, next);
    if (pieces === null) {
      if (this.isTouching(token)) this.dropLast();
      this.end();
      return;
    }
    for (const piece of pieces) this.add(piece, next);
  }

  private add(token: PlainToken, next: PlainToken | null): void {
    const last = this.run.at(-1);
    if (last && !this.goesOn(last, token, next)) this.end();
    if (this.run.length === 0 && !canStart(token)) return;
    if (token.kind === 'open' && (this.callDepth > 0 || this.run.at(-1)?.kind === 'head')) this.callDepth += 1;
    if (token.kind === 'close' && this.callDepth > 0) this.callDepth -= 1;
    this.run.push(token);
  }

  /** What a token means here, or null where no formula goes on. */
  private read(token: PlainToken, next: PlainToken | null): readonly PlainToken[] | null {
    switch (token.kind) {
      case 'break':
        return null;
      case 'number':
        // 2nd, 4k, 3D
        return next?.kind === 'letters' && !next.isAfterSpace && this.isUnit(next.tex) ? null : [token];
      case 'letters':
        return this.letters(token, next);
      case 'function':
        return next && takesNext(next, this.callDepth > 0) ? [token] : null;
      case 'infix':
        // A star that ends emphasis.
        return next?.kind === 'script' ? [] : [token];
      case 'comma':
        return this.callDepth > 0 || this.isListComma(next) ? [token] : null;
      default:
        return [token];
    }
  }

  private letters(token: PlainToken, next: PlainToken | null): readonly PlainToken[] | null {
    const { tex } = token;
    const before = this.run.at(-1);
    if (/^(?:x|X|by)$/.test(tex) && before && isOperandEnd(before) && next && this.mayBeFactor(next)) {
      const isSecond = tex === 'by' && this.run.some((earlier) => earlier.tex === '\\times');
      return isSecond ? null : [{ ...token, kind: 'infix', tex: '\\times' }];
    }
    if (tex === 'in' && before && isOperandEnd(before) && next && /^(?:R|\\mathbb.*)$/.test(next.tex)) {
      return [{ ...token, kind: 'relation', tex: '\\in' }];
    }
    if (tex === 'R' && next?.kind === 'script' && next.tex.includes('\\times')) return [{ ...token, kind: 'name' }];
    if (this.callDepth > 0) return this.lettersInCall(token);
    if (this.isTouchingWord(token) || !this.areKnown(tex)) return null;
    return inRow(token);
  }

  private lettersInCall(token: PlainToken): readonly PlainToken[] {
    const isRow =
      token.tex.length < 3 || (token.tex.length === 3 && [...token.tex].some((letter) => this.areKnown(letter)));
    if (isRow || this.areKnown(token.tex)) return inRow(token);
    return [{ ...token, kind: 'name', tex: `\\mathrm{${token.tex}}` }];
  }

  private mayBeFactor(token: PlainToken): boolean {
    if (token.kind === 'number' || token.kind === 'open') return true;
    return token.kind === 'letters' && (this.callDepth > 0 || this.areKnown(token.tex));
  }

  private areKnown(letters: string): boolean {
    if (letters.length === 1) return this.known.single.has(letters) && !WORDS.has(letters);
    return letters.length <= 5 && [...letters].every((letter) => this.known.inRow.has(letter));
  }

  /** 2nd, 4k, 3D. */
  private isUnit(letters: string): boolean {
    return /^(?:st|nd|rd|th)$/.test(letters) || !(this.areKnown(letters) || /^(?:log|ln|sqrt)/.test(letters));
  }

  /** A comma in `Q, K, V ∈ …`. */
  private isListComma(next: PlainToken | null): boolean {
    const [last, before] = [this.run.at(-1), this.run.at(-2)];
    const isSymbol = (token: PlainToken | null | undefined): boolean =>
      token?.kind === 'letters' && /^[A-Z]$/.test(token.tex) && this.areKnown(token.tex);
    return isSymbol(last) && isSymbol(next) && (before === undefined || before.kind === 'comma');
  }

  /** Whether a token continues the run; spaces end it where two operands would only stand beside each other. */
  private goesOn(last: PlainToken, token: PlainToken, next: PlainToken | null): boolean {
    if (last.kind === 'relation' && token.kind === 'infix' && token.tex !== '-') return false;
    if (this.callDepth > 0 || !token.isAfterSpace) return true;
    if (token.kind === 'script') return false;
    if (!isOperandEnd(last) || !canStart(token)) return true;
    if (token.kind === 'open')
      return last.kind === 'close' && this.text.slice(token.start, token.end + 12).includes('×');
    if (token.kind === 'head') return false;
    return last.kind === 'script' || last.kind === 'close' || next?.kind === 'script';
  }

  private isTouching(token: PlainToken): boolean {
    const last = this.run.at(-1);
    return (
      last !== undefined &&
      !token.isAfterSpace &&
      last.end === token.start &&
      /^[\p{L}\d]/u.test(this.text.slice(token.start))
    );
  }

  private isTouchingWord(token: PlainToken): boolean {
    const isFirst = this.run.length === 0 || this.run.at(-1)?.end !== token.start;
    return isFirst && /[\p{L}\d'’]$/u.test(this.text.slice(Math.max(0, token.start - 2), token.start));
  }

  /** What touches a word is part of it: in `n = 4k` there is no 4. */
  private dropLast(): void {
    while (this.run.length > 0 && !/infix|relation|comma/.test(this.run.at(-1)?.kind ?? '')) this.run.pop();
  }

  private end(): void {
    // Behind a bracket of O( that nothing closes, words were taken for letters.
    if (this.callDepth > 0) this.run.splice(this.run.findLastIndex(({ kind }) => kind === 'head'));
    for (const part of balanced(this.run)) {
      const run = trimmed(part);
      const [first, last] = [run[0], run.at(-1)];
      if (!first || !last || !isFormula(run) || last.end - first.start > LONGEST) continue;
      this.found.push({ latex: texOf(run), span: { start: first.start, end: last.end } });
    }
    this.run = [];
    this.callDepth = 0;
  }
}

function takesNext(next: PlainToken, isInCall: boolean): boolean {
  if (next.kind === 'open' || next.kind === 'script') return true;
  return /^(?:letters|number|name)$/.test(next.kind) && (isInCall || !next.isAfterSpace);
}

/** The letters of a row as operands; all stand where the row stands. */
function inRow(token: PlainToken): readonly PlainToken[] {
  return [...token.tex].map((tex, index) => ({
    ...token,
    tex,
    start: token.start + index,
    end: token.start + index + 1,
    isAfterSpace: token.isAfterSpace && index === 0,
  }));
}

function canStart({ kind }: PlainToken): boolean {
  return /^(?:number|letters|name|head|function|open)$/.test(kind);
}

function isOperandEnd({ kind }: PlainToken): boolean {
  return /^(?:number|letters|name|close|script)$/.test(kind);
}

/** The parts of a run between brackets without a partner. */
function balanced(run: readonly PlainToken[]): PlainToken[][] {
  const open: number[] = [];
  const alone = new Set<number>();
  for (const [index, { kind, tex }] of run.entries()) {
    if (kind === 'open') open.push(index);
    if (kind !== 'close') continue;
    const partner = open.pop();
    const isPair = partner !== undefined && '()[]{}'.includes(`${run[partner]?.tex ?? ''}${tex}`);
    if (!isPair) alone.add(index);
    if (!isPair && partner !== undefined) alone.add(partner);
  }
  for (const index of open) alone.add(index);
  const parts: PlainToken[][] = [[]];
  for (const [index, token] of run.entries()) {
    if (alone.has(index)) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** From the first operand to the last. */
function trimmed(run: readonly PlainToken[]): readonly PlainToken[] {
  let [start, end] = [0, run.length];
  const at = (index: number): PlainToken | undefined => run[index];
  for (let first = at(start); first && !canStart(first); first = at(start)) start += 1;
  for (let last = at(end - 1); last && end > start && !isOperandEnd(last); last = at(end - 1)) end -= 1;
  return run.slice(start, end);
}

/** A lone letter or number is left to those who read sentences. */
function isFormula(run: readonly PlainToken[]): boolean {
  const operands = run.filter(({ kind }) => /^(?:number|letters|name)$/.test(kind));
  // `Q, K` alone is a list of words.
  const isList =
    run.some(({ kind }) => kind === 'comma') && run.every(({ kind }) => kind === 'comma' || kind === 'letters');
  if (isList) return false;
  const hasLetter = operands.some(({ kind }) => kind !== 'number') || run.some(({ kind }) => kind === 'function');
  return (
    run.some(({ kind }) => kind === 'head') ||
    (hasLetter && (operands.length > 1 || run.some(({ kind }) => kind === 'script')))
  );
}

/** The TeX of a run; what a root sign stands before goes into its braces. */
function texOf(run: readonly PlainToken[]): string {
  const pieces: string[] = [];
  const brackets: string[] = [];
  for (let i = 0; i < run.length; i++) {
    const token = run[i];
    if (!token) break;
    const isRoot = token.kind === 'function' && token.tex === '\\sqrt';
    const next = run[i + 1];
    pieces.push(
      token.kind === 'open'
        ? opened(token.tex, brackets, run[i - 1])
        : token.kind === 'close'
          ? (brackets.pop() ?? token.tex)
          : token.tex,
    );
    if (isRoot && next && next.kind !== 'open') {
      const sub = run[i + 2]?.kind === 'script' && run[i + 2]?.tex.startsWith('_') ? (run[i + 2]?.tex ?? '') : '';
      pieces.push(`{${next.tex}${sub}}`);
      i += sub === '' ? 1 : 2;
    }
  }
  return pieces.join(' ');
}

function opened(bracket: string, brackets: string[], before: PlainToken | undefined): string {
  const isRooted = before?.tex === '\\sqrt' && bracket === '(';
  brackets.push(isRooted ? '}' : bracket === '(' ? ')' : bracket === '[' ? ']' : '}');
  return isRooted ? '{' : bracket;
}
