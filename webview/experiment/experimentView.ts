import { sayPhrase } from '../../src/core/explain/phrase';
import { Problem } from '../../src/core/problem';
import {
  INITIAL_SEED,
  type ExperimentHostMethods,
  type ExperimentTarget,
  type ExperimentViewMethods,
  type ShownExperiment,
  type ShowRequest,
} from '../../src/protocol/experimentView';
import type { EvidenceResult } from '../../src/protocol/lab';
import { CancellationSource, type Rpc } from '../../src/protocol/rpc';
import { Announcer } from '../shared/announcer';
import { emptyState, problemBanner } from '../shared/banner';
import { element } from '../shared/element';
import { durationText } from '../shared/evidence/duration';
import { outcomesSentence } from '../shared/evidence/outcomeText';
import type { FigureFile } from '../shared/figures/figureView';
import { saveState, t } from '../shared/host';
import { problemText } from '../shared/problemText';
import { Toast } from '../shared/toast';
import { isSameRun, restoredTarget } from './experimentState';
import { ResultView } from './resultView';
import { RunRow } from './runRow';
import { SettingsForm } from './settingsForm';

type Host = Rpc<ExperimentViewMethods, ExperimentHostMethods>;

const TYPING_MILLISECONDS = 500;

/** One experiment: its settings, its run, and what it found. */
export class ExperimentView {
  readonly element = element('main', { class: 'view view-experiment' });
  private readonly head = element('header', { class: 'experiment-head' });
  private readonly settings = element('div');
  private readonly row: RunRow;
  private readonly problem = element('div', { class: 'problem-area' });
  private readonly results: ResultView;
  private readonly announcer = new Announcer();
  private readonly toast = new Toast();
  private experiment: ShownExperiment | null = null;
  private form: SettingsForm | null = null;
  private target: ExperimentTarget | null = null;
  private running: { source: CancellationSource; target: ExperimentTarget } | null = null;
  private lastSeconds: number | null = null;
  private wasStopped = false;
  private waiting: number | undefined;
  /** That was shown last. */
  private request: number | null = null;
  /** Counts what was opened, so that what comes late is known as such. */
  private openings = 0;

