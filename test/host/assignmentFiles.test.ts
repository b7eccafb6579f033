/** Help for those who write an assignment in the editor. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { COMMANDS } from '../../src/extension/contributions';
import { activated, closeAllTabs, inWorkspace, remove, until, write } from './sandbox';

const ASSIGNMENT = `id: small
title: A small one
questions:
  - id: '1'
    title: Only one
    parts:
      - id: '1'
        prompt: Why?
        points: 5
        claims:
          - id: 1.because
            kind: E
            statement: Because.
            predicate: null
`;

describe('assignment files in the editor', () => {
  const written: vscode.Uri[] = [];

  before(activated);

  afterEach(async () => {
    await closeAllTabs();
    await vscode.workspace.getConfiguration(undefined, inWorkspace('')).update('drylab.assignment', undefined);
    for (const uri of written.splice(0)) await remove(uri);
  });

  async function shown(name: string, content: string): Promise<vscode.TextDocument> {
    const uri = await write(name, content);
    written.push(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    return document;
  }

  const own = (document: vscode.TextDocument): vscode.Diagnostic[] =>
    vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'Drylab');

  /** Line, words and severity of each. */
  const told = (document: vscode.TextDocument): [number, string, vscode.DiagnosticSeverity][] =>
    own(document).map(({ range, severity }) => [range.start.line, document.getText(range), severity]);

  it('are checked while they are written, with exact places', async () => {
    const document = await shown('course.yaml', ASSIGNMENT.replace('points: 5', 'points: many'));
    await until('the error is shown', () => own(document).length > 0);
    assert.deepEqual(told(document), [[8, 'many', vscode.DiagnosticSeverity.Error]]);
    assert.match(own(document)[0]?.message ?? '', /points must be a number/);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, own(document)[0]?.range ?? assert.fail(), '5');
    await vscode.workspace.applyEdit(edit);
    await until('the error is gone', () => own(document).length === 0);
    edit.replace(document.uri, document.lineAt(13).range, '            predicate: It is measured.');
    await vscode.workspace.applyEdit(edit);
    await until('what is odd is shown', () => own(document).length > 0);
    assert.deepEqual(told(document), [[13, 'It is measured.', vscode.DiagnosticSeverity.Warning]]);
    await document.save();
  });

  it('are those that look like one or that the setting names, and no others', async () => {
    const other = await shown('other.yaml', 'title: A list\nquestions: [what, why]\n');
    const named = await shown('named.drylab.yaml', 'title: A list\n');
    await until('the named one is checked', () => own(named).length > 0);
    assert.deepEqual(own(other), []);
    await vscode.workspace.getConfiguration(undefined, other.uri).update('drylab.assignment', 'other.yaml');
    await until('the chosen one is checked', () => own(other).length > 0);
  });

  /** Labels at the first place of `|` in a text that is shown without it, once there are some of ours. */
  async function offered(name: string, marked: string): Promise<string[]> {
    const document = await shown(name, marked.replace('|', ''));
    const position = document.positionAt(marked.indexOf('|'));
    for (let attempt = 0; attempt < 40; attempt++) {
      const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        position,
      );
      const kinds = [
        vscode.CompletionItemKind.Property,
        vscode.CompletionItemKind.EnumMember,
        vscode.CompletionItemKind.Snippet,
      ];
      const ours = items.filter(({ kind, documentation }) => documentation && kinds.some((one) => one === kind));
      if (ours.length > 0) return ours.map(({ label }) => (typeof label === 'string' ? label : label.label));
      await new Promise((done) => setTimeout(done, 100));
    }
    return [];
  }

  it('are completed: keys, values and whole claims', async () => {
    assert.deepEqual(await offered('keys.yaml', `${ASSIGNMENT}            |`), ['growth', 'cues']);
    assert.deepEqual(await offered('values.yaml', ASSIGNMENT.replace('kind: E', 'kind: |')), ['E', 'O', 'M']);
    const begun = await offered('claims.yaml', `${ASSIGNMENT}          - |`);
    assert.deepEqual(begun.sort(), ['claim', 'cues', 'growth', 'id', 'kind', 'predicate', 'statement']);
  });

  it('explain their keys', async () => {
    const document = await shown('hovered.yaml', ASSIGNMENT);
    const position = document.positionAt(document.getText().indexOf('predicate') + 2);
    let texts: string[] = [];
    for (let attempt = 0; attempt < 40 && texts.length === 0; attempt++) {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        document.uri,
        position,
      );
      texts = hovers.flatMap(({ contents }) => contents.map((one) => (one as vscode.MarkdownString).value));
      await new Promise((done) => setTimeout(done, 100));
    }
    assert.match(texts.join('\n'), /^\*\*predicate\*\* — What the experiment must measure/);
  });

  it('begin with an example that has nothing wrong', async () => {
    await vscode.commands.executeCommand(COMMANDS.newAssignment);
    const { document } = vscode.window.activeTextEditor ?? assert.fail('an editor is open');
    assert.equal(document.languageId, 'yaml');
    assert.ok(document.isUntitled);
    assert.equal(document.getText(), readFileSync('assignments/example.drylab.yaml', 'utf8'));
    const edit = new vscode.WorkspaceEdit();
    edit.delete(document.uri, document.lineAt(document.lineCount - 2).rangeIncludingLineBreak);
    edit.insert(document.uri, document.positionAt(0), 'colour: red\n');
    await vscode.workspace.applyEdit(edit);
    await until('it is checked', () => own(document).length > 0);
    assert.equal(told(document)[0]?.[1], 'colour');
  });
});

describe('reports of another course', () => {
  it('are read by the assignment whose name the setting gives', async () => {
    const { reports } = await activated();
    const configuration = vscode.workspace.getConfiguration(undefined, inWorkspace(''));
    await configuration.update('drylab.assignment', 'classical-ml', vscode.ConfigurationTarget.Workspace);
    try {
      const session = await reports.open(inWorkspace('classical-good.md'));
      await session.settled();
      assert.equal(session.assignment.id, 'classical-ml');
      assert.deepEqual(
        session.answers().map(({ id }) => id),
        ['1a', '1b', '1c', '2a', '2b', '3a', '3b', '4'],
      );
    } finally {
      await configuration.update('drylab.assignment', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });
});
