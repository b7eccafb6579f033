import type { PartReading } from '../../src/core/check/finding';
import type { Stance } from '../../src/core/check/stance';
import { phrase } from '../../src/core/explain/phrase';
import { Problem } from '../../src/core/problem';
import type { Assignment, Part } from '../../src/core/assignment/assignment';
import type { Report } from '../../src/core/report/report';
import type { LabClient } from '../../src/lab/client';
import type { EvidenceRequest, EvidenceResult } from '../../src/protocol/lab';
import type { CallOptions } from '../../src/protocol/rpc';

/** What some words in an answer say about a claim, in these tests. */
export type Cues = Readonly<Record<string, { readonly words: string; readonly stance: 'asserts' | 'denies' }>>;

/**
 * Takes the place of the parts of the lab that read answers and run experiments: answers say what they literally say, and
 * a claim holds unless it is a misconception. All other calls go to the real lab.
 */
export class FakeLab {
  /** Experiments that have run, or were found in the cache. */
  readonly ran = new Set<string>();
  /** Experiments that fail. */
  readonly broken = new Set<string>();
  /** Called before each answer; a promise keeps the caller waiting. */
  before: (method: string) => Promise<unknown> | undefined = () => undefined;
  private readonly real: LabClient['call'];

  constructor(
    private readonly lab: LabClient,
    private readonly cues: Cues,
  ) {
    this.real = lab.call.bind(lab);
    lab.call = ((method: string, params: unknown, options?: CallOptions) =>
      this.call(method, params, options)) as LabClient['call'];
  }

  restore(): void {
    this.lab.call = this.real;
  }

  private async call(method: string, params: unknown, options: CallOptions = {}): Promise<unknown> {
    if (!['readAnswers', 'cachedEvidence', 'evidence'].includes(method))
      return this.real(method as 'experiments', params as null, options);
    const waiting = this.before(method);
    if (waiting) await Promise.race([waiting, cancelled(options)]);
    if (options.cancellation?.isCancelled) throw new Problem('cancelled');
    if (method === 'readAnswers') return this.read(params as { report: Report; assignment: Assignment });
    const { experiment } = params as EvidenceRequest;
    if (method === 'cachedEvidence') return this.ran.has(experiment) ? this.evidence(experiment) : null;
    if (this.broken.has(experiment)) throw new Problem('model.missing', { file: `${experiment}.onnx` });
    this.ran.add(experiment);
    return this.evidence(experiment);
  }

  private read({ report, assignment }: { report: Report; assignment: Assignment }): PartReading[] {
    const parts = new Map(assignment.questions.flatMap((question) => question.parts.map((part) => [part.id, part])));
    return report.parts.flatMap(({ id, text }) => {
      const part = parts.get(id);
      return part && text !== '' ? [{ part: id, stances: this.stances(part, text), formulas: [] }] : [];
    });
  }

  private stances({ claims }: Part, text: string): Stance[] {
    return claims.map(({ id: claim }) => {
      const cue = this.cues[claim];
      const spans = cue
        ? [...text.matchAll(new RegExp(cue.words, 'g'))].map(({ index, 0: words }) => {
            return { start: index, end: index + words.length };
          })
        : [];
      return spans.length > 0 && cue
        ? { claim, stance: cue.stance, confidence: 0.99, spans }
        : { claim, stance: 'silent', confidence: 0.99, spans: [] };
    });
  }

  private async evidence(experiment: string): Promise<EvidenceResult> {
    const all = await this.real('experiments', null);
    const claims = all.find(({ id }) => id === experiment)?.claims ?? [];
    const outcomes = claims.map((claim) => {
      const outcome = claim.includes('.m-') ? 'fails' : 'holds';
      return [claim, { outcome, effect: 1, interval: [1, 1], unit: '1', detail: phrase('It was measured.') }];
    });
    const provenance = { models: {}, data: {}, seed: 0, settings: {}, runtime: null };
    const evidence = { experiment, outcomes: Object.fromEntries(outcomes), figures: [], summary: [], provenance };
    return { evidence, seconds: 1, isCached: false } as EvidenceResult;
  }
}

function cancelled({ cancellation }: CallOptions): Promise<void> {
  return new Promise((resolve) => cancellation?.onCancel(resolve));
}
