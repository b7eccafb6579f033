import { Problem } from '../../src/core/problem';
import type { ReadingState } from '../../src/protocol/findingsView';
import { CancellationSource, type Progress } from '../../src/protocol/rpc';
import { problemBanner } from '../shared/banner';
import { button } from '../shared/button';
import { element } from '../shared/element';
import { RunProgress } from '../shared/evidence/runProgress';
import { t } from '../shared/host';
import { linkButton } from '../shared/linkButton';
import type { ReportContext } from './reportHost';

export interface CheckControlSources {
  /** Of the question that an experiment belongs to; `null` when there is none. */
  titleOf(experiment: string): string | null;
  /** Called when everything has been read and has run. */
  done(): void;
}

/** Reads the answers and runs the experiments that have not run yet: a button, then progress that can be stopped. */
export class CheckControl {
  readonly element = element('div', { class: 'check' });
  private readonly progress: RunProgress;
  private readonly step = element('span', { class: 'check-words' });
  private running: CancellationSource | null = null;
  private reading: ReadingState = { stage: 'unread', problem: null, pending: [] };
  private shown = '';
  private wasRead = false;

  constructor(
    private readonly context: ReportContext,
    private readonly sources: CheckControlSources,
  ) {
    this.progress = new RunProgress((message) => context.announcer.say(message));
  }

  update(reading: ReadingState): void {
    this.reading = reading;
    if (!this.running) this.show();
  }

  private show(): void {
    const { stage, problem, pending } = this.reading;
    this.wasRead ||= stage === 'read';
    // An answer that is read again while it is being written changes nothing here.
    if (stage === 'reading' && this.wasRead) return;
    const shown = JSON.stringify([stage, problem, pending.length]);
    if (shown === this.shown) return;
    this.shown = shown;
    const hadFocus = document.hasFocus() && this.element.contains(document.activeElement);
    if (stage === 'problem' && problem) {
      this.element.replaceChildren(problemBanner(problem, [{ label: t('Try Again'), run: () => void this.check() }]));
    } else if (stage === 'reading') {
      this.element.replaceChildren(element('span', { class: 'check-words' }, t('Reading what the answers say …')));
    } else if (stage === 'unread' || pending.length > 0) {
      const run = button(t('Check'), () => void this.check(), { appearance: 'primary', icon: 'checklist' });
      this.element.replaceChildren(
        run,
        element('span', { class: 'check-words' }, todo(stage === 'unread', pending.length)),
      );
      if (hadFocus) run.focus();
    } else this.element.replaceChildren();
  }

  private async check(): Promise<void> {
    if (this.running) return;
    const running = new CancellationSource();
    this.running = running;
    this.showRunning(running);
    try {
      const onProgress = (progress: Progress): void => this.tell(progress);
      await this.context.rpc.call('check', null, { cancellation: running, onProgress });
      this.sources.done();
    } catch (thrown) {
      const problem = Problem.from(thrown);
      // Of one that kept the answers from being read, a banner tells.
      if (problem.code !== 'cancelled' && this.reading.stage !== 'problem')
        this.context.report(Promise.reject(problem));
    } finally {
      this.running = null;
      this.progress.stop();
      this.show();
    }
  }

  private showRunning(running: CancellationSource): void {
    this.shown = '';
    const hadFocus = this.element.contains(document.activeElement);
    const stop = linkButton('debug-stop', t('Stop'), () => running.cancel());
    this.step.textContent = t('Reading what the answers say …');
    this.element.replaceChildren(this.progress.element, stop, this.step);
    this.progress.start(null);
    if (hadFocus) stop.focus();
  }

  private tell(progress: Progress): void {
    const { stage: experiment } = progress;
    this.progress.update(progress);
    if (experiment !== undefined) this.step.textContent = this.sources.titleOf(experiment) ?? experiment;
  }
}

function todo(isUnread: boolean, pending: number): string {
  if (isUnread)
    return t('Nothing has been read yet. A check reads the answers and runs the experiments that decide their claims.');
  return pending === 1
    ? t('One experiment that decides claims has not run yet.')
    : t('{count} experiments that decide claims have not run yet.', { count: pending });
}
