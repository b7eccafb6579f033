import * as vscode from 'vscode';
import { Problem } from '../../core/problem';
import { showProblem } from '../problems';
import { hasSidecar, reportOf } from '../notes/sidecarStorage';
import type { NoteStore } from '../notes/noteStore';
import type { Services } from '../services';
import { registerNoteCommands } from './noteCommands';
import { canCarryNotes, NoteController } from './noteController';

/** Notes in Markdown editors: of reports that are open in Drylab, and of documents that have a file of notes. */
export function registerComments(services: Services): vscode.Disposable {
  const { notes } = services;
  const controller = new NoteController();
  const told = new Map<NoteStore, string>();
  const show = (store: NoteStore): void => {
    controller.show(store);
    tellProblem(services, told, store);
  };
  const openNotes = async (document: vscode.TextDocument): Promise<void> => {
    if (document.isClosed || document.isUntitled || !canCarryNotes(document)) return;
    if (await hasSidecar(document.uri)) await notes.forDocument(document);
  };
  const open = (document: vscode.TextDocument): void =>
    void openNotes(document).catch((thrown: unknown) => showProblem(thrown, services.log));
  const watcher = vscode.workspace.createFileSystemWatcher('**/*.drylab.json', false, true, true);
  for (const store of notes.all) show(store);
  vscode.workspace.textDocuments.forEach(open);
  return vscode.Disposable.from(
    controller,
    watcher,
    watcher.onDidCreate((sidecar) => {
      const report = reportOf(sidecar).toString();
      vscode.workspace.textDocuments.filter(({ uri }) => uri.toString() === report).forEach(open);
    }),
    vscode.workspace.onDidOpenTextDocument(open),
    notes.onDidOpen(show),
    notes.onDidChange(show),
    notes.onDidClose((store) => {
      told.delete(store);
      controller.hide(store);
    }),
    registerNoteCommands(services, controller),
  );
}

/** Says once what keeps notes from being written, and again only when it is something else. */
function tellProblem({ log }: Services, told: Map<NoteStore, string>, store: NoteStore): void {
  const now = store.problem ? JSON.stringify(store.problem) : '';
  if ((told.get(store) ?? '') === now) return;
  told.set(store, now);
  if (store.problem) void showProblem(new Problem(store.problem.code, store.problem.data), log);
}
