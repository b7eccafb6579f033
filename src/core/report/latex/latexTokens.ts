/**
 * The few things of LaTeX that must be told apart before a parser may look at it. Verbatim text and comments come as a
 * whole, so nothing in them is taken for anything else.
 */
export type LatexTokenKind =
  'begin' | 'end' | 'verbatim' | 'comment' | 'math' | 'command' | 'escape' | 'open' | 'close' | 'blank' | 'lineEnd';

export interface LatexToken {
  readonly kind: LatexTokenKind;
  readonly start: number;
  readonly end: number;
  /** Of an environment or a command, its name; of a beginning of mathematics, what begins it. */
  readonly name: string;
}

/** Environments whose text is no LaTeX. */
const VERBATIM = /^(?:verbatim\*?|lstlisting|minted|comment|filecontents\*?)$/;
const TOKEN =
  /\\(?<side>begin|end)[ \t]*\{[ \t]*(?<name>[^{}\s]*)[ \t]*\}|\\verb\*?(?<mark>[^A-Za-z\s*])|(?<link>\\(?:url|path|nolinkurl|href)[ \t]*\{[^{}\s]*\})|(?<math>\\[[(]|\$\$?)|\\(?<command>[A-Za-z]+)|(?<escape>\\[^A-Za-z])|(?<comment>%[^\r\n]*)|(?<brace>[{}])|(?<lines>(?:\r\n|\n|\r)(?<more>(?:[ \t]*(?:\r\n|\n|\r))+)?)/g;

/** Finds where a string comes next, and searches the rest of a text only once for one that does not. */
export class Finder {
  private readonly next = new Map<string, number>();

  constructor(private readonly text: string) {}

  /** Offset of the string at or behind an offset, or `Infinity`. */
  from(string: string, offset: number): number {
    const known = this.next.get(string) ?? -1;
    if (known >= offset) return known;
    const found = this.text.indexOf(string, offset);
    const at = found < 0 ? Infinity : found;
    this.next.set(string, at);
    return at;
  }
}

/** The tokens of a LaTeX source in order; what is between them is of no interest. */
export function* latexTokens(source: string): Generator<LatexToken> {
  const finder = new Finder(source);
  const pattern = new RegExp(TOKEN);
  for (let match = pattern.exec(source); match; match = pattern.exec(source)) {
    const token = tokenOf(match, source, finder);
    pattern.lastIndex = Math.max(token.end, match.index + 1);
    yield token;
  }
}

function tokenOf({ index: start, 0: whole, groups = {} }: RegExpExecArray, source: string, finder: Finder): LatexToken {
  const end = start + whole.length;
  const { side, name = '', mark, link, math, command, escape, comment, brace, more } = groups;
  if (side === 'begin' && VERBATIM.test(name)) {
    const closing = `\\end{${name}}`;
    const at = finder.from(closing, end);
    if (at < Infinity) return { kind: 'verbatim', start, end: at + closing.length, name };
  }
  if (side) return { kind: side === 'begin' ? 'begin' : 'end', start, end, name };
  if (mark !== undefined) {
    const lineEnd = Math.min(finder.from('\n', end), source.length);
    const at = source.slice(end, lineEnd).indexOf(mark);
    return { kind: 'verbatim', start, end: at < 0 ? end : end + at + 1, name: 'verb' };
  }
  if (link !== undefined) return { kind: 'verbatim', start, end, name: 'url' };
  if (math !== undefined) return { kind: 'math', start, end, name: math };
  if (command !== undefined) return { kind: 'command', start, end, name: command };
  if (escape !== undefined) return { kind: 'escape', start, end, name: escape.slice(1) };
  if (comment !== undefined) return { kind: 'comment', start, end, name: '' };
  if (brace !== undefined) return { kind: brace === '{' ? 'open' : 'close', start, end, name: '' };
  return { kind: more === undefined ? 'lineEnd' : 'blank', start, end, name: '' };
}
