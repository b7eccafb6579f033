import type { Span } from '../text';

const NUMBER = String.raw`(?:page|p\.)[ \t]*\d{1,3}(?:[ \t]*(?:of|\/)[ \t]*\d{1,3})?`;
/** Nothing but the number of a page. */
const ALONE = new RegExp(
  String.raw`^[-–—|(]?[ \t]*(?:${NUMBER}|\d{1,3}[ \t]+of[ \t]+\d{1,3})[ \t]*[-–—|)]?$|^[-–—][ \t]*\d{1,3}[ \t]*[-–—]$`,
  'i',
);
/** The number beside other words, from which a gap or a rule sets it off. */
const BESIDE = new RegExp(String.raw`(?:\t| {3,}|[|–—·])[ \t]*${NUMBER}$|^${NUMBER}(?:\t| {3,}|[ \t]*[|–—·])`, 'i');
/** Longer lines are sentences, whatever they end with. */
const LONGEST = 100;
/** Shorter lines may be the number of a question, which comes again. */
const FEWEST_LETTERS = 10;
/** So often does the same line stand beside the numbers of pages where it is the head of pages. */
const FEWEST_HEADS = 2;

interface Line extends Span {
  readonly words: string;
}

/**
 * What a program that makes text of pages leaves between them: lines such as `Page 3 of 9`, and lines beside these and
 * beside form feeds that come again, and the form feeds. In order, line ends included.
 */
export function pageLines(text: string): Span[] {
  if (!/\f|page|p\.|\d[ \t]*of[ \t]*\d|[-–—][ \t]*\d+[ \t]*[-–—]/i.test(text)) return [];
  const lines = linesWithWords(text);
  const isNumber = lines.map(({ words }) => words.length <= LONGEST && (ALONE.test(words) || BESIDE.test(words)));
  const mayBeHead = lines.map((line, i) => {
    const isEdge = isNumber[i - 1] === true || isNumber[i + 1] === true || breaks(text, lines, i);
    const letters = line.words.replace(/[^a-z]/gi, '').length;
    return isEdge && isNumber[i] !== true && line.words.length <= LONGEST && letters >= FEWEST_LETTERS;
  });
  const heads = new Map<string, number>();
  lines.forEach(({ words }, i) => mayBeHead[i] && heads.set(words, (heads.get(words) ?? 0) + 1));
  const found = lines.filter(({ words }, i) => isNumber[i] || (heads.get(words) ?? 0) >= FEWEST_HEADS);
  return withFeeds(text, found);
}

function withFeeds(text: string, lines: readonly Line[]): Span[] {
  const spans: Span[] = [];
  let next = 0;
  for (const { index } of text.matchAll(/\f/g)) {
    for (let line = lines[next]; line && line.start <= index; line = lines[++next]) spans.push(line);
    if ((spans.at(-1)?.end ?? 0) <= index) spans.push({ start: index, end: index + 1 });
  }
  return [...spans, ...lines.slice(next)];
}

/** Whether a form feed is just before or behind a line. */
function breaks(text: string, lines: readonly Line[], i: number): boolean {
  return text.slice(lines[i - 1]?.end ?? 0, lines[i + 1]?.start ?? text.length).includes('\f');
}

function linesWithWords(text: string): Line[] {
  const lines: Line[] = [];
  for (const match of text.matchAll(/[^\r\n]*(?:\r\n|\n|\r|$)/g)) {
    if (match[0] === '') break;
    const words = match[0].trim();
    if (words !== '') lines.push({ start: match.index, end: match.index + match[0].length, words });
  }
  return lines;
}
