import { SEED_LIMIT } from '../../src/core/models/sampler';
import { describeProblem } from '../../src/core/problem';
import type { SamplesSettings } from '../../src/protocol/modelViews';
import { button } from '../shared/button';
import type { Button, TextField } from '../shared/controls';
import { element } from '../shared/element';
import { Select } from '../shared/figures/select';
import { t } from '../shared/host';
import { icon, iconButton } from '../shared/icon';

const COUNTS = [1, 4, 9, 16, 25, 36, 64, 100, 144, 256];

export interface SamplesControlsOptions {
  changed(settings: SamplesSettings, typing: boolean): void;
  exportPng(): void;
}

/** Seed, count and export. Only valid settings are told. */
export class SamplesControls {
  readonly element: HTMLElement;
  private readonly seedField: TextField;
  private readonly count: Select;
  private readonly exporting: Button;
  private readonly problem = element('p', { class: 'field-problem', role: 'alert', hidden: true });
  private settings: SamplesSettings;

  constructor(
    initial: SamplesSettings,
    private readonly options: SamplesControlsOptions,
  ) {
    this.settings = initial;
    this.seedField = element('vscode-text-field', { inputmode: 'numeric', maxlength: 10 });
    this.seedField.addEventListener('input', () => this.readSeed());
    this.seedField.addEventListener('keydown', (event) => this.onSeedKey(event));
    this.count = new Select(t('Pictures'), (value) => this.change({ ...this.settings, count: Number(value) }, false));
    this.exporting = button(t('Export PNG…'), () => options.exportPng(), { icon: 'export' });
    const seed = element(
      'div',
      { class: 'field seed' },
      element('span', { 'aria-hidden': 'true' }, t('Seed')),
      this.seedField,
      iconButton('refresh', t('New seed'), () => this.renew()),
    );
    const end = element('div', { class: 'toolbar-end' }, this.exporting);
    this.element = element(
      'div',
      {},
      element('div', { class: 'toolbar' }, seed, this.count.element, end),
      this.problem,
    );
    this.show(initial);
    this.canExport = false;
    // The toolkit names the field itself when it is connected, so its name is set after that.
    requestAnimationFrame(() => this.seedField.setAttribute('aria-label', t('Seed')));
  }

  set canExport(can: boolean) {
    this.exporting.disabled = !can;
  }

  /** Takes settings from outside; does not call `changed`. */
  show(settings: SamplesSettings): void {
    this.settings = settings;
    this.seedField.value = String(settings.seed);
    const counts = COUNTS.includes(settings.count) ? COUNTS : [...COUNTS, settings.count].sort((a, b) => a - b);
    const choices = counts.map((count) => ({ value: String(count), label: String(count) }));
    this.count.offer(choices, String(settings.count));
    this.showProblem(null);
  }

  private renew(): void {
    const seed = Math.floor(Math.random() * 10_000);
    this.seedField.value = String(seed);
    this.showProblem(null);
    this.change({ ...this.settings, seed }, false);
  }

  private readSeed(): void {
    const text = this.seedField.value.trim();
    const seed = Number(text);
    const isValid = /^\d+$/.test(text) && seed <= SEED_LIMIT;
    const data = { seed: text === '' ? '–' : text, limit: SEED_LIMIT };
    this.showProblem(isValid ? null : describeProblem({ code: 'sample.seed', data }, (template) => t(template)));
    if (isValid) this.change({ ...this.settings, seed }, true);
  }

  /** Arrow keys count up and down, as in every number field. */
  private onSeedKey(event: KeyboardEvent): void {
    const step = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const seed = Math.min(Math.max(this.settings.seed + step, 0), SEED_LIMIT);
    this.seedField.value = String(seed);
    this.showProblem(null);
    this.change({ ...this.settings, seed }, true);
  }

  private change(settings: SamplesSettings, typing: boolean): void {
    if (settings.seed === this.settings.seed && settings.count === this.settings.count) return;
    this.settings = settings;
    this.options.changed(settings, typing);
  }

  private showProblem(message: string | null): void {
    this.problem.hidden = message === null;
    this.problem.replaceChildren(...(message === null ? [] : [icon('error'), message]));
    this.seedField.setAttribute('aria-invalid', String(message !== null));
  }
}
