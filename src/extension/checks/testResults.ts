import * as vscode from 'vscode';
import { testState, type TestState } from '../../core/check/testState';
import type { Finding } from '../../core/check/finding';
import type { ReportSession } from '../reports/reportSession';
import type { Services } from '../services';
import type { FindingPlaces } from './findingPlaces';
import { say } from './saying';
import type { TestTree } from './testTree';

/** The state of every claim that is decided, as tests know it, and what was told of it. */
export class TestResults implements vscode.Disposable {
  /** By report and claim, what a run told of it last. */
  private readonly told = new Map<string, string>();
  private readonly listening: vscode.Disposable;

  constructor(
    private readonly services: Pick<Services, 'checks'>,
    private readonly controller: vscode.TestController,
    private readonly tree: TestTree,
    private readonly places: FindingPlaces,
  ) {
    this.listening = places.onDidChange((session) => this.forgetOld(session));
  }

  get onDidPlace(): vscode.Event<ReportSession> {
    return this.places.onDidChange;
  }

  settled(session: ReportSession): Promise<void> {
    return this.places.settled(session);
  }

  /**
   * The states of claims by their ids; of the answers as they are now, so there are none before these are read. A claim
   * whose experiment has not run has none.
   */
  statesOf(session: ReportSession): ReadonlyMap<string, TestState> {
    const { checks } = this.services;
    const check = checks.of(session);
    if (check?.report !== session.report || check?.assignment !== session.assignment) return new Map();
    const isDismissed = checks.dismissals.tester(session.uri);
    const texts = new Map(check.report.parts.map(({ id, text }) => [id, text]));
    const states = new Map<string, TestState>();
    for (const { part, isAnswered, claims } of check.parts) {
      const answer = isAnswered ? (texts.get(part) ?? null) : null;
      for (const finding of claims)
        if (!isPending(finding)) states.set(finding.claim, testState(finding, answer, isDismissed(finding)));
    }
    return states;
  }

  /** Tells a run the state of a claim. */
  tell(run: vscode.TestRun, session: ReportSession, item: vscode.TestItem, state: TestState): void {
    this.told.set(keyOf(session, item.id), gist(state));
    if (state.kind === 'passed') run.passed(item);
    else if (state.kind === 'skipped') run.skipped(item);
    else {
      const message = vscode.TestMessage.diff(say(state.message), say(state.expected), say(state.actual));
      const location = this.locationOf(session, item);
      if (location) message.location = location;
      run.failed(item, message);
    }
    run.appendOutput(`${item.id}: ${wordOf(state)}\r\n`, undefined, item);
  }

  dispose(): void {
    this.listening.dispose();
  }

  private locationOf(session: ReportSession, { id, parent }: vscode.TestItem): vscode.Location | undefined {
    const placed = this.places.notices(session).find(({ notice }) => notice.id === id);
    const part = parent ? this.places.answer(session, parent.id) : undefined;
    return placed?.places[0]?.location ?? part?.location ?? undefined;
  }

  /** A result that is not true of the answers any more is marked as such. */
  private forgetOld(session: ReportSession): void {
    const states = this.statesOf(session);
    const report = this.tree.reports.find(({ id }) => id === session.uri.toString());
    if (states.size === 0 || !report) return;
    const old = this.tree.claims(report).filter(({ id }) => {
      const told = this.told.get(keyOf(session, id));
      const state = states.get(id);
      return told !== undefined && told !== (state && gist(state));
    });
    for (const { id } of old) this.told.delete(keyOf(session, id));
    if (old.length > 0) this.controller.invalidateTestResults(old);
  }
}

/** What makes a result another one: not that it is surer than before. */
function gist(state: TestState): string {
  return JSON.stringify(state.kind === 'failed' ? [state.kind, state.expected, state.actual] : [state.kind]);
}

function isPending({ evidence, stance }: Finding): boolean {
  return evidence === 'pending' && stance !== 'silent';
}

function keyOf({ uri }: ReportSession, claim: string): string {
  return `${uri.toString()} ${claim}`;
}

function wordOf(state: TestState): string {
  switch (state.kind) {
    case 'passed':
      return vscode.l10n.t('passed');
    case 'skipped':
      return vscode.l10n.t('not decided');
    case 'failed':
      return say(state.message);
  }
}
