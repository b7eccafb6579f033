import { element } from '../element';
import { t } from '../host';
import { icon } from '../icon';
import type { FigureFile } from './figureExport';

type Kind = FigureFile['kind'];

/** A button that opens a menu of the kinds of file that a figure can be saved as. */
export function saveMenu(title: string, choose: (kind: Kind) => void): HTMLElement {
  const labels: readonly (readonly [Kind, string])[] = [
    ['png', t('Export PNG…')],
    ['svg', t('Export SVG…')],
    ['csv', t('Export CSV…')],
  ];
  const label = t('Export “{title}”', { title });
  const opener = element(
    'button',
    { type: 'button', class: 'icon-button', title: t('Export'), 'aria-label': label, 'aria-haspopup': 'menu' },
    icon('export'),
  );
  const items = labels.map(([kind, text]) => {
    const item = element('button', { type: 'button', role: 'menuitem', tabindex: -1, class: 'save-item' }, text);
    item.addEventListener('click', () => {
      show(false);
      opener.focus();
      choose(kind);
    });
    return item;
  });
  const menu = element('div', { class: 'save-menu', role: 'menu', 'aria-label': label, hidden: true }, ...items);
  const whole = element('div', { class: 'save' }, opener, menu);
  const show = (isShown: boolean): void => {
    menu.hidden = !isShown;
    opener.setAttribute('aria-expanded', String(isShown));
  };
  show(false);
  opener.addEventListener('click', () => {
    show(menu.hidden === true);
    if (!menu.hidden) items[0]?.focus();
  });
  whole.addEventListener('keydown', (event) => {
    if (menu.hidden) return;
    if (event.key === 'Escape') {
      show(false);
      opener.focus();
      event.stopPropagation();
    } else moveFocus(items, event);
  });
  whole.addEventListener('focusout', ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && whole.contains(relatedTarget))) show(false);
  });
  return whole;
}

function moveFocus(items: readonly HTMLElement[], event: KeyboardEvent): void {
  const at = items.findIndex((item) => item === document.activeElement);
  const targets: Partial<Record<string, number>> = {
    ArrowDown: (at + 1) % items.length,
    ArrowUp: (at - 1 + items.length) % items.length,
    Home: 0,
    End: items.length - 1,
  };
  const to = targets[event.key];
  if (to === undefined) return;
  event.preventDefault();
  items[to]?.focus();
}