  constructor(private readonly host: () => Host) {
    this.row = new RunRow(
      {
        run: () => void this.run(false),
        runFresh: () => void this.run(true),
        stop: () => this.stop(),
        openView: () => this.tell(this.host().call('openView', { experiment: this.target?.experiment ?? '' })),
      },
      (message) => this.announcer.say(message),
    );
    this.results = new ResultView({
      save: (file) => void this.save(file),
      copy: (text) => void this.copy(text),
      openLink: (href) => this.tell(this.host().call('openLink', { href })),
    });
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !event.defaultPrevented) this.stop();
    });
  }

  /** Shows what the extension asks for, or else what was shown before the page went away, as far as it is kept. */
  async begin(saved: Partial<ExperimentTarget> | undefined): Promise<void> {
    const asked = await this.host().call('ready', null);
    if (asked) return this.show(asked);
    const target = restoredTarget(saved);
    if (target) return this.open(target, false);
    const text = t('Run “Drylab: Run Experiment” from the command palette, or an experiment beside an answer.');
    this.element.replaceChildren(emptyState('beaker', t('No experiment is chosen'), text, []));
  }

  /** Shows an experiment and runs it. */
  show({ request, experiment, seed, settings }: ShowRequest): void {
    if (request === this.request) return;
    this.request = request;
    const target = restoredTarget({ experiment, seed: seed ?? INITIAL_SEED, settings: settings as never });
    if (target) void this.open(target, true);
  }

  private async open(target: ExperimentTarget, runs: boolean): Promise<void> {
    const opening = ++this.openings;
    this.cancel();
    this.wasStopped = false;
    this.target = target;
    saveState(target);
    try {
      const experiment = await this.host().call('describe', { experiment: target.experiment });
      if (opening !== this.openings) return;
      const known = this.experiment?.id === experiment.id ? this.results.result : null;
      this.experiment = experiment;
      this.build(experiment, target);
      if (known) this.results.show(experiment, known);
      else this.results.showClaims(experiment);
      await this.stand(opening, runs);
    } catch (thrown) {
      if (opening !== this.openings) return;
      this.showFrame();
      this.showProblem(Problem.from(thrown), () => void this.open(target, runs));
    }
  }

  /** Shows what is kept; else joins the run that is under way, or starts one if it shall. */
  private async stand(opening: number, runs: boolean): Promise<void> {
    this.target = this.form?.target ?? this.target;
    this.refresh();
    if (!this.form?.target || !this.target) return;
    const { kept, isRunning, seconds } = await this.host().call('standing', this.target);
    if (opening !== this.openings || this.running) return;
    this.lastSeconds = seconds;
    if (kept) this.showResult(kept);
    else if (runs || isRunning) await this.run(false);
  }

  private build(experiment: ShownExperiment, target: ExperimentTarget): void {
    const { question, title } = experiment;
    const name = sayPhrase(title, t);
    const heading = question
      ? element('h1', {}, element('span', { class: 'question-number' }, question.id), question.title)
      : element('h1', {}, name);
    this.head.replaceChildren(
      heading,
      ...(question && question.title !== name ? [element('p', { class: 'caption' }, name)] : []),
    );
    this.form = new SettingsForm(experiment, target, {
      changed: (typing) => this.changed(typing ? TYPING_MILLISECONDS : 0),
      submitted: () => void this.run(false),
      refused: () => this.refresh(),
      reset: () => void this.open({ experiment: experiment.id, seed: INITIAL_SEED, settings: {} }, true),
    });
    this.settings.replaceChildren(this.form.element);
    this.showFrame();
  }

  private showFrame(): void {
    this.problem.replaceChildren();
    this.element.replaceChildren(
      this.head,
      this.settings,
      this.row.element,
      this.problem,
      this.results.element,
      this.toast.element,
      this.announcer.element,
    );
  }

  private changed(milliseconds: number): void {
    this.cancel();
    this.wasStopped = false;
    this.target = this.form?.target ?? this.target;
    saveState(this.target);
    this.problem.replaceChildren();
    this.refresh();
    this.waiting = window.setTimeout(() => void this.run(false), milliseconds);
  }

  private stop(): void {
    if (!this.running && this.waiting === undefined) return;
    this.cancel();
    this.wasStopped = true;
    this.refresh();
    this.announcer.say(t('Stopped.'));
  }

  /** Ends the run that is under way or about to begin. */
  private cancel(): void {
    window.clearTimeout(this.waiting);
    this.waiting = undefined;
    this.running?.source.cancel();
    this.running = null;
    this.row.progress.stop();
  }

  /** Runs with the settings in the controls; the same run that is under way goes on. */
  private async run(isFresh: boolean): Promise<void> {
    const target = this.form?.target;
    if (!target) return;
    if (this.running && !isFresh && isSameRun(this.running.target, target.seed, target.settings)) return;
    this.cancel();
    this.wasStopped = false;
    this.target = target;
    saveState(target);
    const source = new CancellationSource();
    this.running = { source, target };
    this.problem.replaceChildren();
    this.row.progress.start(this.lastSeconds);
    this.refresh();
    const isCurrent = (): boolean => this.running?.source === source;
    try {
      const onProgress = this.row.progress.update.bind(this.row.progress);
      const result = await this.host().call('run', { ...target, isFresh }, { cancellation: source, onProgress });
      if (isCurrent()) this.showResult(result);
    } catch (thrown) {
      if (isCurrent()) this.showFailure(Problem.from(thrown));
    }
  }

  private showResult(result: EvidenceResult): void {
    if (!this.experiment) return;
    this.cancel();
    this.lastSeconds = result.seconds;
    this.results.show(this.experiment, result);
    this.refresh();
    this.announcer.say(outcomesSentence(Object.values(result.evidence.outcomes).map(({ outcome }) => outcome)));
  }

  /** What is wrong with a setting is said beside it, all else above the results, which stay. */
  private showFailure(problem: Problem): void {
    this.cancel();
    // The lab was restarted by hand, or another window ended the run.
    if (problem.code === 'cancelled') this.wasStopped = true;
    else if (!this.refused(problem)) this.showProblem(problem, () => void this.run(false));
    this.refresh();
  }

  private refused({ code, data }: Problem): boolean {
    if (code !== 'experiment.setting' || !this.form) return false;
    return this.form.refuse(
      String(data['setting']),
      t('This cannot be used: {detail}', { detail: data['detail'] ?? '' }),
    );
  }

  private showProblem(problem: Problem, tryAgain: () => void): void {
    const actions = [
      { label: t('Try Again'), run: tryAgain },
      { label: t('Show Log'), run: () => this.tell(this.host().call('showLog', null)) },
    ];
    this.problem.replaceChildren(problemBanner(problem, actions));
  }

  /** Brings buttons and words in line with what runs and what is shown. */
  private refresh(): void {
    const { target, experiment } = this;
    const isRunning = this.running !== null || this.waiting !== undefined;
    const { result } = this.results;
    const provenance = result?.evidence.provenance;
    const isKnown = !!provenance && !!target && isSameRun(target, provenance.seed, provenance.settings);
    this.results.markOld(!isKnown);
    this.results.element.classList.toggle('pending', isRunning && !isKnown);
    // What is wrong with a setting is said beside it.
    const isValid = !!this.form?.target;
    const words = isRunning || !isValid ? '' : this.words(isKnown ? result : null);
    this.row.show({ isRunning, isValid, isKnown: isKnown && isValid, hasView: experiment?.hasView ?? false, words });
    this.form?.update();
  }

  private words(known: EvidenceResult | null): string {
    if (this.wasStopped) return t('Stopped.');
    if (!known) return this.problem.hasChildNodes() ? '' : t('Not run yet with these settings.');
    const time = durationText(known.seconds);
    return known.isCached ? t('From the cache, computed in {time}.', { time }) : t('Computed in {time}.', { time });
  }

  private async save(file: FigureFile): Promise<void> {
    try {
      const saved = await this.host().call('saveFigure', file);
      if (saved) this.announcer.say(t('Saved as {path}.', { path: saved.path }));
    } catch (thrown) {
      this.toast.show('error', problemText(Problem.from(thrown)));
    }
  }

  private async copy(text: string): Promise<void> {
    try {
      await this.host().call('copy', { text });
      this.toast.show('check', t('Copied.'));
    } catch (thrown) {
      this.toast.show('error', problemText(Problem.from(thrown)));
    }
  }

  private tell(call: Promise<unknown>): void {
    call.catch((thrown: unknown) => this.toast.show('error', problemText(Problem.from(thrown))));
  }
}
