import type { ReportWarning } from '../../src/core/report/report';
import type { ShownAnnotation } from '../../src/protocol/reportView';
import { button } from '../shared/button';
import { element } from '../shared/element';
import { t } from '../shared/host';
import { renderMarkdown } from '../shared/markdownView';
import { NoteCard } from './noteCard';
import { hasView, isSinglePart, type QuestionModel, type ReportModel } from './partModel';
import { PartView, warningLine, type PreparedNote } from './partView';
import { QuestionEvidence } from './questionEvidence';
import type { ReportContext } from './reportHost';

/** How far outside the view parts are rendered. */
const RENDER_MARGIN = '1200px 0px';
const GENERAL_WARNINGS_SHOWN = 5;

export interface DocumentEvents {
  writeNote(part: string, prepared?: PreparedNote): void;
}

/** All questions and their parts, in the order of the assignment; parts are rendered when they come near the view. */
export class ReportDocument {
  readonly element = element('div', { class: 'document' });
  parts: readonly PartView[] = [];
  private readonly byId = new Map<string, PartView>();
  private evidence: QuestionEvidence[] = [];
  private structure = '';
  private readonly warnings = element('div', { class: 'general-warnings' });
  private readonly strays = element('section', { class: 'strays', hidden: true });
  private readonly strayCards = new Map<string, NoteCard>();
  private readonly near: IntersectionObserver;

  constructor(
    private readonly context: ReportContext,
    private readonly events: DocumentEvents,
    scroller: HTMLElement,
  ) {
    this.near = new IntersectionObserver((entries) => this.renderNear(entries), {
      root: scroller,
      rootMargin: RENDER_MARGIN,
    });
    this.strays.append(
      element('h2', {}, t('Notes outside the answers')),
      element(
        'p',
        { class: 'orphans-text' },
        t(
          'The words that these notes are about are in no answer, or no longer in the report. They are kept here until you delete them.',
        ),
      ),
    );
  }

  /** How many answers changed; parts that did not are left alone. */
  update(model: ReportModel): number {
    const structure = JSON.stringify(
      model.questions.map(({ parts, prompt, title, experiment, id }) => [
        id,
        title,
        prompt,
        experiment,
        parts.map((part) => part.id),
      ]),
    );
    let changed = 0;
    if (structure === this.structure) {
      for (const part of model.questions.flatMap((question) => question.parts)) {
        if (this.byId.get(part.id)?.update(part)) changed++;
      }
    } else this.build(model, structure);
    this.showWarnings(model.warnings);
    this.showStrays(model.notes);
    return changed;
  }

  /** Another view found evidence. */
  evidenceFound(experiment: string): void {
    for (const evidence of this.evidence) if (evidence.experiment === experiment) evidence.reload();
  }

  part(id: string): PartView | undefined {
    return this.byId.get(id);
  }

  partAt(node: Node): PartView | undefined {
    const start = node instanceof Element ? node : node.parentElement;
    const found = start?.closest<HTMLElement>('.answer') && start.closest<HTMLElement>('[data-part]');
    return found ? this.byId.get(found.dataset['part'] ?? '') : undefined;
  }

  card(id: string): NoteCard | undefined {
    return this.strayCards.get(id) ?? this.parts.map((part) => part.margin.card(id)).find((card) => card !== undefined);
  }

  private build(model: ReportModel, structure: string): void {
    this.structure = structure;
    this.near.disconnect();
    for (const part of this.parts) part.dispose();
    this.byId.clear();
    this.evidence = [];
    const sections = model.questions.map((question) => this.question(question));
    this.parts = [...this.byId.values()];
    this.element.replaceChildren(this.warnings, ...sections, this.strays);
    for (const part of this.parts) this.near.observe(part.element);
  }

  private question(question: QuestionModel): HTMLElement {
    const title = element(
      'h2',
      {},
      element('span', { class: 'question-number' }, question.id),
      question.title || t('An answer to no question'),
    );
    const isSingle = isSinglePart(question);
    const run = hasView(question) && this.experimentButton(question);
    const prompt = element('div', { class: 'prompt-body markdown' });
    if (question.prompt !== '') prompt.append(renderMarkdown(question.prompt, this.context));
    const evidence = question.experiment ? new QuestionEvidence(this.context, question.id, question.experiment) : null;
    if (evidence) this.evidence.push(evidence);
    const parts = question.parts.map((part) => {
      const heading = isSingle ? title : element('h3', {}, partHeading(part.id));
      const view = new PartView(part, heading, this.context, this.events.writeNote, evidence);
      this.byId.set(part.id, view);
      return view.element;
    });
    const head = element(
      'header',
      { class: 'question-head' },
      !isSingle && title,
      question.prompt !== '' && prompt,
      run,
    );
    return element('section', { class: 'question' }, ...(head.hasChildNodes() ? [head] : []), ...parts);
  }

  private experimentButton(question: QuestionModel): HTMLElement {
    const isMap = question.experiment === 'attention-map';
    const label = isMap ? t('Show Attention Map') : t('Sample AE and VAE');
    const run = button(
      label,
      () => this.context.report(this.context.rpc.call('openExperimentView', { question: question.id })),
      {
        icon: isMap ? 'table' : 'symbol-color',
      },
    );
    run.classList.add('experiment');
    return run;
  }

  private showWarnings(warnings: readonly ReportWarning[]): void {
    const lines = warnings.slice(0, GENERAL_WARNINGS_SHOWN).map(warningLine);
    const more = warnings.length - lines.length;
    if (more > 0) lines.push(element('p', { class: 'warning-more' }, t('… and {count} more', { count: more })));
    this.warnings.replaceChildren(...lines);
  }

  private showStrays(notes: readonly ShownAnnotation[]): void {
    const ids = new Set(notes.map(({ annotation }) => annotation.id));
    for (const [id, card] of this.strayCards) {
      if (ids.has(id)) continue;
      card.element.remove();
      this.strayCards.delete(id);
    }
    for (const note of notes) {
      const known = this.strayCards.get(note.annotation.id);
      if (known) {
        known.update(note);
        continue;
      }
      const card = new NoteCard(note, this.context, {
        resized: () => undefined,
        active: () => undefined,
        locate: () => undefined,
      });
      this.strayCards.set(note.annotation.id, card);
      this.strays.append(card.element);
    }
    this.strays.hidden = notes.length === 0;
  }

  private renderNear(entries: readonly IntersectionObserverEntry[]): void {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting || !(target instanceof HTMLElement)) continue;
      this.near.unobserve(target);
      this.byId.get(target.dataset['part'] ?? '')?.render();
    }
  }
}

/** `7b` as `7 (b)`, the number quieter than the letter. */
function partHeading(id: string): HTMLElement {
  const [, question, letters] = /^(\d+)([a-z]+)$/i.exec(id) ?? [];
  if (question === undefined || letters === undefined) return element('span', {}, id);
  return element('span', {}, element('span', { class: 'part-question' }, `${question} `), `(${letters})`);
}
