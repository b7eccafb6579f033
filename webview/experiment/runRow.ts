import { button } from '../shared/button';
import type { Button } from '../shared/controls';
import { element } from '../shared/element';
import { RunProgress } from '../shared/evidence/runProgress';
import { t } from '../shared/host';

export interface RunActions {
  run(): void;
  runFresh(): void;
  stop(): void;
  openView(): void;
}

/** Buttons for runs, and how the run stands. */
export class RunRow {
  readonly element: HTMLElement;
  readonly progress: RunProgress;
  private readonly start: Button;
  private readonly fresh: HTMLElement;
  private readonly stop: HTMLElement;
  private readonly view: HTMLElement;
  private readonly words = element('p', { class: 'run-words caption' });

  constructor(actions: RunActions, say: (message: string) => void) {
    this.progress = new RunProgress(say);
    this.start = button(t('Run'), () => actions.run(), { appearance: 'primary', icon: 'play' });
    this.fresh = button(t('Compute Anew'), () => actions.runFresh(), { icon: 'refresh' });
    this.fresh.title = t('Runs it although its results are known');
    this.stop = button(t('Stop'), () => actions.stop(), { icon: 'debug-stop' });
    this.view = button(t('Open View'), () => actions.openView(), { icon: 'open-preview' });
    this.view.title = t('Its models in a view of their own');
    this.element = element(
      'div',
      { class: 'run-row' },
      this.start,
      this.stop,
      this.fresh,
      this.view,
      this.progress.element,
      this.words,
    );
    this.show({ isRunning: false, isValid: true, isKnown: false, hasView: false, words: '' });
  }

  /** @param isKnown there are results of these very settings */
  show(state: { isRunning: boolean; isValid: boolean; isKnown: boolean; hasView: boolean; words: string }): void {
    const { isRunning, isValid, isKnown, hasView, words } = state;
    this.start.disabled = !isValid;
    // The page keeps its element while the focus is elsewhere in VS Code, from where it must not be taken.
    const hadFocus = document.hasFocus() && this.element.contains(document.activeElement);
    this.start.hidden = isRunning || isKnown;
    this.fresh.hidden = isRunning || !isKnown;
    this.stop.hidden = !isRunning;
    this.view.hidden = !hasView;
    this.words.textContent = words;
    this.words.hidden = words === '';
    // A button that goes away under the focus hands it on.
    if (hadFocus && document.activeElement?.matches('[hidden]') !== false)
      [this.start, this.fresh, this.stop].find((each) => !each.hidden)?.focus();
  }
}
