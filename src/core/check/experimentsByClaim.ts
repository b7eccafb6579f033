import type { Assignment } from '../assignment/assignment';

/** By the id of each claim that an experiment decides, that experiment; in the order of the assignment. */
export function experimentsByClaim({ questions }: Assignment): ReadonlyMap<string, string> {
  const deciding = new Map<string, string>();
  for (const { experiment, parts } of questions) {
    if (experiment === null) continue;
    for (const { id, predicate } of parts.flatMap(({ claims }) => claims)) {
      if (predicate !== null) deciding.set(id, experiment);
    }
  }
  return deciding;
}
