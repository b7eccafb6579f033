import { tallySum } from '../../src/core/check/tally';
import { Problem } from '../../src/core/problem';
import type {
  PanelCommand,
  QuestionsHostMethods,
  QuestionsState,
  QuestionsViewMethods,
  SelectionState,
} from '../../src/protocol/questionsView';
import type { Rpc } from '../../src/protocol/rpc';
import { problemBanner } from '../shared/banner';
import { button } from '../shared/button';
import { element } from '../shared/element';
import { savedState, saveState, t } from '../shared/host';
import { icon } from '../shared/icon';
import { tallyWords } from '../shared/markText';
import { partLabel } from '../shared/partLabel';
import { problemText } from '../shared/problemText';
import { QuestionTree } from '../shared/questionTree';
import type { Toast } from '../shared/toast';

interface PanelMemory {
  readonly filter: string;
}

/** The side panel: the questions of the report with their states, the selection, and the models. */
export class QuestionsView {
  private readonly field = element('vscode-text-field', {
    placeholder: t('Filter by number, title or state'),
    type: 'text',
  });
  private readonly tree: QuestionTree;
  private readonly nothing = element(
    'p',
    { class: 'nothing', hidden: true },
    t('No part matches. Try a number, a word of the title, “empty” or “misconception”.'),
  );
  private readonly questions: HTMLElement;
  private readonly reportName = element('h2', { class: 'panel-heading report-name' });
  private readonly summary = element('p', { class: 'panel-summary' });
  private readonly findings = element('p', { class: 'panel-summary', hidden: true });
  private readonly selection = element('section', { class: 'panel-selection', hidden: true });
  private readonly problem = element('div', { class: 'panel-problem' });
  private readonly empty: HTMLElement;

  constructor(
    private readonly rpc: Rpc<QuestionsViewMethods, QuestionsHostMethods>,
    private readonly toast: Toast,
  ) {
    this.tree = new QuestionTree({
      label: t('Questions'),
      openPart: (part) => this.report(rpc.call('openPart', { part })),
    });
    this.questions = element(
      'section',
      { class: 'panel-questions' },
      this.reportName,
      this.summary,
      this.findings,
      this.field,
      this.nothing,
      this.tree.element,
    );
    this.empty = element(
      'section',
      { class: 'panel-empty' },
      element('p', {}, t('Open a report to see its questions beside the answers.')),
      button(t('Open Report'), () => this.run('openReport'), { appearance: 'primary' }),
    );
    this.field.addEventListener('input', () => this.filter());
    this.field.addEventListener('keydown', (event) => this.onFieldKey(event));
    document.body.replaceChildren(
      element('main', {}, this.problem, this.empty, this.questions, this.selection, this.models()),
      toast.element,
    );
    this.field.setAttribute('aria-label', t('Filter questions'));
    this.field.value = savedState<PanelMemory>()?.filter ?? '';
    this.empty.hidden = true;
    this.questions.hidden = true;
  }

  update(state: QuestionsState): void {
    const isOpen = state.report !== null;
    this.empty.hidden = isOpen;
    this.questions.hidden = state.questions.length === 0;
    this.reportName.hidden = !isOpen;
    this.summary.hidden = !isOpen;
    this.reportName.textContent = state.report;
    this.reportName.title = state.report ?? '';
    const parts = state.questions.flatMap((question) => question.parts);
    const answered = parts.filter((part) => part.answered).length;
    this.summary.textContent = t('{answered} of {count} parts answered', { answered, count: parts.length });
    const found = tallyWords(tallySum(parts.flatMap(({ findings }) => findings?.tally ?? [])));
    this.findings.hidden = found.length === 0;
    // No line ends between a number and its word.
    this.findings.textContent = found.map((words) => words.replaceAll(' ', '\u00a0')).join(' · ');
    this.tree.update(state.questions);
    this.filter();
    this.showSelection(state.selection);
    const showLog = { label: t('Show Log'), run: () => this.run('showLog') };
    this.problem.replaceChildren(...(state.problem ? [problemBanner(state.problem, [showLog])] : []));
  }

  private showSelection(selection: SelectionState | null): void {
    this.selection.hidden = selection === null;
    if (!selection) return;
    const place = selection.part === null ? t('Outside every answer') : partLabel(selection.part);
    const hasWords = selection.words !== '';
    const add = button(t('Add Note'), () => this.run('addNote'), { icon: 'comment' });
    this.selection.replaceChildren(
      element('h2', { class: 'panel-heading' }, t('In the Editor')),
      element('p', { class: 'selection-place' }, icon('edit'), place),
      hasWords
        ? element('blockquote', {}, selection.words)
        : element('p', { class: 'hint' }, t('Select words of the answer to add a note.')),
      ...(hasWords && selection.part !== null ? [add] : []),
    );
  }

  private models(): HTMLElement {
    const entries: [PanelCommand, string, string][] = [
      ['runExperiment', 'beaker', t('Run Experiment')],
      ['sampleModels', 'symbol-color', t('Sample AE and VAE')],
      ['showAttentionMap', 'table', t('Show Attention Map')],
      ['showModels', 'package', t('Show Models')],
    ];
    const rows = entries.map(([command, symbol, label]) => {
      const row = element('button', { type: 'button', class: 'command-row' }, icon(symbol), label);
      row.addEventListener('click', () => this.run(command));
      return element('li', {}, row);
    });
    return element(
      'section',
      { class: 'panel-models' },
      element('h2', { class: 'panel-heading' }, t('Experiments and Models')),
      element('ul', {}, ...rows),
    );
  }

  private filter(): void {
    this.nothing.hidden = this.tree.filter(this.field.value) > 0;
    saveState<PanelMemory>({ filter: this.field.value });
  }

  private onFieldKey(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      this.field.value = '';
      this.filter();
    } else if (event.key === 'ArrowDown') this.tree.focus();
    else if (event.key === 'Enter') this.tree.openFirst();
    else return;
    event.preventDefault();
  }

  private run(command: PanelCommand): void {
    this.report(this.rpc.call('run', { command }));
  }

  private report(call: Promise<unknown>): void {
    call.catch((thrown: unknown) => {
      const problem = Problem.from(thrown);
      if (problem.code !== 'cancelled') this.toast.show('error', problemText(problem));
    });
  }
}
