/** The shape that all experiments have. */
import type { Phrase } from '../explain/phrase';
import type { Cancellation, Clock, Models } from '../ports';
import type { Measured, SettingValues } from './evidence';
import type { SettingDeclarations } from './settings';
import type { Random } from './random';

/** What an experiment may use; nothing else can influence what it finds, except for time that it measures. */
export interface ExperimentLab {
  readonly models: Models;
  /** Processor time, for experiments that measure time; all others must not look at it. */
  readonly clock: Clock;
  readonly cancellation: Cancellation;
  /** A source of random numbers of its own for every name; the same seed and name give the same numbers. */
  random(name: string): Random;
  /**
   * Says how much is done, lets a cancellation be heard, and gives way to others. To be awaited at least every 100 ms.
   * @throws Problem `cancelled`
   */
  step(done: number, total: number): Promise<void>;
}

export interface Experiment<Settings extends SettingValues = SettingValues> {
  /** As assignments name it. */
  readonly id: string;
  readonly title: Phrase;
  readonly settings: SettingDeclarations<Settings>;
  /** Ids of the claims that it decides. */
  readonly claims: readonly string[];
  /** The same lab seed and settings give the same result on one machine, measured times excepted. */
  run(lab: ExperimentLab, settings: Settings): Promise<Measured>;
}
