import type { SettingValues } from '../core/experiments/evidence';
import type { Experiment } from '../core/experiments/experiment';
import { EXPERIMENTS, findExperiment } from '../core/experiments/registry';
import { runExperiment, type Surroundings } from '../core/experiments/runExperiment';
import { checkedSettings } from '../core/experiments/settings';
import { Problem } from '../core/problem';
import { sha256 } from '../platform/sha256';
import type { EvidenceIdentity, EvidenceRequest, EvidenceResult, ExperimentDescription } from '../protocol/lab';
import type { CallContext } from '../protocol/rpc';
import type { EvidenceCache } from './evidenceCache';

interface Identified {
  readonly experiment: Experiment;
  readonly settings: SettingValues;
  /** Of the cache. */
  readonly key: string;
}

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
    const { experiment, settings, key } = await this.identified(request);
    const { seed, isFresh } = request;
    const kept = isFresh ? null : await this.cache.read(key);
    if (kept) return { ...kept, isCached: true };
    const run = this.last.then(async (): Promise<EvidenceResult> => {
      if (context.cancellation.isCancelled) throw new Problem('cancelled');
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

  /** @throws Problem `experiment.unknown`, `experiment.setting` */
  async cachedEvidence(request: EvidenceIdentity): Promise<EvidenceResult | null> {
    const { key } = await this.identified(request);
    const kept = await this.cache.read(key);
    return kept && { ...kept, isCached: true };
  }

  experiments(): readonly ExperimentDescription[] {
    // Functions do not cross the border of a process.
    return EXPERIMENTS.map(({ id, title, settings, claims }) => ({ id, title, settings, claims }));
  }

  private async identified({ experiment: id, seed, settings: given }: EvidenceIdentity): Promise<Identified> {
    const experiment = findExperiment(id);
    const settings = checkedSettings(experiment.settings, given);
    const identity = JSON.stringify([await this.version(), id, seed, Object.entries(settings).sort()]);
    return { experiment, settings, key: sha256(Buffer.from(identity)) };
  }
}
