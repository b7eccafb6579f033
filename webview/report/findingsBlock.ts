import { element } from '../shared/element';
import { t } from '../shared/host';
import { icon } from '../shared/icon';
import { MARKS, type Mark } from '../shared/mark';
import { countedMark } from '../shared/markText';
import { partLabel } from '../shared/partLabel';
import { ExperimentRow } from './experimentRow';
import { FindingCard } from './findingCard';
import type { FindingActions } from './findingDetails';
import { NO_FINDINGS, type FindingItem, type FindingList } from './findingList';
import type { QuestionEvidence } from './questionEvidence';
import type { ReportContext } from './reportHost';

const GROUPS = ['items', 'unmentioned', 'dismissed'] as const;
type Group = (typeof GROUPS)[number];

export interface FindingsBlockEvents extends FindingActions {
  /** Marks the words of a finding strongly; `null` of none. */
  point(id: string | null): void;
}

/** The claims of one part, quietly beside the answer: what it says about each, and what experiments say. */
export class FindingsBlock {
  readonly element: HTMLElement;
  private readonly lists: Readonly<Record<Group, HTMLElement>>;
  private readonly folds: Readonly<Record<Exclude<Group, 'items'>, HTMLButtonElement>>;
  /** For screen readers at the answer, which do not see what is underlined. */
  private readonly summary = element('p', { class: 'visually-hidden' });
  private readonly experiment: ExperimentRow | null;
  private readonly cards = new Map<string, FindingCard>();
  private list: FindingList = NO_FINDINGS;

  constructor(
    private readonly context: ReportContext,
    private readonly part: string,
    private readonly evidence: QuestionEvidence | null,
    private readonly events: FindingsBlockEvents,
  ) {
    this.summary.id = `findings-${part}`;
    this.experiment = evidence && new ExperimentRow(evidence);
    const list = (group: Group): HTMLElement => element('ul', { class: `finding-list finding-list-${group}` });
    this.lists = { items: list('items'), unmentioned: list('unmentioned'), dismissed: list('dismissed') };
    this.folds = { unmentioned: this.fold('unmentioned'), dismissed: this.fold('dismissed') };
    this.element = element(
      'section',
      { class: 'findings', hidden: true, 'aria-label': t('Claims of {part}', { part: partLabel(part) }) },
      this.summary,
      this.lists.items,
      this.folds.unmentioned,
      this.lists.unmentioned,
      this.folds.dismissed,
      this.lists.dismissed,
      this.experiment?.element,
    );
    evidence?.onChange(() => this.show());
  }

  update(list: FindingList): void {
    this.list = list;
    this.show();
  }

  /** Asks what is known of the experiment. */
  load(): void {
    this.evidence?.load();
  }

  get summaryId(): string {
    return this.summary.id;
  }

  /** The findings that one goes through by keys. */
  get stops(): readonly { readonly id: string; readonly mark: Mark }[] {
    return this.list.items.flatMap(({ id, mark }) => (mark === null ? [] : [{ id, mark }]));
  }

  /** The finding that has the focus. */
  get focused(): string | undefined {
    const found = [...this.cards.values()].find((card) => card.element.contains(document.activeElement));
    return found?.id;
  }

  /** Where the pointer is, else the focus. */
  private get pointed(): string | null {
    const hovered = [...this.cards.values()].find((card) => card.element.matches(':hover'));
    return hovered?.id ?? this.focused ?? null;
  }

  card(id: string): FindingCard | undefined {
    return this.cards.get(id);
  }

  private show(): void {
    const hadFocus = this.focused;
    const before =
      this.list.items.length > 0
        ? [...this.lists.items.children].findIndex((child) => child.contains(document.activeElement))
        : -1;
    const all = GROUPS.flatMap((group) => this.list[group]);
    const ids = new Set(all.map(({ id }) => id));
    for (const [id, card] of this.cards) if (!ids.has(id)) this.drop(id, card);
    // What leaves the first list goes first, so that the rest of it need not be moved.
    for (const group of GROUPS.toReversed()) this.arrange(this.lists[group], this.list[group]);
    this.showFold('unmentioned', this.unmentionedWords());
    this.showFold('dismissed', t('{count} dismissed', { count: this.list.dismissed.length }));
    const decided = all.filter(({ id }) => this.evidence?.claims.includes(id)).length;
    this.experiment?.show(decided);
    this.element.hidden = all.length === 0;
    this.summary.textContent = this.summaryWords();
    if (hadFocus !== undefined) this.restoreFocus(hadFocus, before);
  }

  private arrange(home: HTMLElement, items: readonly FindingItem[]): void {
    for (const [index, item] of items.entries()) {
      const card = this.cards.get(item.id) ?? this.make(item);
      // Moving an element takes its focus away, even when it is moved to where it is.
      if (home.children[index] !== card.element) home.insertBefore(card.element, home.children[index] ?? null);
      card.update(item);
    }
  }

  private make(item: FindingItem): FindingCard {
    const card = new FindingCard(item, this.context, this.evidence, {
      ...this.events,
      point: () => this.events.point(this.pointed),
    });
    this.cards.set(item.id, card);
    return card;
  }

  private drop(id: string, card: FindingCard): void {
    card.element.remove();
    this.cards.delete(id);
  }

  /** A finding that was moved or dropped leaves the focus to the one that took its place. */
  private restoreFocus(id: string, index: number): void {
    if (!document.hasFocus() || this.element.contains(document.activeElement)) return;
    const cards = this.list.items.map((item) => this.cards.get(item.id));
    const isShown = this.list.items.some((item) => item.id === id);
    const next = isShown ? this.cards.get(id) : cards[Math.min(Math.max(index, 0), cards.length - 1)];
    if (next) next.focus();
    else this.folds.dismissed.focus();
  }

  private summaryWords(): string {
    const marks = this.stops.map(({ mark }) => mark);
    const counts = MARKS.map((mark) => ({ mark, count: marks.filter((each) => each === mark).length }));
    const found = counts.filter(({ count }) => count > 0);
    return found.map(({ mark, count }) => countedMark(mark, count)).join(', ');
  }

  private unmentionedWords(): string {
    const count = this.list.unmentioned.length;
    const isUnanswered = this.list.unmentioned.some(({ mark }) => mark !== 'not-mentioned');
    if (isUnanswered) return count === 1 ? t('1 claim') : t('{count} claims', { count });
    return t('{count} not mentioned', { count });
  }

  private fold(group: Exclude<Group, 'items'>): HTMLButtonElement {
    const made = element('button', { type: 'button', class: 'findings-fold', hidden: true });
    made.addEventListener('click', () => {
      this.context.memory.toggle('unfoldedFindings', this.foldId(group), !this.isUnfolded(group));
      this.show();
    });
    return made;
  }

  private showFold(group: Exclude<Group, 'items'>, words: string): void {
    const isEmpty = this.list[group].length === 0;
    const isUnfolded = this.isUnfolded(group);
    const fold = this.folds[group];
    fold.hidden = isEmpty;
    fold.setAttribute('aria-expanded', String(isUnfolded));
    fold.replaceChildren(icon(isUnfolded ? 'chevron-down' : 'chevron-right'), words);
    this.lists[group].hidden = isEmpty || !isUnfolded;
  }

  private isUnfolded(group: Group): boolean {
    return this.context.memory.get().unfoldedFindings.includes(this.foldId(group));
  }

  private foldId(group: Group): string {
    return `${this.part} ${group}`;
  }
}
