import type { Span } from '../../src/core/text';
import { savedState, saveState } from '../shared/host';

/** A note that is being written. */
export interface Draft {
  readonly body: string;
  readonly part: string;
  readonly span: Span;
  /** The words, to find them again when the text has changed. */
  readonly exact: string;
}

/** What a reload of the window must not lose. `uri` tells the extension which report to open again. */
export interface ReportMemory {
  uri: string | null;
  part: string | null;
  /** Pixels from the top of the part to the top of the view. */
  offset: number;
  foldedPrompts: string[];
  unfoldedNotes: string[];
  /** Findings that are open, and groups of them, by id. */
  unfoldedFindings: string[];
  draft: Draft | null;
  /** Unsent replies and edits by the id of what they belong to. */
  texts: Record<string, string>;
}

const EMPTY: ReportMemory = {
  uri: null,
  part: null,
  offset: 0,
  foldedPrompts: [],
  unfoldedNotes: [],
  unfoldedFindings: [],
  draft: null,
  texts: {},
};

const SAVE_DELAY = 150;

/** Keeps the view's memory with VS Code; changes are gathered before they are stored. */
export class Memory {
  private readonly state: ReportMemory;
  private timer: number | undefined;

  constructor() {
    this.state = { ...EMPTY, ...savedState<ReportMemory>() };
    window.addEventListener('pagehide', () => this.flush());
    document.addEventListener('visibilitychange', () => this.flush());
  }

  get(): Readonly<ReportMemory> {
    return this.state;
  }

  set(change: Partial<ReportMemory>): void {
    Object.assign(this.state, change);
    this.timer ??= window.setTimeout(() => this.flush(), SAVE_DELAY);
  }

  /** Another report starts with a clean memory. */
  open(uri: string): void {
    if (this.state.uri === uri) return;
    const isOther = this.state.uri !== null;
    this.set({ ...(isOther && EMPTY), uri });
  }

  /** Takes the part that the extension has seen last, when it is another one. */
  recall(uri: string, part: string | null): void {
    this.open(uri);
    if (part !== null && part !== this.state.part) this.set({ part, offset: 0 });
  }

  setText(key: string, text: string | null): void {
    const others = Object.entries(this.state.texts).filter(([other]) => other !== key);
    const texts = Object.fromEntries(text === null ? others : [...others, [key, text]]);
    this.set({ texts });
  }

  toggle(list: 'foldedPrompts' | 'unfoldedNotes' | 'unfoldedFindings', id: string, on: boolean): void {
    const others = this.state[list].filter((other) => other !== id);
    this.set({ [list]: on ? [...others, id] : others });
  }

  private flush(): void {
    if (this.timer === undefined) return;
    window.clearTimeout(this.timer);
    this.timer = undefined;
    saveState(this.state);
  }
}
