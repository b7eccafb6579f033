import type { Disposable } from '../../core/ports';
import { CancellationSource } from '../../protocol/rpc';

/** Numbers of signals that ask a process to stop; its exit code is 128 more. */
const SIGNALS = { SIGINT: 2, SIGTERM: 15 } as const;

/** While this lives, the first Ctrl+C asks to stop; another one ends the process at once. */
export class StopSignals implements Disposable {
  readonly cancellation = new CancellationSource();
  /** `null` while nobody asked to stop. */
  exitCode: number | null = null;
  private readonly listening = Object.entries(SIGNALS).map(([signal, number]) => {
    const listener = (): void => this.stop(128 + number);
    process.once(signal, listener);
    return { dispose: () => void process.off(signal, listener) };
  });

  stop(exitCode: number): void {
    this.exitCode ??= exitCode;
    this.cancellation.cancel();
  }

  dispose(): void {
    for (const listening of this.listening) listening.dispose();
  }
}
