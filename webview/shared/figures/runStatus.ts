import type { Problem } from '../../../src/core/problem';
import { button } from '../button';
import '../controls';
import { element } from '../element';
import { t } from '../host';
import { icon } from '../icon';
import { problemText } from '../problemText';

/** Work that is done sooner shows no progress at all: a flash would only disturb. */
const QUIET_MILLISECONDS = 200;

export interface RunStatusActions {
  cancel(): void;
  tryAgain(): void;
  showLog(): void;
}

/** Stands where a figure will appear: progress with a way to cancel, or what went wrong and what to do. */
export class RunStatus {
  readonly element = element('div', { class: 'run-status', hidden: true });
  private timer: number | undefined;
  private message = '';

  constructor(private readonly actions: RunStatusActions) {}

  /** Shows progress unless `clear` or `fail` comes soon; while it is shown, only the message changes. */
  busy(message: string): void {
    this.message = message;
    const shown = this.element.querySelector('.run-progress .run-message');
    if (shown) {
      shown.textContent = message;
      return;
    }
    this.element.hidden = true;
    this.timer ??= window.setTimeout(() => this.showProgress(), QUIET_MILLISECONDS);
  }

  fail(problem: Problem): void {
    const isCancelled = problem.code === 'cancelled';
    this.replace(
      element(
        'div',
        { class: 'run-problem', role: 'alert' },
        icon(isCancelled ? 'circle-slash' : 'error'),
        element('p', { class: 'run-message' }, problemText(problem)),
        element(
          'div',
          { class: 'run-actions' },
          button(t('Try Again'), () => this.actions.tryAgain(), { appearance: 'primary' }),
          !isCancelled && button(t('Show Log'), () => this.actions.showLog()),
        ),
      ),
    );
  }

  clear(): void {
    this.stopTimer();
    this.element.hidden = true;
    this.element.replaceChildren();
  }

  private showProgress(): void {
    this.replace(
      element(
        'div',
        { class: 'run-progress', role: 'status' },
        element('vscode-progress-ring' as 'div', { 'aria-hidden': 'true' }),
        element('p', { class: 'run-message' }, this.message),
        button(t('Cancel'), () => this.actions.cancel()),
      ),
    );
  }

  private stopTimer(): void {
    window.clearTimeout(this.timer);
    this.timer = undefined;
  }

  private replace(content: HTMLElement): void {
    this.stopTimer();
    this.element.replaceChildren(content);
    this.element.hidden = false;
  }
}
