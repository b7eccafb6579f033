import type { Annotation } from '../../src/core/annotation/annotation';
import type { Span } from '../../src/core/text';
import { button } from '../shared/button';
import { element } from '../shared/element';
import { t } from '../shared/host';
import { NoteEditor } from '../shared/noteEditor';
import { locateWords } from './locateWords';
import type { Draft } from './memory';
import type { PartView } from './partView';
import type { ReportContext } from './reportHost';

export interface Parts {
  /** The part that a node stands in. */
  partAt(node: Node): PartView | undefined;
  part(id: string): PartView | undefined;
  /** Called with a note that was stored, so that it can be focused when it arrives. */
  stored(note: Annotation): void;
}

/** Writing a new note: the button near a selection, and the box in the margin that follows. */
export class NewNote {
  /** To be placed in the scrolled content, so that it moves with the words. */
  readonly button: HTMLElement;
  private selected: { part: PartView; span: Span } | null = null;
  private editor: NoteEditor | null = null;
  private home: PartView | undefined;

  constructor(
    private readonly context: ReportContext,
    private readonly parts: Parts,
  ) {
    const add = button(t('Add Note'), () => this.startOnSelection(), { icon: 'comment' });
    add.title = t('Add a note on the selected words (N)');
    this.button = element('div', { class: 'selection-button writes', hidden: true }, add);
    // Pressing it must not take the selection away.
    this.button.addEventListener('pointerdown', (event) => event.preventDefault());
    document.addEventListener('selectionchange', () => this.follow());
  }

  /** Opens the box for the selected words; `false` without any. */
  startOnSelection(): boolean {
    if (!this.selected) return false;
    const { part, span } = this.selected;
    document.getSelection()?.removeAllRanges();
    this.start(part, span);
    return true;
  }

  /** For a part as a whole, when no words of it are selected. */
  startOnPart(part: PartView): void {
    if (this.selected?.part === part && this.startOnSelection()) return;
    const span = part.answer.wholeSpan();
    if (span.start < span.end) this.start(part, span);
  }

  /** With a text to begin with, unless something is being written already. */
  startWith(part: PartView, span: Span | null, body: string): void {
    this.start(part, span ?? part.answer.wholeSpan(), body);
  }

  /** Opens the box that was open before a reload, or follows its words through a change of the text. */
  restore(): void {
    const { draft } = this.context.memory.get();
    if (!draft) return;
    const part = this.parts.part(draft.part);
    if (!part) return;
    part.render();
    const text = part.answer.quote({ start: 0, end: Infinity });
    const moved = { ...draft, span: locateWords(text, draft.span, draft.exact) ?? draft.span };
    this.context.memory.set({ draft: moved });
    this.show(part, moved);
  }

  private start(part: PartView, span: Span, proposed = ''): void {
    const body = this.editor?.body.trim() ? this.editor.body : proposed;
    const draft: Draft = { part: part.id, span, body, exact: part.answer.quote(span) };
    this.context.memory.set({ draft });
    this.show(part, draft);
    this.editor?.setBody(body);
    this.editor?.focus();
  }

  private show(part: PartView, draft: Draft): void {
    if (this.home !== part) this.home?.margin.setDraft(null);
    this.home = part;
    this.editor ??= this.makeEditor(draft.body);
    this.context.highlights.mark('draft', 'draft', part.answer.placesOf(draft.span));
    part.margin.setDraft({ element: this.editor.element, span: draft.span });
  }

  private makeEditor(body: string): NoteEditor {
    const editor = new NoteEditor({
      label: t('Write a note on the marked words'),
      submitLabel: t('Add Note'),
      body: '',
      submit: async (text) => {
        const { draft } = this.context.memory.get();
        if (!draft) return;
        const note = await this.context.rpc.call('addAnnotation', { part: draft.part, span: draft.span, body: text });
        this.close();
        this.parts.stored(note);
      },
      cancel: () => {
        const { home } = this;
        this.close();
        home?.focus();
      },
      changed: (text) => {
        const { draft } = this.context.memory.get();
        if (draft) this.context.memory.set({ draft: { ...draft, body: text } });
      },
    });
    editor.setBody(body);
    editor.element.classList.add('new-note');
    return editor;
  }

  private close(): void {
    this.context.memory.set({ draft: null });
    this.context.highlights.mark('draft', 'draft', null);
    this.home?.margin.setDraft(null);
    this.home = undefined;
    this.editor = null;
  }

  /** Shows the button at the end of the selection. */
  private follow(): void {
    const selection = document.getSelection();
    const range = selection && selection.rangeCount > 0 && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    const part = range ? this.parts.partAt(range.startContainer) : undefined;
    const span = range && part ? part.answer.spanOf(range) : null;
    this.selected = part && span ? { part, span } : null;
    this.button.hidden = this.selected === null;
    if (!range || !this.selected) return;
    const parent = this.button.offsetParent;
    const rect = [...range.getClientRects()].at(-1) ?? range.getBoundingClientRect();
    if (!parent) return;
    const origin = parent.getBoundingClientRect();
    const left = Math.min(rect.right - origin.left, parent.clientWidth - this.button.offsetWidth - 8);
    this.button.style.left = `${Math.max(8, left)}px`;
    this.button.style.top = `${rect.bottom - origin.top + parent.scrollTop + 6}px`;
  }
}
