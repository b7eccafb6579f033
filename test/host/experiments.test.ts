import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../src/extension/api';
import { COMMANDS, VIEWS } from '../../src/extension/contributions';
import { ExperimentRuns, type Listener } from '../../src/extension/experiments/experimentRuns';
import { saveFigure } from '../../src/extension/views/savePng';
import type { EvidenceRequest, EvidenceResult } from '../../src/protocol/lab';
import { CancellationSource, type CallOptions, type Progress } from '../../src/protocol/rpc';
import { activated, closeAllTabs, inWorkspace, problem, remove, until } from './sandbox';

const SCALAR_LOSS: EvidenceRequest = { experiment: 'scalar-loss', seed: 0, settings: { losses: 16 }, isFresh: false };

function panels(): string[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(VIEWS.experiment))
    .map(({ label }) => label);
}

describe('Run Experiment', () => {
  let api: ExtensionApi;

  before(async () => {
    api = await activated();
  });

  afterEach(closeAllTabs);

  it('opens one panel, and shows another experiment in the same one', async () => {
    await vscode.commands.executeCommand(COMMANDS.runExperiment, 'scalar-loss');
    await until('a panel', () => panels().length === 1 && panels()[0] === 'A scalar loss');
    await vscode.commands.executeCommand(COMMANDS.runExperiment, { experiment: 'attention-cost', seed: 3 });
    await until('the other experiment', () => panels()[0] === 'Cost of attention');
    assert.equal(panels().length, 1);
  });

  it('opens nothing for an experiment that there is not, and says so', async () => {
    const { showErrorMessage } = vscode.window;
    let said = '';
    const listening = (message: string): Promise<undefined> => {
      said = message;
      return Promise.resolve(undefined);
    };
    vscode.window.showErrorMessage = listening as typeof showErrorMessage;
    try {
      await vscode.commands.executeCommand(COMMANDS.runExperiment, 'no-such-thing');
      await until('a message', () => said !== '');
      assert.match(said, /no-such-thing.*scalar-loss/s);
      assert.deepEqual(panels(), []);
    } finally {
      vscode.window.showErrorMessage = showErrorMessage;
    }
  });

  it('offers ten experiments, in the order of the questions', async () => {
    const { showQuickPick } = vscode.window;
    let offered: readonly vscode.QuickPickItem[] = [];
    const choosing = async (items: Promise<readonly vscode.QuickPickItem[]>): Promise<undefined> => {
      offered = await items;
    };
    vscode.window.showQuickPick = choosing as unknown as typeof showQuickPick;
    try {
      await vscode.commands.executeCommand(COMMANDS.runExperiment);
      await until('the choice', () => offered.length > 0);
    } finally {
      vscode.window.showQuickPick = showQuickPick;
    }
    const numbers = offered.map(({ label }) => Number.parseInt(label));
    assert.deepEqual(numbers, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('names every claim that its experiment decides in the built-in assignment', async () => {
    const [experiments, assignment] = await Promise.all([
      api.lab.call('experiments', null),
      api.reports.assignments.for(),
    ]);
    assert.equal(experiments.length, assignment.questions.length);
    for (const { id, claims } of experiments) {
      const question = assignment.questions.find(({ experiment }) => experiment === id);
      const known = question?.parts.flatMap((part) => part.claims.map((claim) => claim.id)) ?? [];
      assert.deepEqual(
        claims.filter((claim) => !known.includes(claim)),
        [],
        id,
      );
    }
  });

  describe('saving a figure', () => {
    const { showSaveDialog } = vscode.window;
    afterEach(() => {
      vscode.window.showSaveDialog = showSaveDialog;
    });

    for (const kind of ['svg', 'csv'] as const) {
      it(`writes ${kind} with its own filter`, async () => {
        const place = inWorkspace(`figure.${kind}`);
        let filters: vscode.SaveDialogOptions['filters'];
        vscode.window.showSaveDialog = (options) => {
          filters = options?.filters;
          return Promise.resolve(place);
        };
        const bytes = new TextEncoder().encode('a,b\n1,2\n');
        assert.deepEqual(await saveFigure({ kind, bytes, name: `figure.${kind}` }), { path: place.fsPath });
        assert.deepEqual(Object.values(filters ?? {}), [[kind]]);
        assert.deepEqual(new Uint8Array(await vscode.workspace.fs.readFile(place)), bytes);
        await remove(place);
      });
    }
  });

  describe('with several views', () => {
    /** A lab in which a run ends when the test says so. */
    function slowLab() {
      const calls: { options: CallOptions; end(): void; fail(thrown: Error): void }[] = [];
      const result = { seconds: 1, isCached: false } as EvidenceResult;
      const runs = new ExperimentRuns(
        (_request, options) =>
          new Promise((resolve, reject) => {
            calls.push({ options, end: () => resolve(result), fail: reject });
          }),
      );
      return { runs, calls, result };
    }

    function listener(): Listener & { source: CancellationSource; heard: Progress[] } {
      const [source, heard] = [new CancellationSource(), [] as Progress[]];
      return { source, heard, cancellation: source, progress: (progress) => void heard.push(progress) };
    }

    it('runs once for both, tells both, and goes on for one when the other leaves', async () => {
      const { runs, calls, result } = slowLab();
      const [panel, report] = [listener(), listener()];
      const first = runs.run('panel', SCALAR_LOSS, panel);
      const second = runs.run('report', SCALAR_LOSS, report);
      assert.equal(calls.length, 1);
      assert.ok(runs.isRunning(SCALAR_LOSS));
      calls[0]?.options.onProgress?.({ done: 1, total: 2 });
      for (const { heard } of [panel, report]) assert.deepEqual(heard.at(-1), { done: 1, total: 2, stage: 'running' });
      panel.source.cancel();
      await assert.rejects(first, problem('cancelled'));
      assert.equal(calls[0]?.options.cancellation?.isCancelled, false);
      calls[0]?.end();
      assert.equal(await second, result);
      assert.ok(!runs.isRunning(SCALAR_LOSS));
    });

    it('is cancelled when the last one leaves, and can be run again at once', async () => {
      const { runs, calls } = slowLab();
      const only = listener();
      const first = runs.run('panel', SCALAR_LOSS, only);
      only.source.cancel();
      await assert.rejects(first, problem('cancelled'));
      assert.equal(calls[0]?.options.cancellation?.isCancelled, true);
      const again = runs.run('panel', SCALAR_LOSS, listener());
      calls[1]?.end();
      assert.equal((await again).seconds, 1);
    });

    it('lets go of the run that the same view waited for before its page went away', async () => {
      const { runs, calls } = slowLab();
      const [gone, back] = [runs.run('panel', SCALAR_LOSS, listener()), listener()];
      const joined = runs.run('panel', SCALAR_LOSS, back);
      await assert.rejects(gone, problem('cancelled'));
      assert.equal(calls[0]?.options.cancellation?.isCancelled, false);
      back.source.cancel();
      await assert.rejects(joined, problem('cancelled'));
      assert.equal(calls[0]?.options.cancellation?.isCancelled, true);
    });

    it('passes a failure to all, and forgets the run', async () => {
      const { runs, calls } = slowLab();
      const all = [runs.run('panel', SCALAR_LOSS, listener()), runs.run('report', SCALAR_LOSS, listener())];
      calls[0]?.fail(new Error('broken'));
      for (const run of all) await assert.rejects(run, { message: 'broken' });
      assert.ok(!runs.isRunning(SCALAR_LOSS));
    });

    it('waits its turn beside another experiment, and says so', async () => {
      const { runs, calls } = slowLab();
      const waiting = listener();
      const first = runs.run('panel', SCALAR_LOSS, listener());
      const second = runs.run('report', { ...SCALAR_LOSS, settings: { losses: 2 } }, waiting);
      assert.deepEqual(waiting.heard, [{ done: 0, total: 1, stage: 'queued' }]);
      for (const { end } of calls) end();
      await Promise.all([first, second]);
    });
  });

  it('says that the lab ended when it is killed in mid-run, and runs again', async () => {
    let died: Promise<void> | undefined;
    await new Promise<void>((progressed) => {
      const run = api.lab.call('evidence', { ...SCALAR_LOSS, isFresh: true }, { onProgress: () => progressed() });
      died = assert.rejects(run, problem('lab.died'));
    });
    process.kill(api.lab.pid ?? 0, 'SIGKILL');
    await died;
    const { evidence } = await api.lab.call('evidence', SCALAR_LOSS);
    assert.deepEqual(Object.keys(evidence.outcomes), ['5.gradient-shape', '5.jacobian', '5.vjp']);
  });
});
