import * as vscode from 'vscode';
import { experimentsByClaim } from '../../core/check/experimentsByClaim';
import { Problem } from '../../core/problem';
import { problemText } from '../problems';
import type { ReportSession } from '../reports/reportSession';
import type { Services } from '../services';
import type { KnownReports } from './knownReports';
import type { TestResults } from './testResults';
import type { TestTree } from './testTree';
import { tokenCancellation } from './tokenCancellation';

/** Runs claims as tests: reads their answers, and runs the experiments that decide them. */
export class TestRuns {
  constructor(
    private readonly services: Pick<Services, 'reports' | 'checks'>,
    private readonly controller: vscode.TestController,
    private readonly tree: TestTree,
    private readonly results: TestResults,
    private readonly known: KnownReports,
  ) {}

  /** What a report lacks to be checked, or one that cannot be read, does not stop the others. Never rejects. */
  async run(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    const run = this.controller.createTestRun(request);
    const asked = new Map<vscode.TestItem, vscode.TestItem[]>();
    for (const item of request.include ?? this.tree.reports) {
      const report = this.tree.reportOf(item);
      asked.set(report, [...(asked.get(report) ?? []), item]);
    }
    try {
      for (const [report, items] of asked) {
        if (token.isCancellationRequested) break;
        await this.runReport(run, report, { items, exclude: request.exclude ?? [] }, token);
      }
    } finally {
      run.end();
    }
  }

  private async runReport(
    run: vscode.TestRun,
    report: vscode.TestItem,
    asked: { readonly items: readonly vscode.TestItem[]; readonly exclude: readonly vscode.TestItem[] },
    token: vscode.CancellationToken,
  ): Promise<void> {
    const { reports } = this.services;
    if (!report.uri) return;
    let holding: vscode.Disposable | undefined;
    try {
      const session = await reports.open(report.uri);
      holding = reports.hold(session);
      await session.settled();
      if (session.problem) throw session.problem;
      this.known.add(report.uri);
      this.tree.fill(session);
      const excluded = new Set(asked.exclude.flatMap((item) => this.tree.claims(item)));
      const claims = asked.items.flatMap((item) => this.tree.claims(item)).filter((item) => !excluded.has(item));
      await this.runClaims(run, session, new Set(claims), token);
    } catch (thrown) {
      const problem = Problem.from(thrown);
      if (problem.code !== 'cancelled') run.errored(report, new vscode.TestMessage(problemText(problem)));
    } finally {
      holding?.dispose();
    }
  }

  /** @throws Problem of reading, `cancelled` */
  private async runClaims(
    run: vscode.TestRun,
    session: ReportSession,
    waiting: Set<vscode.TestItem>,
    token: vscode.CancellationToken,
  ): Promise<void> {
    for (const item of waiting) run.enqueued(item);
    const deciding = experimentsByClaim(session.assignment);
    const by = (experiment: string): vscode.TestItem[] =>
      [...waiting].filter(({ id }) => deciding.get(id) === experiment);
    const tell = (): void => {
      const states = this.results.statesOf(session);
      for (const item of [...waiting]) {
        const state = states.get(item.id);
        if (state && waiting.delete(item)) this.results.tell(run, session, item, state);
      }
    };
    const listening = this.results.onDidPlace((placed) => placed === session && tell());
    let running: string | null = null;
    const progress = {
      step: (_done: number, _total: number, experiment: string | null): void => {
        if (experiment === null || experiment === running) return;
        running = experiment;
        // What needs no experiment is decided by now.
        tell();
        for (const item of by(experiment)) run.started(item);
      },
      failed: (experiment: string, problem: Problem): void => {
        const message = new vscode.TestMessage(problemText(problem));
        for (const item of by(experiment)) if (waiting.delete(item)) run.errored(item, message);
      },
    };
    try {
      const wanted = new Set([...waiting].flatMap(({ id }) => deciding.get(id) ?? []));
      await this.services.checks.check(session, progress, tokenCancellation(token), (id) => wanted.has(id));
      await this.results.settled(session);
      tell();
      for (const item of waiting) run.skipped(item);
    } finally {
      listening.dispose();
    }
  }
}
