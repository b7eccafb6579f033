import { element } from './element';

/** Says short messages to screen readers without moving the focus. */
export class Announcer {
  readonly element = element('div', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' });

  say(message: string): void {
    // The same words twice in a row are only spoken again when the region was empty in between.
    this.element.textContent = '';
    requestAnimationFrame(() => (this.element.textContent = message));
  }
}
