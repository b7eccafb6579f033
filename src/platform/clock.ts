import { performance } from 'node:perf_hooks';
import type { Clock } from '../core/ports';

export const clock: Clock = { now: () => performance.now() };

/**
 * Milliseconds that all threads of this process have computed: other programs on a busy machine do not add to them.
 * Windows counts them in steps of 16 ms, which is too coarse; there it is the clock on the wall.
 */
export const processorClock: Clock = process.platform === 'win32' ? clock : { now: processorMilliseconds };

function processorMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
