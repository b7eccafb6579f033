/**
 * Three-way merge of notes by id. Swapping `mine` and `theirs` gives the same result, merging again changes nothing,
 * and whatever somebody wrote stays: an edit wins over a deletion.
 */
import type { Annotation, Reply } from './annotation';
import { byId, byTime, type Sidecar } from './sidecar';

/** The value as text, the same for the same content whatever the order of its fields. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

const same = (a: unknown, b: unknown): boolean => a === b || canonical(a) === canonical(b);

/** Whether `a` wins over `b`: the later change, or of two at one time a choice that does not depend on the side. */
function wins(a: Annotation | Reply, b: Annotation | Reply): boolean {
  if (a.modified !== b.modified) return a.modified > b.modified;
  return canonical(a) >= canonical(b);
}

/**
 * Field by field: what one side alone changed, else the winner's. A field that a side took out counts as changed.
 * Both sides have all known fields, and so has the result.
 */
function mergeFields<T extends object>(base: T | undefined, winner: T, loser: T): T {
  const [was, won, lost] = [base ?? {}, winner, loser].map((side) => new Map(Object.entries(side)));
  const merged: [string, unknown][] = [];
  for (const key of new Set([...Object.keys(winner), ...Object.keys(loser)])) {
    const untouched = same(won?.get(key), was?.get(key));
    const value: unknown = untouched ? lost?.get(key) : won?.get(key);
    if (value !== undefined) merged.push([key, value]);
  }
  return Object.fromEntries(merged) as T;
}

/** What a person wrote, without where the words stand in the text: to follow the text is no edit. */
function writing(item: Annotation | Reply): unknown {
  return { ...item, anchor: null };
}

/** All items of both sides; `both` merges an item that both have. */
function mergeById<T extends Annotation | Reply>(
  base: readonly T[],
  mine: readonly T[],
  theirs: readonly T[],
  both: (base: T | undefined, mine: T, theirs: T) => T,
): T[] {
  const index = (items: readonly T[]): Map<string, T> => new Map(items.map((item) => [item.id, item]));
  const [bases, mines, others] = [index(base), index(mine), index(theirs)];
  const merged: T[] = [];
  for (const id of new Set([...mines.keys(), ...others.keys()])) {
    const [was, my, their] = [bases.get(id), mines.get(id), others.get(id)];
    if (my && their) merged.push(both(was, my, their));
    const only = my && their ? undefined : (my ?? their);
    if (only && !(was && same(writing(only), writing(was)))) merged.push(only);
  }
  return merged;
}

function mergeReply(base: Reply | undefined, mine: Reply, theirs: Reply): Reply {
  if (same(mine, theirs)) return mine;
  const [winner, loser] = wins(mine, theirs) ? [mine, theirs] : [theirs, mine];
  return mergeFields(base, winner, loser);
}

function mergeAnnotation(base: Annotation | undefined, mine: Annotation, theirs: Annotation): Annotation {
  if (same(mine, theirs)) return mine;
  const [winner, loser] = wins(mine, theirs) ? [mine, theirs] : [theirs, mine];
  const replies = mergeById(base?.replies ?? [], mine.replies, theirs.replies, mergeReply).toSorted(byTime);
  return { ...mergeFields(base, winner, loser), replies };
}

/** The notes after two people changed them from the same `base`. */
export function mergeSidecars(base: Sidecar, mine: Sidecar, theirs: Sidecar): Sidecar {
  const annotations = mergeById(base.annotations, mine.annotations, theirs.annotations, mergeAnnotation);
  const [winner, loser] =
    canonical(mine.extra) >= canonical(theirs.extra) ? [mine.extra, theirs.extra] : [theirs.extra, mine.extra];
  return { annotations: annotations.toSorted(byId), extra: mergeFields(base.extra, winner, loser) };
}
