import type { Assignment } from '../../core/assignment/assignment';
import { claimEvidence, experimentsOf } from '../../core/check/claimEvidence';
import type { EvidenceByClaim } from '../../core/check/finding';
import type { Evidence } from '../../core/experiments/evidence';
import type { Cancellation } from '../../core/ports';
import { INITIAL_SEED } from '../../protocol/experimentView';
import type { CheckProgress } from './checkProgress';
import type { LabPool } from './labPool';

export interface GatheringOptions {
  readonly cancellation: Cancellation;
  readonly progress: CheckProgress;
  warn(message: string): void;
}

/** What experiments say about an assignment's claims, from the cache where they ran before. @throws Problem of the lab */
export async function gatherEvidence(
  labs: LabPool,
  assignment: Assignment,
  { cancellation, progress, warn }: GatheringOptions,
): Promise<EvidenceByClaim> {
  const experiments = experimentsOf(assignment);
  const found: Evidence[] = [];
  for (const [index, experiment] of experiments.entries()) {
    const step = (share: number): void => progress.step(`Experiment ${experiment}`, index + share, experiments.length);
    step(0);
    const request = { experiment, seed: INITIAL_SEED, settings: {}, isFresh: false };
    const result = await labs.lend((lab) =>
      lab.call('evidence', request, { cancellation, onProgress: ({ done, total }) => step(done / Math.max(total, 1)) }),
    );
    if (!result.isCached) warn(`Experiment ${experiment} ran for ${result.seconds.toFixed(1)} s.`);
    // Figures may hold many pictures, and nobody looks at them here.
    found.push({ ...result.evidence, figures: [] });
  }
  return claimEvidence(found);
}
