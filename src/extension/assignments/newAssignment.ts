import * as vscode from 'vscode';

/** Opens a commented example that is not saved yet. */
export async function newAssignment(extensionUri: vscode.Uri): Promise<void> {
  const file = vscode.Uri.joinPath(extensionUri, 'assignments', 'example.drylab.yaml');
  const content = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'yaml', content }));
}
