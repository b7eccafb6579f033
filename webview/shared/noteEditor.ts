import { Problem, type ProblemCode } from '../../src/core/problem';
import { button } from './button';
import type { TextArea } from './controls';
import { element } from './element';
import { t } from './host';
import { problemText } from './problemText';

export interface NoteEditorOptions {
  /** For screen readers, and shown while the box is empty. */
  readonly label: string;
  readonly submitLabel: string;
  readonly body: string;
  /** What is wrong with a text that is empty; `annotation.empty` by default. */
  readonly emptyProblem?: ProblemCode;
  /** Resolves when the text is stored; a problem is shown and the text kept. */
  submit(body: string): Promise<void>;
  cancel(): void;
  changed?(body: string): void;
}

/** A box to write a note in. Ctrl+Enter stores it; Escape leaves an unchanged one. */
export class NoteEditor {
  readonly element: HTMLElement;
  private readonly area: TextArea;
  private readonly error = element('p', { class: 'editor-error', role: 'alert', hidden: true });
  private busy = false;

  constructor(private readonly options: NoteEditorOptions) {
    this.area = element('vscode-text-area', { rows: 3, resize: 'vertical', placeholder: options.label });
    this.area.value = options.body;
    this.area.addEventListener('input', () => options.changed?.(this.area.value));
    const submit = button(options.submitLabel, () => void this.submit(), { appearance: 'primary' });
    submit.title = t('{label} (Ctrl+Enter)', { label: options.submitLabel });
    const cancel = button(t('Cancel'), () => options.cancel());
    this.element = element(
      'div',
      { class: 'note-editor' },
      this.area,
      this.error,
      element('div', { class: 'editor-buttons' }, submit, cancel),
    );
    this.element.addEventListener('keydown', (event) => this.onKey(event));
  }

  get body(): string {
    return this.area.value;
  }

  /** Sets the text without making it the one that Escape compares with. */
  setBody(body: string): void {
    this.area.value = body;
  }

  focus(): void {
    // The toolkit names the box itself when it is connected, so its name is set after that.
    this.area.setAttribute('aria-label', this.options.label);
    this.area.focus({ preventScroll: true });
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void this.submit();
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      if (this.area.value.trim() === this.options.body.trim()) this.options.cancel();
    }
  }

  private async submit(): Promise<void> {
    if (this.busy) return;
    const body = this.area.value.trim();
    if (body === '') return this.fail(new Problem(this.options.emptyProblem ?? 'annotation.empty'));
    this.busy = true;
    this.error.hidden = true;
    try {
      await this.options.submit(body);
    } catch (thrown) {
      this.fail(Problem.from(thrown));
    } finally {
      this.busy = false;
    }
  }

  private fail(problem: Problem): void {
    this.error.textContent = problemText(problem);
    this.error.hidden = false;
    this.area.focus({ preventScroll: true });
  }
}
