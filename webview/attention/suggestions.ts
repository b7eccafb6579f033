import { element } from '../shared/element';

export interface SuggestionGroup {
  readonly title: string;
  readonly sentences: readonly string[];
}

/** A list under a field to pick a sentence from. It takes the focus while it is open. */
export class Suggestions {
  readonly element = element('div', { class: 'suggestions', role: 'listbox', tabindex: -1, hidden: true });

  /** `closed` is told whether the focus should go back to the field. */
  constructor(
    label: string,
    private readonly picked: (sentence: string) => void,
    private readonly closed: (returnsFocus: boolean) => void,
  ) {
    this.element.setAttribute('aria-label', label);
    this.element.addEventListener('keydown', (event) => this.onKey(event));
    this.element.addEventListener('focusout', (event) => {
      const { relatedTarget } = event;
      if (!(relatedTarget instanceof Node && this.element.contains(relatedTarget))) this.close(false);
    });
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  open(groups: readonly SuggestionGroup[]): void {
    const filled = groups.filter(({ sentences }) => sentences.length > 0);
    this.element.replaceChildren(...filled.map((group) => this.groupElement(group)));
    this.element.hidden = false;
    this.items()[0]?.focus();
  }

  close(returnsFocus: boolean): void {
    if (!this.isOpen) return;
    this.element.hidden = true;
    this.closed(returnsFocus);
  }

  private groupElement({ title, sentences }: SuggestionGroup): HTMLElement {
    const options = sentences.map((sentence) => {
      const option = element('div', { class: 'suggestion', role: 'option', tabindex: -1 }, sentence);
      option.addEventListener('click', () => this.pick(sentence));
      option.addEventListener('pointermove', () => option.focus({ preventScroll: true }));
      return option;
    });
    const heading = element('div', { class: 'suggestion-group', 'aria-hidden': 'true' }, title);
    return element('div', { role: 'group', 'aria-label': title }, heading, ...options);
  }

  private items(): HTMLElement[] {
    return [...this.element.querySelectorAll<HTMLElement>('.suggestion')];
  }

  private pick(sentence: string): void {
    this.close(true);
    this.picked(sentence);
  }

  private onKey(event: KeyboardEvent): void {
    const items = this.items();
    const at = items.findIndex((item) => item === document.activeElement);
    const moves: Partial<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: items.length - 1,
    };
    const to = moves[event.key];
    if (to !== undefined) items[(to + items.length) % items.length]?.focus();
    else if (event.key === 'Escape') this.close(true);
    else if (event.key === 'Enter' || event.key === ' ') this.pick(items[at]?.textContent ?? '');
    else return;
    event.preventDefault();
  }
}
