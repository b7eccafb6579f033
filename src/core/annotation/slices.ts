import type { Clock } from '../ports';

/** Longest time in milliseconds that sliced work keeps others waiting, but for one step of its own. */
const SLICE = 8;

/**
 * Runs work step by step and lets others run in between.
 * @param pause resolves when it is this work's turn again.
 */
export async function inSlices<T>(
  work: Generator<unknown, T, undefined>,
  clock: Clock,
  pause: () => Promise<void>,
): Promise<T> {
  let started = clock.now();
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    if (clock.now() - started < SLICE) continue;
    await pause();
    started = clock.now();
  }
}
