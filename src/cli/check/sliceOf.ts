import type { Shard } from './checkOptions';

/** One of `count` slices that follow one another and are all of the list together; their lengths differ by one at most. */
export function sliceOf<T>(list: readonly T[], { index, count }: Shard): T[] {
  const bound = (share: number): number => Math.floor((list.length * share) / count);
  return list.slice(bound(index - 1), bound(index));
}
