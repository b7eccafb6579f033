import * as vscode from 'vscode';
import type { Assignment } from '../../core/assignment/assignment';
import type { PartFindings, PartReading } from '../../core/check/finding';
import { claimEvidence } from '../../core/check/claimEvidence';
import { experimentsByClaim } from '../../core/check/experimentsByClaim';
import { judgeReport } from '../../core/check/judge';
import { setAside } from '../../core/check/setAside';
import type { Evidence } from '../../core/experiments/evidence';
import { Problem } from '../../core/problem';
import type { Cancellation } from '../../core/ports';
import type { Report } from '../../core/report/report';
import { INITIAL_SEED } from '../../protocol/experimentView';
import type { LabClient } from '../../lab/client';
import { CancellationSource, type Progress } from '../../protocol/rpc';
import type { Experiments } from '../experiments/experiments';
import type { Reports } from '../reports/reports';
import type { ReportSession } from '../reports/reportSession';
import { setting } from '../settings';
import { Dismissals } from './dismissals';
import { SecondOpinions } from './secondOpinions';

/** What is known of a report's answers. */
export interface ReportCheck {
  /** The report and assignment that were read; findings' spans are offsets in its answers' texts. */
  readonly report: Report;
  readonly assignment: Assignment;
  /** One for each part of the assignment, in its order. */
  readonly parts: readonly PartFindings[];
  /** Experiments that decide claims and have not run yet. */
  readonly pending: readonly string[];
}

interface Checked {
  readings: readonly PartReading[];
  report: Report;
  assignment: Assignment;
}

/** A reading that is under way. */
interface Reading {
  readonly report: Report;
  readonly assignment: Assignment;
  readonly source: CancellationSource;
  /** Never rejects: see `problemOf`. */
  readonly done: Promise<void>;
  /** How many want it. */
  waiting: number;
}

/** Says how far a check is. */
export interface CheckProgress {
  /** @param experiment that is about to run, `null` while the answers are read */
  step(done: number, total: number, experiment: string | null): void;
  /** An experiment could not be run to its end; the others are. Who does not listen gets the first such problem thrown. */
  failed?(experiment: string, problem: Problem): void;
}

/**
 * The findings of the open reports, for every surface. Answers are read again whenever a report or its assignment changes;
 * experiments run only when somebody asks for a check, and what they found before is taken from the cache.
 */
export class Checks implements vscode.Disposable {
  private readonly checked = new Map<ReportSession, Checked>();
  private readonly reading = new Map<ReportSession, Reading>();
  private readonly problems = new Map<ReportSession, Problem>();
  /** By experiment; `null` when it was looked for and not found. */
  private readonly evidence = new Map<string, Evidence | null>();
  private readonly changed = new vscode.EventEmitter<ReportSession>();
  private readonly subscriptions: vscode.Disposable[];
  private begun = 0;

  readonly dismissals: Dismissals;
  readonly opinions: SecondOpinions;
  /** The findings of a report, or what is known of how they come about, changed. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly sources: {
      readonly context: vscode.ExtensionContext;
      readonly lab: LabClient;
      readonly reports: Reports;
      readonly experiments: Experiments;
      readonly log: vscode.LogOutputChannel;
    },
  ) {
    const { context, reports, experiments } = sources;
    this.dismissals = new Dismissals(context.workspaceState);
    this.opinions = new SecondOpinions(context.workspaceState);
    const changed = (uri: vscode.Uri): void => {
      const session = reports.get(uri);
      if (session) this.changed.fire(session);
    };
    this.subscriptions = [
      this.changed,
      this.dismissals,
      this.opinions,
      this.dismissals.onDidChange(changed),
      this.opinions.onDidChange(changed),
      reports.onDidChange((session) => this.follow(session)),
      reports.onDidClose((session) => this.forget(session)),
      experiments.onDidFind((experiment) => {
        this.evidence.delete(experiment);
        void this.refreshEvidence();
      }),
    ];
  }

  /** `undefined` until the answers were read. */
  of(session: ReportSession): ReportCheck | undefined {
    const checked = this.checked.get(session);
    if (!checked) return undefined;
    const { report, assignment } = checked;
    const readings = this.opinions.applied(session.uri, report, assignment, checked.readings);
    const wanted = decidingExperiments(assignment);
    const found = wanted.flatMap((id) => this.evidence.get(id) ?? []);
    return {
      report,
      assignment,
      parts: judgeReport(assignment, readings, claimEvidence(found)).map((part) =>
        setAside(part, this.dismissals.tester(session.uri)),
      ),
      pending: wanted.filter((id) => !this.evidence.get(id)),
    };
  }

  /** Whether the answers are being read just now. */
  isReading(session: ReportSession): boolean {
    return this.reading.has(session);
  }

  /** Why the answers could not be read. */
  problemOf(session: ReportSession): Problem | undefined {
    return this.problems.get(session);
  }

  /**
   * Reads the answers and runs the experiments that are pending.
   * @param wanted which of them; all if nothing is said
   * @throws Problem of the lab, `cancelled`
   */
  async check(
    session: ReportSession,
    progress: CheckProgress,
    cancellation: Cancellation,
    wanted: (experiment: string) => boolean = () => true,
  ): Promise<ReportCheck> {
    progress.step(0, 1, null);
    await this.readAnswers(session, cancellation);
    const pending = this.of(session)?.pending.filter(wanted) ?? [];
    await this.runAll(`check ${++this.begun} ${session.uri.toString()}`, pending, progress, cancellation);
    await this.refreshEvidence();
    const check = this.of(session);
    if (!check) throw new Problem('cancelled');
    return check;
  }

