type Kind = 'note' | 'active' | 'draft';

const NAMES: Record<Kind, string> = { note: 'drylab-note', active: 'drylab-active', draft: 'drylab-draft' };

export interface Places {
  readonly ranges: readonly StaticRange[];
  readonly elements: readonly Element[];
}

/**
 * Marks the words of notes through the CSS Custom Highlight API, which leaves the document as it is; elements that
 * count as whole, such as formulas, get a class.
 */
export class Highlights {
  private readonly registered: Record<Kind, Highlight>;
  private readonly places: Record<Kind, Map<string, Places>> = { note: new Map(), active: new Map(), draft: new Map() };

  constructor() {
    const register = (kind: Kind, priority: number): Highlight => {
      const highlight = new Highlight();
      highlight.priority = priority;
      CSS.highlights.set(NAMES[kind], highlight);
      return highlight;
    };
    this.registered = { note: register('note', 0), draft: register('draft', 1), active: register('active', 2) };
  }

  /** Marks these places under a key, in place of what the key marked before; `null` unmarks. */
  mark(kind: Kind, key: string, places: Places | null): void {
    const before = this.places[kind].get(key);
    for (const range of before?.ranges ?? []) this.registered[kind].delete(range);
    this.places[kind].delete(key);
    if (places) {
      this.places[kind].set(key, places);
      for (const range of places.ranges) this.registered[kind].add(range);
    }
    for (const element of [...(before?.elements ?? []), ...(places?.elements ?? [])]) this.markElement(kind, element);
  }

  private markElement(kind: Kind, element: Element): void {
    const isMarked = [...this.places[kind].values()].some(({ elements }) => elements.includes(element));
    element.classList.toggle(NAMES[kind], isMarked);
  }
}
