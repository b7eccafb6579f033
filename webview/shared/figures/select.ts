import type { Dropdown } from '../controls';
import '../controls';
import { element } from '../element';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** A dropdown with its name beside it. */
export class Select {
  readonly element: HTMLElement;
  private readonly dropdown: Dropdown;
  private choices: readonly Choice[] = [];
  private chosen = '';

  constructor(label: string, onChange: (value: string) => void) {
    this.dropdown = element('vscode-dropdown' as 'div', { 'aria-label': label }) as HTMLElement as Dropdown;
    this.dropdown.addEventListener('change', () => {
      this.chosen = this.dropdown.value;
      onChange(this.chosen);
    });
    this.element = element('div', { class: 'field' }, element('span', { 'aria-hidden': 'true' }, label), this.dropdown);
  }

  get value(): string {
    return this.chosen;
  }

  set disabled(disabled: boolean) {
    this.dropdown.disabled = disabled;
  }

  /** Offers these; a value that is not among them chooses the first. Does not call `onChange`. */
  offer(choices: readonly Choice[], value: string): void {
    const found = choices.find((choice) => choice.value === value) ?? choices[0];
    if (JSON.stringify(choices) !== JSON.stringify(this.choices)) {
      this.choices = choices;
      this.dropdown.replaceChildren(
        ...choices.map((choice) =>
          element('vscode-option' as 'option', { value: choice.value, selected: choice === found }, choice.label),
        ),
      );
    } else if (found && this.dropdown.value !== found.value) {
      this.dropdown.value = found.value;
    }
    this.chosen = found?.value ?? '';
  }
}
