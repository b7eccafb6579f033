import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { COMMANDS } from '../../src/extension/contributions';
import {
  answering,
  CheckedReports,
  diagnostics,
  EMPTY_NOTES,
  findDiagnostic,
  insert,
  MISCONCEPTION,
  misconception,
  SAME,
} from './checkedReports';
import { closeAllTabs, until, write } from './sandbox';

describe('findings in the editor', () => {
  let reports: CheckedReports;

  beforeEach(async () => {
    reports = await CheckedReports.begin();
  });

  afterEach(() => reports.end());

  describe('among the problems', () => {
    it('warn of a misconception on its words, with the verdict, the claim, the reason and a link', async () => {
      const { document } = await reports.open('problem.md');
      const { range, severity, message, code, relatedInformation } = await misconception(document.uri);
      assert.equal(document.getText(range), 'The same mixture');
      assert.equal(severity, vscode.DiagnosticSeverity.Warning);
      const [first = '', second = ''] = message.split('\n');
      assert.match(first, /^Misconception: .*same/);
      assert.match(second, /experiment shows otherwise/);
      assert.ok(typeof code === 'object' && code.target.toString().startsWith(`command:${COMMANDS.showFinding}?`));
      const others = relatedInformation?.map(({ location }) => document.getText(location.range));
      assert.deepEqual(others, ['the very same mixture']);
    });

    it('inform of missing claims at the marker of the answer, and are silent on what is right', async () => {
      const { document } = await reports.open('missing.md');
      const missing = await until('a missing claim', () => findDiagnostic(document.uri, '7b.cheaper'));
      assert.equal(document.getText(missing.range), '(b)');
      assert.equal(missing.severity, vscode.DiagnosticSeverity.Information);
      assert.match(missing.message, /^Missing: /);
      for (const claim of ['7a.cost', '7b.cost', '7a.softmax'])
        assert.equal(findDiagnostic(document.uri, claim), undefined);
    });

    it('do not speak of answers that only wait for an experiment', async () => {
      reports.forgetEvidence();
      const { document } = await reports.open('waiting.md');
      await until('a missing claim', () => findDiagnostic(document.uri, '7b.cheaper'));
      assert.equal(findDiagnostic(document.uri, MISCONCEPTION), undefined);
    });

    it('follow edits while the answers are not read yet, and change with them', async () => {
      const { document, session } = await reports.open('edited.md');
      const { range } = await misconception(document.uri);
      let proceed = (): void => undefined;
      const waiting = new Promise<void>((resolve) => (proceed = resolve));
      reports.lab.before = (method) => (method === 'readAnswers' ? waiting : undefined);
      await insert(document.uri, new vscode.Position(0, 0), 'A new beginning.\n\n');
      await until(
        'the problem has moved',
        () => findDiagnostic(document.uri, MISCONCEPTION)?.range.start.line === range.start.line + 2,
      );
      assert.equal(document.getText(findDiagnostic(document.uri, MISCONCEPTION)?.range), 'The same mixture');
      reports.lab.before = () => undefined;
      proceed();
      await until('the new text is read', () => reports.api.checks.of(session)?.report === session.report);
      const at = document.positionAt(document.getText().indexOf(' Really'));
      const start = document.positionAt(document.getText().indexOf(SAME));
      const edit = new vscode.WorkspaceEdit();
      edit.delete(document.uri, new vscode.Range(start, document.lineAt(at.line).range.end));
      await vscode.workspace.applyEdit(edit);
      await until('the problem is gone', () => !findDiagnostic(document.uri, MISCONCEPTION));
      await vscode.commands.executeCommand('workbench.action.files.revert');
    });

    it('are cleared when the report closes', async () => {
      const { document } = await reports.open('closed.md');
      const { uri } = document;
      await misconception(uri);
      await closeAllTabs();
      await until('no problem is left', () => diagnostics(uri).length === 0);
    });

    it('do not appear in a file that nobody treated as a report', async () => {
      const uri = await reports.file('README.md');
      await vscode.window.showTextDocument(uri);
      await new Promise((wake) => setTimeout(wake, 700));
      assert.equal(reports.api.reports.get(uri), undefined);
      assert.deepEqual(diagnostics(uri), []);
    });

    it('appear by themselves where notes stand beside the file, and where it was checked before', async () => {
      const uri = await reports.file('noted-before.md');
      await write('noted-before.md.drylab.json', EMPTY_NOTES);
      await vscode.window.showTextDocument(uri);
      await misconception(uri);
      const checked = await reports.file('checked-before.md');
      await answering({ showInformationMessage: (async () => undefined) as never }, () =>
        vscode.commands.executeCommand(COMMANDS.checkReport, checked),
      );
      await closeAllTabs();
      await until('it is closed', () => !reports.api.reports.get(checked));
      await vscode.window.showTextDocument(checked);
      await misconception(checked);
    });
  });

  describe('in other formats', () => {
    const cell = (text: string, type = 'markdown') => ({
      cell_type: type,
      metadata: {},
      source: text.split(/(?<=\n)/),
    });

    it('are in the cells of a notebook that is open, and follow edits there', async () => {
      const cells = [cell('# HW'), cell('7. (a) It costs "much".'), cell(`(b) ${SAME}`)];
      const json = JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });
      const uri = await reports.file('answers.ipynb', json);
      const notebook = await vscode.workspace.openNotebookDocument(uri);
      await vscode.window.showNotebookDocument(notebook);
      await reports.api.reports.open(uri);
      const { document } = notebook.cellAt(2);
      const { range } = await misconception(document.uri);
      assert.equal(document.getText(range), 'The same mixture');
      assert.deepEqual(diagnostics(uri), []);
      await insert(document.uri, new vscode.Position(0, 0), 'Well: ');
      await until(
        'the problem has moved',
        () => findDiagnostic(document.uri, MISCONCEPTION)?.range.start.character === range.start.character + 6,
      );
    });

    it('are in the file that a LaTeX report takes in', async () => {
      const part = await reports.file('part-b.tex', `\\item[(b)] ${SAME}\n`);
      const main =
        '\\section*{Question 7}\n\\begin{enumerate}\n\\item[(a)] It costs much.\n\\input{part-b}\n\\end{enumerate}\n';
      const uri = await reports.file(
        'answers.tex',
        `\\documentclass{article}\n\\begin{document}\n${main}\\end{document}\n`,
      );
      await vscode.window.showTextDocument(uri);
      await reports.api.reports.open(uri);
      const { range } = await misconception(part);
      const document = await vscode.workspace.openTextDocument(part);
      assert.equal(document.getText(range), 'The same mixture');
      assert.equal(findDiagnostic(uri, MISCONCEPTION), undefined);
    });
  });
});
