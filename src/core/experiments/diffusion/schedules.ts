/** Schedules of how much noise each of T steps adds, β_t in (0, 1). */

const LARGEST_BETA = 0.999;
/** Of the linear schedule at T = 1000 (Ho et al. 2020). */
const [FIRST, LAST, USUAL_STEPS] = [1e-4, 0.02, 1_000];
/** Of the cosine schedule (Nichol and Dhariwal 2021, equation 17). */
const OFFSET = 0.008;

/** From 10⁻⁴ to 0.02 at T = 1000; with fewer steps each adds as much more. */
function linear(steps: number): number[] {
  const scale = USUAL_STEPS / steps;
  return Array.from({ length: steps }, (_, index) => {
    const share = steps === 1 ? 1 : index / (steps - 1);
    return Math.min(LARGEST_BETA, scale * (FIRST + (LAST - FIRST) * share));
  });
}

function cosine(steps: number): number[] {
  const kept = (t: number): number => Math.cos((((t / steps + OFFSET) / (1 + OFFSET)) * Math.PI) / 2) ** 2;
  return Array.from({ length: steps }, (_, index) => Math.min(LARGEST_BETA, 1 - kept(index + 1) / kept(index)));
}

export const SCHEDULES = { linear, cosine } as const;
export type ScheduleName = keyof typeof SCHEDULES;
