import type { SettingValue } from '../../src/core/experiments/evidence';
import { INITIAL_SEED, type ExperimentTarget } from '../../src/protocol/experimentView';

function isValue(value: unknown): value is SettingValue {
  return typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
}

/** What was saved, as far as it is usable; `null` when no experiment was shown. */
export function restoredTarget(saved: Partial<ExperimentTarget> | undefined): ExperimentTarget | null {
  const { experiment, seed, settings } = saved ?? {};
  if (typeof experiment !== 'string') return null;
  const values = typeof settings === 'object' && settings !== null ? Object.entries(settings) : [];
  return {
    experiment,
    seed: Number.isSafeInteger(seed) ? (seed as number) : INITIAL_SEED,
    settings: Object.fromEntries(values.filter(([, value]) => isValue(value))),
  };
}

/** Whether evidence was computed with these settings. */
export function isSameRun(target: ExperimentTarget, seed: number, settings: ExperimentTarget['settings']): boolean {
  const text = (values: ExperimentTarget['settings']): string => JSON.stringify(Object.entries(values).sort());
  return target.seed === seed && text(target.settings) === text(settings);
}
