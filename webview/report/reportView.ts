import type { Annotation } from '../../src/core/annotation/annotation';
import { Problem } from '../../src/core/problem';
import type { ReportState } from '../../src/protocol/reportView';
import { emptyState, problemBanner } from '../shared/banner';
import { element } from '../shared/element';
import { t } from '../shared/host';
import { problemText } from '../shared/problemText';
import { ReportDocument } from './document';
import { listenToKeys } from './keyboard';
import { Navigation } from './navigation';
import { NewNote } from './newNote';
import { questionStates, reportModel, type ReportModel } from './partModel';
import { Reading } from './reading';
import type { ReportContext } from './reportHost';

/** The whole view of one report. */
export class ReportView {
  private readonly navigation: Navigation;
  private readonly scroller = element('main', { class: 'scroller' });
  private readonly document: ReportDocument;
  private readonly reading: Reading;
  private readonly newNote: NewNote;
  private readonly title = element('header', { class: 'report-head' });
  private readonly banners = element('div', { class: 'banners' });
  private readonly frame: HTMLElement;
  private model: ReportModel | undefined;
  /** A note to focus as soon as it arrives. */
  private awaited: { part: string; note: string } | undefined;

  constructor(private readonly context: ReportContext) {
    this.navigation = new Navigation(
      (part) => this.showPart(part),
      (by) => this.reading.move(by),
    );
    this.document = new ReportDocument(context, { writeNote: (part) => this.noteOn(part) }, this.scroller);
    this.reading = new Reading(
      context,
      this.scroller,
      () => this.document.parts,
      (part) => this.navigation.setCurrent(part),
    );
    this.newNote = new NewNote(context, {
      partAt: (node) => this.document.partAt(node),
      part: (id) => this.document.part(id),
      stored: (note) => this.stored(note),
    });
    this.scroller.append(this.banners, this.title, this.document.element, this.newNote.button);
    this.frame = element(
      'div',
      { class: 'frame' },
      this.navigation.element,
      element('div', { class: 'content' }, this.navigation.bar, this.scroller),
    );
    this.scroller.addEventListener('click', (event) => this.onClick(event));
    new ResizeObserver(() => this.layoutMargins()).observe(this.scroller);
    listenToKeys({
      move: (by) => this.reading.move(by),
      openSource: () => this.openSource(),
      addNote: () => this.addNote(),
      focusFilter: () => this.navigation.focusFilter(),
      escape: () => this.escape(),
    });
  }

  /** Shows the report as it is now; what did not change keeps its place, focus and boxes. */
  update(state: ReportState): void {
    this.context.memory.open(state.uri);
    if (state.problem) return this.showProblem(state, state.problem);
    const isFirst = this.model === undefined;
    const model = reportModel(state);
    this.model = model;
    document.body.classList.toggle('notes-locked', state.notesProblem !== null);
    this.showHead(state, model);
    this.navigation.update(questionStates(model));
    if (!this.frame.isConnected)
      document.body.replaceChildren(this.frame, this.context.toast.element, this.context.announcer.element);
    const changed = this.document.update(model);
    if (isFirst) this.reading.restore();
    else this.reading.settle();
    this.newNote.restore();
    if (changed > 0)
      this.context.announcer.say(
        changed === 1 ? t('1 answer changed') : t('{count} answers changed', { count: changed }),
      );
    this.focusAwaited();
  }

  /** Scrolls to a part or to a note of it, and focuses it. */
  reveal(part: string, note: string | null): void {
    if (note !== null) {
      this.awaited = { part, note };
      if (this.focusAwaited()) return;
    }
    this.showPart(part);
  }

  evidenceFound(experiment: string): void {
    this.document.evidenceFound(experiment);
  }

  move(by: 1 | -1): void {
    this.reading.move(by);
  }

