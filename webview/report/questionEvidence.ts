import type { Outcome } from '../../src/core/experiments/evidence';
import { Problem } from '../../src/core/problem';
import type { EvidenceResult } from '../../src/protocol/lab';
import { CancellationSource, type Progress } from '../../src/protocol/rpc';
import { outcomesSentence } from '../shared/evidence/outcomeText';
import type { FigureFile } from '../shared/figures/figureView';
import { t } from '../shared/host';
import type { ReportContext } from './reportHost';

/** Where the evidence of a question stands. */
export type EvidenceState =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'none' }
  | { readonly kind: 'running'; readonly progress: Progress }
  | { readonly kind: 'found'; readonly result: EvidenceResult }
  | { readonly kind: 'failed'; readonly problem: Problem };

/** The experiment of one question with its initial settings, for all parts of the question. */
export class QuestionEvidence {
  /** Ids of the claims that it decides; none while it is unknown. */
  claims: readonly string[] = [];
  /** Seconds of the last run. */
  lastSeconds: number | null = null;
  state: EvidenceState = { kind: 'unknown' };
  private readonly listeners = new Set<() => void>();
  private running: CancellationSource | null = null;
  private isAsked = false;

  constructor(
    private readonly context: ReportContext,
    private readonly question: string,
    readonly experiment: string,
  ) {}

  /** What the experiment says about a claim; `undefined` while nothing is known of it. */
  outcomeOf(claim: string): Outcome | undefined {
    return this.state.kind === 'found' ? this.state.result.evidence.outcomes[claim] : undefined;
  }

  onChange(listener: () => void): void {
    this.listeners.add(listener);
  }

  /** Asks once for what is known; runs nothing, but joins a run that is under way. */
  load(): void {
    if (this.isAsked) return;
    this.isAsked = true;
    void this.ask();
  }

  /** Asks again, after another view ran it. */
  reload(): void {
    if (this.isAsked && !this.running) void this.ask();
  }

  async run(): Promise<void> {
    this.running?.cancel();
    const running = new CancellationSource();
    this.running = running;
    this.change({ kind: 'running', progress: { done: 0, total: 1 } });
    try {
      const { experiment } = this;
      const onProgress = (progress: Progress): void => {
        if (this.running === running) this.change({ kind: 'running', progress });
      };
      const result = await this.context.rpc.call(
        'runExperiment',
        { experiment },
        { cancellation: running, onProgress },
      );
      if (this.running !== running) return;
      this.running = null;
      this.lastSeconds = result.seconds;
      this.change({ kind: 'found', result });
      this.announce(result);
    } catch (thrown) {
      if (this.running !== running) return;
      this.running = null;
      const problem = Problem.from(thrown);
      this.change(problem.code === 'cancelled' ? { kind: 'none' } : { kind: 'failed', problem });
    }
  }

  stop(): void {
    this.running?.cancel();
  }

  openPanel(): void {
    this.context.report(this.context.rpc.call('openExperiment', { question: this.question }));
  }

  save(file: FigureFile): void {
    const named = { ...file, name: `drylab-${this.experiment}-${file.name}` };
    this.context.report(
      this.context.rpc.call('saveFigure', named).then((saved) => {
        if (saved) this.context.announcer.say(t('Saved as {path}.', { path: saved.path }));
      }),
    );
  }

  say(message: string): void {
    this.context.announcer.say(message);
  }

  private async ask(): Promise<void> {
    try {
      const shown = await this.context.rpc.call('evidence', { experiment: this.experiment });
      if (this.running || !shown) return;
      this.claims = shown.claims;
      this.lastSeconds = shown.seconds;
      if (shown.kept) this.change({ kind: 'found', result: shown.kept });
      else if (shown.isRunning) await this.run();
      else this.change({ kind: 'none' });
    } catch {
      // Reading goes on without evidence; the extension has logged why. It is asked for again with the next view.
      this.isAsked = false;
    }
  }

  private announce({ evidence }: EvidenceResult): void {
    this.say(outcomesSentence(Object.values(evidence.outcomes).map(({ outcome }) => outcome)));
  }

  private change(state: EvidenceState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}