  /** Reads until what was read is the report as it is now. @throws Problem */
  async readAnswers(session: ReportSession, cancellation: Cancellation): Promise<void> {
    for (;;) {
      await session.settled();
      if (session.problem) throw session.problem;
      const reading = this.start(session);
      if (!reading) return;
      await waitFor(reading, cancellation);
      const problem = this.problems.get(session);
      if (problem) throw problem;
    }
  }

  dispose(): void {
    for (const { source } of this.reading.values()) source.cancel();
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  /** After a change of a report: reads it again if it is another one than was read. */
  private follow(session: ReportSession): void {
    if (!setting('drylab.check.automatic', session.uri) && !this.checked.has(session)) return;
    const reading = this.start(session);
    if (reading) reading.waiting += 1;
  }

  private forget(session: ReportSession): void {
    this.reading.get(session)?.source.cancel();
    for (const known of [this.reading, this.checked, this.problems]) known.delete(session);
  }

  /** Begins to read a report that has not been read, or joins its reading; `null` when there is nothing to read. */
  private start(session: ReportSession): Reading | null {
    const { report, assignment } = session;
    const isOf = (other: Omit<Checked, 'readings'> | undefined): boolean =>
      other?.report === report && other?.assignment === assignment;
    if (!report || isOf(this.checked.get(session))) return null;
    const current = this.reading.get(session);
    if (current && isOf(current)) return current;
    current?.source.cancel();
    this.problems.delete(session);
    const source = new CancellationSource();
    const done = this.read(session, report, assignment, source);
    const reading: Reading = { report, assignment, source, done, waiting: 0 };
    this.reading.set(session, reading);
    this.changed.fire(session);
    return reading;
  }

  private async read(
    session: ReportSession,
    report: Report,
    assignment: Assignment,
    source: CancellationSource,
  ): Promise<void> {
    const isCurrent = (): boolean => this.reading.get(session)?.source === source;
    try {
      const readings = await this.sources.lab.call('readAnswers', { report, assignment }, { cancellation: source });
      if (!isCurrent()) return;
      this.problems.delete(session);
      this.checked.set(session, { report, assignment, readings });
      await this.refreshEvidence();
    } catch (thrown) {
      const problem = Problem.from(thrown);
      if (!isCurrent()) return;
      this.problems.set(session, problem);
      if (problem.code !== 'cancelled') this.sources.log.warn(`answers of ${session.uri.path}: ${problem.message}`);
    } finally {
      if (isCurrent()) {
        this.reading.delete(session);
        this.changed.fire(session);
      }
    }
  }

  /** One after the other; one that fails does not stop the rest. */
  private async runAll(
    owner: string,
    pending: readonly string[],
    progress: CheckProgress,
    cancellation: Cancellation,
  ): Promise<void> {
    const failures: Problem[] = [];
    for (const [index, experiment] of pending.entries()) {
      if (cancellation.isCancelled) throw new Problem('cancelled');
      const step = (part: number): void => progress.step(index + part, pending.length, experiment);
      step(0);
      try {
        const request = { experiment, seed: INITIAL_SEED, settings: {}, isFresh: false };
        const listener = {
          cancellation,
          progress: ({ done, total }: Progress) => step(done / Math.max(total, 1)),
        };
        const { evidence } = await this.sources.experiments.run(owner, request, listener);
        this.evidence.set(experiment, evidence);
      } catch (thrown) {
        const problem = Problem.from(thrown);
        if (problem.code === 'cancelled') throw problem;
        if (progress.failed) progress.failed(experiment, problem);
        else failures.push(problem);
      }
    }
    const [first] = failures;
    if (first) throw first;
  }

  /** Finds in the cache what experiments said, as far as a report needs it, and judges anew. */
  private async refreshEvidence(): Promise<void> {
    const sessions = [...this.checked];
    const wanted = new Set(sessions.flatMap(([, { assignment }]) => decidingExperiments(assignment)));
    const unknown = [...wanted].filter((id) => !this.evidence.get(id));
    const found = await Promise.all(
      unknown.map(async (experiment) => [experiment, await this.keptEvidence(experiment)] as const),
    );
    // What a run has found meanwhile stays.
    for (const [experiment, evidence] of found)
      if (evidence || !this.evidence.get(experiment)) this.evidence.set(experiment, evidence);
    for (const [session] of sessions) this.changed.fire(session);
  }

  private async keptEvidence(experiment: string): Promise<Evidence | null> {
    try {
      const { kept } = await this.sources.experiments.standing({ experiment, seed: INITIAL_SEED, settings: {} });
      return kept?.evidence ?? null;
    } catch (thrown) {
      this.sources.log.warn(`evidence of before: ${Problem.from(thrown).message}`);
      return null;
    }
  }
}

/** Waits for a reading, and gives it up when nobody else wants it. @throws Problem `cancelled` */
function waitFor(reading: Reading, cancellation: Cancellation): Promise<void> {
  reading.waiting += 1;
  return new Promise((resolve, reject) => {
    const listening = cancellation.onCancel(() => {
      reading.waiting -= 1;
      if (reading.waiting === 0) reading.source.cancel();
      reject(new Problem('cancelled'));
    });
    void reading.done.then(() => {
      listening.dispose();
      resolve();
    });
  });
}

/** Experiments that decide at least one claim of an assignment. */
function decidingExperiments(assignment: Assignment): string[] {
  return [...new Set(experimentsByClaim(assignment).values())];
}
