import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { COMMANDS } from '../../src/extension/contributions';
import {
  answering,
  CheckedReports,
  findDiagnostic,
  insert,
  MISCONCEPTION,
  misconception,
  REPORT,
} from './checkedReports';
import { until } from './sandbox';

describe('findings', () => {
  let reports: CheckedReports;

  beforeEach(async () => {
    reports = await CheckedReports.begin();
  });

  afterEach(() => reports.end());

  const choose = (label: RegExp): typeof vscode.window.showQuickPick =>
    (async (items: readonly vscode.QuickPickItem[]) => items.find((item) => label.test(item.label))) as never;

  describe('can be acted on', () => {
    const actionsAt = async (document: vscode.TextDocument, words: string): Promise<vscode.CodeAction[]> => {
      const at = document.positionAt(document.getText().indexOf(words) + 1);
      const range = new vscode.Range(at, at);
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        range,
        vscode.CodeActionKind.QuickFix.value,
      );
      return actions.filter(({ command }) => command?.command.startsWith('drylab.'));
    };

    const run = (actions: readonly vscode.CodeAction[], title: string): Thenable<unknown> => {
      const command = actions.find((action) => action.title === title)?.command;
      assert.ok(command, `${title} is offered: ${actions.map((action) => action.title).join(', ')}`);
      return vscode.commands.executeCommand(command.command, ...((command.arguments ?? []) as unknown[]));
    };

    it('with evidence, the report, a note and a dismissal', async () => {
      const { document } = await reports.open('actions.md');
      await misconception(document.uri);
      const actions = await actionsAt(document, 'The same');
      assert.deepEqual(
        actions.map(({ title }) => title),
        ['Show Evidence', 'Show in Report', 'Add a Note', 'Dismiss…'],
      );
    });

    it('also where an answer is right, if a person asks there', async () => {
      const { document } = await reports.open('right.md');
      await misconception(document.uri);
      const titles = (await actionsAt(document, 'linear in n')).map(({ title }) => title);
      assert.deepEqual(titles, ['Show Evidence', 'Show in Report', 'Add a Note']);
    });

    it('are written as a note, with claim and reason to begin with', async () => {
      const { document, session } = await reports.open('note.md');
      await misconception(document.uri);
      let proposed = '';
      const showInputBox = async ({ value = '' }: vscode.InputBoxOptions): Promise<string> => {
        proposed = value;
        return `${value} Look again.`;
      };
      const actions = await actionsAt(document, 'The same');
      await answering({ showInputBox: showInputBox as typeof vscode.window.showInputBox }, () =>
        run(actions, 'Add a Note'),
      );
      const [note] = session.notes?.placed ?? [];
      assert.equal(note?.annotation.body, `${proposed} Look again.`);
      assert.match(proposed, /same.* experiment shows otherwise/);
      assert.deepEqual([note?.annotation.part, note?.annotation.anchor.exact], ['7b', 'The same mixture']);
    });

    it('are gone once dismissed with a reason, which is remembered, and come back when restored', async () => {
      const { document, session } = await reports.open('dismissed.md');
      const { uri } = document;
      await misconception(uri);
      const actions = await actionsAt(document, 'The same');
      await answering({ showQuickPick: choose(/^The answer does not say this$/) }, () => run(actions, 'Dismiss…'));
      await until('the problem is gone', () => !findDiagnostic(uri, MISCONCEPTION));
      assert.deepEqual(reports.api.checks.dismissals.all(uri), [
        { claim: MISCONCEPTION, stance: 'asserts', reason: 'The answer does not say this' },
      ]);
      await insert(uri, document.positionAt(REPORT.length - 1), ' Indeed.');
      await until(
        'the new text is read',
        () => session.report && reports.api.checks.of(session)?.report === session.report,
      );
      await new Promise((wake) => setTimeout(wake, 300));
      assert.equal(findDiagnostic(uri, MISCONCEPTION), undefined);
      const restoring = (async (items: readonly vscode.QuickPickItem[]) => items) as never;
      await answering({ showQuickPick: restoring }, () => vscode.commands.executeCommand(COMMANDS.restoreFindings));
      await misconception(uri);
      assert.deepEqual(reports.api.checks.dismissals.all(uri), []);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    });

    it('lead to their part in the report', async () => {
      const { document } = await reports.open('shown.md');
      const { code } = await misconception(document.uri);
      assert.ok(typeof code === 'object');
      const [argument] = JSON.parse(code.target.query) as unknown[];
      await vscode.commands.executeCommand(code.target.path, argument);
      const panel = await until('there is a panel', () => reports.api.panels.active);
      await until('the page shows 7b', () => panel.part === '7b');
    });
  });

  describe('over the answers', () => {
    const lenses = async (uri: vscode.Uri): Promise<string[]> => {
      const found = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri);
      return found
        .filter(({ command }) => command?.command.startsWith('drylab.'))
        .map(({ range, command }) => `${range.start.line}: ${command?.title}`);
    };

    it('are counted, with the points that are suggested', async () => {
      const { document } = await reports.open('lenses.md');
      await misconception(document.uri);
      assert.deepEqual(await lenses(document.uri), [
        '0: 1 of 1 expected claims · 5/5 points suggested',
        '2: 1 of 3 expected claims · 1 misconception · 1/5 points suggested',
      ]);
    });

    it('can be checked while experiments have not run', async () => {
      reports.forgetEvidence();
      const { document } = await reports.open('unchecked.md');
      const { uri } = document;
      await until('a missing claim', () => findDiagnostic(uri, '7b.cheaper'));
      assert.deepEqual(
        (await lenses(uri)).filter((lens) => lens.endsWith('Check')),
        ['0: Check', '2: Check'],
      );
      await vscode.commands.executeCommand(COMMANDS.checkReport, { report: uri.toString(), part: '7b' });
      assert.deepEqual([...reports.lab.ran], ['attention-cost']);
      await misconception(uri);
      assert.deepEqual(
        (await lenses(uri)).filter((lens) => lens.endsWith('Check')),
        [],
      );
    });

    it('wait until somebody asks where reports are not read by themselves', async () => {
      const settings = vscode.workspace.getConfiguration();
      await settings.update('drylab.check.automatic', false, vscode.ConfigurationTarget.Global);
      try {
        const uri = await reports.file('on-demand.md');
        await vscode.window.showTextDocument(uri);
        const session = await reports.api.reports.open(uri);
        await session.settled();
        let shown: string[] = [];
        await until('the lenses', () => {
          void lenses(uri).then((found) => (shown = found));
          return shown.length > 0;
        });
        assert.deepEqual(shown, ['0: Check', '2: Check']);
        assert.equal(reports.api.checks.of(session), undefined);
        await vscode.commands.executeCommand(COMMANDS.checkReport, { report: uri.toString(), part: '7b' });
        await misconception(uri);
      } finally {
        await settings.update('drylab.check.automatic', undefined, vscode.ConfigurationTarget.Global);
      }
    });

    it('are not there where the setting says so, nor where there is no report', async () => {
      const { document } = await reports.open('unwanted.md');
      await misconception(document.uri);
      const settings = vscode.workspace.getConfiguration();
      await settings.update('drylab.check.codeLens', false, vscode.ConfigurationTarget.Global);
      assert.deepEqual(await lenses(document.uri), []);
      await settings.update('drylab.check.codeLens', undefined, vscode.ConfigurationTarget.Global);
      const other = await reports.file('other.md');
      await vscode.window.showTextDocument(other);
      assert.deepEqual(await lenses(other), []);
    });
  });

  describe('Check Report', () => {
    it('runs what is pending, shows the file, and says what came out', async () => {
      reports.forgetEvidence();
      const uri = await reports.file('checked.md');
      let said = '';
      const showInformationMessage = async (message: string): Promise<undefined> => void (said = message);
      await answering({ showInformationMessage: showInformationMessage as never }, () =>
        vscode.commands.executeCommand(COMMANDS.checkReport, uri),
      );
      assert.equal(reports.lab.ran.size, 10);
      assert.match(said, /^checked\.md: 1 misconception, 2 missing claims; 6 of 100 points suggested\.$/);
      await misconception(uri);
      assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), uri.toString());
    });

    it('runs the other experiments when one fails, and says why', async () => {
      reports.forgetEvidence();
      reports.lab.broken.add('cnn-vs-mlp');
      const uri = await reports.file('broken.md');
      let said = '';
      const showErrorMessage = async (message: string): Promise<undefined> => void (said = message);
      await answering({ showErrorMessage: showErrorMessage as never }, async () => {
        await vscode.commands.executeCommand(COMMANDS.checkReport, uri);
        await until('a message', () => said);
      });
      assert.match(said, /cnn-vs-mlp\.onnx is missing/);
      assert.equal(reports.lab.ran.size, 9);
      await misconception(uri);
    });

    it('can be cancelled, and reads no further', async () => {
      reports.forgetEvidence();
      const uri = await reports.file('cancelled.md');
      const source = new vscode.CancellationTokenSource();
      reports.lab.before = (method) => {
        if (method !== 'evidence') return undefined;
        source.cancel();
        return new Promise(() => undefined);
      };
      const withProgress = (_: unknown, task: (progress: unknown, token: unknown) => Thenable<unknown>) =>
        task({ report: () => undefined }, source.token);
      await answering({ withProgress: withProgress as typeof vscode.window.withProgress }, () =>
        vscode.commands.executeCommand(COMMANDS.checkReport, uri),
      );
      assert.equal(reports.lab.ran.size, 0);
    });
  });
});
