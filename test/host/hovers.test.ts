/** Hovers over PyTorch code, as the editor asks for them. */
import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import * as vscode from 'vscode';

/** Text of all hovers at the first place of a needle, once there is one of ours. */
async function hoverText(document: vscode.TextDocument, needle: string): Promise<string> {
  const position = document.positionAt(document.getText().indexOf(needle));
  for (let attempt = 0; attempt < 40; attempt++) {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      position,
    );
    const texts = hovers.flatMap(({ contents }) => contents.map((content) => (content as vscode.MarkdownString).value));
    if (texts.some((text) => text.includes('drylab.openReport'))) return texts.join('\n');
    await new Promise((done) => setTimeout(done, 100));
  }
  return '';
}

const sample = (name: string): vscode.Uri => vscode.Uri.file(resolve('samples', name));

describe('hovers', () => {
  it('explain a layer in a script, with its count and a link to its question', async () => {
    const document = await vscode.workspace.openTextDocument(sample('model.py'));
    await vscode.window.showTextDocument(document);
    const text = await hoverText(document, 'nn.Conv2d(32, 64');
    assert.match(text, /32,832/);
    assert.match(text, /command:drylab\.openReport\?%5B%7B%22question%22%3A%223%22%7D%5D/);
  });

  it('follow edits', async () => {
    const document = await vscode.workspace.openTextDocument({
      language: 'python',
      content: 'from torch import nn\nnn.Linear(3, 4)\n',
    });
    assert.match(await hoverText(document, 'nn.Linear'), /16/);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(1, 14), '0');
    await vscode.workspace.applyEdit(edit);
    assert.match(await hoverText(document, 'nn.Linear'), /160 = 3·40 \\\+ 40/);
  });

  it('explain attention in a cell of a notebook, with names from the cells before', async () => {
    const notebook = await vscode.workspace.openNotebookDocument(sample('attention.ipynb'));
    const cell = notebook.getCells().find(({ document }) => document.getText().includes('def attention'));
    assert.ok(cell);
    const text = await hoverText(cell.document, 'weights @ values');
    assert.match(text, /dot\\-product attention/);
    assert.match(text, /command:drylab\.showAttentionMap/);
  });

  it('lead to no question of the built-in assignment where another is chosen', async () => {
    const settings = vscode.workspace.getConfiguration('drylab');
    await settings.update('assignment', 'classical-ml', vscode.ConfigurationTarget.Workspace);
    try {
      const document = await vscode.workspace.openTextDocument(sample('model.py'));
      const position = document.positionAt(document.getText().indexOf('nn.Conv2d(32, 64'));
      const command = 'vscode.executeHoverProvider';
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(command, document.uri, position);
      const texts = hovers.flatMap(({ contents }) => contents.map((one) => (one as vscode.MarkdownString).value));
      assert.ok(texts.some((text) => text.includes('32,832')));
      assert.ok(!texts.some((text) => text.includes('drylab.openReport')));
    } finally {
      await settings.update('assignment', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  it('are off when the setting says so', async () => {
    const settings = vscode.workspace.getConfiguration('drylab');
    await settings.update('hover.enabled', false, vscode.ConfigurationTarget.Global);
    try {
      const document = await vscode.workspace.openTextDocument(sample('model.py'));
      const position = document.positionAt(document.getText().indexOf('nn.Conv2d'));
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        document.uri,
        position,
      );
      const texts = hovers.flatMap(({ contents }) => contents.map((one) => (one as vscode.MarkdownString).value));
      assert.ok(!texts.some((text) => text.includes('drylab.')));
    } finally {
      await settings.update('hover.enabled', undefined, vscode.ConfigurationTarget.Global);
    }
  });
});
