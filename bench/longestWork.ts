import type { Profiler } from 'node:inspector';

/** What the profiler names a thread that has nothing to do. */
const RESTING = new Set(['(idle)', '(program)']);

/**
 * The longest stretch of a CPU profile in which the thread did not rest and something of a file ran, in milliseconds.
 * Samples are counted, not the time between them: while other processes have the processor, none is taken.
 * @param interval microseconds between samples
 */
export function longestWork({ nodes, samples = [] }: Profiler.Profile, interval: number, file: string): number {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const isOf = (id: number | undefined): boolean => {
    for (let at = id; at !== undefined; at = parents.get(at))
      if (byId.get(at)?.callFrame.url.endsWith(file)) return true;
    return false;
  };
  let [longest, length, isOwn] = [0, 0, false];
  for (const sample of samples) {
    if (RESTING.has(byId.get(sample)?.callFrame.functionName ?? '')) [length, isOwn] = [0, false];
    else [length, isOwn] = [length + 1, isOwn || isOf(sample)];
    if (isOwn) longest = Math.max(longest, length);
  }
  return (longest * interval) / 1_000;
}
