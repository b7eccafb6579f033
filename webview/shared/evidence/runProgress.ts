import type { RunStage } from '../../../src/protocol/experimentView';
import type { Progress } from '../../../src/protocol/rpc';
import { element } from '../element';
import { t } from '../host';
import { durationText } from './duration';
import { secondsLeft, share } from './timeLeft';

/** Work that is done sooner shows no progress: a flash would only disturb. */
const QUIET_MILLISECONDS = 250;
const SECOND = 1000;
/** Seconds; less is not worth telling. */
const A_MOMENT = 0.5;
/** Percent between two announcements. */
const ANNOUNCED = 25;

/** A bar with how much is done and how long it will take. Screen readers are told at the start and every 25 %. */
export class RunProgress {
  readonly element = element('div', { class: 'run-bar', hidden: true });
  private readonly bar = element('progress', { max: 1, 'aria-label': t('Progress of the experiment') });
  private readonly words = element('span', { class: 'caption' });
  private progress: Progress = { done: 0, total: 1 };
  private started = 0;
  private lastSeconds: number | null = null;
  private announced = 0;
  private timers: number[] = [];

  constructor(private readonly say: (message: string) => void) {
    this.element.append(this.bar, this.words);
  }

  /** @param lastSeconds that the last run of the same experiment took */
  start(lastSeconds: number | null): void {
    this.stop();
    this.started = performance.now();
    this.lastSeconds = lastSeconds;
    this.progress = { done: 0, total: 1 };
    this.announced = 0;
    this.show();
    this.timers = [
      window.setTimeout(() => {
        this.element.hidden = false;
        this.say(t('The experiment is running.'));
      }, QUIET_MILLISECONDS),
      window.setInterval(() => this.show(), SECOND),
    ];
  }

  /** While others run before it, the clock stands still. */
  update(progress: Progress): void {
    const wasQueued = this.isQueued;
    this.progress = progress;
    if (wasQueued) this.started = performance.now();
    this.show();
    const percent = Math.floor((100 * share(progress)) / ANNOUNCED) * ANNOUNCED;
    if (percent <= this.announced || percent >= 100 || this.element.hidden) return;
    this.announced = percent;
    this.say(t('{percent} % done', { percent }));
  }

  stop(): void {
    for (const timer of this.timers) window.clearTimeout(timer);
    this.timers = [];
    this.element.hidden = true;
  }

  private get isQueued(): boolean {
    return this.progress.stage === ('queued' satisfies RunStage);
  }

  private show(): void {
    const done = share(this.progress);
    this.bar.value = done;
    this.words.textContent = this.isQueued ? t('Waiting for another experiment to end') : this.runningWords(done);
  }

  private runningWords(done: number): string {
    const seconds = (performance.now() - this.started) / SECOND;
    const left = secondsLeft({ ...this.progress, seconds, lastSeconds: this.lastSeconds });
    const percent = Math.round(100 * done);
    if (left === null || left < A_MOMENT) return t('{percent} %', { percent });
    const time = durationText(Math.max(1, Math.round(left)));
    return t('{percent} %, about {time} left', { percent, time });
  }
}
