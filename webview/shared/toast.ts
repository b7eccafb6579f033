import { button } from './button';
import { element } from './element';
import { icon, iconButton } from './icon';
import { t } from './host';

const SHOWN_MILLISECONDS = 10_000;

/** One short message at the bottom of the view that goes away by itself, unless it is being read. */
export class Toast {
  readonly element = element('div', { class: 'toast', role: 'status', hidden: true });
  private timer: number | undefined;

  constructor() {
    this.element.addEventListener('pointerenter', () => this.hold());
    this.element.addEventListener('focusin', () => this.hold());
    this.element.addEventListener('pointerleave', () => this.release());
    this.element.addEventListener('focusout', () => this.release());
    this.element.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.hide();
    });
  }

  show(symbol: string, message: string, action?: { label: string; run(): void }): void {
    const act = action && button(action.label, () => (this.hide(), action.run()));
    const close = iconButton('close', t('Dismiss'), () => this.hide());
    this.element.replaceChildren(
      icon(symbol),
      element('span', { class: 'toast-text' }, message),
      ...(act ? [act] : []),
      close,
    );
    this.element.hidden = false;
    this.release();
  }

  hide(): void {
    this.hold();
    this.element.hidden = true;
  }

  private hold(): void {
    window.clearTimeout(this.timer);
  }

  private release(): void {
    this.hold();
    this.timer = window.setTimeout(() => this.hide(), SHOWN_MILLISECONDS);
  }
}
