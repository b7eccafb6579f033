import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { NEVER_CANCELLED } from '../../src/core/ports';
import type { ExtensionApi } from '../../src/extension/api';
import { COMMANDS } from '../../src/extension/contributions';
import { reportState } from '../../src/extension/reports/reportState';
import { reportHandlers } from '../../src/extension/views/reportHandlers';
import { activated, closeAllTabs, inWorkspace, problem, remove, reportTabs, until, write } from './sandbox';

const CONTEXT = { cancellation: NEVER_CANCELLED, progress: () => undefined };
const REPORT = '1. A small latent loses information.\n\n7. (a) It costs $O(n^2 d)$.\n\n   (b) It costs $O(n d^2)$.\n';

describe('reports', () => {
  let api: ExtensionApi;
  const written: vscode.Uri[] = [];

  async function report(name: string, content: string | Uint8Array = REPORT): Promise<vscode.Uri> {
    const uri = await write(name, content);
    written.push(uri);
    return uri;
  }

  before(async () => {
    api = await activated();
  });

  afterEach(async () => {
    await closeAllTabs();
    for (const uri of written.splice(0)) await remove(uri).catch(() => undefined);
  });

  describe('that are refused', () => {
    it('a file that is not there', async () => {
      await assert.rejects(api.reports.open(inWorkspace('absent.md')), problem('file.missing', { file: 'absent.md' }));
    });

    it('a file of another format, and a folder', async () => {
      await assert.rejects(api.reports.open(await report('answers.docx', 'PK')), problem('file.format'));
      const folder = inWorkspace('folder.md');
      await vscode.workspace.fs.createDirectory(folder);
      written.push(folder);
      await assert.rejects(api.reports.open(folder), problem('file.format'));
    });

    it('a text that was never saved', async () => {
      const { uri } = await vscode.workspace.openTextDocument({ language: 'markdown', content: REPORT });
      await assert.rejects(api.reports.open(uri), problem('file.unsaved'));
    });

    it('a file of 20 MB', async () => {
      const uri = await report('large.md', new Uint8Array(20 * 1024 * 1024).fill(97));
      await assert.rejects(api.reports.open(uri), problem('file.too-large', { megabytes: 20, limit: 8 }));
    });

    it('a file that is not UTF-8, with the place of the first bad byte', async () => {
      const uri = await report('latin1.md', Buffer.from('1. d\u00e9j\u00e0 vu', 'latin1'));
      await assert.rejects(api.reports.open(uri), problem('file.not-utf8', { offset: 4 }));
    });

    it('without leaving anything open', () => {
      assert.deepEqual(api.reports.all, []);
      assert.deepEqual(reportTabs(), []);
    });
  });

  describe('that are open', () => {
    it('have their answers, at their places in the document', async () => {
      const uri = await report('places.md');
      const session = await api.reports.open(uri);
      await session.settled();
      assert.equal(session.problem, null);
      assert.deepEqual(
        session.answers().map(({ id }) => id),
        ['1', '7a', '7b'],
      );
      const { start, end } = session.sourceOf('7b', null) ?? assert.fail('7b has a place');
      assert.equal(REPORT.slice(start, end), 'It costs $O(n d^2)$.');
      const document = await vscode.workspace.openTextDocument(uri);
      assert.equal(api.reports.partAt(document, REPORT.indexOf('latent')), '1');
      assert.equal(api.reports.partAt(document, REPORT.indexOf('(b)')), '7b');
    });

    it('tell that a file is empty, and recover when it is written', async () => {
      const uri = await report('empty.md', '');
      const session = await api.reports.open(uri);
      await session.settled();
      assert.equal(session.problem?.code, 'file.empty');
      await write('empty.md', REPORT);
      await until('the new text is read', () => session.report?.parts.length === 3);
      assert.equal(session.problem, null);
    });

    it('follow edits: places at once, texts soon', async () => {
      const uri = await report('revised.md');
      const session = await api.reports.open(uri);
      await session.settled();
      const { document } = await vscode.window.showTextDocument(uri);
      const edit = new vscode.WorkspaceEdit();
      edit.insert(uri, document.positionAt(3), 'As everyone knows: ');
      await vscode.workspace.applyEdit(edit);
      const { start } = session.sourceOf('7b', null) ?? assert.fail('7b has a place');
      assert.ok(document.getText().slice(start).startsWith('It costs $O(n d^2)$'));
      const inserted = await until('the text is parsed again', () =>
        session.report?.parts.find(({ id, text }) => id === '1' && text.startsWith('As everyone knows')),
      );
      assert.equal(inserted.text.trim(), 'As everyone knows: A small latent loses information.');
      await vscode.commands.executeCommand('workbench.action.files.revert');
    });

    it('show notes in the words of the answer, and in the document', async () => {
      const uri = await report('noted.md');
      written.push(inWorkspace('noted.md.drylab.json'));
      const session = await api.reports.open(uri);
      await session.settled();
      const handlers = reportHandlers(
        () => session,
        () => vscode.ViewColumn.One,
      );
      const answer = session.report?.parts.find(({ id }) => id === '7b') ?? assert.fail('7b is there');
      const start = answer.text.indexOf('n d^2');
      const span = { start, end: start + 5 };
      const note = await handlers.addAnnotation({ part: '7b', span, body: 'Why?' }, CONTEXT);
      assert.equal(note.anchor.exact, 'n d^2');
      const shown = (): unknown => reportState(session).annotations.map(({ part, span }) => ({ part, span }));
      assert.deepEqual(shown(), [{ part: '7b', span }]);
      await handlers.deleteAnnotation({ id: note.id }, CONTEXT);
      assert.deepEqual(shown(), []);
      await handlers.undoDelete(null, CONTEXT);
      assert.deepEqual(shown(), [{ part: '7b', span }]);
    });

    it('tell that their file is gone', async () => {
      const uri = await report('deleted.md');
      await vscode.commands.executeCommand(COMMANDS.openReport, uri);
      const session = api.reports.get(uri) ?? assert.fail('there is a session');
      await session.settled();
      // A watcher takes a while to begin: what it says of a change shows that it has.
      let rewrites = 0;
      for (const before = session.report?.parts[0]?.text; session.report?.parts[0]?.text === before; rewrites++) {
        assert.ok(rewrites < 20, 'a change of the file is noticed');
        await write('deleted.md', `1. Written again, time ${rewrites}.`);
        await new Promise((wake) => setTimeout(wake, 500));
      }
      await remove(uri);
      await until('the problem is noticed', () => session.problem?.code === 'file.missing');
    });
  });

  describe('in a panel', () => {
    it('open beside the editor, once, and close with it', async () => {
      const uri = await report('panel.md');
      await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.One });
      await vscode.commands.executeCommand(COMMANDS.openReport);
      await until('the panel is there', () => reportTabs().length === 1);
      await vscode.commands.executeCommand(COMMANDS.openReport, uri);
      assert.deepEqual(reportTabs(), ['panel.md']);
      assert.equal(vscode.window.tabGroups.all.length, 2);
      assert.equal(api.reports.active?.uri.toString(), uri.toString());
      await closeAllTabs();
      await until('the session ends', () => api.reports.all.length === 0);
      assert.equal(api.reports.active, undefined);
    });

    it('open at a question', async () => {
      const uri = await report('question.md');
      await vscode.commands.executeCommand(COMMANDS.openReport, uri);
      await vscode.commands.executeCommand(COMMANDS.openReport, { question: '7' });
      const panel = api.panels.active ?? assert.fail('a panel is active');
      await until('the page shows 7a', () => panel.part === '7a');
      // The heading of the question stands above its first part, whose place is the reader's all the same.
      await new Promise((wake) => setTimeout(wake, 600));
      assert.equal(panel.part, '7a');
      await vscode.commands.executeCommand(COMMANDS.nextPart);
      await until('the page shows 7b', () => panel.part === '7b');
    });

    it('open where the cursor of the editor is, and lead back to it', async () => {
      const uri = await report('cursor.md');
      const editor = await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.One });
      const position = editor.document.positionAt(REPORT.indexOf('n d^2'));
      editor.selection = new vscode.Selection(position, position);
      await vscode.commands.executeCommand(COMMANDS.showInReport);
      const panel = await until('there is a panel', () => api.panels.active);
      await until('the page shows 7b', () => panel.part === '7b');
      const column = (): vscode.ViewColumn => vscode.ViewColumn.Two;
      const handlers = reportHandlers(() => panel.session, column);
      const answer = panel.session.report?.parts.find(({ id }) => id === '7a') ?? assert.fail('7a is there');
      const start = answer.text.indexOf('costs');
      await handlers.revealInSource({ part: '7a', span: { start, end: start + 5 } }, CONTEXT);
      const active = vscode.window.activeTextEditor ?? assert.fail('an editor is active');
      assert.equal(active.viewColumn, vscode.ViewColumn.One);
      assert.equal(active.document.offsetAt(active.selection.start), REPORT.indexOf('costs'));
      assert.equal(active.document.getText(active.selection), 'costs');
      for (const href of ['file:///etc/passwd', 'command:workbench.action.quit', 'javascript:alert(1)', 'notes.md']) {
        await assert.rejects(async () => handlers.openLink({ href }, CONTEXT), problem('link.refused', { href }));
      }
    });

    it('follow their file to its new name', async () => {
      const uri = await report('old-name.md');
      await vscode.commands.executeCommand(COMMANDS.openReport, uri);
      const renamed = inWorkspace('new-name.md');
      written.push(renamed);
      const edit = new vscode.WorkspaceEdit();
      edit.renameFile(uri, renamed);
      await vscode.workspace.applyEdit(edit);
      await until('the tab has the new name', () => reportTabs().at(0) === 'new-name.md');
      const session = api.reports.get(renamed) ?? assert.fail('there is a session');
      await session.settled();
      assert.equal(session.report?.parts.length, 3);
    });
  });

  it('let the cursor of an editor go from part to part', async () => {
    const uri = await report('moves.md');
    const editor = await vscode.window.showTextDocument(uri);
    const at = (): string => editor.document.getText().slice(editor.document.offsetAt(editor.selection.active));
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    const seen: string[] = [];
    for (const command of [COMMANDS.nextPart, COMMANDS.nextPart, COMMANDS.nextPart, COMMANDS.previousPart]) {
      await vscode.commands.executeCommand(command);
      seen.push(at().slice(0, 18));
    }
    assert.deepEqual(seen, ['A small latent los', 'It costs $O(n^2 d)', 'It costs $O(n d^2)', 'It costs $O(n^2 d)']);
  });
});
