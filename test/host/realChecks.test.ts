import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { NEVER_CANCELLED } from '../../src/core/ports';
import { findDiagnostic } from './checkedReports';
import { activated, closeAllTabs, inWorkspace, until } from './sandbox';

/** Its experiment takes seconds. */
const CLAIM = '3b.m-invariance';
const EXPERIMENT = 'cnn-vs-mlp';

describe('findings of the bundled models', function () {
  this.timeout(240_000);

  after(closeAllTabs);

  it('point at a misconception in the sample, on the sentence that commits it', async () => {
    const api = await activated();
    api.checks['evidence'].clear();
    const uri = inWorkspace('report-flawed.md');
    const { document } = await vscode.window.showTextDocument(uri);
    const session = await api.reports.open(uri);
    const steps: (string | null)[] = [];
    const step = (_done: number, _total: number, experiment: string | null): void => void steps.push(experiment);
    const isWanted = (experiment: string): boolean => experiment === EXPERIMENT;
    const check = await api.checks.check(session, { step }, NEVER_CANCELLED, isWanted);
    assert.deepEqual([...new Set(steps)], [null, EXPERIMENT]);
    assert.equal(check.pending.includes(EXPERIMENT), false);
    const { range, severity, message } = await until('the problem', () => findDiagnostic(uri, CLAIM));
    assert.equal(severity, vscode.DiagnosticSeverity.Warning);
    assert.match(message, /^Misconception: /);
    assert.match(document.getText(range), /translation invariant/);
    assert.match(document.lineAt(range.start.line).text, /weights\. Because of this weight sharing/);
  });
});
