import type { Span } from '../text';

/** A replacement of `[start, end)` by `text`, as editors report it. */
export interface TextChange extends Span {
  readonly text: string;
}

/**
 * Where a span stands after a change. What is inserted at a border stays outside; what is typed inside belongs to the
 * span; a change that reaches over a border leaves what survives of the span. `null` when nothing survives: the whole
 * span was deleted or replaced.
 */
export function trackSpan(span: Span, change: TextChange): Span | null {
  const { start, end } = span;
  const shift = change.text.length - (change.end - change.start);
  if (change.end <= start) return { start: start + shift, end: end + shift };
  if (change.start >= end) return span;
  if (change.start <= start && change.end >= end) return null;
  if (change.start >= start && change.end <= end) return { start, end: end + shift };
  if (change.start < start) return { start: change.start + change.text.length, end: end + shift };
  return { start, end: change.start };
}

/** The same after several changes, each in the text that the one before it left. */
export function trackSpanThrough(span: Span, changes: readonly TextChange[]): Span | null {
  let current: Span | null = span;
  for (const change of changes) {
    if (!current) return null;
    current = trackSpan(current, change);
  }
  return current;
}
