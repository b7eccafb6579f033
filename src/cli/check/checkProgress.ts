import { MultiBar, Presets, type SingleBar } from 'cli-progress';
import type { Disposable } from '../../core/ports';

/** Tells a person how far a check is. */
export interface CheckProgress extends Disposable {
  /** @param done of `total`, not always whole */
  step(task: string, done: number, total: number): void;
  /** A line that stays. */
  say(message: string): void;
  /** Takes away what shows how far it is; it comes back with the next step. */
  pause(): void;
}

/** A bar at the bottom of a terminal. */
export class ProgressBar implements CheckProgress {
  private shown: { readonly bars: MultiBar; readonly bar: SingleBar } | null = null;

  constructor(private readonly stream: NodeJS.WritableStream) {}

  step(task: string, done: number, total: number): void {
    if (!this.shown) this.shown = this.start();
    const { bar } = this.shown;
    bar.setTotal(total);
    bar.update(done, { task, count: Math.floor(done) });
  }

  say(message: string): void {
    if (this.shown) this.shown.bars.log(`${message}\n`);
    else this.stream.write(`${message}\n`);
  }

  pause(): void {
    // Lines wait for the next time that the bar is drawn.
    this.shown?.bars.update();
    this.shown?.bars.stop();
    this.shown = null;
  }

  dispose(): void {
    this.pause();
  }

  private start(): { bars: MultiBar; bar: SingleBar } {
    const format = '{bar} {count}/{total} {task}';
    const options = {
      stream: this.stream,
      format,
      barsize: 24,
      clearOnComplete: true,
      hideCursor: true,
      gracefulExit: false,
    };
    const bars = new MultiBar(options, Presets.shades_classic);
    return { bars, bar: bars.create(1, 0, { task: '', count: 0 }) };
  }
}

/** Where there is no terminal: only what stays. */
export function silentProgress(write: (line: string) => void): CheckProgress {
  return { step: () => undefined, say: write, pause: () => undefined, dispose: () => undefined };
}
