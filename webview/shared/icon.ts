import { element } from './element';

/** A codicon by its name. Without a label it is decoration, and what stands beside it must say the same. */
export function icon(name: string, label?: string): HTMLElement {
  return element('span', {
    class: `codicon codicon-${name}`,
    ...(label === undefined ? { 'aria-hidden': 'true' } : { role: 'img', 'aria-label': label, title: label }),
  });
}

/** A button that shows only a codicon, with its name as tooltip and for screen readers. */
export function iconButton(name: string, label: string, onClick: () => void): HTMLButtonElement {
  const button = element(
    'button',
    { type: 'button', class: 'icon-button', title: label, 'aria-label': label },
    icon(name),
  );
  button.addEventListener('click', onClick);
  return button;
}
