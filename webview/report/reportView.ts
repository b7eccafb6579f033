import type { Annotation } from '../../src/core/annotation/annotation';
import { Problem } from '../../src/core/problem';
import type { FindingsUpdate } from '../../src/protocol/findingsView';
import type { PlaceInReport, ReportState } from '../../src/protocol/reportView';
import { emptyState, problemBanner } from '../shared/banner';
import { element } from '../shared/element';
import { t } from '../shared/host';
import { problemText } from '../shared/problemText';
import { ReportDocument } from './document';
import { FindingsStore } from './findingsStore';
import { FindingWalk } from './findingWalk';
import { listenToKeys } from './keyboard';
import { Navigation } from './navigation';
import { NewNote } from './newNote';
import { questionStates, reportModel, type ReportModel } from './partModel';
import { Reading } from './reading';
import { ReportHead } from './reportHead';
import type { PreparedNote } from './partView';
import type { ReportContext } from './reportHost';

/** The whole view of one report. */
export class ReportView {
  private readonly navigation: Navigation;
  private readonly scroller = element('main', { class: 'scroller' });
  private readonly document: ReportDocument;
  private readonly reading: Reading;
  private readonly newNote: NewNote;
  private readonly head: ReportHead;
  private readonly walk: FindingWalk;
  private readonly findings = new FindingsStore();
  private readonly banners = element('div', { class: 'banners' });
  private readonly frame: HTMLElement;
  private state: ReportState | undefined;
  private model: ReportModel | undefined;
  /** A note to focus as soon as it arrives. */
  private awaited: { part: string; note: string } | undefined;

  private wasRead = false;

  constructor(private readonly context: ReportContext) {
    this.navigation = new Navigation(
      (part) => this.showPart(part),
      (by) => this.reading.move(by),
    );
    this.document = new ReportDocument(
      context,
      { writeNote: (part, prepared) => this.noteOn(part, prepared) },
      this.scroller,
    );
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
    this.walk = new FindingWalk(context, this.reading, () => this.document.parts);
    this.head = new ReportHead(context, (mark) => this.walk.move(1, mark));
    this.scroller.append(this.banners, this.head.element, this.document.element, this.newNote.button);
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
      moveFinding: (by) => this.walk.move(by),
      focusFilter: () => this.navigation.focusFilter(),
      escape: () => this.escape(),
    });
  }

  /** Shows the report as it is now; what did not change keeps its place, focus and boxes. */
  update(state: ReportState): void {
    this.context.memory.open(state.uri);
    if (state.problem) return this.showProblem(state, state.problem);
    const isFirst = this.model === undefined;
    document.body.classList.toggle('notes-locked', state.notesProblem !== null);
    this.showBanners(state);
    const changed = this.show(state);
    if (!this.frame.isConnected)
      document.body.replaceChildren(this.frame, this.context.toast.element, this.context.announcer.element);
    if (isFirst) this.reading.restore();
    else this.reading.settle();
    this.newNote.restore();
    if (changed > 0)
      this.context.announcer.say(
        changed === 1 ? t('1 answer changed') : t('{count} answers changed', { count: changed }),
      );
    this.focusAwaited();
  }

  /** Shows what was found meanwhile, which leaves the answers as they are. */
  updateFindings(update: FindingsUpdate): void {
    const before = this.findings.reading.stage;
    this.findings.update(update);
    if (!this.state || this.state.problem) return;
    this.show(this.state);
    if (before === 'reading' && update.stage === 'read' && !this.wasRead) this.head.sayFindings();
    this.wasRead ||= update.stage === 'read';
  }

  /** Scrolls to a part, or to a note or finding of it, and focuses it. */
  reveal({ part, annotation, finding }: PlaceInReport): void {
    if (annotation !== null) {
      this.awaited = { part, note: annotation };
      if (this.focusAwaited()) return;
    }
    this.showPart(part);
    if (finding !== undefined && finding !== null) this.document.part(part)?.openFinding(finding);
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

  private noteOn(id: string, prepared?: PreparedNote): void {
    const part = this.document.part(id);
    if (part && prepared) this.newNote.startWith(part, prepared.span, prepared.body);
    else if (part) this.newNote.startOnPart(part);
  }

  /** How many answers changed. */
  private show(state: ReportState): number {
    const model = reportModel(state, this.findings.byPart);
    this.state = state;
    this.model = model;
    this.head.update(state, model, this.findings.reading);
    this.navigation.update(questionStates(model));
    return this.document.update(model);
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
    if (part && typeof offset === 'number') part.openAt(offset);
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

  private showBanners({ notesProblem }: ReportState): void {
    const reload = { label: t('Read Again'), run: () => this.context.report(this.context.rpc.call('reload', null)) };
    this.banners.replaceChildren(...(notesProblem ? [problemBanner(notesProblem, [reload])] : []));
  }
}
