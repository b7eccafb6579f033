import type { QuestionState } from '../../src/protocol/questionsView';
import { element } from '../shared/element';
import { t } from '../shared/host';
import { iconButton } from '../shared/icon';
import { partLabel } from '../shared/partLabel';
import { QuestionTree } from '../shared/questionTree';

/** The questions at the left; in a narrow view a bar on top that opens them. */
export class Navigation {
  readonly element: HTMLElement;
  readonly bar: HTMLElement;
  private readonly tree: QuestionTree;
  private readonly field = element('vscode-text-field', { placeholder: t('Filter questions'), type: 'text' });
  private readonly nothing = element(
    'p',
    { class: 'nothing', hidden: true },
    t('No part matches. Try a number, a word of the title, “empty” or “misconception”.'),
  );
  private readonly title = element('span', { class: 'bar-title' });
  private readonly toggle: HTMLButtonElement;

  constructor(openPart: (part: string) => void, move: (by: 1 | -1) => void) {
    this.tree = new QuestionTree({
      label: t('Questions'),
      openPart: (part) => {
        this.setOpen(false);
        openPart(part);
      },
    });
    this.field.addEventListener('input', () => this.filter());
    this.field.addEventListener('keydown', (event) => this.onFieldKey(event));
    this.element = element(
      'nav',
      { class: 'navigation', 'aria-label': t('Questions') },
      this.field,
      this.nothing,
      this.tree.element,
    );
    this.toggle = iconButton('list-tree', t('Questions'), () => this.setOpen(!this.element.classList.contains('open')));
    this.toggle.setAttribute('aria-expanded', 'false');
    const previous = iconButton('chevron-up', t('Previous part'), () => move(-1));
    const next = iconButton('chevron-down', t('Next part'), () => move(1));
    this.bar = element('div', { class: 'bar' }, this.toggle, this.title, previous, next);
  }

  update(questions: readonly QuestionState[]): void {
    this.tree.update(questions);
    this.filter();
  }

  setCurrent(part: string | null): void {
    this.tree.setCurrent(part);
    this.title.textContent = part === null ? '' : partLabel(part);
  }

  focusFilter(): void {
    this.setOpen(true);
    this.field.setAttribute('aria-label', t('Filter questions'));
    this.field.focus();
  }

  /** Closes what is open on top of the report; `false` when nothing was. */
  close(): boolean {
    const wasOpen = this.element.classList.contains('open');
    this.setOpen(false);
    return wasOpen;
  }

  private setOpen(isOpen: boolean): void {
    this.element.classList.toggle('open', isOpen);
    this.toggle.setAttribute('aria-expanded', String(isOpen));
  }

  private filter(): void {
    const count = this.tree.filter(this.field.value);
    this.nothing.hidden = count > 0;
  }

  private onFieldKey(event: KeyboardEvent): void {
    if (event.key === 'Escape' && this.field.value !== '') {
      this.field.value = '';
      this.filter();
    } else if (event.key === 'ArrowDown') this.tree.focus();
    else if (event.key === 'Enter') this.tree.openFirst();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
