/**
 * What the Markdown parser reads in place of the source: a copy of the same length in which the few things are
 * blotted out that would make the parser slow or let one slip swallow the rest of the report. Offsets hold in both,
 * and everything that is shown is cut from the source, so a blot costs at most some recognised structure there.
 */

/** Containers that may be nested in one line; a person nests three. */
const DEEPEST = 24;
/** Delimiters of one kind in one paragraph; the parser's time grows with the square of their number. */
const MOST_DELIMITERS = 1500;
const DELIMITERS = ['*_', '`', '$', '<', '&', '|'];

const BLANK = /^[ \t>]*$/;
const CONTAINER = /[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))/y;
const RULE = /^[ \t]*(?:(?:\*[ \t]*)+|(?:-[ \t]*)+)$/;
const PREFIX = /^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))*[ \t]*/;
const FENCE = /^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))*[ \t]*(`{3,}(?=[^`]*$)|~{3,})(.*)$/;
const RAW_HTML = /^ {0,3}(<!--|<\?|<!\[CDATA\[|<(?:script|pre|style|textarea)(?=[\s>]|$))/i;
const RAW_HTML_END: Readonly<Record<string, string>> = { '<!--': '-->', '<?': '?>', '<![cdata[': ']]>' };

interface Line {
  readonly start: number;
  readonly text: string;
}

/** Collects what to blot out; every blot is a run of characters within one line. */
class Blots {
  private readonly spans: { start: number; end: number; by: string }[] = [];

  add(start: number, end: number, by = 'x'): void {
    if (end > start) this.spans.push({ start, end, by });
  }

  applyTo(source: string): string {
    const pieces: string[] = [];
    let done = 0;
    for (const { start, end, by } of this.spans.sort((a, b) => a.start - b.start)) {
      if (end <= done) continue;
      const from = Math.max(start, done);
      pieces.push(source.slice(done, from), by.repeat(end - from));
      done = end;
    }
    return pieces.join('') + source.slice(done);
  }
}

/** @returns a text of the source's length with line ends in the same places. */
export function shadowOf(source: string): string {
  const lines = linesOf(source);
  const blots = new Blots();
  if (source.startsWith('\uFEFF')) blots.add(0, 1, ' ');
  for (const line of lines) blotDeepContainers(line, blots);
  blotCrowds(lines, blots);
  blotOpenFormulas(lines, blots);
  blotOpenFences(lines, blots);
  blotOpenHtml(source, lines, blots);
  return blots.applyTo(source);
}

function linesOf(source: string): Line[] {
  const lines: Line[] = [];
  for (const match of source.matchAll(/[^\r\n]*(?:\r\n|\n|\r|$)/g)) {
    if (match[0] === '') break;
    lines.push({ start: match.index, text: match[0].replace(/[\r\n]+$/, '') });
  }
  return lines;
}

function blotDeepContainers({ start, text }: Line, blots: Blots): void {
  let depth = 0;
  CONTAINER.lastIndex = 0;
  while (depth <= DEEPEST && CONTAINER.test(text)) depth += 1;
  if (depth <= DEEPEST || RULE.test(text)) return;
  const end = PREFIX.exec(text)?.[0].length ?? 0;
  const tooDeep = nthContainer(text, DEEPEST);
  blots.add(start + tooDeep, start + Math.max(end, tooDeep));
}

/** Offset behind the n-th container mark of a line. */
function nthContainer(text: string, n: number): number {
  let end = 0;
  CONTAINER.lastIndex = 0;
  for (let i = 0; i < n && CONTAINER.test(text); i++) end = CONTAINER.lastIndex;
  return end;
}

/** Takes delimiters out of paragraphs that have thousands; what starts a line stays. */
function blotCrowds(lines: readonly Line[], blots: Blots): void {
  let from = 0;
  for (let i = 0; i <= lines.length; i++) {
    const line = lines[i];
    if (line && !BLANK.test(line.text)) continue;
    const paragraph = lines.slice(from, i);
    if (paragraph.reduce((length, { text }) => length + text.length, 0) > MOST_DELIMITERS) {
      for (const delimiters of DELIMITERS) blotCrowd(paragraph, delimiters, blots);
    }
    from = i + 1;
  }
}

function blotCrowd(paragraph: readonly Line[], delimiters: string, blots: Blots): void {
  const places: number[] = [];
  for (const { start, text } of paragraph) {
    const isRule = RULE.test(text);
    let i = isRule ? text.length : (PREFIX.exec(text)?.[0].length ?? 0);
    const first = text[i];
    while (first && delimiters.includes(first) && text[i] === first) i++;
    for (; i < text.length; i++) if (delimiters.includes(text.charAt(i))) places.push(start + i);
  }
  if (places.length > MOST_DELIMITERS) for (const place of places) blots.add(place, place + 1);
}

/** TeX allows no blank line in a displayed formula: a `$$` line without its closing one before that is a slip. */
function blotOpenFormulas(lines: readonly Line[], blots: Blots): void {
  let open: Line | undefined;
  const blotOpen = (): void => {
    if (open) blots.add(open.start + open.text.indexOf('$$'), open.start + open.text.length);
    open = undefined;
  };
  for (const line of lines) {
    if (BLANK.test(line.text)) blotOpen();
    else if (open && /\$\$[ \t]*$/.test(line.text)) open = undefined;
    else if (!open && line.text.includes('$$') && /^\${2,}[^$]*$/.test(line.text.replace(PREFIX, ''))) open = line;
  }
  blotOpen();
}

/** A code fence that nothing closes would make code of all that follows. */
function blotOpenFences(lines: readonly Line[], blots: Blots): void {
  let open: { index: number; mark: string } | undefined;
  for (let i = 0; i <= lines.length; i++) {
    const line = lines[i];
    const [, mark, info = ''] = (line && FENCE.exec(line.text)) ?? [];
    if (line && !mark) continue;
    if (mark && !open) open = { index: i, mark };
    else if (open && mark && !mark.startsWith(open.mark)) continue;
    else if (open && mark && info.trim() === '') open = undefined;
    else if (open) {
      // The file ends or another block of code begins: the lines after the open fence are read again without it.
      i = open.index;
      const { start, text } = lines[i] ?? { start: 0, text: '' };
      blots.add(start + text.indexOf(open.mark), start + text.indexOf(open.mark) + open.mark.length);
      open = undefined;
    }
  }
}

/** A comment, script or the like that nothing closes would hide all that follows. */
function blotOpenHtml(source: string, lines: readonly Line[], blots: Blots): void {
  // Not of other letters: their lower case may be longer.
  const lower = source.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  const lastEnds = new Map<string, number>();
  const lastEnd = (end: string): number => {
    const known = lastEnds.get(end) ?? lower.lastIndexOf(end);
    lastEnds.set(end, known);
    return known;
  };
  for (const { start, text } of lines) {
    const mark = RAW_HTML.exec(text)?.[1]?.toLowerCase();
    if (!mark) continue;
    const end = RAW_HTML_END[mark] ?? `</${mark.slice(1)}>`;
    if (lastEnd(end) < start) blots.add(start + text.indexOf('<'), start + text.indexOf('<') + 1);
  }
}
