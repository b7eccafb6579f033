import type { SettingValue } from '../../src/core/experiments/evidence';
import type { NumberSetting } from '../../src/core/experiments/settings';
import { phrase, sayPhrase } from '../../src/core/explain/phrase';
import { SEED_LIMIT } from '../../src/core/models/sampler';
import { INITIAL_SEED, type ExperimentTarget, type ShownExperiment } from '../../src/protocol/experimentView';
import { button } from '../shared/button';
import { element } from '../shared/element';
import { t } from '../shared/host';
import { isSameRun } from './experimentState';
import { SettingField, type FieldEvents } from './settingField';

const SEED: NumberSetting = {
  kind: 'number',
  label: phrase('Seed'),
  least: 0,
  greatest: SEED_LIMIT,
  initial: INITIAL_SEED,
  isWhole: true,
};

export interface FormEvents extends FieldEvents {
  /** Asks for the initial settings. */
  reset(): void;
}

/** A control for every setting of an experiment, and the seed. */
export class SettingsForm {
  readonly element: HTMLElement;
  private readonly fields: ReadonlyMap<string, SettingField>;
  private readonly seed: SettingField;
  private readonly reset: HTMLElement;

  constructor(
    private readonly experiment: ShownExperiment,
    target: ExperimentTarget,
    events: FormEvents,
  ) {
    this.fields = new Map(
      Object.entries(experiment.settings).map(([name, declaration]) => {
        const initial = target.settings[name] ?? declaration.initial;
        return [name, new SettingField(declaration, sayPhrase(declaration.label, t), initial, events)];
      }),
    );
    this.seed = new SettingField(SEED, t('Seed'), target.seed, events);
    this.reset = button(t('Reset'), () => events.reset(), { icon: 'discard' });
    this.reset.title = t('Back to the initial settings');
    this.element = element(
      'div',
      { class: 'toolbar settings', role: 'group', 'aria-label': t('Settings') },
      ...[...this.fields.values(), this.seed].map((field) => field.element),
      this.reset,
    );
  }

  /** `null` while something entered is not valid. */
  get target(): ExperimentTarget | null {
    const seed = this.seed.value;
    const values = [...this.fields].map(([name, field]) => [name, field.value] as const);
    if (typeof seed !== 'number' || values.some(([, value]) => value === null)) return null;
    const settings = Object.fromEntries(values.filter((entry): entry is [string, SettingValue] => entry[1] !== null));
    return { experiment: this.experiment.id, seed, settings };
  }

  /** Offers the way back only from somewhere else. */
  update(): void {
    const { target, experiment } = this;
    const initial = Object.entries(experiment.settings).map(([name, { initial }]) => [name, initial]);
    this.reset.hidden = target !== null && isSameRun(target, INITIAL_SEED, Object.fromEntries(initial));
  }

  /** Shows what the lab says of a setting beside its control; `false` when there is no such control. */
  refuse(setting: string, message: string): boolean {
    const field = setting === 'seed' ? this.seed : this.fields.get(setting);
    field?.refuse(message);
    return field !== undefined;
  }
}
