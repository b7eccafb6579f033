import type { Span } from '../../text';
import { Finder, latexTokens, type LatexToken } from './latexTokens';

/** Environments that the parser knows to hold mathematics. */
const MATH = new Set(
  ['equation', 'align', 'alignat', 'gather', 'multline', 'flalign'].flatMap((name) => [name, `${name}*`]),
);
for (const name of ['split', 'math', 'displaymath']) MATH.add(name);

const CLOSING: Readonly<Record<string, string>> = { '\\[': '\\]', '\\(': '\\)', $: '$', $$: '$$' };
/** Commands and environments of which a document is built: a cut before one of them breaks nothing. */
const BUILDING = /^(?:item|question|part|subpart|(?:sub){0,2}section|chapter|paragraph)$/;
const BUILT = /^(?:document|enumerate|itemize|description|questions|parts|subparts)$/;
/** What may hold one of them without a slip. */
const DEFINITION = /\\(?:(?:re)?new(?:command|environment)|providecommand|[gex]?def)(?![A-Za-z])[^\r\n]*$/;

/** The same for a text: none of it can stand in mathematics, so that what opened that was a slip. */
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
   * that they need not be closed, and what opens a group or mathematics and does not close it in time is blotted out.
   */
  readonly shadow: string;
  /** Pieces of the source that can be parsed one by one, in order and without gaps. */
  readonly windows: readonly Span[];
  /** Whether a `document` begins in it. */
  readonly hasDocument: boolean;
  /** Where the last environment of a name ends, and the last `\\fi` stands; not in comments. */
  readonly lastEnds: ReadonlyMap<string, number>;
}

/** Cuts a LaTeX source where no group, no mathematics and no verbatim text is open: the parser's time grows too fast. */
export function latexWindows(source: string): LatexWindows {
  const scan = new Scan(source);
  for (const token of latexTokens(source)) scan.take(token);
  const { hasDocument, lastEnds } = scan;
  return { shadow: scan.shadow(), windows: scan.windows(), hasDocument, lastEnds };
}

interface Cut {
  readonly at: number;
  /** Least length of the window that ends here. */
  readonly from: number;
}

class Scan {
  hasDocument = false;
  readonly lastEnds = new Map<string, number>();
  private readonly finder: Finder;
  /** Of blank lines, where the line before ends. */
  private readonly paragraphEnds: readonly number[];
  private paragraph = 0;
  private readonly blots: { readonly at: number; readonly by: string }[] = [];
  private readonly cuts: Cut[] = [];
  private open: { readonly at: number; readonly isDeep: boolean }[] = [];
  /** Where the last of what a document is built of stands. */
  private lastBuilt = -1;
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
    else if (kind === 'command' && BUILDING.test(name)) this.build(start);
    else if (kind === 'command' && /^(?:begin|end)$/.test(name)) this.environment(token);
    else if (kind === 'command' && name === 'fi') this.lastEnds.set(name, start);
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
    if (!open) return void this.blots.push({ at, by: ' ' });
    const isSlip = this.lastBuilt > open.at && !DEFINITION.test(this.source.slice(Math.max(0, open.at - 80), open.at));
    if (open.isDeep || isSlip || at - open.at > LONGEST_GROUP) {
      this.blots.push({ at: open.at, by: ' ' }, { at, by: ' ' });
    } else this.groups.push({ start: open.at, end: at + 1 });
  }

  private build(at: number): void {
    this.lastBuilt = at;
    this.cuts.push({ at, from: SMALL });
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
    this.blots.push({ at: start + 1, by: kind === 'begin' || name === 'begin' ? 'B' : 'E' });
    this.cuts.push({ at: start, from: SMALL });
    if (kind === 'end') this.lastEnds.set(name, start);
    if (BUILT.test(name)) this.lastBuilt = start;
    if (name !== 'document') return;
    this.hasDocument ||= kind === 'begin';
    // Whatever the preamble left open is not meant to hold the document.
    this.blots.push(...this.open.map(({ at }) => ({ at, by: ' ' })));
    this.open = [];
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
