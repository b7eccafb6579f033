import { sayPhrase, type Phrase } from '../../src/core/explain/phrase';
import type { Span } from '../../src/core/text';
import { element } from '../shared/element';
import { t } from '../shared/host';
import { icon } from '../shared/icon';
import { linkButton } from '../shared/linkButton';
import { NoteEditor } from '../shared/noteEditor';
import { evidenceFigures } from './evidenceFigures';
import type { FindingItem } from './findingList';
import { shorten } from './noteCard';
import type { QuestionEvidence } from './questionEvidence';
import type { ReportContext } from './reportHost';

/** Characters of the answer's words on one line. */
const QUOTE_LENGTH = 90;
const QUOTES_SHOWN = 4;

export interface FindingActions {
  quote(span: Span): string;
  /** Shows words in the answer. */
  reveal(span: Span): void;
  /** Begins a note on words, or on the whole answer without any, with a text to go on from. */
  writeNote(span: Span | null, body: string): void;
}

/** What an open finding tells: why, the words of the answer, the evidence, and buttons for what can be done about it. */
export class FindingDetails {
  readonly element = element('div', { class: 'finding-details', hidden: true });
  private readonly content = element('div', { class: 'finding-content' });
  private readonly figures = element('div', { class: 'finding-figures', hidden: true });
  private editor: NoteEditor | null = null;
  private shown = '';

  constructor(
    private item: FindingItem,
    private readonly context: ReportContext,
    private readonly evidence: QuestionEvidence | null,
    private readonly actions: FindingActions & { focus(): void },
  ) {
    this.element.append(this.content, this.figures);
    const unsent = context.memory.get().texts[this.key];
    if (unsent !== undefined) this.startDismissal(unsent, false);
  }

  private get key(): string {
    return `dismiss:${this.item.id}`;
  }

  update(item: FindingItem): void {
    this.item = item;
    if (item.dismissed !== null) this.stopDismissal();
    this.show();
  }

  setOpen(isOpen: boolean): void {
    this.element.hidden = !isOpen;
    this.show();
  }

  private show(): void {
    if (this.element.hidden) return;
    const shown = JSON.stringify([this.item, this.hasFigure()]);
    if (shown === this.shown) return;
    this.shown = shown;
    const { mark, why, evidence, dismissed, id } = this.item;
    const detail = evidence === 'pending' ? null : (evidence ?? this.evidence?.outcomeOf(id))?.detail;
    this.content.replaceChildren(
      ...(dismissed === null ? [] : [this.reason(dismissed)]),
      ...(why && mark !== 'formula' ? [whyLine(why)] : []),
      ...this.quotes(),
      ...(detail ? [element('p', { class: 'finding-measured' }, sayPhrase(detail, t))] : []),
      this.buttons(),
    );
  }

  private reason(reason: string): HTMLElement {
    return element('p', { class: 'finding-reason' }, t('Dismissed: {reason}', { reason }));
  }

  private quotes(): HTMLElement[] {
    const { spans } = this.item;
    if (spans.length === 0) return [];
    const rows = spans.slice(0, QUOTES_SHOWN).map((span) => {
      const words = shorten(this.actions.quote(span).replace(/[*_`$]/g, ''), QUOTE_LENGTH);
      const show = element('button', { type: 'button', class: 'finding-quote', title: t('Show in the answer') });
      show.append(icon('arrow-left'), element('span', {}, t('“{words}”', { words })));
      show.setAttribute('aria-label', t('Show in the answer: {words}', { words }));
      show.addEventListener('click', () => this.actions.reveal(span));
      return element('li', {}, show);
    });
    const more = spans.length - rows.length;
    if (more > 0) rows.push(element('li', { class: 'finding-more' }, t('… and {count} more', { count: more })));
    return [element('ul', { class: 'finding-quotes', 'aria-label': t('Words of the answer') }, ...rows)];
  }

  private buttons(): HTMLElement {
    const { stance, dismissed, spans } = this.item;
    const note = linkButton('comment', t('Add Note'), () => this.actions.writeNote(spans[0] ?? null, this.noteText()));
    note.classList.add('writes');
    return element(
      'div',
      { class: 'finding-buttons' },
      this.hasFigure() && this.figureButton(),
      note,
      stance !== null && (dismissed === null ? this.dismissButton() : this.restoreButton()),
    );
  }

  private figureButton(): HTMLElement {
    const toggle = linkButton('graph', t('Show Evidence'), () => {
      this.figures.hidden = !this.figures.hidden;
      toggle.setAttribute('aria-expanded', String(!this.figures.hidden));
      const state = this.evidence?.state;
      if (this.evidence && state?.kind === 'found' && !this.figures.hidden)
        this.figures.replaceChildren(...evidenceFigures(state.result, this.evidence));
    });
    toggle.setAttribute('aria-expanded', String(!this.figures.hidden));
    return toggle;
  }

  private hasFigure(): boolean {
    return this.evidence?.outcomeOf(this.item.id) !== undefined;
  }

  private dismissButton(): HTMLElement {
    return linkButton('close', t('Dismiss'), () => this.startDismissal('', true));
  }

  private restoreButton(): HTMLElement {
    return linkButton('discard', t('Restore'), () => this.restore());
  }

  private noteText(): string {
    const { statement, why } = this.item;
    return `> ${statement}\n\n${why ? sayPhrase(why, t) : ''}`.trim();
  }

  private startDismissal(reason: string, focus: boolean): void {
    this.editor?.element.remove();
    this.editor = new NoteEditor({
      label: t('Why is this finding wrong?'),
      submitLabel: t('Dismiss'),
      body: reason,
      emptyProblem: 'dismissal.empty',
      submit: (written) => this.dismiss(written),
      cancel: () => {
        this.stopDismissal();
        this.element.querySelector<HTMLElement>('.finding-buttons button:last-child')?.focus();
      },
      changed: (written) => this.context.memory.setText(this.key, written),
    });
    this.content.classList.add('dismissing');
    this.content.after(this.editor.element);
    if (focus) this.editor.focus();
  }

  private stopDismissal(): void {
    if (!this.editor) return;
    this.context.memory.setText(this.key, null);
    this.editor.element.remove();
    this.editor = null;
    this.content.classList.remove('dismissing');
  }

  private async dismiss(reason: string): Promise<void> {
    const { id, stance } = this.item;
    if (stance === null) return;
    await this.context.rpc.call('dismissFinding', { claim: id, stance, reason });
    this.context.toast.show('close', t('Finding dismissed'), { label: t('Undo'), run: () => this.restore() });
  }

  private restore(): void {
    const { context, item } = this;
    const restored = context.rpc.call('restoreFinding', { claim: item.id });
    context.report(
      restored.then(() => {
        context.announcer.say(t('Finding restored'));
        if (document.hasFocus()) this.actions.focus();
      }),
    );
  }
}

function whyLine(why: Phrase): HTMLElement {
  return element('p', { class: 'finding-why' }, element('strong', {}, t('Why?')), ' ', sayPhrase(why, t));
}
