import type { Span } from '../../src/core/text';
import { MARKS, type Mark } from '../shared/mark';
import type { FindingItem } from './findingList';

export interface Underline extends Span {
  readonly mark: Mark;
}

/** Marks that are no words of the answer. */
const UNMARKED: ReadonlySet<Mark | null> = new Set([null, 'missing', 'not-mentioned']);

/** What is underlined in an answer, in order and without overlap: where findings share words, the gravest has them. */
export function underlines(items: readonly FindingItem[]): Underline[] {
  const marked = items.flatMap(({ mark, spans }) =>
    mark === null || UNMARKED.has(mark) ? [] : spans.map(({ start, end }) => ({ start, end, mark })),
  );
  const edges = [...new Set(marked.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
  const found: Underline[] = [];
  for (const [index, start] of edges.entries()) {
    const end = edges[index + 1];
    if (end === undefined) break;
    const mark = gravest(marked.filter((span) => span.start <= start && end <= span.end));
    const last = found.at(-1);
    if (mark === null) continue;
    if (last?.mark === mark && last.end === start) found[found.length - 1] = { ...last, end };
    else found.push({ start, end, mark });
  }
  return found;
}

function gravest(spans: readonly Underline[]): Mark | null {
  const marks = spans.map(({ mark }) => mark);
  return MARKS.find((mark) => marks.includes(mark)) ?? null;
}

/** Ids of the findings on a character, the one with the fewest words first. */
export function itemsAt(items: readonly FindingItem[], offset: number): string[] {
  const hits = items.flatMap(({ id, mark, spans }) => {
    if (UNMARKED.has(mark)) return [];
    const sizes = spans
      .filter(({ start, end }) => start <= offset && offset < end)
      .map(({ start, end }) => end - start);
    return sizes.length > 0 ? [{ id, size: Math.min(...sizes) }] : [];
  });
  return hits.sort((a, b) => a.size - b.size).map(({ id }) => id);
}
