import type { Assignment } from '../assignment/assignment';
import type { Evidence } from '../experiments/evidence';
import { EXPERIMENTS } from '../experiments/registry';
import type { ClaimEvidence, EvidenceByClaim } from './finding';

/** What experiments say about claims, as judging wants it. */
export function claimEvidence(found: readonly Evidence[]): EvidenceByClaim {
  return new Map(
    found.map(({ experiment, outcomes }) => [
      experiment,
      new Map(
        Object.entries(outcomes).map(([claim, outcome]): [string, ClaimEvidence] => [
          claim,
          { experiment, ...outcome },
        ]),
      ),
    ]),
  );
}

/** The experiments that an assignment names, as far as there are such, in its order. */
export function experimentsOf({ questions }: Assignment): string[] {
  const known = new Set(EXPERIMENTS.map(({ id }) => id));
  return [...new Set(questions.flatMap(({ experiment }) => experiment ?? []))].filter((id) => known.has(id));
}
