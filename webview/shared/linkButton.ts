import { element } from './element';
import { icon } from './icon';

/** A quiet button that looks like a link, with a codicon before its label. */
export function linkButton(symbol: string, label: string, onClick: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', class: 'link-button' }, icon(symbol), element('span', {}, label));
  made.addEventListener('click', onClick);
  return made;
}
