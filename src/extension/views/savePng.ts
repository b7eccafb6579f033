import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { Problem } from '../../core/problem';
import type { SamplesHostMethods } from '../../protocol/modelViews';

type ExportPng = SamplesHostMethods['exportPng'];

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * Asks for a place, proposing `name` in the first workspace folder, and writes the picture there.
 * @throws Problem `picture.write`, `internal` when the bytes are no PNG.
 */
export async function savePng({ png, name }: ExportPng['params']): Promise<ExportPng['result']> {
  if (PNG_SIGNATURE.some((byte, index) => png[index] !== byte)) {
    throw new Problem('internal', { detail: `${name} is no PNG` });
  }
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
  const uri = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(folder, name.replace(/[^\w.-]+/g, '-')),
    filters: { [vscode.l10n.t('PNG Pictures')]: ['png'] },
    title: vscode.l10n.t('Export PNG'),
  });
  if (!uri) return null;
  const path = uri.scheme === 'file' ? uri.fsPath : uri.toString(true);
  try {
    await vscode.workspace.fs.writeFile(uri, png);
  } catch (error) {
    throw new Problem('picture.write', { file: path, detail: Problem.from(error).data.detail ?? '' });
  }
  void offerToOpen(uri, path);
  return { path };
}

async function offerToOpen(uri: vscode.Uri, path: string): Promise<void> {
  const open = vscode.l10n.t('Open');
  const chosen = await vscode.window.showInformationMessage(vscode.l10n.t('Saved the picture as {0}.', path), open);
  if (chosen === open) await vscode.commands.executeCommand('vscode.open', uri);
}
