import type { Provenance, SettingValues } from '../../src/core/experiments/evidence';
import { sayPhrase } from '../../src/core/explain/phrase';
import type { EvidenceResult } from '../../src/protocol/lab';
import type { ShownExperiment } from '../../src/protocol/experimentView';
import { button } from '../shared/button';
import { element } from '../shared/element';
import { durationText } from '../shared/evidence/duration';
import { t } from '../shared/host';

const SHORT_HASH = 12;

/** The settings in words, such as `Losses m 16, seed 0`. */
export function settingsText(experiment: ShownExperiment, settings: SettingValues, seed: number): string {
  const named = Object.entries(settings).map(([name, value]) => {
    const declaration = experiment.settings[name];
    if (!declaration) return `${name} ${value}`;
    const choice = declaration.kind === 'choice' ? declaration.choices[String(value)] : undefined;
    return `${sayPhrase(declaration.label, t)} ${choice ? sayPhrase(choice, t) : value}`;
  });
  return [...named, t('seed {seed}', { seed })].join(', ');
}

/** Where the numbers come from, folded away, with a way to copy all of it. */
export function provenanceView(
  experiment: ShownExperiment,
  { evidence, seconds }: EvidenceResult,
  copy: (text: string) => void,
): HTMLElement {
  const { provenance } = evidence;
  const facts: [string, (Node | string)[]][] = [
    [t('Models'), files(provenance.models)],
    [t('Data'), files(provenance.data)],
    [t('Settings'), [settingsText(experiment, provenance.settings, provenance.seed)]],
    [t('Runtime'), [provenance.runtime ?? t('none: computed without a model')]],
    [t('Computed in'), [durationText(seconds)]],
  ];
  const json = JSON.stringify({ experiment: evidence.experiment, seconds, ...provenance }, null, 2);
  return element(
    'details',
    { class: 'provenance' },
    element('summary', {}, t('Where these numbers come from')),
    element('dl', {}, ...facts.flatMap(([name, values]) => [element('dt', {}, name), element('dd', {}, ...values)])),
    button(t('Copy as JSON'), () => copy(json), { icon: 'copy' }),
  );
}

function files(hashes: Provenance['models']): (Node | string)[] {
  const entries = Object.entries(hashes);
  if (entries.length === 0) return [t('none')];
  return entries.map(([id, hash]) =>
    element(
      'div',
      {},
      element('code', {}, id),
      ' ',
      element('code', { class: 'hash', title: hash }, hash.slice(0, SHORT_HASH)),
    ),
  );
}
