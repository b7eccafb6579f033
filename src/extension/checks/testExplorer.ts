import * as vscode from 'vscode';
import { Problem } from '../../core/problem';
import { isReportName } from '../../core/report/format';
import { reportOf } from '../notes/sidecarStorage';
import { problemText, showProblem } from '../problems';
import type { Services } from '../services';
import type { FindingPlaces } from './findingPlaces';
import type { KnownReports } from './knownReports';
import { TestResults } from './testResults';
import { TestRuns } from './testRuns';
import { TestTree } from './testTree';

const MOST_FILES = 200;

/**
 * Claims in VS Code's Test Explorer: those of open reports and, once somebody looks there, of the reports that a person
 * opened or checked before, or wrote notes on.
 */
export class TestExplorer implements vscode.Disposable {
  private readonly tree: TestTree;
  private readonly runs: TestRuns;
  private readonly subscriptions: vscode.Disposable[];
  private readonly searching = new vscode.CancellationTokenSource();

  constructor(
    private readonly services: Pick<Services, 'reports' | 'checks' | 'log'>,
    private readonly controller: vscode.TestController,
    private readonly places: FindingPlaces,
    private readonly known: KnownReports,
  ) {
    this.tree = new TestTree(controller, places);
    const results = new TestResults(services, controller, this.tree, places);
    this.runs = new TestRuns(services, controller, this.tree, results, known);
    const run = (request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> =>
      this.run(request, token);
    this.subscriptions = [
      this.searching,
      results,
      places.onDidChange((session) => {
        // Of a report that was closed, the tests stay where they were.
        const isOpen = services.reports.get(session.uri) === session;
        if (isOpen && session.report && session.report.parts.length > 0) this.tree.fill(session);
      }),
      controller.createRunProfile(vscode.l10n.t('Check'), vscode.TestRunProfileKind.Run, run, true),
    ];
    controller.resolveHandler = (item) => (item ? this.unfold(item) : this.discover(this.searching.token));
    controller.refreshHandler = (token) => this.discover(token);
  }

  run(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    return this.runs.run(request, token);
  }

  dispose(): void {
    this.searching.cancel();
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private async unfold(item: vscode.TestItem): Promise<void> {
    if (item.parent || !item.uri) return;
    const { reports } = this.services;
    let holding: vscode.Disposable | undefined;
    try {
      const session = await reports.open(item.uri);
      holding = reports.hold(session);
      await session.settled();
      await this.places.settled(session);
      item.error = session.problem ? problemText(session.problem) : undefined;
      if (!session.problem) this.tree.fill(session);
    } catch (thrown) {
      item.error = problemText(Problem.from(thrown));
    } finally {
      holding?.dispose();
    }
  }

  /** Lists the reports that there are in the workspace, and no others. */
  private async discover(token: vscode.CancellationToken): Promise<void> {
    try {
      const notes = await vscode.workspace.findFiles('**/*.drylab.json', '**/node_modules/**', MOST_FILES, token);
      const candidates = new Map([...this.known.all, ...notes.map(reportOf)].map((uri) => [uri.toString(), uri]));
      for (const uri of candidates.values()) {
        if (token.isCancellationRequested) return;
        if (isReportName(uri.path) && (await exists(uri))) this.tree.report(uri);
      }
      for (const item of this.tree.reports) {
        if (token.isCancellationRequested) return;
        if (item.uri && !this.services.reports.get(item.uri) && !(await exists(item.uri))) this.tree.drop(item);
      }
    } catch (thrown) {
      if (!token.isCancellationRequested) void showProblem(thrown, this.services.log);
    }
  }
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

export function registerTestExplorer(
  services: Services,
  places: FindingPlaces,
  known: KnownReports,
): vscode.Disposable {
  const controller = vscode.tests.createTestController('drylab', 'Drylab');
  return vscode.Disposable.from(new TestExplorer(services, controller, places, known), controller);
}
