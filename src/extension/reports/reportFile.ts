import { isUtf8 } from 'node:buffer';
import * as vscode from 'vscode';
import { Problem } from '../../core/problem';
import { isReportName } from '../../core/report/format';
import { checkSize } from '../../core/report/size';
import type { LabClient } from '../../lab/client';

/** How messages name a file: its path in the workspace. */
export function fileLabel(uri: vscode.Uri): string {
  return vscode.workspace.asRelativePath(uri);
}

/**
 * Opens a file as a report's document, after the checks that need no parser.
 * @throws Problem `file.unsaved`, `file.format`, `file.missing`, `file.too-large`, `file.not-utf8`, `file.unreadable`.
 */
export async function openReportFile(uri: vscode.Uri, lab: LabClient): Promise<vscode.TextDocument> {
  const file = fileLabel(uri);
  if (uri.scheme === 'untitled') throw new Problem('file.unsaved', { file });
  if (!isReportName(uri.path)) throw new Problem('file.format', { file });
  const bytes = await readLimited(uri, file);
  // The lab finds the first bad byte: that search would block the extension host for a large file.
  if (!isUtf8(bytes)) await lab.call('readReport', { name: file, bytes, parts: null });
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch (thrown) {
    throw new Problem('file.unreadable', { file, detail: Problem.from(thrown).message });
  }
}

async function readLimited(uri: vscode.Uri, file: string): Promise<Uint8Array> {
  try {
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if (type & vscode.FileType.Directory) throw new Problem('file.format', { file });
    checkSize(size, file);
    return await vscode.workspace.fs.readFile(uri);
  } catch (thrown) {
    if (thrown instanceof Problem) throw thrown;
    if (thrown instanceof vscode.FileSystemError && thrown.code === 'FileNotFound') {
      throw new Problem('file.missing', { file });
    }
    throw new Problem('file.unreadable', { file, detail: thrown instanceof Error ? thrown.message : String(thrown) });
  }
}
