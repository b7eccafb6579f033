import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { Problem } from '../../core/problem';
import type { FigureFile } from '../../protocol/experimentView';
import type { SamplesHostMethods } from '../../protocol/modelViews';

type ExportPng = SamplesHostMethods['exportPng'];

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * Asks for a place, proposing `name` in the first workspace folder, and writes the picture there.
 * @throws Problem `picture.write`, `internal` when the bytes are no PNG.
 */
export async function savePng({ png, name }: ExportPng['params']): Promise<ExportPng['result']> {
  return saveFigure({ kind: 'png', bytes: png, name });
}

/**
 * The same for every kind of file that a figure can be.
 * @throws Problem `picture.write`, `internal` when the bytes are not of that kind.
 */
export async function saveFigure({ kind, bytes, name }: FigureFile): Promise<ExportPng['result']> {
  if (kind === 'png' && PNG_SIGNATURE.some((byte, index) => bytes[index] !== byte)) {
    throw new Problem('internal', { detail: `${name} is no PNG` });
  }
  const { title, filter } = words(kind);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
  const uri = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(folder, name.replace(/[^\w.-]+/g, '-')),
    filters: { [filter]: [kind] },
    title,
  });
  if (!uri) return null;
  const path = uri.scheme === 'file' ? uri.fsPath : uri.toString(true);
  try {
    await vscode.workspace.fs.writeFile(uri, bytes);
  } catch (error) {
    throw new Problem('picture.write', { file: path, detail: Problem.from(error).data.detail ?? '' });
  }
  void offerToOpen(uri, path);
  return { path };
}

/** @throws Problem `internal` for a kind that there is not. */
function words(kind: FigureFile['kind']): { title: string; filter: string } {
  switch (kind) {
    case 'png':
      return { title: vscode.l10n.t('Export PNG'), filter: vscode.l10n.t('PNG Pictures') };
    case 'svg':
      return { title: vscode.l10n.t('Export SVG'), filter: vscode.l10n.t('SVG Pictures') };
    case 'csv':
      return { title: vscode.l10n.t('Export CSV'), filter: vscode.l10n.t('CSV Tables') };
    default:
      throw new Problem('internal', { detail: `no kind of file ${String(kind)}` });
  }
}

async function offerToOpen(uri: vscode.Uri, path: string): Promise<void> {
  const open = vscode.l10n.t('Open');
  const chosen = await vscode.window.showInformationMessage(vscode.l10n.t('Saved the picture as {0}.', path), open);
  if (chosen === open) await vscode.commands.executeCommand('vscode.open', uri);
}
