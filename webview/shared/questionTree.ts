import type { QuestionState } from '../../src/protocol/questionsView';
import { element } from './element';
import { t } from './host';
import { icon } from './icon';
import { partMarks } from './partMarks';
import { partLabel } from './partLabel';
import { matchingParts, stateWords } from './questionFilter';

interface Row {
  readonly element: HTMLElement;
  readonly question: string;
  /** `null` for a question that has several parts below it. */
  readonly part: string | null;
}

export interface QuestionTreeOptions {
  readonly label: string;
  openPart(part: string): void;
}

/** Questions and the state of their parts as a tree, with VS Code's keys: arrows, Home, End, Enter. */
export class QuestionTree {
  readonly element: HTMLElement;
  private questions: readonly QuestionState[] = [];
  private rows: Row[] = [];
  private readonly folded = new Set<string>();
  private current: string | null = null;
  private filterText = '';
  private structure = '';

  constructor(private readonly options: QuestionTreeOptions) {
    this.element = element('div', { class: 'tree', role: 'tree', 'aria-label': options.label });
    this.element.addEventListener('keydown', (event) => this.onKey(event));
    this.element.addEventListener('click', (event) => this.onClick(event));
  }

  /** Rows stay the same elements as long as the questions do, so that the focus stays where it is. */
  update(questions: readonly QuestionState[]): void {
    this.questions = questions;
    const structure = JSON.stringify(
      questions.map(({ id, title, parts }) => [id, title, parts.map((part) => part.id)]),
    );
    if (structure !== this.structure) this.build(structure);
    for (const row of this.rows) this.describe(row);
    this.applyFilter();
  }

  /** Marks the part that is in view, without moving the focus. */
  setCurrent(part: string | null): void {
    if (part === this.current) return;
    this.current = part;
    for (const row of this.rows) row.element.removeAttribute('aria-current');
    const row = this.rows.find((candidate) => candidate.part === part && part !== null);
    if (!row) return;
    row.element.setAttribute('aria-current', 'true');
    if (this.folded.has(row.question)) this.setFolded(row.question, false);
    if (!this.element.contains(document.activeElement)) {
      this.setTabStop(row);
      row.element.scrollIntoView({ block: 'nearest' });
    }
  }

  /** Shows only what matches; returns how many parts do. */
  filter(text: string): number {
    this.filterText = text;
    return this.applyFilter();
  }

  /** Opens the first part that the filter leaves. */
  openFirst(): void {
    const first = this.rows.find(({ element, part }) => !element.hidden && part !== null);
    if (first) this.activate(first);
  }

  /** Focuses the row that the Tab key would reach. */
  focus(): void {
    this.element.querySelector<HTMLElement>('[role="treeitem"][tabindex="0"]:not([hidden])')?.focus();
  }

  private build(structure: string): void {
    this.structure = structure;
    this.rows = this.questions.flatMap((question) => {
      const [only] = question.parts;
      const single = question.parts.length === 1 && only?.id === question.id;
      const top = this.row(question, single ? question.id : null, 1, question.id, question.title);
      const below = single ? [] : question.parts.map((part) => this.row(question, part.id, 2, partLabel(part.id), ''));
      return [top, ...below];
    });
    this.element.replaceChildren(...this.rows.map((row) => row.element));
    const first = this.rows.find((row) => row.part === this.current) ?? this.rows[0];
    if (first) this.setTabStop(first);
  }

  private row(question: QuestionState, part: string | null, level: number, label: string, title: string): Row {
    const made = element(
      'div',
      {
        class: 'row',
        role: 'treeitem',
        tabindex: -1,
        'aria-level': level,
        'data-question': question.id,
        'data-part': part ?? undefined,
      },
      level === 1 && icon(part === null ? 'chevron-down' : 'blank'),
      element('span', { class: 'row-label' }, label),
      element('span', { class: 'row-title' }, title),
      element('span', { class: 'row-state' }),
    );
    return { element: made, question: question.id, part };
  }

