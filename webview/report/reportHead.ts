import type { ReadingState } from '../../src/protocol/findingsView';
import type { ReportState } from '../../src/protocol/reportView';
import { element } from '../shared/element';
import { t } from '../shared/host';
import type { Mark } from '../shared/mark';
import { findingsCount } from '../shared/markText';
import { pointsWords } from '../shared/pointsWords';
import { CheckControl } from './checkControl';
import { FindingTotals, totalOf } from './findingTotals';
import type { PartModel, ReportModel } from './partModel';
import type { ReportContext } from './reportHost';

/** Name and state of a report, what was found in all, and the check. */
export class ReportHead {
  readonly element = element('header', { class: 'report-head' });
  private readonly name = element('h1');
  private readonly facts = element('p');
  private readonly totals: FindingTotals;
  private readonly check: CheckControl;
  private parts: readonly PartModel[] = [];
  private model: ReportModel | undefined;

  constructor(
    private readonly context: ReportContext,
    /** Goes to the next finding of a kind. */
    goTo: (mark: Mark) => void,
  ) {
    this.totals = new FindingTotals(goTo);
    this.check = new CheckControl(context, {
      titleOf: (experiment) => this.titleOf(experiment),
      done: () => this.sayFindings(),
    });
    this.element.append(this.name, this.facts, this.totals.element, this.check.element, keyHints());
  }

  update(state: ReportState, model: ReportModel, reading: ReadingState): void {
    this.model = model;
    this.parts = model.questions.flatMap((question) => question.parts);
    const hasClaims = this.parts.some(({ claims }) => claims.length > 0);
    const notes = state.annotations.filter(({ annotation }) => !annotation.resolved).length;
    const answered = this.parts.filter((part) => part.state.answered).length;
    const facts = [
      state.assignment.title,
      t('{answered} of {count} parts answered', { answered, count: this.parts.length }),
      notes === 0 ? t('no notes yet') : notes === 1 ? t('1 open note') : t('{count} open notes', { count: notes }),
      hasClaims ? this.points() : t('the assignment has no claims to check'),
    ];
    this.name.textContent = state.name;
    this.facts.textContent = facts.filter(Boolean).join(' · ');
    this.totals.update(this.parts);
    this.check.element.hidden = !hasClaims;
    this.check.update(reading);
  }

  private points(): string {
    const found = this.parts.flatMap(({ claims, findings }) => (claims.length > 0 && findings ? [findings] : []));
    const sum = (key: 'points' | 'suggested'): number => found.reduce((total, part) => total + part[key], 0);
    return found.length === 0 ? '' : pointsWords({ points: sum('points'), suggested: sum('suggested') });
  }

  /** Tells screen readers how much was found. */
  sayFindings(): void {
    const count = findingsCount(totalOf(this.parts));
    this.context.announcer.say(count === 1 ? t('1 finding') : t('{count} findings', { count }));
  }

  private titleOf(experiment: string): string | null {
    const question = this.model?.questions.find((candidate) => candidate.experiment === experiment);
    return question ? t('Question {question}: {title}', { question: question.id, title: question.title }) : null;
  }
}

function keyHints(): HTMLElement {
  const hints: [string[], string][] = [
    [['J', 'K'], t('next, previous part')],
    [['V'], t('next finding')],
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
