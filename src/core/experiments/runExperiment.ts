import type { Cancellation, Clock, Models } from '../ports';
import { Problem } from '../problem';
import type { Evidence, Measured, SettingValues } from './evidence';
import type { Experiment, ExperimentLab } from './experiment';
import { randomStream } from './random';
import { checkedSettings } from './settings';

/** Models that remember which files were asked for, so that evidence can name them. */
export class WitnessedModels implements Models {
  readonly models = new Set<string>();
  readonly datasets = new Set<string>();

  constructor(private readonly inner: Models) {}

  session(id: string): ReturnType<Models['session']> {
    this.models.add(id);
    return this.inner.session(id);
  }

  settings(id: string): ReturnType<Models['settings']> {
    this.models.add(id);
    return this.inner.settings(id);
  }

  parameters(id: string): ReturnType<Models['parameters']> {
    this.models.add(id);
    return this.inner.parameters(id);
  }

  text(id: string, asset: string): ReturnType<Models['text']> {
    this.models.add(id);
    return this.inner.text(id, asset);
  }

  data(id: string): ReturnType<Models['data']> {
    this.datasets.add(id);
    return this.inner.data(id);
  }

  dataText(id: string): ReturnType<Models['dataText']> {
    this.datasets.add(id);
    return this.inner.dataText(id);
  }
}

/** What the process around an experiment provides. */
export interface Surroundings {
  readonly models: Models;
  readonly clock: Clock;
  /** What experiments measure time by. */
  readonly processorClock: Clock;
  /** SHA-256 of the file behind an id. */
  modelHash(id: string): Promise<string>;
  dataHash(id: string): Promise<string>;
  /** Name of what runs the models. */
  runtime(): Promise<string>;
  /** Resolves in the next turn of the event loop: messages, such as a cancellation, are heard between two turns. */
  turn(): Promise<void>;
}

export interface RunOptions {
  readonly seed: number;
  /** Values that differ from the initial ones. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly cancellation: Cancellation;
  onProgress(done: number, total: number): void;
}

export const SEED_LIMIT = 2 ** 31 - 1;

async function hashes(
  ids: ReadonlySet<string>,
  hash: (id: string) => Promise<string>,
): Promise<Record<string, string>> {
  const sorted = [...ids].sort();
  return Object.fromEntries(await Promise.all(sorted.map(async (id) => [id, await hash(id)] as const)));
}

/** An outcome for each claim that the experiment lists, and for no other: anything else is a defect. */
function checkOutcomes(experiment: Experiment, { outcomes }: Measured): void {
  const [promised, found] = [[...experiment.claims].sort().join(), Object.keys(outcomes).sort().join()];
  if (promised !== found) throw new Error(`${experiment.id} promised ${promised} and found ${found}`);
}

/**
 * Runs an experiment and adds where its numbers come from.
 * @throws Problem `experiment.setting`, `experiment.seed`, `cancelled`, and what the models throw
 */
export async function runExperiment(
  experiment: Experiment,
  surroundings: Surroundings,
  { seed, settings: given, cancellation, onProgress }: RunOptions,
): Promise<Evidence> {
  if (!Number.isInteger(seed) || seed < 0 || seed > SEED_LIMIT)
    throw new Problem('sample.seed', { seed, limit: SEED_LIMIT });
  const settings: SettingValues = checkedSettings(experiment.settings, given);
  const witnessed = new WitnessedModels(surroundings.models);
  const lab: ExperimentLab = {
    models: witnessed,
    clock: surroundings.processorClock,
    cancellation,
    random: (name) => randomStream(seed, name),
    async step(done, total) {
      onProgress(done, total);
      await surroundings.turn();
      if (cancellation.isCancelled) throw new Problem('cancelled');
    },
  };
  const measured = await experiment.run(lab, settings);
  checkOutcomes(experiment, measured);
  const used = witnessed.models.size > 0;
  return {
    ...measured,
    experiment: experiment.id,
    provenance: {
      models: await hashes(witnessed.models, (id) => surroundings.modelHash(id)),
      data: await hashes(witnessed.datasets, (id) => surroundings.dataHash(id)),
      seed,
      settings,
      runtime: used ? await surroundings.runtime() : null,
    },
  };
}
