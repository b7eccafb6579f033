import type { Measurement } from '../../src/core/experiments/evidence';
import { sayPhrase } from '../../src/core/explain/phrase';
import { element } from '../shared/element';
import { outcomeMark } from '../shared/evidence/outcomeMark';
import { effectText, intervalText } from '../shared/evidence/outcomeText';
import { t } from '../shared/host';
import { icon } from '../shared/icon';
import { MARK_ICONS } from '../shared/mark';
import { renderMarkdown } from '../shared/markdownView';
import { markWord } from '../shared/markText';
import { FindingDetails, type FindingActions } from './findingDetails';
import type { FindingItem } from './findingList';
import type { QuestionEvidence } from './questionEvidence';
import type { ReportContext } from './reportHost';

export interface FindingCardEvents extends FindingActions {
  /** The pointer or the focus came to the finding, or left it. */
  point(): void;
}

/** One claim beside an answer: its verdict, the claim, what was measured; opened, why, where, and what can be done. */
export class FindingCard {
  readonly element: HTMLElement;
  private readonly head = element('button', { type: 'button', class: 'finding-head' });
  private readonly statement = element('div', { class: 'finding-statement markdown' });
  /** Of a formula, which says nothing without it. */
  private readonly message = element('p', { class: 'finding-message', hidden: true });
  private readonly details: FindingDetails;
  private shown = '';

  constructor(
    private item: FindingItem,
    private readonly context: ReportContext,
    private readonly evidence: QuestionEvidence | null,
    events: FindingCardEvents,
  ) {
    this.details = new FindingDetails(item, context, evidence, { ...events, focus: () => this.focus() });
    this.statement.id = `claim-${item.id}`;
    this.details.element.id = `details-${item.id}`;
    this.head.setAttribute('aria-describedby', this.statement.id);
    this.head.setAttribute('aria-controls', this.details.element.id);
    this.element = element(
      'li',
      { 'data-claim': item.id },
      this.head,
      this.statement,
      this.message,
      this.details.element,
    );
    for (const part of [this.head, this.statement]) part.addEventListener('click', () => this.toggle());
    for (const type of ['pointerenter', 'pointerleave', 'focusin', 'focusout'])
      this.element.addEventListener(type, () => events.point());
    this.update(item);
  }

  get id(): string {
    return this.item.id;
  }

  /** A form that is open stays open, with what is written in it. */
  update(item: FindingItem): void {
    this.item = item;
    const shown = JSON.stringify([item, this.measurement()]);
    if (shown !== this.shown) {
      this.shown = shown;
      this.element.className = `finding finding-${item.mark ?? 'unread'}`;
      this.element.classList.toggle('finding-quiet', isQuiet(item));
      this.statement.replaceChildren(renderMarkdown(item.statement, this.context));
      this.message.hidden = item.mark !== 'formula';
      this.message.textContent = item.mark === 'formula' && item.why ? sayPhrase(item.why, t) : '';
      this.showHead();
    }
    this.details.update(item);
    this.showFold();
  }

  focus(): void {
    this.head.focus({ preventScroll: true });
  }

  open(): void {
    if (!this.isOpen) this.toggle();
  }

  private get isOpen(): boolean {
    return this.context.memory.get().unfoldedFindings.includes(this.id);
  }

  private toggle(): void {
    const selection = document.getSelection();
    if (selection && !selection.isCollapsed && this.statement.contains(selection.anchorNode)) return;
    this.context.memory.toggle('unfoldedFindings', this.id, !this.isOpen);
    this.showFold();
  }

  private showFold(): void {
    const { isOpen } = this;
    this.head.setAttribute('aria-expanded', String(isOpen));
    this.element.classList.toggle('open', isOpen);
    this.details.setOpen(isOpen);
  }

  private showHead(): void {
    const measured = this.measurement();
    const effect = element('span', { class: 'finding-effect' }, this.effectWords(measured));
    this.head.replaceChildren(this.markElement(), effect, icon('chevron-down'));
  }

  private markElement(): HTMLElement {
    const { mark, id } = this.item;
    if (mark !== null) return element('span', { class: `mark mark-${mark}` }, icon(MARK_ICONS[mark]), markWord(mark));
    const outcome = this.evidence?.outcomeOf(id);
    if (outcome) return outcomeMark(outcome.outcome);
    return element('span', { class: 'mark mark-unread' }, icon('circle-small'), t('not checked'));
  }

  /** What is told beside the verdict: of a claim that the answer does not make, nothing. */
  private effectWords(measured: Measurement | null): string {
    const { mark } = this.item;
    if (isUnmeasured(this.item)) return t('not measured yet');
    if (!measured || mark === 'missing' || mark === 'not-mentioned') return '';
    const interval = intervalText(measured);
    return interval === null ? effectText(measured) : `${effectText(measured)} (${interval})`;
  }

  private measurement(): Measurement | null {
    const { mark, evidence, id } = this.item;
    if (mark === null) return this.evidence?.outcomeOf(id) ?? null;
    return evidence === 'pending' ? null : evidence;
  }
}

/** What asks for no attention: one line of it is enough until somebody wants to know. */
function isQuiet(item: FindingItem): boolean {
  const { mark } = item;
  if (mark === 'unverified') return isUnmeasured(item);
  return mark === null || mark === 'supported' || mark === 'stated' || mark === 'not-mentioned';
}

/** Of what is not said, or not surely, no measurement decides anything. */
function isUnmeasured({ mark, evidence, stance }: FindingItem): boolean {
  return mark === 'unverified' && evidence === 'pending' && stance !== 'silent';
}
