/**
 * A person's note on a span of a report, after the W3C Web Annotation data model
 * (https://www.w3.org/TR/annotation-model/): a text quote selector with context, and a text position selector.
 */

/** Where a note stands: the words, what surrounds them, and where they were when last seen. */
export interface Anchor {
  /** The words themselves. */
  readonly exact: string;
  /** Up to 32 characters before and after them. */
  readonly prefix: string;
  readonly suffix: string;
  /** UTF-16 offsets in the source of the report, half-open. */
  readonly start: number;
  readonly end: number;
}

export interface Reply {
  readonly id: string;
  readonly body: string;
  readonly author: string;
  /** ISO 8601, UTC. */
  readonly created: string;
  readonly modified: string;
}

export interface Annotation {
  readonly id: string;
  /** Part of the assignment that the words belong to, or `null` outside every answer. */
  readonly part: string | null;
  readonly kind: 'note';
  readonly anchor: Anchor;
  /** Markdown. */
  readonly body: string;
  readonly author: string;
  /** ISO 8601, UTC. */
  readonly created: string;
  readonly modified: string;
  readonly resolved: boolean;
  readonly replies: readonly Reply[];
}

/** An annotation in the text as it is now. */
export interface PlacedAnnotation {
  readonly annotation: Annotation;
  /** Offsets in the text, or `null` for an orphan: its words are gone. Orphans are shown, never dropped. */
  readonly span: { readonly start: number; readonly end: number } | null;
  /** How alike the found words are to the quote, 0 to 1; 1 for an exact match. */
  readonly score: number;
}
