/** What experiments run on in tests: the bundled models, a fixed seed, no cancellation. */
import type { ExperimentLab } from '../../../src/core/experiments/experiment';
import { randomStream } from '../../../src/core/experiments/random';
import { NEVER_CANCELLED, type Models } from '../../../src/core/ports';
import { clock } from '../../../src/platform/clock';

export function testLab(models: Models, seed = 1): ExperimentLab {
  return {
    models,
    clock,
    cancellation: NEVER_CANCELLED,
    random: (name) => randomStream(seed, name),
    step: () => Promise.resolve(),
  };
}
