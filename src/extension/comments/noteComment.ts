import * as vscode from 'vscode';
import type { Annotation, Reply } from '../../core/annotation/annotation';
import type { NoteStore } from '../notes/noteStore';

/** A note or one of its replies, as VS Code shows it. VS Code writes what the person types into `body`. */
export class NoteComment implements vscode.Comment {
  body: string | vscode.MarkdownString;
  mode = vscode.CommentMode.Preview;
  readonly author: vscode.CommentAuthorInformation;
  readonly timestamp?: Date;
  /** What the menus of package.json ask for. */
  readonly contextValue: 'editable' | 'readonly';

  constructor(
    readonly store: NoteStore,
    readonly note: string,
    /** `null` for the note itself. */
    readonly reply: string | null,
    private readonly content: Annotation | Reply,
  ) {
    this.body = shown(content.body);
    this.author = { name: content.author };
    this.contextValue = store.readOnly ? 'readonly' : 'editable';
    const created = new Date(content.created);
    if (!Number.isNaN(created.getTime())) this.timestamp = created;
  }

  get text(): string {
    return typeof this.body === 'string' ? this.body : this.body.value;
  }

  /** Lets the person change the text. */
  startEditing(): void {
    this.body = this.content.body;
    this.mode = vscode.CommentMode.Editing;
  }

  /** Shows the text as it was before. */
  stopEditing(): void {
    this.body = shown(this.content.body);
    this.mode = vscode.CommentMode.Preview;
  }

  async save(): Promise<void> {
    const text = this.text;
    if (this.reply === null) await this.store.edit(this.note, text);
    else await this.store.editReply(this.note, this.reply, text);
  }

  async remove(): Promise<void> {
    if (this.reply === null) await this.store.remove(this.note);
    else await this.store.removeReply(this.note, this.reply);
  }
}

/** Notes come from anyone: no command links, no HTML. */
function shown(body: string): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString(body);
  markdown.isTrusted = false;
  markdown.supportHtml = false;
  return markdown;
}
