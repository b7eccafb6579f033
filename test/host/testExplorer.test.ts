import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { FindingPlaces } from '../../src/extension/checks/findingPlaces';
import { KnownReports } from '../../src/extension/checks/knownReports';
import { TestExplorer } from '../../src/extension/checks/testExplorer';
import { CheckedReports, EMPTY_NOTES, REPORT } from './checkedReports';
import { remove, until, write } from './sandbox';

/** What a run told of a claim, in order. */
interface Told {
  readonly claim: string;
  readonly state: string;
  readonly messages: readonly vscode.TestMessage[];
}

describe('the Test Explorer', () => {
  let reports: CheckedReports;
  let controller: vscode.TestController;
  let explorer: TestExplorer;
  let told: Told[];
  let invalidated: string[];
  let ended: number;
  let ours: vscode.Disposable;

  beforeEach(async () => {
    reports = await CheckedReports.begin();
    const { api } = reports;
    [told, invalidated, ended] = [[], [], 0];
    controller = vscode.tests.createTestController('drylab.test', 'Test');
    listen(controller);
    const log = vscode.window.createOutputChannel('Test', { log: true });
    const places = new FindingPlaces(api.reports, api.checks, log);
    const kept = new Map<string, unknown>();
    const memento = {
      get: (key: string, initial: unknown) => kept.get(key) ?? initial,
      update: async (key: string, value: unknown) => void kept.set(key, value),
    };
    const known = new KnownReports(memento as unknown as vscode.Memento);
    explorer = new TestExplorer({ ...api, log }, controller, places, known);
    ours = vscode.Disposable.from(explorer, places, controller, log);
  });

  afterEach(async () => {
    ours.dispose();
    await reports.end();
  });

  /** Runs stay what they are; what they are told is written down. */
  function listen(real: vscode.TestController): void {
    const create = real.createTestRun.bind(real);
    const invalidate = real.invalidateTestResults.bind(real);
    real.createTestRun = (request, name, persist) => {
      const run = create(request, name, persist);
      const states = ['enqueued', 'started', 'passed', 'failed', 'skipped', 'errored'] as const;
      for (const state of states) {
        const tell = run[state].bind(run) as (item: vscode.TestItem, ...rest: unknown[]) => void;
        run[state] = (item: vscode.TestItem, ...rest: unknown[]): void => {
          const messages = [rest[0] ?? []].flat().filter((each) => each instanceof vscode.TestMessage);
          told.push({ claim: item.id, state, messages });
          tell(item, ...rest);
        };
      }
      const end = run.end.bind(run);
      run.end = () => {
        ended += 1;
        end();
      };
      return run;
    };
    real.invalidateTestResults = (items) => {
      invalidated.push(...[items ?? []].flat().map(({ id }) => id));
      invalidate(items);
    };
  }

  async function report(name: string): Promise<vscode.TestItem> {
    const { uri } = (await reports.open(name)).document;
    const item = await until('the report is listed', () => controller.items.get(uri.toString()));
    return until('it is read', () => item.children.get('7b')?.children.get('7b.cost')?.range && item);
  }

  function claim(item: vscode.TestItem, id: string): vscode.TestItem {
    const found = item.children.get(id.split('.')[0] ?? '')?.children.get(id);
    assert.ok(found, id);
    return found;
  }

  const NEVER = new vscode.CancellationTokenSource().token;

  const run = (include?: vscode.TestItem[], token = NEVER): Promise<void> =>
    explorer.run(new vscode.TestRunRequest(include), token);

  const last = (id: string): Told | undefined => told.findLast((each) => each.claim === id);

  it('lists a report, its parts, and their claims at their words', async () => {
    const item = await report('listed.md');
    assert.equal(item.label, 'listed.md');
    assert.equal(item.children.size, 21);
    const part = item.children.get('7b');
    assert.equal(part?.label, '7b');
    assert.deepEqual([part?.range?.start.line, part?.range?.start.character], [2, 3]);
    const mixture = claim(item, '7b.m-same-for-all');
    await until(
      'its words are known',
      () => mixture.range?.start.character === REPORT.split('\n')[2]?.indexOf('The same'),
    );
    assert.equal(mixture.label.includes('$'), false);
    assert.equal(item.children.get('10b')?.range, undefined);
  });

  it('runs all claims: those that are right pass, errors fail with what was expected and where', async () => {
    const item = await report('run.md');
    reports.forgetEvidence();
    await run([item]);
    assert.equal(ended, 1);
    assert.deepEqual(
      ['7a.cost', '7b.cost', '7b.m-same-for-all', '7b.cheaper', '7a.softmax', '10b.kl'].map((id) => last(id)?.state),
      ['passed', 'passed', 'failed', 'failed', 'skipped', 'failed'],
    );
    const [unanswered] = last('10b.kl')?.messages ?? [];
    assert.equal(unanswered?.message, 'The report has no answer to this part.');
    const [message] = last('7b.m-same-for-all')?.messages ?? [];
    assert.ok(message);
    assert.match(String(message.message), /experiment shows otherwise/);
    assert.match(message.expectedOutput ?? '', /^The answer does not claim: .*same mixture/);
    assert.equal(message.actualOutput, '“The same mixture … the very same mixture”');
    const document = await vscode.workspace.openTextDocument(item.uri ?? assert.fail());
    assert.equal(document.getText(message.location?.range), 'The same mixture');
    const unfinished = told.filter(({ claim: id, state }) => state === 'enqueued' && last(id)?.state === 'enqueued');
    assert.deepEqual(unfinished, []);
  });

  it('runs one claim alone, with its experiment alone', async () => {
    const item = await report('one.md');
    reports.forgetEvidence();
    await run([claim(item, '7b.m-same-for-all')]);
    assert.deepEqual([...reports.lab.ran], ['attention-cost']);
    assert.deepEqual([...new Set(told.map(({ claim: id }) => id))], ['7b.m-same-for-all']);
    assert.deepEqual(
      told.map(({ state }) => state),
      ['enqueued', 'started', 'failed'],
    );
  });

  it('takes back results that an edit makes untrue, and no others', async () => {
    const item = await report('untrue.md');
    await run([item.children.get('7b') ?? assert.fail()]);
    assert.equal(last('7b.m-same-for-all')?.state, 'failed');
    const edit = new vscode.WorkspaceEdit();
    const at = REPORT.split('\n')[2]?.indexOf('The same') ?? 0;
    edit.delete(item.uri ?? assert.fail(), new vscode.Range(2, at, 2, at + 'The same '.length));
    await vscode.workspace.applyEdit(edit);
    await until('the failure is taken back', () => invalidated.length > 0);
    assert.deepEqual(invalidated, ['7b.m-same-for-all']);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('can be cancelled in the middle', async () => {
    const item = await report('stopped.md');
    reports.forgetEvidence();
    const source = new vscode.CancellationTokenSource();
    reports.lab.before = (method) => {
      if (method !== 'evidence') return undefined;
      source.cancel();
      return new Promise(() => undefined);
    };
    await run([item], source.token);
    assert.equal(ended, 1);
    assert.equal(reports.lab.ran.size, 0);
    assert.ok(
      told.every(({ state }) => !['passed', 'errored'].includes(state)),
      'nothing is made up',
    );
  });

  it('marks the claims of an experiment that fails, and checks the rest', async () => {
    const item = await report('broken.md');
    reports.forgetEvidence();
    reports.lab.broken.add('attention-cost');
    await run([item.children.get('7b') ?? assert.fail()]);
    const { state, messages } = last('7b.cost') ?? assert.fail();
    assert.equal(state, 'errored');
    assert.match(String(messages[0]?.message), /attention-cost\.onnx is missing/);
    assert.equal(last('7b.cheaper')?.state, 'failed');
  });

  it('says of a report that cannot be read why, and runs the others', async () => {
    const good = await report('good.md');
    const bad = await reports.file('gone.md');
    await write('gone.md.drylab.json', EMPTY_NOTES);
    await controller.resolveHandler?.(undefined);
    const listed = controller.items.get(bad.toString()) ?? assert.fail('it has notes, so it is listed');
    await remove(bad);
    await run([listed, good]);
    assert.equal(last(listed.id)?.state, 'errored');
    assert.equal(last('7a.cost')?.state, 'passed');
  });

  it('finds reports when it is looked at, and only what was treated as one', async () => {
    const noted = await reports.file('with-notes.md');
    await write('with-notes.md.drylab.json', EMPTY_NOTES);
    await reports.file('README.md');
    assert.equal(controller.items.size, 0);
    await controller.resolveHandler?.(undefined);
    assert.deepEqual(
      [...controller.items].map(([id]) => id),
      [noted.toString()],
    );
    const item = controller.items.get(noted.toString()) ?? assert.fail();
    assert.equal(item.children.size, 0);
    await controller.resolveHandler?.(item);
    assert.equal(item.children.size, 21);
    // Nothing shows the report, so it is closed again; where its claims stand remains known.
    assert.equal(reports.api.reports.get(noted), undefined);
    assert.equal(item.children.get('7b')?.range?.start.line, 2);
  });

  it('drops reports that are gone when it is refreshed, unless that is cancelled', async () => {
    const uri = await reports.file('short-lived.md');
    await write('short-lived.md.drylab.json', EMPTY_NOTES);
    await controller.resolveHandler?.(undefined);
    await remove(uri);
    const cancelled = new vscode.CancellationTokenSource();
    cancelled.cancel();
    await controller.refreshHandler?.(cancelled.token);
    const listed = (): string[] => [...controller.items].map(([id]) => id);
    assert.deepEqual(listed(), [uri.toString()]);
    await controller.refreshHandler?.(NEVER);
    assert.deepEqual(listed(), []);
  });
});
