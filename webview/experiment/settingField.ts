import type { SettingValue } from '../../src/core/experiments/evidence';
import { checkedSettings, type NumberSetting, type SettingDeclaration } from '../../src/core/experiments/settings';
import { sayPhrase, type Phrase } from '../../src/core/explain/phrase';
import type { TextField } from '../shared/controls';
import { element } from '../shared/element';
import { numberText } from '../shared/figures/numberText';
import { Select } from '../shared/figures/select';
import { t } from '../shared/host';
import { icon } from '../shared/icon';

/** Nobody needs to see a bound beyond this before coming near it. */
const MOST_TOLD = 1e6;

export interface FieldEvents {
  /** A valid value was entered, by typing or at once. */
  changed(typing: boolean): void;
  /** What was entered is not valid. */
  refused(): void;
  /** Enter was pressed on a valid value. */
  submitted(): void;
}

/** One setting as a control with its bounds, and what is wrong with its value beside it. */
export class SettingField {
  readonly element: HTMLElement;
  private readonly problem = element('p', { class: 'field-problem', role: 'alert', hidden: true });
  private readonly input: TextField | null = null;
  private readonly select: Select | null = null;
  private current: SettingValue;

  constructor(
    private readonly declaration: SettingDeclaration,
    private readonly label: string,
    initial: SettingValue,
    private readonly events: FieldEvents,
  ) {
    this.current = isFlawless(declaration, initial) ? initial : declaration.initial;
    const control = element('div', { class: `setting setting-${declaration.kind}` });
    if (declaration.kind === 'choice') {
      this.select = new Select(label, (value) => this.accept(value, false));
      const choices = Object.entries<Phrase>(declaration.choices);
      this.select.offer(
        choices.map(([value, name]) => ({ value, label: sayPhrase(name, t) })),
        String(this.current),
      );
      control.append(this.select.element);
    } else {
      this.input = this.textField();
      const field = element('div', { class: 'field' }, element('span', { 'aria-hidden': 'true' }, label), this.input);
      const bounds = boundsText(declaration);
      if (bounds !== null) field.append(element('span', { class: 'bounds' }, bounds));
      control.append(field);
    }
    control.append(this.problem);
    this.element = control;
    // What was asked for and cannot be is shown with its fault, not silently replaced.
    if (this.current !== initial && this.input) {
      this.input.value = String(initial);
      this.read();
    }
  }

  /** `null` while what is entered is not valid. */
  get value(): SettingValue | null {
    return this.problem.hidden ? this.current : null;
  }

  focus(): void {
    this.input?.focus();
  }

  /** What the lab says of the value. */
  refuse(message: string): void {
    this.showProblem(message);
  }

  private textField(): TextField {
    const { declaration } = this;
    const isNumber = declaration.kind === 'number';
    const input = element('vscode-text-field', {
      inputmode: isNumber ? (declaration.isWhole ? 'numeric' : 'decimal') : undefined,
      maxlength: declaration.kind === 'text' ? declaration.longest : undefined,
      spellcheck: 'false',
    });
    input.value = String(this.current);
    input.addEventListener('input', () => this.read());
    input.addEventListener('keydown', (event) => this.onKey(event));
    // The toolkit names the field itself when it is connected, so its name is set after that.
    const bounds = boundsText(declaration);
    const name = bounds === null ? this.label : t('{label}, {bounds}', { label: this.label, bounds });
    requestAnimationFrame(() => input.setAttribute('aria-label', name));
    return input;
  }

  private read(): void {
    const text = this.input?.value.trim() ?? '';
    const value = this.declaration.kind === 'number' ? numberOf(text) : text;
    if (isFlawless(this.declaration, value)) this.accept(value, true);
    else {
      this.showProblem(flawText(this.declaration));
      this.events.refused();
    }
  }

  private accept(value: SettingValue, typing: boolean): void {
    const isNew = value !== this.current || !this.problem.hidden;
    this.showProblem(null);
    this.current = value;
    if (isNew) this.events.changed(typing);
  }

  /** Enter runs at once; the arrow keys count whole numbers up and down. */
  private onKey(event: KeyboardEvent): void {
    if (event.key === 'Enter') {
      if (this.value !== null) this.events.submitted();
      return;
    }
    const { declaration, current, input } = this;
    const step = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    if (step === 0 || declaration.kind !== 'number' || !declaration.isWhole || typeof current !== 'number') return;
    event.preventDefault();
    const next = Math.min(Math.max(current + step, declaration.least), declaration.greatest);
    if (input) input.value = String(next);
    this.accept(next, true);
  }

  private showProblem(message: string | null): void {
    this.problem.hidden = message === null;
    this.problem.replaceChildren(...(message === null ? [] : [icon('error'), message]));
    this.input?.setAttribute('aria-invalid', String(message !== null));
    this.input?.classList.toggle('invalid', message !== null);
  }
}

/** People write decimals with a point or a comma. */
function numberOf(text: string): number {
  return text === '' ? NaN : Number(text.replace(',', '.'));
}

function isFlawless(declaration: SettingDeclaration, value: SettingValue): boolean {
  try {
    checkedSettings({ value: declaration }, { value });
    return true;
  } catch {
    return false;
  }
}

function bounds({ least, greatest }: NumberSetting): { least: string; greatest: string } {
  const text = (value: number): string => (value > MOST_TOLD ? String(value) : numberText(value));
  return { least: text(least), greatest: text(greatest) };
}

/** Such as `1 to 64`; `null` where there are none to tell. */
function boundsText(declaration: SettingDeclaration): string | null {
  if (declaration.kind !== 'number' || declaration.greatest > MOST_TOLD) return null;
  return t('{least} to {greatest}', bounds(declaration));
}

function flawText(declaration: SettingDeclaration): string {
  if (declaration.kind === 'text')
    return t('Type something, at most {longest} characters.', { longest: declaration.longest });
  if (declaration.kind === 'choice') return t('Choose one of the values.');
  return declaration.isWhole
    ? t('Enter a whole number from {least} to {greatest}.', bounds(declaration))
    : t('Enter a number from {least} to {greatest}.', bounds(declaration));
}
