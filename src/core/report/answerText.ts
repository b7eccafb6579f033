import type { Span } from '../text';
import type { Margin } from './outline';
import type { SourceRun } from './report';

export interface AnswerText {
  readonly text: string;
  readonly runs: readonly SourceRun[];
  /** In the source, from the first to behind the last character of the text. */
  readonly span: Span;
}

const TAB = 4;

/**
 * The Markdown of an answer that stands in `within`, without the indentation and quote marks of the containers that it
 * stands in, without blank lines around it, and without `dropped`, a short span such as a lone end of emphasis.
 * Every character of the text is one of the source, in the same order.
 */
export function answerText(source: string, within: Span, margin: Margin, dropped: Span | null): AnswerText {
  const kept = trimmed(source, keptSpans(source, within, margin, dropped));
  const pieces: string[] = [];
  const runs: SourceRun[] = [];
  let length = 0;
  for (const { start, end } of kept) {
    const last = runs.at(-1);
    pieces.push(source.slice(start, end));
    if (last && last.source + last.length === start) {
      runs[runs.length - 1] = { ...last, length: last.length + end - start };
    } else runs.push({ text: length, source: start, length: end - start });
    length += end - start;
  }
  const first = kept[0]?.start ?? within.start;
  return { text: pieces.join(''), runs, span: { start: first, end: kept.at(-1)?.end ?? first } };
}

/** What is left of each line, line ends included. */
function keptSpans(source: string, within: Span, margin: Margin, dropped: Span | null): Span[] {
  const spans: Span[] = [];
  let column: number | null = null;
  let isAfterBlank = false;
  const lineEnd = /\r\n|\n|\r/g;
  for (let at = within.start; at < within.end; at = lineEnd.lastIndex || within.end) {
    lineEnd.lastIndex = at;
    const next = lineEnd.test(source) ? Math.min(lineEnd.lastIndex, within.end) : within.end;
    const isFirst = at === within.start;
    const isBlank = source.slice(at, next).replace(margin.quotes > 0 ? /[\s>]+/g : /\s+/g, '') === '';
    const indented = isFirst ? margin.column : indentation(source, at, next, margin.quotes);
    // An answer that begins in a line below its marker sets its own indentation.
    if (!isBlank && column === null) column = Math.max(margin.column, indented);
    // Less indentation after a blank line ends the list item, and what follows has its own.
    else if (!isBlank && isAfterBlank && indented < (column ?? 0)) column = 0;
    const start = isFirst ? at : afterMargin(source, at, next, { ...margin, column: column ?? Infinity });
    spans.push(...without({ start, end: next }, dropped));
    isAfterBlank = isBlank;
  }
  return spans.filter(({ start, end }) => end > start);
}

function without(span: Span, dropped: Span | null): Span[] {
  if (!dropped || dropped.start >= span.end || dropped.end <= span.start) return [span];
  return [
    { start: span.start, end: Math.max(span.start, dropped.start) },
    { start: Math.min(span.end, dropped.end), end: span.end },
  ];
}

/** Columns before the first word of a line, quote marks included. */
function indentation(source: string, start: number, end: number, quotes: number): number {
  let column = 0;
  let left = quotes;
  for (let at = start; at < end; at++) {
    if (source[at] === ' ' || (source[at] === '>' && left-- > 0)) column += 1;
    else if (source[at] === '\t') column += TAB - (column % TAB);
    else break;
  }
  return column;
}

/** Offset behind the margin of a line, or as much of it as the line has. */
function afterMargin(source: string, start: number, end: number, { quotes, column }: Margin): number {
  let at = start;
  let left = quotes;
  let reached = 0;
  for (; at < end; at++) {
    const character = source[at];
    if (character === '>' && left > 0) {
      left -= 1;
      reached += 1;
      // One blank after a quote mark belongs to it.
      if (left === 0 && source[at + 1] === ' ' && reached + 1 >= column) return at + 2;
    } else if (character === ' ' && (left > 0 || reached < column)) reached += 1;
    else if (character === '\t' && reached + TAB - (reached % TAB) <= column) reached += TAB - (reached % TAB);
    else break;
  }
  return at;
}

/** Without blanks and line ends before the first and behind the last word. */
function trimmed(source: string, spans: readonly Span[]): Span[] {
  const kept = [...spans];
  for (let first = kept.shift(); first; first = kept.shift()) {
    const blank = /^\s*/.exec(source.slice(first.start, first.end))?.[0].length ?? 0;
    if (first.start + blank === first.end) continue;
    kept.unshift({ start: first.start + blank, end: first.end });
    break;
  }
  for (let last = kept.pop(); last; last = kept.pop()) {
    const length = source.slice(last.start, last.end).trimEnd().length;
    if (length === 0) continue;
    kept.push({ start: last.start, end: last.start + length });
    break;
  }
  return kept;
}
