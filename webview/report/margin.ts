import type { Span } from '../../src/core/text';
import type { ShownAnnotation } from '../../src/protocol/reportView';
import { element } from '../shared/element';
import { t } from '../shared/host';
import { NoteCard } from './noteCard';
import type { ReportContext } from './reportHost';

const GAP = 12;
/** From the top of a note to the middle of its first line, in pixels. */
const FIRST_LINE = 12;

export interface MarginText {
  /** The middle of the first line of a span, in pixels of the view; `null` if it cannot be told. */
  lineOf(span: Span): number | null;
  /** Marks the words of a note, more strongly while it is active. */
  markNote(id: string, span: Span | null, isActive: boolean): void;
  locate(span: Span): void;
}

/** The notes of one part, each level with its words as far as those above leave room. Orphans follow the text. */
export class Margin {
  readonly element = element('div', { class: 'margin', role: 'group' });
  readonly orphans = element('div', { class: 'orphans', hidden: true });
  private readonly cards = new Map<string, NoteCard>();
  private spans = new Map<string, Span | null>();
  private draft: { element: HTMLElement; span: Span } | null = null;
  private waiting = false;
  private readonly resize = new ResizeObserver(() => this.layout());

  constructor(
    private readonly context: ReportContext,
    private readonly text: MarginText,
    textElement: HTMLElement,
    label: string,
  ) {
    this.element.setAttribute('aria-label', label);
    this.resize.observe(textElement);
    this.orphans.append(
      element('p', { class: 'orphans-title' }, t('Notes whose words are gone')),
      element(
        'p',
        { class: 'orphans-text' },
        t(
          'The words that these notes are about are no longer in the answer. They are kept here until you delete them.',
        ),
      ),
    );
  }

  /** Places the notes anew whenever this element changes its height. */
  follow(above: HTMLElement): void {
    this.resize.observe(above);
  }

  update(notes: readonly ShownAnnotation[]): void {
    const ids = new Set(notes.map(({ annotation }) => annotation.id));
    for (const [id, card] of this.cards) if (!ids.has(id)) this.drop(id, card);
    this.spans = new Map(notes.map(({ annotation, span }) => [annotation.id, span]));
    const inOrder = [...notes].sort((a, b) => (a.span?.start ?? Infinity) - (b.span?.start ?? Infinity));
    for (const note of inOrder) this.place(note);
    this.orphans.hidden = !notes.some(({ span }) => span === null);
    this.remark();
    this.layout();
  }

  /** Marks the words of all open notes anew, after the text was rendered. */
  remark(): void {
    for (const [id, card] of this.cards)
      this.text.markNote(id, card.isOpen ? (this.spans.get(id) ?? null) : null, false);
  }

  /** Shows the box of a new note level with its words; `null` takes it away. */
  setDraft(draft: { element: HTMLElement; span: Span } | null): void {
    if (this.draft && this.draft.element !== draft?.element) {
      this.resize.unobserve(this.draft.element);
      this.draft.element.remove();
    }
    this.draft = draft;
    if (draft) {
      // Moving an element takes its focus away, even when it is moved to where it is.
      if (draft.element.parentElement !== this.element) this.element.append(draft.element);
      this.resize.observe(draft.element);
    }
    this.layout();
  }

  card(id: string): NoteCard | undefined {
    return this.cards.get(id);
  }

  /** The shortest open note on a character, which is the innermost where notes overlap. */
  cardAt(offset: number): NoteCard | undefined {
    const hits = [...this.spans].filter(([, span]) => span !== null && span.start <= offset && offset < span.end);
    const size = (span: Span | null): number => (span ? span.end - span.start : 0);
    const [id] = hits.sort(([, a], [, b]) => size(a) - size(b))[0] ?? [];
    return id === undefined ? undefined : this.cards.get(id);
  }

  /** Once a frame at most. */
  layout(): void {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      this.layoutNow();
    });
  }

  dispose(): void {
    this.resize.disconnect();
    for (const id of this.cards.keys()) this.text.markNote(id, null, false);
  }

  private layoutNow(): void {
    const items = this.items();
    if (!this.element.isConnected || (items.length === 0 && this.element.style.minHeight === '')) return;
    this.element.style.minHeight = '';
    if (getComputedStyle(this.element).position !== 'relative') {
      for (const { element } of items) element.style.top = '';
      return;
    }
    const origin = this.element.getBoundingClientRect().top;
    const wanted = items.map(({ element, span }) => ({
      element,
      top: Math.max(0, (this.text.lineOf(span) ?? origin) - FIRST_LINE - origin),
      height: element.offsetHeight,
    }));
    let bottom = -GAP;
    for (const { element, top, height } of wanted.sort((a, b) => a.top - b.top)) {
      const at = Math.max(top, bottom + GAP);
      element.style.top = `${at}px`;
      bottom = at + height;
    }
    this.element.style.minHeight = wanted.length > 0 ? `${bottom}px` : '';
  }

  private items(): { element: HTMLElement; span: Span }[] {
    const items = [...this.cards].flatMap(([id, card]) => {
      const span = this.spans.get(id);
      return span ? [{ element: card.element, span }] : [];
    });
    return this.draft ? [...items, this.draft] : items;
  }

  private place(note: ShownAnnotation): void {
    const { id } = note.annotation;
    let card = this.cards.get(id);
    if (card) card.update(note);
    else {
      card = new NoteCard(note, this.context, {
        resized: () => this.resized(id),
        active: (isActive) => this.activate(id, isActive),
        locate: () => {
          const span = this.spans.get(id);
          if (span) this.text.locate(span);
        },
      });
      this.cards.set(id, card);
      this.resize.observe(card.element);
    }
    const home = note.span ? this.element : this.orphans;
    if (card.element.parentElement !== home) home.append(card.element);
  }

  private drop(id: string, card: NoteCard): void {
    this.resize.unobserve(card.element);
    const hadFocus = card.element.contains(document.activeElement);
    const next = card.element.nextElementSibling ?? card.element.previousElementSibling;
    card.element.remove();
    this.cards.delete(id);
    this.text.markNote(id, null, false);
    if (hadFocus && next instanceof HTMLElement) next.focus({ preventScroll: true });
  }

  private resized(id: string): void {
    const card = this.cards.get(id);
    if (card) this.text.markNote(id, card.isOpen ? (this.spans.get(id) ?? null) : null, false);
    this.layout();
  }

  private activate(id: string, isActive: boolean): void {
    const card = this.cards.get(id);
    if (!card) return;
    const stays = card.element.matches(':hover, :focus-within');
    card.element.classList.toggle('active', isActive || stays);
    this.text.markNote(id, card.isOpen ? (this.spans.get(id) ?? null) : null, isActive || stays);
  }
}
