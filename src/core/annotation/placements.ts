import type { Clock } from '../ports';
import type { Span } from '../text';
import { anchorAt, sameAnchor, trimSpan } from './anchor';
import type { Anchor, Annotation, PlacedAnnotation } from './annotation';
import { sharedPairs } from './likeness';
import { placeAll } from './placement';
import { inSlices } from './slices';
import { trackSpanThrough, type TextChange } from './tracking';

interface Placement {
  /** The anchor that the place was found by. */
  readonly anchor: Anchor;
  readonly span: Span | null;
  readonly score: number;
}

/** Words of which less than this is left, in pairs of letters, are no longer what the note is about. */
const LEAST_LEFT = 0.5;

/** Where the notes of one text stand while it is edited. Calls of `update` must not overlap. */
export class Placements {
  private readonly places = new Map<string, Placement>();
  /** Changes of the text since the running `update` began. */
  private arriving: TextChange[] = [];

  /** @param pause lets others run during long work. */
  constructor(
    private readonly clock: Clock,
    private readonly pause: () => Promise<void>,
  ) {}

  placed(notes: readonly Annotation[]): PlacedAnnotation[] {
    return notes.map((annotation) => {
      const { span, score } = this.places.get(annotation.id) ?? { span: null, score: 0 };
      return { annotation, span, score };
    });
  }

  /** Puts a note where a person just placed it. */
  set(id: string, anchor: Anchor): void {
    this.places.set(id, { anchor, span: { start: anchor.start, end: anchor.end }, score: 1 });
  }

  delete(id: string): void {
    this.places.delete(id);
  }

  /** Follows edits of the text, in the order in which they were made. */
  edited(changes: readonly TextChange[]): void {
    this.arriving.push(...changes);
    for (const [id, { anchor, span, score }] of this.places) {
      const tracked = span && trackSpanThrough(span, changes);
      if (tracked !== span) this.places.set(id, { anchor, span: tracked, score: tracked ? score : 0 });
    }
  }

  /**
   * Finds the notes that are new or have got another anchor, and forgets those that are gone.
   * @param again which notes to find anew: those that are `lost`, or `all` because the text is another one.
   */
  async update(text: string, notes: readonly Annotation[], again?: 'lost' | 'all'): Promise<void> {
    const ids = new Set(notes.map(({ id }) => id));
    for (const id of this.places.keys()) if (!ids.has(id)) this.places.delete(id);
    const sought = notes.filter(({ id, anchor }) => {
      const place = this.places.get(id);
      return !place || again === 'all' || (again === 'lost' && !place.span) || !sameAnchor(place.anchor, anchor);
    });
    const changes: TextChange[] = [];
    this.arriving = changes;
    for (const { annotation, span, score } of await inSlices(placeAll(text, sought), this.clock, this.pause)) {
      const now = span && trackSpanThrough(span, changes);
      this.places.set(annotation.id, { anchor: annotation.anchor, span: now, score: now ? score : 0 });
    }
  }

  /**
   * New anchors, by id, for the notes whose words or surroundings changed in the text as it is now. A note of whose
   * words too little is left loses its place and keeps its anchor.
   */
  refreshed(text: string, notes: readonly Annotation[]): Map<string, Anchor> {
    const anchors = new Map<string, Anchor>();
    for (const { id } of notes) {
      const place = this.places.get(id);
      const words = place?.span && trimSpan(text, place.span);
      if (!place?.span) continue;
      if (!words || sharedPairs(place.anchor.exact, text.slice(words.start, words.end)) < LEAST_LEFT) {
        this.places.set(id, { ...place, span: null, score: 0 });
        continue;
      }
      const anchor = anchorAt(text, words);
      if (sameAnchor(anchor, place.anchor)) continue;
      this.set(id, anchor);
      anchors.set(id, anchor);
    }
    return anchors;
  }
}
