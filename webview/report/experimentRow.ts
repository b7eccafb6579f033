import { element } from '../shared/element';
import { RunProgress } from '../shared/evidence/runProgress';
import { t } from '../shared/host';
import { icon } from '../shared/icon';
import { linkButton } from '../shared/linkButton';
import { problemText } from '../shared/problemText';
import type { QuestionEvidence } from './questionEvidence';

/** Below the claims of a part, the experiment that decides them, as long as there is something to do about it. */
export class ExperimentRow {
  readonly element = element('div', { class: 'experiment-row', hidden: true });
  private readonly progress: RunProgress;
  /** The run was asked for here: its progress is said once, not by every part. */
  private isSpeaking = false;
  private wasRunning = false;

  constructor(private readonly evidence: QuestionEvidence) {
    this.progress = new RunProgress((message) => this.isSpeaking && evidence.say(message));
  }

  /** @param decided how many claims of the part the experiment decides */
  show(decided: number): void {
    const { state } = this.evidence;
    this.element.hidden = decided === 0 || state.kind === 'unknown' || state.kind === 'found';
    if (state.kind === 'running') {
      if (!this.wasRunning) this.showRunning();
      this.wasRunning = true;
      this.progress.update(state.progress);
      return;
    }
    const hadFocus = this.hasFocus();
    this.wasRunning = false;
    this.isSpeaking = false;
    this.progress.stop();
    if (state.kind === 'failed')
      this.element.replaceChildren(problemLine(problemText(state.problem)), this.runLink(t('Try Again')));
    else if (state.kind === 'none')
      this.element.replaceChildren(element('p', {}, pendingText(decided)), this.runLink(t('Run Experiment')));
    else this.element.replaceChildren();
    if (hadFocus) this.element.querySelector('button')?.focus();
  }

  /** The page keeps its element while the focus is elsewhere in VS Code, from where it must not be taken. */
  private hasFocus(): boolean {
    return document.hasFocus() && this.element.contains(document.activeElement);
  }

  private runLink(label: string): HTMLElement {
    return linkButton('play', label, () => {
      this.isSpeaking = true;
      void this.evidence.run();
    });
  }

  private showRunning(): void {
    const hadFocus = this.hasFocus();
    const stop = linkButton('debug-stop', t('Stop'), () => this.evidence.stop());
    this.element.replaceChildren(this.progress.element, stop);
    this.progress.start(this.evidence.lastSeconds);
    if (hadFocus) stop.focus();
  }
}

function pendingText(decided: number): string {
  return decided === 1
    ? t('One of these claims is measured by an experiment that has not run yet.')
    : t('{count} of these claims are measured by an experiment that has not run yet.', { count: decided });
}

function problemLine(text: string): HTMLElement {
  return element('p', { class: 'experiment-problem', role: 'alert' }, icon('warning'), element('span', {}, text));
}
