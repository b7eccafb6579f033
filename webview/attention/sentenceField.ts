import { button } from '../shared/button';
import type { TextField } from '../shared/controls';
import { element } from '../shared/element';
import { t } from '../shared/host';
import { icon, iconButton } from '../shared/icon';
import { EXAMPLES } from './attentionState';
import { Suggestions } from './suggestions';

export interface SentenceFieldOptions {
  submit(sentence: string): void;
  cancel(): void;
  history(): readonly string[];
}

/** The English sentence: Enter translates, Escape cancels, Down arrow offers examples and earlier sentences. */
export class SentenceField {
  readonly element: HTMLElement;
  private readonly field: TextField;
  private readonly problem = element('p', { class: 'field-problem', role: 'alert', hidden: true });
  private readonly suggestions: Suggestions;

  constructor(
    sentence: string,
    private readonly options: SentenceFieldOptions,
  ) {
    this.field = element('vscode-text-field', { placeholder: t('Type an English sentence'), spellcheck: false });
    this.field.value = sentence;
    this.field.addEventListener('keydown', (event) => this.onKey(event));
    this.field.addEventListener('input', () => this.showProblem(null));
    const pick = iconButton('chevron-down', t('Examples and earlier sentences'), () => this.offer());
    pick.slot = 'end';
    pick.setAttribute('aria-haspopup', 'listbox');
    this.field.append(pick);
    this.suggestions = new Suggestions(
      t('Examples and earlier sentences'),
      (picked) => this.take(picked),
      (returnsFocus) => returnsFocus && this.field.focus(),
    );
    const action = button(t('Translate'), () => this.submit(), { appearance: 'primary' });
    const box = element('div', { class: 'sentence-box' }, this.field, this.suggestions.element, this.problem);
    this.element = element('div', { class: 'sentence' }, box, action);
    // The toolkit names the field itself when it is connected, so its name is set after that.
    requestAnimationFrame(() => this.field.setAttribute('aria-label', t('English sentence')));
  }

  set sentence(sentence: string) {
    this.field.value = sentence;
    this.showProblem(null);
  }

  showProblem(message: string | null): void {
    this.problem.hidden = message === null;
    this.problem.replaceChildren(...(message === null ? [] : [icon('error'), element('span', {}, message)]));
    this.field.classList.toggle('invalid', message !== null);
  }

  private submit(): void {
    this.showProblem(null);
    this.options.submit(this.field.value.trim());
  }

  private take(sentence: string): void {
    this.field.value = sentence;
    this.submit();
  }

  private offer(): void {
    const recent = this.options.history();
    this.suggestions.open([
      { title: t('Earlier'), sentences: recent },
      { title: t('Examples'), sentences: EXAMPLES.filter((example) => !recent.includes(example)) },
    ]);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.target !== this.field || event.isComposing) return;
    if (event.key === 'Enter') this.submit();
    else if (event.key === 'ArrowDown') this.offer();
    else if (event.key === 'Escape') this.options.cancel();
    else return;
    event.preventDefault();
  }
}
