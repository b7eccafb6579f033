import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../src/extension/api';

/** The extension under test, activated. */
export async function activated(): Promise<ExtensionApi> {
  const extension = vscode.extensions.getExtension<ExtensionApi>('drylab.drylab');
  assert.ok(extension, 'the extension is installed');
  return extension.activate();
}

export function inWorkspace(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'a folder is open');
  return vscode.Uri.joinPath(folder.uri, name);
}

/** Writes a file into the workspace, which is a copy that is thrown away. */
export async function write(name: string, content: string | Uint8Array): Promise<vscode.Uri> {
  const uri = inWorkspace(name);
  await vscode.workspace.fs.writeFile(uri, typeof content === 'string' ? new TextEncoder().encode(content) : content);
  return uri;
}

export async function remove(uri: vscode.Uri): Promise<void> {
  await vscode.workspace.fs.delete(uri, { recursive: true });
}

/** What a condition gives as soon as it gives something. @throws AssertionError after some seconds. */
export async function until<T>(what: string, condition: () => T | undefined | false | null, seconds = 15): Promise<T> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
    const result = condition();
    if (result) return result;
    await new Promise((wake) => setTimeout(wake, 20));
  }
  assert.fail(`within ${seconds} s: ${what}`);
}

export async function closeAllTabs(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  for (const group of vscode.window.tabGroups.all) await vscode.window.tabGroups.close(group.tabs);
}

/** Tabs with a report's panel, by label. */
export function reportTabs(): string[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('drylab.report'))
    .map(({ label }) => label);
}

/** For `assert.rejects`: a problem with this code, from whichever bundle. */
export function problem(code: string, data: Readonly<Record<string, unknown>> = {}) {
  return (thrown: unknown): boolean => {
    const { code: actual, data: actualData } = thrown as { code?: string; data?: object };
    assert.equal(actual, code, String(thrown));
    assert.deepEqual({ ...actualData, ...data }, actualData);
    return true;
  };
}
