import * as vscode from 'vscode';
import { Problem } from '../../core/problem';
import { isReportName } from '../../core/report/format';
import { COMMENT_CONTROLLER } from '../contributions';
import type { NoteStore } from '../notes/noteStore';
import { problemText } from '../problems';
import type { NoteComment } from './noteComment';
import { shortened } from './shortened';
import { NoteThreads } from './noteThreads';

/** Whether a person may write notes in an editor of this document. */
export function canCarryNotes({ languageId, uri, isUntitled }: vscode.TextDocument): boolean {
  if (languageId !== 'markdown' && !isReportName(uri.path)) return false;
  return isUntitled || vscode.workspace.fs.isWritableFileSystem(uri.scheme) === true;
}

/** The notes of all reports in use, as VS Code's comments. */
export class NoteController implements vscode.Disposable {
  private readonly controller = vscode.comments.createCommentController(
    COMMENT_CONTROLLER,
    vscode.l10n.t('Drylab Notes'),
  );
  private readonly threads = new Map<NoteStore, NoteThreads>();

  constructor() {
    this.controller.options = {
      prompt: vscode.l10n.t('Reply…'),
      placeHolder: vscode.l10n.t('What do you think of these words? Markdown is understood.'),
    };
    this.controller.commentingRangeProvider = {
      provideCommentingRanges: (document) =>
        this.invitesNotes(document) ? [new vscode.Range(0, 0, document.lineCount - 1, 0)] : [],
    };
  }

  show(store: NoteStore): void {
    const threads = this.threads.get(store);
    if (threads) threads.render();
    else this.threads.set(store, new NoteThreads(this.controller, store));
  }

  hide(store: NoteStore): void {
    this.threads.get(store)?.dispose();
    this.threads.delete(store);
  }

  /** The note that a thread shows. @throws Problem `annotation.unknown`. */
  find(thread: vscode.CommentThread): { readonly store: NoteStore; readonly note: string } {
    for (const [store, threads] of this.threads) {
      const note = threads.noteOf(thread);
      if (note !== undefined) return { store, note };
    }
    throw new Problem('annotation.unknown');
  }

  redraw(comment: NoteComment): void {
    this.threads.get(comment.store)?.redraw(comment.note);
  }

  /**
   * Lets the person write a note on the selection of the active editor.
   * @returns the text, or `undefined` if nothing was written or VS Code shows its own field and takes it from there.
   */
  async ask(document: vscode.TextDocument, { end }: vscode.Selection, words: string): Promise<string | undefined> {
    if (!this.hasThreadOn(document, end.line)) {
      await vscode.commands.executeCommand('workbench.action.addComment');
      return undefined;
    }
    // On a line that has a note, that command would fold the note instead, and a field of our own would not get the
    // focus: what is typed would replace the selected words.
    return vscode.window.showInputBox({
      title: vscode.l10n.t('Note on “{0}”', shortened(words)),
      prompt: vscode.l10n.t('Write a note…'),
      ignoreFocusOut: true,
      validateInput: (text) => (text.trim() === '' ? problemText({ code: 'annotation.empty', data: {} }) : undefined),
    });
  }

  /** Markdown is mostly prose; other files are left alone until they are open as reports. */
  private invitesNotes(document: vscode.TextDocument): boolean {
    if (document.isUntitled || !canCarryNotes(document)) return false;
    const isShown = [...this.threads.keys()].some(({ uri }) => uri.toString() === document.uri.toString());
    return document.languageId === 'markdown' || isShown;
  }

  dispose(): void {
    for (const store of [...this.threads.keys()]) this.hide(store);
    this.controller.dispose();
  }

  private hasThreadOn(document: vscode.TextDocument, line: number): boolean {
    const threads = [...this.threads].find(([store]) => store.uri.toString() === document.uri.toString())?.[1];
    return threads?.all.some(({ range }) => range?.end.line === line) ?? false;
  }
}
