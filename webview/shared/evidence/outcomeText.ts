import type { Measurement, OutcomeKind } from '../../../src/core/experiments/evidence';
import { numberText } from '../figures/numberText';
import { t } from '../host';

const DIGITS = 3;

function rounded(value: number): string {
  return numberText(Number.isInteger(value) ? value : Number(value.toPrecision(DIGITS)));
}

/** Codicons; what stands beside them says the same. */
export const OUTCOME_ICONS: Readonly<Record<OutcomeKind, string>> = {
  holds: 'check',
  fails: 'close',
  inconclusive: 'question',
};

export function outcomeWord(outcome: OutcomeKind): string {
  if (outcome === 'holds') return t('holds');
  return outcome === 'fails' ? t('fails') : t('inconclusive');
}

/** `1.01 exponent of m`; the unit `1` is not said. */
export function effectText({ effect, unit }: Measurement): string {
  const value = rounded(effect);
  if (unit === '1' || unit === '') return value;
  return unit === '%' ? t('{value} %', { value }) : t('{value} {unit}', { value, unit: t(unit) });
}

/** Such as `0.97 to 1.06`; `null` for what is exact, or not a number. */
export function intervalText({ interval: [low, high] }: Measurement): string | null {
  if (low === high || Number.isNaN(low) || Number.isNaN(high)) return null;
  return t('{low} to {high}', { low: rounded(low), high: rounded(high) });
}

/** How many claims have each outcome, for one sentence. */
export function outcomesSentence(outcomes: readonly OutcomeKind[]): string {
  const count = (kind: OutcomeKind): number => outcomes.filter((outcome) => outcome === kind).length;
  return t('{holds} claims hold, {fails} fail, {inconclusive} are inconclusive.', {
    holds: count('holds'),
    fails: count('fails'),
    inconclusive: count('inconclusive'),
  });
}
