import { findExperiment } from '../core/experiments/registry';
import { runExperiment, type Surroundings } from '../core/experiments/runExperiment';
import { checkedSettings } from '../core/experiments/settings';
import { sha256 } from '../platform/sha256';
import type { EvidenceRequest, EvidenceResult } from '../protocol/lab';
import type { CallContext } from '../protocol/rpc';
import type { EvidenceCache } from './evidenceCache';

/** Runs experiments one after the other and keeps what they find. */
export class EvidenceKeeper {
  /** The end of the run before: a second one would only slow both and spoil measured times. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly surroundings: Surroundings,
    private readonly cache: EvidenceCache,
    /** Changes with the code, the models and the data. */
    private readonly version: () => Promise<string>,
  ) {}

  async evidence(request: EvidenceRequest, context: CallContext): Promise<EvidenceResult> {
    const experiment = findExperiment(request.experiment);
    const settings = checkedSettings(experiment.settings, request.settings);
    const { seed, isFresh } = request;
    const identity = JSON.stringify([await this.version(), experiment.id, seed, Object.entries(settings).sort()]);
    const key = sha256(Buffer.from(identity));
    const kept = isFresh ? null : await this.cache.read(key);
    if (kept) return { ...kept, isCached: true };
    const run = this.last.then(async (): Promise<EvidenceResult> => {
      const started = this.surroundings.clock.now();
      const evidence = await runExperiment(experiment, this.surroundings, {
        seed,
        settings,
        cancellation: context.cancellation,
        onProgress: (done, total) => context.progress({ done, total, stage: experiment.id }),
      });
      const seconds = (this.surroundings.clock.now() - started) / 1_000;
      await this.cache.write(key, { evidence, seconds });
      return { evidence, seconds, isCached: false };
    });
    this.last = run.catch(() => undefined);
    return run;
  }
}
