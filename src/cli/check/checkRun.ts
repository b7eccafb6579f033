import { pMapIterable, pMapSkip } from 'p-map';
import { version } from '../../../package.json';
import type { Assignment } from '../../core/assignment/assignment';
import type { CheckDocument, CheckResult } from '../../core/check/output/checkResult';
import { oneLine } from '../../core/check/output/oneLine';
import type { Disposable } from '../../core/ports';
import { describeProblem, Problem } from '../../core/problem';
import type { CommandEnd } from '../command';
import type { CheckOptions } from './checkOptions';
import { ProgressBar, silentProgress, type CheckProgress } from './checkProgress';
import { checkReport, type CheckSurroundings } from './checkReport';
import { FORMATS } from './formats';
import { gatherEvidence } from './gatherEvidence';
import { LabPool, type Lab } from './labPool';
import { reportFiles, type ReportInput } from './reportFiles';
import { sliceOf } from './sliceOf';
import { StopSignals } from './stopSignals';
import { fileSink, standardOutput, type TextSink } from './textSink';

/** As a process that writes to a closed pipe ends. */
const NOBODY_READS = 141;

/** Results that may wait for their turn, per job: more would only take memory. */
const WAITING = 4;

/** What a check uses of a command's context. */
export interface CheckSetting {
  warn(message: string): void;
  startLab(warn: (message: string) => void): Lab;
}

/** One check of many reports. */
export class CheckRun implements Disposable {
  private readonly stopping = new StopSignals();
  private readonly progress: CheckProgress;
  private readonly labs: LabPool;
  private hasFailure = false;
  private hasFinding = false;

  constructor(
    private readonly options: CheckOptions,
    private readonly assignment: Assignment,
    { warn, startLab }: CheckSetting,
  ) {
    this.progress = process.stderr.isTTY ? new ProgressBar(process.stderr) : silentProgress(warn);
    this.labs = new LabPool(() => startLab((message) => this.say(message)));
  }

  /** @throws Problem when no report can be checked at all */
  async check(words: readonly string[]): Promise<CommandEnd> {
    const { isRecursive, shard } = this.options;
    const inputs = await reportFiles(words, { isRecursive, warn: (message) => this.say(message) });
    try {
      await this.checkAll(sliceOf(inputs, shard));
    } catch (thrown) {
      if (this.stopping.exitCode === null) throw thrown;
    }
    return { exitCode: this.stopping.exitCode ?? (this.hasFailure ? 2 : this.hasFinding ? 1 : 0) };
  }

  dispose(): void {
    this.progress.dispose();
    this.labs.dispose();
    this.stopping.dispose();
  }

  private say(message: string): void {
    this.progress.say(`drylab: ${oneLine(message)}`);
  }

  private async checkAll(inputs: readonly ReportInput[]): Promise<void> {
    const { labs, assignment, options, progress, stopping } = this;
    const { cancellation } = stopping;
    const makeDocument = await FORMATS[options.format]();
    const warn = (message: string): void => this.say(message);
    const evidence = await gatherEvidence(labs, assignment, { cancellation, progress, warn });
    const sink = options.out === null ? standardOutput() : await fileSink(options.out);
    try {
      await this.write(inputs, makeDocument({ assignment, version }), sink, {
        labs,
        assignment,
        evidence,
        cancellation,
      });
      await sink.finish();
    } catch (thrown) {
      await sink.abandon();
      throw thrown;
    }
  }

  /** Each result as soon as all before it are written. After a stop, what was finished. */
  private async write(
    inputs: readonly ReportInput[],
    document: CheckDocument,
    sink: TextSink,
    surroundings: CheckSurroundings,
  ): Promise<void> {
    let done = 0;
    this.step(done, inputs.length);
    await sink.write(document.begin());
    for await (const result of this.results(inputs, surroundings)) {
      this.take(result);
      if (!(await sink.write(document.add(result)))) this.stopping.stop(NOBODY_READS);
      this.step(++done, inputs.length);
    }
    await sink.write(document.end());
    const { exitCode } = this.stopping;
    if (exitCode !== null && exitCode !== NOBODY_READS)
      this.say(`Stopped: ${done} of ${inputs.length} reports are written.`);
  }

  /** In the order of the inputs; what was not finished when the check was stopped is left out. */
  private results(inputs: readonly ReportInput[], surroundings: CheckSurroundings): AsyncIterable<CheckResult> {
    const { jobs } = this.options;
    const work = async (input: ReportInput): Promise<CheckResult | typeof pMapSkip> => {
      if (surroundings.cancellation.isCancelled) return pMapSkip;
      return checkReport(input, surroundings).catch((thrown: unknown) => {
        if (Problem.from(thrown).code === 'cancelled') return pMapSkip;
        throw thrown;
      });
    };
    return pMapIterable(inputs, work, { concurrency: jobs, backpressure: jobs * WAITING });
  }

  private take(result: CheckResult): void {
    if (result.problem) {
      this.hasFailure = true;
      this.say(describeProblem(result.problem));
      return;
    }
    const { parts, warnings } = result;
    const verdicts = parts.flatMap(({ claims }) => claims.map(({ verdict }) => verdict));
    if (verdicts.some((verdict) => this.options.failOn.includes(verdict))) this.hasFinding = true;
    const grave = warnings.filter(({ code }) => code === 'report.language' || code === 'report.no-answers');
    for (const { message } of grave) this.say(message);
  }

  private step(done: number, total: number): void {
    // A bar and the output cannot share one terminal; the output itself shows how far it is.
    if (this.options.out === null && process.stdout.isTTY) this.progress.pause();
    else this.progress.step('reports', done, total);
  }
}
