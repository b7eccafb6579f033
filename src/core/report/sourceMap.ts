import type { Span } from '../text';
import type { Answer, SourceRun } from './report';

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

/**
 * The source of a span of the answer's text: from the source of its first character to behind that of its last.
 * Characters between runs, such as line ends before a removed indentation, stand at the end of the run before.
 */
export function sourceSpan({ runs, span }: Answer, { start, end }: Span): Span {
  const first = runs[firstRun(runs, (run) => run.text + run.length > start)];
  const last = runs[firstRun(runs, (run) => run.text >= end) - 1];
  if (end <= start || !first || first.text >= end) {
    const before = runs[firstRun(runs, (run) => run.text > start) - 1];
    const at = before ? before.source + Math.min(start - before.text, before.length) : span.start;
    return { start: at, end: at };
  }
  const from = first.source + Math.max(start - first.text, 0);
  const to = last ? last.source + Math.min(end - last.text, last.length) : from;
  return { start: from, end: Math.max(from, to) };
}

/** What of a span of the source stands in the answer's text, or `null` when nothing does. */
export function textSpan({ runs }: Answer, { start, end }: Span): Span | null {
  const first = runs[firstRun(runs, (run) => run.source + run.length > start)];
  const last = runs[firstRun(runs, (run) => run.source >= end) - 1];
  if (!first || !last || end <= start) return null;
  const from = first.text + Math.max(start - first.source, 0);
  const to = last.text + Math.min(end - last.source, last.length);
  return from < to ? { start: from, end: to } : null;
}

/**
 * The answer that an offset of the source belongs to: the one around it, or the one whose marker it stands in.
 * The place behind an answer's last character still belongs to it. Answers must be in the order of the source.
 */
export function answerAt(answers: readonly Answer[], offset: number): Answer | undefined {
  return answers.find((answer, index) => {
    const previousEnd = answers[index - 1]?.span.end ?? 0;
    // One blank between a marker and its answer is usual; more of them only make this fall short of the marker.
    const marker = Math.max(previousEnd, answer.span.start - answer.heading.length - 1);
    return offset >= Math.min(marker, answer.span.start) && offset <= answer.span.end;
  });
}