  private describe(row: Row): void {
    const question = this.questions.find(({ id }) => id === row.question);
    if (!question) return;
    const target = row.element.lastElementChild;
    const part = question.parts.find(({ id }) => id === row.part);
    const words = part ? stateWords(part) : [questionWords(question)];
    const name = [
      row.part === null || row.part === question.id ? `${question.id} ${question.title}` : partLabel(row.part),
      ...words,
    ].join(', ');
    if (row.element.getAttribute('aria-label') === name) return;
    row.element.setAttribute('aria-label', name);
    row.element.title = name;
    target?.replaceChildren(...(part ? partMarks(part) : [icon(questionIcon(question))]));
    if (row.part === null) row.element.setAttribute('aria-expanded', String(!this.folded.has(row.question)));
  }

  private applyFilter(): number {
    const matching = this.filterText.trim() === '' ? null : matchingParts(this.questions, this.filterText);
    const shownQuestions = new Set<string>();
    for (const question of this.questions) {
      if (!matching || question.parts.some((part) => matching.has(part.id))) shownQuestions.add(question.id);
    }
    for (const { element: row, question, part } of this.rows) {
      const isTop = part === null || part === question;
      const folded = this.folded.has(question) && !matching;
      row.hidden = isTop ? !shownQuestions.has(question) : folded || (matching !== null && !matching.has(part));
    }
    this.ensureTabStop();
    return matching?.size ?? this.questions.reduce((sum, question) => sum + question.parts.length, 0);
  }

  private onClick(event: MouseEvent): void {
    const row = this.rowOf(event.target);
    if (!row) return;
    this.setTabStop(row);
    this.activate(row);
  }

  private activate(row: Row): void {
    if (row.part !== null) this.options.openPart(row.part);
    else this.setFolded(row.question, !this.folded.has(row.question));
  }

  private onKey(event: KeyboardEvent): void {
    const row = this.rowOf(event.target);
    if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
    const visible = this.rows.filter(({ element }) => !element.hidden);
    const at = visible.indexOf(row);
    const moves: Record<string, Row | undefined> = {
      ArrowDown: visible[at + 1],
      ArrowUp: visible[at - 1],
      Home: visible[0],
      End: visible.at(-1),
    };
    if (event.key in moves) this.focusRow(moves[event.key]);
    else if (event.key === 'ArrowRight') this.unfold(row, visible[at + 1]);
    else if (event.key === 'ArrowLeft') this.fold(row);
    else if (event.key === 'Enter' || event.key === ' ') this.activate(row);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private unfold(row: Row, next: Row | undefined): void {
    if (row.part !== null) return;
    if (this.folded.has(row.question)) this.setFolded(row.question, false);
    else this.focusRow(next);
  }

  private fold(row: Row): void {
    if (row.part === null) this.setFolded(row.question, true);
    else this.focusRow(this.rows.find(({ question, part }) => question === row.question && part === null));
  }

  private setFolded(question: string, folded: boolean): void {
    if (folded) this.folded.add(question);
    else this.folded.delete(question);
    const top = this.rows.find((row) => row.question === question && row.part === null)?.element;
    top?.setAttribute('aria-expanded', String(!folded));
    top?.firstElementChild?.replaceWith(icon(folded ? 'chevron-right' : 'chevron-down'));
    this.applyFilter();
  }

  private focusRow(row: Row | undefined): void {
    if (!row) return;
    this.setTabStop(row);
    row.element.focus();
  }

  private setTabStop(row: Row): void {
    for (const other of this.element.querySelectorAll('[tabindex="0"]')) other.setAttribute('tabindex', '-1');
    row.element.tabIndex = 0;
  }

  private ensureTabStop(): void {
    const visible = this.rows.filter(({ element }) => !element.hidden);
    if (visible.some(({ element }) => element.tabIndex === 0)) return;
    if (visible[0]) this.setTabStop(visible[0]);
  }

  private rowOf(target: EventTarget | null): Row | undefined {
    const found = target instanceof Element ? target.closest('[role="treeitem"]') : null;
    return this.rows.find(({ element }) => element === found);
  }
}

function questionWords(question: QuestionState): string {
  const answered = question.parts.filter((part) => part.answered).length;
  return t('{answered} of {count} answered', { answered, count: question.parts.length });
}

function questionIcon(question: QuestionState): string {
  const answered = question.parts.filter((part) => part.answered).length;
  if (answered === 0) return 'circle-large-outline';
  return answered === question.parts.length ? 'circle-large-filled' : 'color-mode';
}
