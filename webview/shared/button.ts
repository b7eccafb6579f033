import type { Button, TextArea, TextField } from './controls';
import './controls';
import { element } from './element';
import { icon } from './icon';

declare global {
  interface HTMLElementTagNameMap {
    'vscode-button': Button;
    'vscode-text-area': TextArea;
    'vscode-text-field': TextField;
  }
}

export interface ButtonOptions {
  readonly appearance?: 'primary' | 'secondary';
  /** A codicon before the label. */
  readonly icon?: string;
}

/** A button with a label. */
export function button(label: string, onClick: () => void, options: ButtonOptions = {}): Button {
  const made = element('vscode-button', { appearance: options.appearance ?? 'secondary' }, label);
  if (options.icon !== undefined) {
    const start = icon(options.icon);
    start.slot = 'start';
    made.prepend(start);
  }
  made.addEventListener('click', onClick);
  return made;
}
