import { t } from '../host';

/** Seconds for people: tenths while they matter, then minutes. */
export function durationText(seconds: number): string {
  if (seconds < 0.05) return t('less than 0.1 s');
  if (seconds < 10) return t('{seconds} s', { seconds: Number(seconds.toFixed(1)) });
  if (seconds < 90) return t('{seconds} s', { seconds: Math.round(seconds) });
  return t('{minutes} min', { minutes: Math.round(seconds / 60) });
}
