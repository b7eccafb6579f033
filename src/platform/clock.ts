import { performance } from 'node:perf_hooks';
import type { Clock } from '../core/ports';

export const clock: Clock = { now: () => performance.now() };
