import type { ShownAnnotation } from '../../src/protocol/reportView';
import { element } from '../shared/element';
import { t } from '../shared/host';
import { icon, iconButton } from '../shared/icon';
import { NoteEditor } from '../shared/noteEditor';
import { Remark } from './remark';
import type { ReportContext } from './reportHost';

export interface NoteCardEvents {
  resized(): void;
  /** The pointer or the focus is on the note, or left it. */
  active(isActive: boolean): void;
  /** The note asks for the place that it is about. */
  locate(): void;
}

/** A note beside the text: its own words, its replies, and a box for a new one. A resolved note is one line until opened. */
export class NoteCard {
  readonly element: HTMLElement;
  private readonly fold = element('button', { type: 'button', class: 'note-fold', hidden: true });
  private readonly quote = element('blockquote', { class: 'note-quote' });
  private readonly content = element('div', { class: 'note-content' });
  private readonly remark: Remark;
  private readonly replies = new Map<string, Remark>();
  private readonly replyList = element('div', { class: 'replies' });
  private readonly resolveButton: HTMLButtonElement;
  private replyEditor: NoteEditor | null = null;

  constructor(
    private note: ShownAnnotation,
    private readonly context: ReportContext,
    private readonly events: NoteCardEvents,
  ) {
    const { annotation } = note;
    this.resolveButton = iconButton('check', t('Resolve'), () => this.resolve());
    this.remark = new Remark(annotation, context, this.noteActions(), [
      iconButton('reply', t('Reply'), () => this.startReply('')),
      this.resolveButton,
    ]);
    this.content.append(this.quote, this.remark.element, this.replyList);
    this.element = element(
      'article',
      { class: 'note', tabindex: -1, 'data-note': annotation.id },
      this.fold,
      this.content,
    );
    this.fold.addEventListener('click', () => this.toggle());
    this.element.addEventListener('pointerenter', () => events.active(true));
    this.element.addEventListener('pointerleave', () => events.active(false));
    this.element.addEventListener('focusin', () => events.active(true));
    this.element.addEventListener('focusout', () => events.active(false));
    this.quote.addEventListener('click', () => events.locate());
    this.update(note);
    const unsent = context.memory.get().texts[`reply:${annotation.id}`];
    if (unsent !== undefined) this.startReply(unsent, false);
  }

  get id(): string {
    return this.note.annotation.id;
  }

  /** Whether its words are to be marked in the text. */
  get isOpen(): boolean {
    return !this.note.annotation.resolved || !this.isFolded;
  }

  /** Boxes that are open stay open, with what is written in them. */
  update(note: ShownAnnotation): void {
    this.note = note;
    const { annotation } = note;
    this.element.setAttribute(
      'aria-label',
      t('Note by {author} on “{words}”', { author: annotation.author, words: shorten(annotation.anchor.exact, 60) }),
    );
    this.quote.textContent = shorten(annotation.anchor.exact, 160);
    this.element.classList.toggle('orphan', note.span === null);
    this.element.classList.toggle('resolved', annotation.resolved);
    this.resolveButton.replaceChildren(icon(annotation.resolved ? 'issue-reopened' : 'check'));
    this.resolveButton.title = annotation.resolved ? t('Reopen') : t('Resolve');
    this.resolveButton.setAttribute('aria-label', this.resolveButton.title);
    this.remark.update(annotation);
    this.updateReplies();
    this.showFold();
  }

  focus(): void {
    if (this.note.annotation.resolved && this.isFolded) this.toggle();
    this.element.focus({ preventScroll: true });
  }

  private get isFolded(): boolean {
    return !this.context.memory.get().unfoldedNotes.includes(this.id);
  }

  private updateReplies(): void {
    const { replies } = this.note.annotation;
    const ids = new Set(replies.map(({ id }) => id));
    for (const [id, remark] of this.replies) {
      if (ids.has(id)) continue;
      remark.element.remove();
      this.replies.delete(id);
    }
    for (const reply of replies) {
      const known = this.replies.get(reply.id);
      if (known) known.update(reply);
      else {
        const remark = new Remark(reply, this.context, this.replyActions(reply.id));
        this.replies.set(reply.id, remark);
        this.replyList.append(remark.element);
      }
    }
  }

  private showFold(): void {
    const { annotation } = this.note;
    const folded = annotation.resolved && this.isFolded;
    this.fold.hidden = !annotation.resolved;
    this.fold.setAttribute('aria-expanded', String(!folded));
    this.fold.replaceChildren(
      icon('pass'),
      element('span', { class: 'fold-word' }, t('Resolved')),
      element('span', { class: 'fold-text' }, folded ? shorten(annotation.body, 80) : ''),
      icon(folded ? 'chevron-right' : 'chevron-down'),
    );
    this.content.hidden = folded;
    this.events.resized();
  }

  private toggle(): void {
    this.context.memory.toggle('unfoldedNotes', this.id, this.isFolded);
    this.showFold();
  }

  private resolve(): void {
    const resolved = !this.note.annotation.resolved;
    const { rpc, announcer } = this.context;
    const call = rpc.call('resolveAnnotation', { id: this.id, resolved });
    this.context.report(call.then(() => announcer.say(resolved ? t('Note resolved') : t('Note reopened'))));
  }

  private noteActions(): ConstructorParameters<typeof Remark>[2] {
    return {
      edit: (body) => this.context.rpc.call('editAnnotation', { id: this.id, body }),
      remove: () => this.remove(this.context.rpc.call('deleteAnnotation', { id: this.id }), t('Note deleted')),
      resized: () => this.events.resized(),
    };
  }

  private replyActions(reply: string): ConstructorParameters<typeof Remark>[2] {
    return {
      edit: (body) => this.context.rpc.call('editReply', { id: this.id, reply, body }),
      remove: () => this.remove(this.context.rpc.call('deleteReply', { id: this.id, reply }), t('Reply deleted')),
      resized: () => this.events.resized(),
    };
  }

  private async remove(call: Promise<void>, message: string): Promise<void> {
    await call;
    const { context } = this;
    const undo = (): void => context.report(context.rpc.call('undoDelete', null));
    context.toast.show('trash', message, { label: t('Undo'), run: undo });
  }

  private startReply(text: string, focus = true): void {
    this.stopReply();
    const key = `reply:${this.id}`;
    this.replyEditor = new NoteEditor({
      label: t('Reply'),
      submitLabel: t('Reply'),
      body: text,
      submit: async (body) => {
        await this.context.rpc.call('addReply', { id: this.id, body });
        this.context.memory.setText(key, null);
        this.stopReply();
        this.focus();
      },
      cancel: () => {
        this.context.memory.setText(key, null);
        this.stopReply();
        this.focus();
      },
      changed: (body) => this.context.memory.setText(key, body),
    });
    this.content.append(this.replyEditor.element);
    this.events.resized();
    if (focus) this.replyEditor.focus();
  }

  private stopReply(): void {
    this.replyEditor?.element.remove();
    this.replyEditor = null;
    this.events.resized();
  }
}

/** At most `length` characters on one line, cut at a word. */
export function shorten(text: string, length: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= length) return line;
  return `${line.slice(0, length).replace(/\s+\S*$/, '')}…`;
}
