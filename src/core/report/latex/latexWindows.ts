import type { Span } from '../../text';
import { Finder, latexTokens, type LatexToken } from './latexTokens';

/** Environments that the parser knows to hold mathematics. */
const MATH = new Set(
  ['equation', 'align', 'alignat', 'gather', 'multline', 'flalign'].flatMap((name) => [name, `${name}*`]),
);
for (const name of ['split', 'math', 'displaymath']) MATH.add(name);

const CLOSING: Readonly<Record<string, string>> = { '\\[': '\\]', '\\(': '\\)', $: '$', $$: '$$' };
/** A cut before one of these commands breaks nothing. */
const BREAKS = /^(?:item|question|part|subpart|(?:sub){0,2}section|chapter|paragraph|input|include)$/;

/** What cannot stand in mathematics, so that what opened it was a slip. */
const STRUCTURE =
  /\\(?:item|(?:sub)*section|paragraph|question)(?![A-Za-z])|\\(?:begin|end)[ \t]*\{(?:enumerate|itemize|document)\}/;

/** Characters from which on a window may end. */
const SMALL = 400;
/** The same where there is no better place than the end of a line. */
const LARGE = 3000;
const LARGEST = 8000;
/** Groups that are longer or nested deeper are no groups to the parser; LaTeX shows their text all the same. */
const LONGEST_GROUP = 8000;
const DEEPEST = 40;

export interface LatexWindows {
  /**
   * A copy of the source, of the same length, for the parser: environments begin with `\Begin` and end with `\End`, so
   * that they need not be closed, and what opens a group or mathematics and does not close it is blotted out.
   */
  readonly shadow: string;
  /** Pieces of the source that can be parsed one by one, in order and without gaps. */
  readonly windows: readonly Span[];
  /** Whether a `document` begins in it. */
  readonly hasDocument: boolean;
}

/** Cuts a LaTeX source where no group, no mathematics and no verbatim text is open: the parser's time grows too fast. */
export function latexWindows(source: string): LatexWindows {
  const scan = new Scan(source);
  for (const token of latexTokens(source)) scan.take(token);
  return { shadow: scan.shadow(), windows: scan.windows(), hasDocument: scan.hasDocument };
}

interface Cut {
  readonly at: number;
  /** Least length of the window that ends here. */
  readonly from: number;
}

class Scan {
  hasDocument = false;
  private readonly finder: Finder;
  /** Of blank lines, where the line before ends. */
  private readonly paragraphEnds: readonly number[];
  private paragraph = 0;
  private readonly blots: { readonly at: number; readonly by: string }[] = [];
  private readonly cuts: Cut[] = [];
  private readonly open: { readonly at: number; readonly isDeep: boolean }[] = [];
  private readonly groups: Span[] = [];
  /** Tokens before this offset are part of mathematics. */
  private mathEnd = 0;

  constructor(private readonly source: string) {
    this.finder = new Finder(source);
    this.paragraphEnds = Array.from(source.matchAll(/(?:\r\n|\n|\r)[ \t]*(?=[\r\n])/g), ({ index }) => index);
  }

  take(token: LatexToken): void {
    if (token.start < this.mathEnd) return;
    const { kind, start, end, name } = token;
    if (kind === 'open') this.open.push({ at: start, isDeep: this.open.length >= DEEPEST });
    else if (kind === 'close') this.close(start);
    else if (kind === 'blank') this.cuts.push({ at: end, from: SMALL });
    else if (kind === 'lineEnd') this.cuts.push({ at: end, from: LARGE });
    else if (kind === 'command' && BREAKS.test(name)) this.cuts.push({ at: start, from: SMALL });
    else if (kind === 'command' && /^(?:begin|end)$/.test(name)) this.environment(token);
    else if (name === 'url') this.link(token);
    else if (kind === 'math') this.mathematics(token, CLOSING[name] ?? '');
    else if (kind === 'begin' && MATH.has(name)) this.mathematics(token, `\\end{${name}}`);
    else if (kind === 'begin' || kind === 'end') this.environment(token);
  }

  shadow(): string {
    const blots = [...this.blots, ...this.open.map(({ at }) => ({ at, by: ' ' }))].sort((a, b) => a.at - b.at);
    const pieces: string[] = [];
    let done = 0;
    for (const { at, by } of blots) {
      pieces.push(this.source.slice(done, at), by);
      done = at + by.length;
    }
    return pieces.join('') + this.source.slice(done);
  }

  windows(): Span[] {
    const groups = this.groups.sort((a, b) => a.start - b.start);
    const windows: Span[] = [];
    let start = 0;
    let next = 0;
    let closed = 0;
    for (const { at, from } of this.cuts.sort((a, b) => a.at - b.at)) {
      for (let group = groups[next]; group && group.start < at; group = groups[++next]) {
        closed = Math.max(closed, group.end);
      }
      if (closed > at || at - start < from) continue;
      windows.push(...pieces({ start, end: at }));
      start = at;
    }
    return [...windows, ...pieces({ start, end: this.source.length })];
  }

  private close(at: number): void {
    const open = this.open.pop();
    if (!open) this.blots.push({ at, by: ' ' });
    else if (open.isDeep || at - open.at > LONGEST_GROUP) {
      this.blots.push({ at: open.at, by: ' ' }, { at, by: ' ' });
    } else this.groups.push({ start: open.at, end: at + 1 });
  }

  private mathematics(token: LatexToken, closing: string): void {
    const { start, end, name } = token;
    const limit = Math.min(this.paragraphEnd(end), end + LARGEST);
    const at = closing.startsWith('$') ? this.closingDollars(closing, end, limit) : this.finder.from(closing, end);
    if (at + closing.length <= limit && !STRUCTURE.test(this.source.slice(end, at))) {
      this.mathEnd = at + closing.length;
      this.groups.push({ start, end: this.mathEnd });
    } else if (token.kind === 'begin') this.environment(token);
    else this.blots.push({ at: start, by: name.startsWith('$') ? 'x'.repeat(name.length) : '  ' });
  }

  private closingDollars(dollars: string, from: number, limit: number): number {
    for (let at = this.source.indexOf('$', from); at >= 0 && at < limit; at = this.source.indexOf('$', at + 1)) {
      if (this.source[at - 1] !== '\\' && this.source.startsWith(dollars, at)) return at;
    }
    return Infinity;
  }

  /** Where the paragraph around an offset ends; TeX allows no blank line in mathematics. Offsets must not fall. */
  private paragraphEnd(offset: number): number {
    while ((this.paragraphEnds[this.paragraph] ?? Infinity) < offset) this.paragraph += 1;
    return this.paragraphEnds[this.paragraph] ?? this.source.length;
  }

  /** The parser takes what is no comment in an address for one. */
  private link({ start, end }: LatexToken): void {
    for (let at = start; at < end; at++) if (this.source[at] === '%') this.blots.push({ at, by: 'x' });
  }

  private environment({ kind, start, name }: LatexToken): void {
    if (kind === 'begin' && name === 'document') this.hasDocument = true;
    this.blots.push({ at: start + 1, by: kind === 'begin' || name === 'begin' ? 'B' : 'E' });
    this.cuts.push({ at: start, from: SMALL });
  }
}

/** Only a text without line ends, or a slip, has windows that must be broken anywhere. */
function pieces({ start, end }: Span): Span[] {
  const cut: Span[] = [];
  let at = start;
  for (; end - at > 2 * LARGEST; at += LARGEST) cut.push({ start: at, end: at + LARGEST });
  if (end > at) cut.push({ start: at, end });
  return cut;
}
