import * as vscode from 'vscode';
import { REPORT_ENDINGS } from '../../core/report/format';

const MOST_FILES = 500;

interface FileItem extends vscode.QuickPickItem {
  readonly uri: vscode.Uri | undefined;
}

/** Asks for a file of the workspace that may be a report, or any other; `undefined` when the person changes their mind. */
export async function pickReport(): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showQuickPick(items(), {
    title: vscode.l10n.t('Open Report'),
    placeHolder: vscode.l10n.t('Choose the file with the answers'),
    matchOnDescription: true,
  });
  if (!chosen) return undefined;
  if (chosen.uri) return chosen.uri;
  const files = await vscode.window.showOpenDialog({
    filters: { [vscode.l10n.t('Reports')]: [...REPORT_ENDINGS] },
    openLabel: vscode.l10n.t('Open Report'),
  });
  return files?.at(0);
}

async function items(): Promise<FileItem[]> {
  const found = await vscode.workspace.findFiles(
    `**/*.{${REPORT_ENDINGS.join(',')}}`,
    '**/node_modules/**',
    MOST_FILES,
  );
  const label = (uri: vscode.Uri): string => uri.path.slice(uri.path.lastIndexOf('/') + 1);
  const files = found
    .map((uri) => ({ uri, label: label(uri), description: vscode.workspace.asRelativePath(uri) }))
    .map((item) => ({ ...item, description: item.description === item.label ? '' : item.description }))
    .sort((a, b) => a.description.localeCompare(b.description) || a.label.localeCompare(b.label));
  const other: FileItem = {
    uri: undefined,
    label: `$(folder-opened) ${vscode.l10n.t('Another File…')}`,
    alwaysShow: true,
  };
  return [...files, other];
}
