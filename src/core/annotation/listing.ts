import type { ProblemReport } from '../problem';
import { LineIndex, type Range } from '../text';
import { place } from './placement';
import { EMPTY_SIDECAR, parseSidecar, sidecarName } from './sidecar';

/** A note as `drylab annotations --json` prints it. */
export interface ListedAnnotation {
  readonly id: string;
  readonly part: string | null;
  /** The words that the note was written about. */
  readonly quote: string;
  readonly body: string;
  readonly kind: 'note';
  readonly author: string;
  readonly created: string;
  readonly modified: string;
  readonly resolved: boolean;
  readonly replies: readonly { readonly id: string; readonly body: string; readonly author: string }[];
  /** Where the words stand now, or `null` for an orphan. */
  readonly range: Range | null;
  readonly orphan: boolean;
  /** 0 to 1; see `PlacedAnnotation`. */
  readonly score: number;
}

export interface AnnotationListing {
  readonly report: string;
  readonly annotations: readonly ListedAnnotation[];
}

/**
 * The notes of a report, in the order of its text, orphans last.
 * @param sidecar text of the file beside the report, or `null` if there is none.
 * @returns with them `sidecar.newer`, if only what this version understands is listed.
 * @throws Problem `sidecar.damaged`.
 */
export function listAnnotations(
  report: string,
  text: string,
  sidecar: string | null,
): { readonly listing: AnnotationListing; readonly problem: ProblemReport | null } {
  const read = sidecar === null ? null : parseSidecar(sidecar, sidecarName(report));
  const lines = new LineIndex(text);
  const placed = (read?.sidecar ?? EMPTY_SIDECAR).annotations.map((annotation) => place(text, annotation));
  const annotations = placed
    .toSorted((a, b) => (a.span?.start ?? Infinity) - (b.span?.start ?? Infinity) || 0)
    .map(({ annotation, span, score }): ListedAnnotation => {
      const { id, part, anchor, body, kind, author, created, modified, resolved, replies } = annotation;
      const range = span && lines.rangeOf(span);
      const answers = replies.map((reply) => ({ id: reply.id, body: reply.body, author: reply.author }));
      const own = { id, part, quote: anchor.exact, body, kind, author, created, modified, resolved, replies: answers };
      return { ...own, range, orphan: span === null, score };
    });
  return { listing: { report, annotations }, problem: read?.problem ?? null };
}
