import { MARKS, type Mark } from '../shared/mark';

/** `finding` is the one that the reader points at; `flash` shows for a moment where it is. */
export type HighlightKind = 'note' | 'draft' | 'active' | 'finding' | 'flash' | Mark;

/** From the lowest on. */
const KINDS: readonly HighlightKind[] = [...MARKS.toReversed(), 'note', 'draft', 'finding', 'active', 'flash'];

export interface Places {
  readonly ranges: readonly StaticRange[];
  readonly elements: readonly Element[];
}

interface Registered {
  readonly highlight: Highlight;
  readonly places: Map<string, Places>;
}

/**
 * Marks words through the CSS Custom Highlight API, which leaves the document as it is; elements that count as whole,
 * such as formulas, get a class. Both are named after the kind, as in `drylab-note`.
 */
export class Highlights {
  private readonly registered = new Map<HighlightKind, Registered>();

  constructor() {
    for (const [priority, kind] of KINDS.entries()) {
      const highlight = new Highlight();
      highlight.priority = priority;
      CSS.highlights.set(nameOf(kind), highlight);
      this.registered.set(kind, { highlight, places: new Map() });
    }
  }

  /** Marks these places under a key, in place of what the key marked before; `null` unmarks. */
  mark(kind: HighlightKind, key: string, marked: Places | null): void {
    const registered = this.registered.get(kind);
    if (!registered) return;
    const { highlight, places } = registered;
    const before = places.get(key);
    for (const range of before?.ranges ?? []) highlight.delete(range);
    places.delete(key);
    if (marked) {
      places.set(key, marked);
      for (const range of marked.ranges) highlight.add(range);
    }
    for (const element of [...(before?.elements ?? []), ...(marked?.elements ?? [])]) {
      const isMarked = [...places.values()].some(({ elements }) => elements.includes(element));
      element.classList.toggle(nameOf(kind), isMarked);
    }
  }
}

function nameOf(kind: HighlightKind): string {
  return `drylab-${kind}`;
}
