import type { ReportWarning } from '../../src/core/report/report';
import type { Span } from '../../src/core/text';
import { element } from '../shared/element';
import { t } from '../shared/host';
import { icon, iconButton } from '../shared/icon';
import { renderMarkdown } from '../shared/markdownView';
import { partLabel } from '../shared/partLabel';
import { problemText } from '../shared/problemText';
import { pointsWords } from '../shared/pointsWords';
import { answerWords } from '../shared/questionFilter';
import { AnswerView } from './answerView';
import { FindingCard } from './findingCard';
import { findingList, NO_FINDINGS, type FindingList } from './findingList';
import { FindingMarks } from './findingMarks';
import { FindingsBlock } from './findingsBlock';
import { Margin } from './margin';
import { shorten } from './noteCard';
import type { PartModel } from './partModel';
import type { QuestionEvidence } from './questionEvidence';
import type { ReportContext } from './reportHost';
import { itemsAt } from './underlines';

/** A note to go on from: on words, or on the whole answer. */
export interface PreparedNote {
  readonly span: Span | null;
  readonly body: string;
}

/** Warnings beyond these are counted, not shown: a file pasted many times over warns thousands of times. */
const WARNINGS_SHOWN = 3;
/** Of the height of the view, where words are scrolled to. */
const REVEALED_AT = 0.3;

/**
 * One part: heading, prompt, the reader's warnings, the answer, and its notes beside it. Until it comes near the view,
 * it is a heading and reserved space.
 */
export class PartView {
  readonly element: HTMLElement;
  readonly answer: AnswerView;
  readonly margin: Margin;
  readonly findings: FindingsBlock;
  private readonly meta = element('span', { class: 'part-meta' });
  private readonly actions = element('div', { class: 'part-actions' });
  private readonly prompt = element('div', { class: 'prompt' });
  private readonly warnings = element('div', { class: 'part-warnings' });
  private readonly missing = element('p', { class: 'missing' });
  private readonly marks: FindingMarks;
  private list: FindingList = NO_FINDINGS;
  private isRendered = false;
  private model: PartModel;

  constructor(
    model: PartModel,
    readonly heading: HTMLElement,
    private readonly context: ReportContext,
    private readonly writeNote: (part: string, prepared?: PreparedNote) => void,
    /** Of the question; `null` where it names no experiment. */
    evidence: QuestionEvidence | null,
  ) {
    this.model = model;
    const label = partLabel(model.id);
    this.answer = new AnswerView(context);
    this.answer.element.dataset['vscodeContext'] = JSON.stringify({ webviewSection: 'answer' });
    this.margin = new Margin(context, this, this.answer.element, t('Notes on {part}', { part: label }));
    this.marks = new FindingMarks(context.highlights, this.answer, model.id);
    this.findings = this.makeFindings(evidence);
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
      element('div', { class: 'beside' }, this.findings.element, this.margin.element),
    );
    // What appears above the notes moves them away from their words.
    this.margin.follow(this.findings.element);
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
    if (textChanged || before.findings !== model.findings || before.claims !== model.claims) this.showFindings();
    return textChanged;
  }

  /** Renders the part if it is not yet; whoever scrolls to it calls this first. */
  render(): void {
    if (this.isRendered) return;
    this.isRendered = true;
    this.showActions();
    this.showPrompt();
    this.showWarnings();
    this.answer.render(() => this.remark());
    this.margin.update(this.model.notes);
    this.findings.load();
    this.showFindings();
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

  /** Shows words in the answer. */
  reveal(span: Span): void {
    this.render();
    const scroller = this.element.closest('.scroller');
    const rect = this.answer.rectOf(span);
    if (!scroller || !rect) return;
    const view = scroller.getBoundingClientRect();
    if (rect.top < view.top || rect.bottom > view.bottom)
      scroller.scrollBy({ top: rect.top - view.top - view.height * REVEALED_AT });
    this.marks.flash(span);
  }

  /** Opens what is said about a character: the notes and findings on it in turn, the one with the fewest words first. */
  openAt(offset: number): void {
    const note = this.margin.cardAt(offset);
    const findings = itemsAt(this.list.items, offset).flatMap((id) => this.findings.card(id) ?? []);
    const cards = [...(note ? [note] : []), ...findings];
    const at = cards.findIndex(({ element }) => element.contains(document.activeElement));
    const next = cards[(at + 1) % cards.length];
    if (next instanceof FindingCard) return this.openFinding(next.id);
    next?.focus();
  }

  /** Opens a finding and shows it; nothing happens when there is no such finding any more. */
  openFinding(id: string): void {
    const card = this.findings.card(id);
    if (!card) return;
    card.open();
    card.focus();
    card.element.scrollIntoView({ block: 'nearest' });
  }

  dispose(): void {
    this.marks.dispose();
    this.margin.dispose();
  }

  private makeFindings(evidence: QuestionEvidence | null): FindingsBlock {
    const { id } = this.model;
    return new FindingsBlock(this.context, id, evidence, {
      point: (finding) => this.marks.point(finding),
      quote: (span) => this.answer.quote(span),
      reveal: (span) => this.reveal(span),
      writeNote: (span, body) => this.writeNote(id, { span, body }),
    });
  }

  private showFindings(): void {
    const { claims, findings, answer } = this.model;
    this.list = findingList(claims, findings, answer?.text ?? '');
    this.findings.update(this.list);
    this.answer.element.setAttribute('aria-describedby', this.findings.summaryId);
    this.marks.show(this.list.items);
  }

  /** Marks all words anew, after more of the text was rendered. */
  private remark(): void {
    this.margin.remark();
    this.marks.remark();
  }

  private show(model: PartModel, textChanged: boolean): void {
    if (textChanged) {
      this.answer.reserve(model.answer?.text ?? '');
      if (this.isRendered) this.answer.render(() => this.remark());
    }
    if (this.isRendered) this.showPrompt();
    this.showState();
  }

  private showState(): void {
    const { state, claims } = this.model;
    const words = answerWords(state);
    const shown = state.answered ? words.slice(1).filter((word) => word !== t('annotated')) : [t('empty')];
    if (state.findings && claims.length > 0) shown.push(pointsWords(state.findings));
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
