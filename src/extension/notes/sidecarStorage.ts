import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { sidecarName } from '../../core/annotation/sidecar';
import type { SidecarFile } from '../../core/annotation/sidecarKeeper';
import { Problem } from '../../core/problem';

export function fileName(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}

/** The file of notes beside a report. */
export function sidecarUri(report: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(report, '..', sidecarName(fileName(report)));
}

/** The report that a file of notes stands beside. */
export function reportOf(sidecar: vscode.Uri): vscode.Uri {
  return sidecar.with({ path: sidecar.path.slice(0, -sidecarName('').length) });
}

/** Whether there are notes beside a report. */
export async function hasSidecar(report: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(sidecarUri(report)).then(
    () => true,
    () => false,
  );
}

/** The file of notes in whatever file system the report is in. */
export class SidecarStorage implements SidecarFile {
  readonly name: string;

  constructor(private readonly uri: vscode.Uri) {
    this.name = fileName(uri);
  }

  async read(): Promise<string | null> {
    let bytes: Uint8Array;
    try {
      bytes = await vscode.workspace.fs.readFile(this.uri);
    } catch (thrown) {
      if (thrown instanceof vscode.FileSystemError && thrown.code === 'FileNotFound') return null;
      throw new Problem('sidecar.damaged', { file: this.name, detail: reason(thrown) });
    }
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      throw new Problem('sidecar.damaged', { file: this.name, detail: vscode.l10n.t('it is not UTF-8 text') });
    }
  }

  /** By a file beside it and a rename, so that no reader ever sees half of it. */
  async write(text: string): Promise<void> {
    const temporary = vscode.Uri.joinPath(this.uri, '..', `.drylab-${randomBytes(6).toString('hex')}.tmp`);
    try {
      await vscode.workspace.fs.writeFile(temporary, new TextEncoder().encode(text));
      await vscode.workspace.fs.rename(temporary, this.uri, { overwrite: true });
    } catch (thrown) {
      await vscode.workspace.fs.delete(temporary).then(undefined, () => undefined);
      throw new Error(reason(thrown), { cause: thrown });
    }
  }
}

function reason(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
