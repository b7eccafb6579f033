import type { Span } from '../text';
import type { Answer, SourceRun, SourceSpan } from './report';

/** Index of the first run for which `test` holds; the test must be false before and true after that. */
function firstRun(runs: readonly SourceRun[], test: (run: SourceRun) => boolean): number {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const run = runs[middle];
    if (run && test(run)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Offset in the source behind a run. */
export function sourceEnd({ source, length, sourceLength }: SourceRun): number {
  return source + (sourceLength ?? length);
}

/** Of the place before the n-th character of a run; of one that is a whole, its beginning or its end. */
function sourceOffset(run: SourceRun, n: number, rounded: 'down' | 'up'): number {
  if (n <= 0) return run.source;
  if (n >= run.length) return sourceEnd(run);
  if (run.sourceLength === undefined) return run.source + n;
  return rounded === 'down' ? run.source : sourceEnd(run);
}

function inFile({ start, end }: Span, file: number | undefined): SourceSpan {
  return file === undefined ? { start, end } : { start, end, file };
}

/**
 * The source of a span of the answer's text: from the source of its first character to behind that of its last. Where
 * these stand in different files, to the last one in the file of the first.
 * Characters between runs, such as line ends before a removed indentation, stand at the end of the run before.
 */
export function sourceSpan(answer: Pick<Answer, 'runs' | 'span' | 'file'>, { start, end }: Span): SourceSpan {
  const { runs, span } = answer;
  const from = firstRun(runs, (run) => run.text + run.length > start);
  let to = firstRun(runs, (run) => run.text >= end) - 1;
  const first = runs[from];
  if (end <= start || !first || first.text >= end) {
    const before = runs[firstRun(runs, (run) => run.text > start) - 1];
    const at = before ? sourceOffset(before, start - before.text, 'down') : span.start;
    return inFile({ start: at, end: at }, before ? before.file : answer.file);
  }
  while (to > from && runs[to]?.file !== first.file) to -= 1;
  const last = runs[to] ?? first;
  const begin = sourceOffset(first, start - first.text, 'down');
  return inFile({ start: begin, end: Math.max(begin, sourceOffset(last, end - last.text, 'up')) }, first.file);
}

/** What of a span of the source stands in the answer's text, or `null` when nothing does. */
export function textSpan(answer: Pick<Answer, 'runs'>, { start, end, file }: SourceSpan): Span | null {
  const isElsewhere = (run: SourceRun): boolean => run.file !== file;
  const runs = answer.runs.some(isElsewhere) ? answer.runs.filter((run) => !isElsewhere(run)) : answer.runs;
  const first = runs[firstRun(runs, (run) => sourceEnd(run) > start)];
  const last = runs[firstRun(runs, (run) => run.source >= end) - 1];
  if (!first || !last || end <= start) return null;
  const isWhole = (run: SourceRun): boolean => run.sourceLength !== undefined;
  const from = first.text + (isWhole(first) ? 0 : Math.max(start - first.source, 0));
  const to = last.text + (isWhole(last) ? last.length : Math.min(end - last.source, last.length));
  return from < to ? { start: from, end: to } : null;
}

/**
 * The answer that an offset of the main file belongs to: the one around it, or the one whose marker it stands in.
 * The place behind an answer's last character still belongs to it. Answers must be in the order of the source.
 */
export function answerAt(answers: readonly Answer[], offset: number): Answer | undefined {
  let previousEnd = 0;
  for (const answer of answers) {
    if (answer.file !== undefined) continue;
    // One blank between a marker and its answer is usual; more of them only make this fall short of the marker.
    const marker = Math.max(previousEnd, answer.span.start - answer.heading.length - 1);
    if (offset >= Math.min(marker, answer.span.start) && offset <= answer.span.end) return answer;
    previousEnd = answer.span.end;
  }
  return undefined;
}
