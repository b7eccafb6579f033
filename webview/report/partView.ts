import type { ReportWarning } from '../../src/core/report/report';
import type { Span } from '../../src/core/text';
import { element } from '../shared/element';
import { t } from '../shared/host';
import { icon, iconButton } from '../shared/icon';
import { renderMarkdown } from '../shared/markdownView';
import { partLabel } from '../shared/partLabel';
import { problemText } from '../shared/problemText';
import { stateWords } from '../shared/questionFilter';
import { AnswerView } from './answerView';
import { EvidenceBlock } from './evidenceBlock';
import { Margin } from './margin';
import { shorten } from './noteCard';
import type { PartModel } from './partModel';
import type { QuestionEvidence } from './questionEvidence';
import type { ReportContext } from './reportHost';

/** Warnings beyond these are counted, not shown: a file pasted many times over warns thousands of times. */
const WARNINGS_SHOWN = 3;

/**
 * One part: heading, prompt, the reader's warnings, the answer, and its notes beside it. Until it comes near the view,
 * it is a heading and reserved space.
 */
export class PartView {
  readonly element: HTMLElement;
  readonly answer: AnswerView;
  readonly margin: Margin;
  private readonly meta = element('span', { class: 'part-meta' });
  private readonly actions = element('div', { class: 'part-actions' });
  private readonly prompt = element('div', { class: 'prompt' });
  private readonly warnings = element('div', { class: 'part-warnings' });
  private readonly missing = element('p', { class: 'missing' });
  private readonly evidence: EvidenceBlock | null;
  private isRendered = false;
  private model: PartModel;

  constructor(
    model: PartModel,
    readonly heading: HTMLElement,
    private readonly context: ReportContext,
    private readonly writeNote: (part: string) => void,
    /** Of the question; `null` where it names no experiment. */
    evidence: QuestionEvidence | null,
  ) {
    this.model = model;
    const label = partLabel(model.id);
    this.answer = new AnswerView(context);
    this.answer.element.dataset['vscodeContext'] = JSON.stringify({ webviewSection: 'answer' });
    this.margin = new Margin(context, this, this.answer.element, t('Notes on {part}', { part: label }));
    this.evidence = evidence && new EvidenceBlock(evidence, model.id, model.claims);
    heading.id = `part-${model.id}`;
    heading.tabIndex = -1;
    const head = element('header', { class: 'part-head' }, heading, this.meta, this.actions);
    this.element = element(
      'article',
      { class: 'part', 'data-part': model.id, 'aria-labelledby': heading.id },
      element(
        'div',
        { class: 'part-text' },
        head,
        this.prompt,
        this.warnings,
        this.answer.element,
        this.missing,
        this.margin.orphans,
      ),
      element('div', { class: 'beside' }, this.evidence?.element, this.margin.element),
    );
    // What appears above the notes moves them away from their words.
    if (this.evidence) this.margin.follow(this.evidence.element);
    this.show(model, true);
  }

  get id(): string {
    return this.model.id;
  }

  /** Renders anew only what differs. */
  update(model: PartModel): boolean {
    const textChanged = model.answer?.text !== this.model.answer?.text;
    const before = this.model;
    this.model = model;
    if (textChanged || before.prompt !== model.prompt) this.show(model, textChanged);
    this.showState();
    if (!this.isRendered) return textChanged;
    if (JSON.stringify(before.warnings) !== JSON.stringify(model.warnings)) this.showWarnings();
    if (textChanged || JSON.stringify(before.notes) !== JSON.stringify(model.notes)) this.margin.update(model.notes);
    return textChanged;
  }

  /** Renders the part if it is not yet; whoever scrolls to it calls this first. */
  render(): void {
    if (this.isRendered) return;
    this.isRendered = true;
    this.showActions();
    this.showPrompt();
    this.showWarnings();
    this.answer.render(() => this.margin.remark());
    this.margin.update(this.model.notes);
    this.evidence?.load();
  }

  focus(): void {
    this.heading.focus({ preventScroll: true });
  }

  lineOf(span: Span): number | null {
    const rect = this.answer.rectOf(span);
    return rect && rect.top + rect.height / 2;
  }

  markNote(id: string, span: Span | null, isActive: boolean): void {
    const places = span && this.answer.placesOf(span);
    this.context.highlights.mark('note', id, places);
    this.context.highlights.mark('active', id, isActive ? places : null);
  }

  locate(span: Span): void {
    this.context.revealInSource(this.id, span);
  }

  dispose(): void {
    this.margin.dispose();
  }

  private show(model: PartModel, textChanged: boolean): void {
    if (textChanged) {
      this.answer.reserve(model.answer?.text ?? '');
      if (this.isRendered) this.answer.render(() => this.margin.remark());
    }
    if (this.isRendered) this.showPrompt();
    this.showState();
  }

  private showState(): void {
    const { state } = this.model;
    const words = stateWords(state);
    const shown = state.answered ? words.slice(1).filter((word) => word !== t('annotated')) : [t('empty')];
    this.meta.replaceChildren(icon(state.answered ? 'circle-large-filled' : 'circle-large-outline'), shown.join(' · '));
    const isMissing = !state.answered && this.model.warnings.every(({ code }) => code !== 'report.missing-part');
    this.missing.hidden = !isMissing;
    this.missing.textContent = isMissing
      ? t('Nothing is written here yet. Write the answer in the file below its number.')
      : '';
    this.element.classList.toggle('empty', !state.answered);
  }

  private showActions(): void {
    const part = this.id;
    const source = iconButton('go-to-file', t('Show in source'), () => this.context.revealInSource(part, null));
    const note = iconButton('comment', t('Add a note on the selected words, or on the whole answer'), () =>
      this.writeNote(part),
    );
    note.classList.add('writes');
    // A button that took the focus on press would lose the selection that it is about.
    note.addEventListener('pointerdown', (event) => event.preventDefault());
    this.actions.replaceChildren(...(this.model.state.answered ? [note] : []), source);
  }

  private showPrompt(): void {
    const { prompt, id } = this.model;
    if (prompt === '') return this.prompt.replaceChildren();
    const isFolded = this.context.memory.get().foldedPrompts.includes(id);
    const toggle = element('button', {
      type: 'button',
      class: 'prompt-toggle',
      'aria-expanded': !isFolded ? 'true' : 'false',
    });
    toggle.append(icon(isFolded ? 'chevron-right' : 'chevron-down'));
    toggle.setAttribute('aria-label', t('Question text of {part}', { part: partLabel(id) }));
    toggle.title = isFolded ? t('Show the question') : t('Fold the question');
    toggle.addEventListener('click', () => {
      this.context.memory.toggle('foldedPrompts', id, !isFolded);
      this.showPrompt();
      this.prompt.querySelector('button')?.focus();
      this.margin.layout();
    });
    const body = element('div', { class: 'prompt-body markdown' });
    if (isFolded) body.textContent = shorten(prompt.replace(/[*_`]/g, ''), 90);
    else body.append(renderMarkdown(prompt, this.context));
    this.prompt.replaceChildren(toggle, body);
  }

  private showWarnings(): void {
    const { warnings } = this.model;
    const lines = warnings.slice(0, WARNINGS_SHOWN).map(warningLine);
    const more = warnings.length - lines.length;
    if (more > 0)
      lines.push(element('p', { class: 'warning-more' }, t('… and {count} more of this kind', { count: more })));
    this.warnings.replaceChildren(...lines);
  }
}

export function warningLine(warning: ReportWarning): HTMLElement {
  return element('p', { class: 'warning' }, icon('warning', t('Warning')), element('span', {}, problemText(warning)));
}
