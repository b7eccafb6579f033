import type { Cancellation, Disposable } from '../../core/ports';
import { Problem } from '../../core/problem';
import type { EvidenceIdentity, EvidenceRequest, EvidenceResult } from '../../protocol/lab';
import { CancellationSource, type CallOptions, type Progress } from '../../protocol/rpc';
import type { RunStage } from '../../protocol/experimentView';

/** What runs experiments: the lab. */
export type RunEvidence = (request: EvidenceRequest, options: CallOptions) => Promise<EvidenceResult>;

export interface Listener {
  readonly cancellation: Cancellation;
  progress(progress: Progress): void;
}

/** One run and those who wait for it. */
interface SharedRun {
  readonly source: CancellationSource;
  readonly result: Promise<EvidenceResult>;
  readonly listeners: Set<Listener>;
  last: Progress;
}

function keyOf({ experiment, seed, settings }: EvidenceIdentity, isFresh: boolean): string {
  return JSON.stringify([experiment, seed, Object.entries(settings).sort(), isFresh]);
}

/**
 * The experiments that run now, shared between views: who asks for a run that is under way joins it, and it is cancelled
 * when the last one leaves. A view may be gone without a word, as hidden pages are; its place is known by its owner.
 */
export class ExperimentRuns {
  private readonly runs = new Map<string, SharedRun>();
  /** How to leave the run that an owner waits for. */
  private readonly owners = new Map<string, () => void>();

  constructor(private readonly runEvidence: RunEvidence) {}

  isRunning(identity: EvidenceIdentity): boolean {
    return this.runs.has(keyOf(identity, false)) || this.runs.has(keyOf(identity, true));
  }

  /**
   * @param owner waits for one run at a time: asking again leaves the run before, unless it is the same
   * @throws Problem `cancelled`, and what the experiment throws
   */
  run(owner: string, request: EvidenceRequest, listener: Listener): Promise<EvidenceResult> {
    const leaveEarlier = this.owners.get(owner);
    const key = keyOf(request, request.isFresh);
    // A fresh run that is under way computes what is asked for.
    const shared = this.runs.get(key) ?? this.runs.get(keyOf(request, true)) ?? this.start(key, request);
    shared.listeners.add(listener);
    listener.progress(shared.last);
    const waiting = new Promise<EvidenceResult>((resolve, reject) => {
      const cancelling: Disposable[] = [];
      const leave = (): void => {
        for (const subscription of cancelling) subscription.dispose();
        if (this.owners.get(owner) === leave) this.owners.delete(owner);
        if (shared.listeners.delete(listener) && shared.listeners.size === 0) shared.source.cancel();
        reject(new Problem('cancelled'));
      };
      this.owners.set(owner, leave);
      cancelling.push(listener.cancellation.onCancel(leave));
      // A promise is settled once: what `leave` says after this counts for nothing.
      shared.result.then(resolve, reject).finally(leave);
    });
    leaveEarlier?.();
    return waiting;
  }

  private start(key: string, request: EvidenceRequest): SharedRun {
    const source = new CancellationSource();
    const isQueued = this.runs.size > 0;
    const stage: RunStage = isQueued ? 'queued' : 'running';
    const listeners = new Set<Listener>();
    const result = this.runEvidence(request, {
      cancellation: source,
      onProgress: ({ done, total }) => {
        shared.last = { done, total, stage: 'running' satisfies RunStage };
        for (const listener of listeners) listener.progress(shared.last);
      },
    });
    const shared: SharedRun = { source, result, listeners, last: { done: 0, total: 1, stage } };
    this.runs.set(key, shared);
    const ended = (): void => {
      if (this.runs.get(key) === shared) this.runs.delete(key);
    };
    // Nobody may join a run that is being cancelled.
    source.onCancel(ended);
    result.then(ended, ended);
    return shared;
  }
}
