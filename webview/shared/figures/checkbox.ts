import { element } from '../element';

/** A checkbox with its label. */
export function checkbox(label: string, checked: boolean, onChange: (checked: boolean) => void): HTMLLabelElement {
  const box = element('input', { type: 'checkbox', checked });
  box.addEventListener('change', () => onChange(box.checked));
  return element('label', { class: 'checkbox' }, box, label);
}
