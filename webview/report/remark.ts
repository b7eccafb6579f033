import { element } from '../shared/element';
import { t } from '../shared/host';
import { iconButton } from '../shared/icon';
import { renderMarkdown } from '../shared/markdownView';
import { NoteEditor } from '../shared/noteEditor';
import type { ReportContext } from './reportHost';

/** What notes and replies have in common. */
export interface RemarkText {
  readonly id: string;
  readonly author: string;
  readonly created: string;
  readonly modified: string;
  readonly body: string;
}

export interface RemarkActions {
  edit(body: string): Promise<void>;
  remove(): Promise<void>;
  /** Told when the height may have changed. */
  resized(): void;
}

/** One note or reply: who and when, the text, and buttons for what can be done with it. */
export class Remark {
  readonly element = element('div', { class: 'remark' });
  private readonly author = element('span', { class: 'author' });
  private readonly time = element('time');
  private readonly body = element('div', { class: 'remark-body markdown' });
  private editor: NoteEditor | null = null;
  private shown: RemarkText | undefined;

  constructor(
    private text: RemarkText,
    private readonly context: ReportContext,
    private readonly actions: RemarkActions,
    ownButtons: readonly HTMLElement[] = [],
  ) {
    const buttons = element(
      'div',
      { class: 'remark-actions' },
      ...ownButtons,
      iconButton('edit', t('Edit'), () => this.startEdit(this.text.body)),
      iconButton('trash', t('Delete'), () => context.report(this.actions.remove())),
    );
    this.element.append(element('div', { class: 'remark-head' }, this.author, this.time, buttons), this.body);
    this.update(text);
    const unsent = context.memory.get().texts[this.key];
    if (unsent !== undefined) this.startEdit(unsent, false);
  }

  private get key(): string {
    return `edit:${this.text.id}`;
  }

  /** Leaves an editor that is open as it is. */
  update(text: RemarkText): void {
    this.text = text;
    const before = this.shown;
    this.shown = text;
    this.author.textContent = text.author;
    this.time.dateTime = text.created;
    this.time.textContent = relativeTime(text.created);
    this.time.title = new Date(text.created).toLocaleString();
    if (text.modified !== text.created) {
      this.time.textContent = t('{time}, edited', { time: this.time.textContent });
      this.time.title = t('{created}, edited {modified}', {
        created: this.time.title,
        modified: new Date(text.modified).toLocaleString(),
      });
    }
    if (before?.body === text.body) return;
    this.body.replaceChildren(renderMarkdown(text.body, this.context));
  }

  private startEdit(body: string, focus = true): void {
    this.editor?.element.remove();
    this.editor = new NoteEditor({
      label: t('Edit the note'),
      submitLabel: t('Save'),
      body,
      submit: async (changed) => {
        await this.actions.edit(changed);
        this.stopEdit();
      },
      cancel: () => this.stopEdit(),
      changed: (changed) => this.context.memory.setText(this.key, changed),
    });
    this.element.append(this.editor.element);
    this.body.hidden = true;
    this.actions.resized();
    if (focus) this.editor.focus();
  }

  private stopEdit(): void {
    this.context.memory.setText(this.key, null);
    this.editor?.element.remove();
    this.editor = null;
    this.body.hidden = false;
    this.actions.resized();
    this.element.querySelector<HTMLElement>('.remark-actions button')?.focus({ preventScroll: true });
  }
}

const UNITS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** Such as "3 hours ago", in the reader's language. */
function relativeTime(iso: string): string {
  const seconds = (Date.now() - Date.parse(iso)) / 1000;
  if (Number.isNaN(seconds)) return '';
  const format = new Intl.RelativeTimeFormat(document.documentElement.lang || 'en', { numeric: 'auto' });
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? ['minute', 60];
  return Math.abs(seconds) < 60 ? t('just now') : format.format(-Math.round(seconds / size), unit);
}