  /** Begins a note on the selected words, or asks to select some. */
  addNote(): void {
    if (document.body.classList.contains('notes-locked')) return;
    if (this.newNote.startOnSelection()) return;
    const focused = document.activeElement;
    const { part } = this.reading;
    if (part && focused === part.heading) return this.newNote.startOnPart(part);
    this.context.toast.show('info', problemText(new Problem('annotation.no-selection')));
  }

  private noteOn(id: string): void {
    const part = this.document.part(id);
    if (part) this.newNote.startOnPart(part);
  }

  private showPart(id: string): void {
    const part = this.document.part(id);
    if (part) this.reading.show(part);
  }

  private openSource(): void {
    const { part } = this.reading;
    if (part) this.context.revealInSource(part.id, null);
  }

  private escape(): void {
    if (this.navigation.close()) return;
    const selection = document.getSelection();
    if (selection && !selection.isCollapsed) return selection.removeAllRanges();
    this.context.toast.hide();
    this.reading.part?.focus();
  }

  private stored(note: Annotation): void {
    this.context.announcer.say(t('Note added'));
    this.awaited = { part: note.part ?? '', note: note.id };
    this.focusAwaited();
  }

  private focusAwaited(): boolean {
    if (!this.awaited) return false;
    this.document.part(this.awaited.part)?.render();
    const card = this.document.card(this.awaited.note);
    if (!card) return false;
    this.awaited = undefined;
    // The card finds its place beside the words in the next frame.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        card.element.scrollIntoView({ block: 'nearest' });
        card.focus();
      }),
    );
    return true;
  }

  private onClick(event: MouseEvent): void {
    const selection = document.getSelection();
    if (!(event.target instanceof Node) || (selection && !selection.isCollapsed)) return;
    const part = this.document.partAt(event.target);
    const caret = document.caretPositionFromPoint(event.clientX, event.clientY);
    const offset =
      part &&
      (part.answer.offsetAt(event.target, 0) ?? (caret && part.answer.offsetAt(caret.offsetNode, caret.offset)));
    if (part && typeof offset === 'number') part.margin.cardAt(offset)?.focus();
  }

  private layoutMargins(): void {
    for (const part of this.document.parts) part.margin.layout();
  }

  private showProblem(state: ReportState, problem: NonNullable<ReportState['problem']>): void {
    const title = t('{name} cannot be shown', { name: state.name });
    const reload = { label: t('Try Again'), run: () => this.context.report(this.context.rpc.call('reload', null)) };
    const page = element('main', { class: 'problem' }, emptyState('warning', title, problemText(problem), [reload]));
    document.body.replaceChildren(page, this.context.toast.element, this.context.announcer.element);
  }

  private showHead(state: ReportState, model: ReportModel): void {
    const parts = model.questions.flatMap((question) => question.parts);
    const answered = parts.filter((part) => part.state.answered).length;
    const notes = state.annotations.filter(({ annotation }) => !annotation.resolved).length;
    const facts = [
      state.assignment.title,
      t('{answered} of {count} parts answered', { answered, count: parts.length }),
      notes === 0 ? t('no notes yet') : notes === 1 ? t('1 open note') : t('{count} open notes', { count: notes }),
    ];
    this.title.replaceChildren(
      element('h1', {}, state.name),
      element('p', {}, facts.filter(Boolean).join(' · ')),
      keyHints(),
    );
    const reload = { label: t('Read Again'), run: () => this.context.report(this.context.rpc.call('reload', null)) };
    this.banners.replaceChildren(...(state.notesProblem ? [problemBanner(state.notesProblem, [reload])] : []));
  }
}

function keyHints(): HTMLElement {
  const hints: [string[], string][] = [
    [['J', 'K'], t('next, previous part')],
    [['O'], t('source')],
    [['N'], t('note on the selected words')],
    [['/'], t('filter')],
  ];
  return element(
    'p',
    { class: 'keys' },
    ...hints.map(([keys, does]) => element('span', {}, ...keys.map((key) => element('kbd', {}, key)), does)),
  );
}
