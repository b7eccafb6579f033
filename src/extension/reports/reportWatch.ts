import * as vscode from 'vscode';
import type { TextChange } from '../../core/annotation/tracking';

export interface ReportEvents {
  /** In the order in which they apply one after the other; none of them when only the line ends changed. */
  edited(changes: readonly TextChange[]): void;
  /** VS Code opened the document, perhaps again. */
  opened(document: vscode.TextDocument): void;
  /** The file was written or created, by whomever. */
  written(): void;
  deleted(): void;
}

/** Tells what happens to a report's document and to its file. */
export function watchReport(uri: vscode.Uri, events: ReportEvents): vscode.Disposable {
  const key = uri.toString();
  const folder = vscode.Uri.joinPath(uri, '..');
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  // Brackets and stars in a file's name are not meant as a pattern.
  const pattern = new vscode.RelativePattern(folder, name.replaceAll(/[[\]{}*?]/g, '?'));
  const watcher = vscode.workspace.createFileSystemWatcher(pattern);
  const only = (act: () => void) => (changed: vscode.Uri) => {
    if (changed.toString() === key) act();
  };
  let eol: vscode.EndOfLine | undefined;
  return vscode.Disposable.from(
    watcher,
    watcher.onDidChange(only(events.written)),
    watcher.onDidCreate(only(events.written)),
    watcher.onDidDelete(only(events.deleted)),
    vscode.workspace.onDidOpenTextDocument((document) => {
      if (document.uri.toString() === key) events.opened(document);
    }),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (document.uri.toString() !== key) return;
      const sameLineEnds = eol === undefined || eol === document.eol;
      eol = document.eol;
      // Saving and marking as changed are told by the same event.
      if (contentChanges.length === 0 && sameLineEnds) return;
      events.edited(
        contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
          start: rangeOffset,
          end: rangeOffset + rangeLength,
          text,
        })),
      );
    }),
  );
}
