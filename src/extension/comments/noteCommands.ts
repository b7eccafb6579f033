import * as vscode from 'vscode';
import { anchorAt, trimSpan } from '../../core/annotation/anchor';
import { findPlace } from '../../core/annotation/placement';
import { Problem } from '../../core/problem';
import type { Span } from '../../core/text';
import { COMMANDS } from '../contributions';
import { problemText, showProblem } from '../problems';
import type { Services } from '../services';
import type { NoteComment } from './noteComment';
import { canCarryNotes, type NoteController } from './noteController';

/** What other code passes to add a note without asking anyone. */
export interface NewNoteArguments extends Span {
  readonly uri: vscode.Uri;
  readonly body: string;
  /** The part that the words belong to; without it the open report is asked. */
  readonly part?: string | null;
}

/** The commands of the notes in editors. */
export function registerNoteCommands(services: Services, notes: NoteController): vscode.Disposable {
  const { log } = services;
  const register = <T>(id: string, run: (argument: T) => Promise<unknown>): vscode.Disposable =>
    vscode.commands.registerCommand(id, async (argument: T) => {
      try {
        return await run(argument);
      } catch (thrown) {
        void showProblem(thrown, log);
      }
    });
  return vscode.Disposable.from(
    register(COMMANDS.addNote, (argument?: unknown) => addNote(services, notes, argument)),
    register(COMMANDS.createNote, (reply: vscode.CommentReply) => keepingText(reply, () => create(services, reply))),
    register(COMMANDS.discardNote, async ({ thread }: vscode.CommentReply) => thread.dispose()),
    register(COMMANDS.replyToNote, (reply: vscode.CommentReply) =>
      keepingText(reply, async () => {
        const { store, note } = notes.find(reply.thread);
        await store.reply(note, reply.text);
      }),
    ),
    register(COMMANDS.resolveNote, (thread: vscode.CommentThread) => setResolved(notes, thread, true)),
    register(COMMANDS.reopenNote, (thread: vscode.CommentThread) => setResolved(notes, thread, false)),
    register(COMMANDS.editComment, async (comment: NoteComment) => {
      comment.startEditing();
      notes.redraw(comment);
    }),
    register(COMMANDS.cancelEditing, async (comment: NoteComment) => {
      comment.stopEditing();
      notes.redraw(comment);
    }),
    register(COMMANDS.saveComment, (comment: NoteComment) => save(notes, comment)),
    register(COMMANDS.deleteComment, (comment: NoteComment) => remove(services, comment)),
  );
}

/** VS Code empties the field whatever becomes of the note: after a failure the text can be had back. */
async function keepingText({ text }: vscode.CommentReply, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (thrown) {
    const problem = Problem.from(thrown);
    if (text.trim() === '' || problem.code === 'internal') throw thrown;
    const copy = vscode.l10n.t('Copy Text');
    void vscode.window.showErrorMessage(problemText(problem), copy).then(async (chosen) => {
      if (chosen === copy) await vscode.env.clipboard.writeText(text);
    });
  }
}

async function addNote(services: Services, notes: NoteController, argument: unknown): Promise<string | undefined> {
  if (isNewNote(argument)) {
    const document = await vscode.workspace.openTextDocument(argument.uri);
    return add(services, document, argument, argument.body, argument.part);
  }
  const panel = services.panels.active;
  if (panel) {
    panel.addNote();
    return undefined;
  }
  const editor = vscode.window.activeTextEditor;
  if (!editor || !canCarryNotes(editor.document)) throw new Problem('annotation.no-selection');
  const { document, selection } = editor;
  if (document.isUntitled) throw new Problem('annotation.untitled');
  const anchor = anchorAt(document.getText(), spanOf(document, selection));
  await vscode.window.showTextDocument(document, {
    viewColumn: editor.viewColumn ?? vscode.ViewColumn.Active,
    selection,
  });
  const body = await notes.ask(document, selection, anchor.exact);
  if (body === undefined) return undefined;
  // The text may have changed while the note was written.
  const place = findPlace(document.getText(), anchor);
  if (!place) throw new Problem('annotation.no-selection');
  return add(services, document, place.span, body);
}

function isNewNote(argument: unknown): argument is NewNoteArguments {
  return typeof argument === 'object' && argument !== null && 'body' in argument && 'uri' in argument;
}

async function add(
  { notes, reports }: Services,
  document: vscode.TextDocument,
  span: Span,
  body: string,
  part: string | null = reports.partAt(document, span.start),
): Promise<string> {
  const store = await notes.forDocument(document);
  const { id } = await store.add({ span, part, body });
  return id;
}

/** The words of a new thread: what it ranges over, or its whole line where a person clicked beside the line. */
async function create(services: Services, { thread, text }: vscode.CommentReply): Promise<void> {
  const document = await vscode.workspace.openTextDocument(thread.uri);
  const range = thread.range ?? new vscode.Range(0, 0, 0, 0);
  const selected = vscode.window.visibleTextEditors
    .filter((editor) => editor.document === document)
    .map((editor) => editor.selection)
    .find((selection) => !selection.isEmpty && range.contains(selection) && !range.isEmpty);
  const words = range.isEmpty ? document.lineAt(range.start.line).range : (selected ?? range);
  const span = trimSpan(document.getText(), spanOf(document, words));
  if (!span) throw new Problem('annotation.no-selection');
  await add(services, document, span, text);
  thread.dispose();
}

function spanOf(document: vscode.TextDocument, range: vscode.Range): Span {
  return { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
}

async function setResolved(notes: NoteController, thread: vscode.CommentThread, resolved: boolean): Promise<void> {
  const { store, note } = notes.find(thread);
  await store.setResolved(note, resolved);
}

async function save(notes: NoteController, comment: NoteComment): Promise<void> {
  // What is being edited is left alone when notes change; from here on it may be replaced.
  comment.mode = vscode.CommentMode.Preview;
  try {
    await comment.save();
  } catch (thrown) {
    comment.mode = vscode.CommentMode.Editing;
    throw thrown;
  } finally {
    notes.redraw(comment);
  }
}

async function remove({ log }: Services, comment: NoteComment): Promise<void> {
  await comment.remove();
  const undo = vscode.l10n.t('Undo');
  const message = comment.reply === null ? vscode.l10n.t('Note deleted.') : vscode.l10n.t('Reply deleted.');
  // Not awaited: the message may stay for long, and the command is done.
  void vscode.window.showInformationMessage(message, undo).then(async (chosen) => {
    if (chosen === undo) await comment.store.undoRemove().catch((thrown: unknown) => showProblem(thrown, log));
  });
}
