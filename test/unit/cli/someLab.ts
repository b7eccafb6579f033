/** A lab within the test's process: it reads reports as the real one does, and what answers say is made up. */
import type { Assignment } from '../../../src/core/assignment/assignment';
import type { PartReading } from '../../../src/core/check/finding';
import type { Stance, StanceKind } from '../../../src/core/check/stance';
import { findExperiment } from '../../../src/core/experiments/registry';
import type { Report } from '../../../src/core/report/report';
import { readReport } from '../../../src/core/report/readReport';
import { Problem } from '../../../src/core/problem';
import type { Lab } from '../../../src/cli/check/labPool';
import { decodeUtf8 } from '../../../src/platform/utf8';
import type { LabMethods } from '../../../src/protocol/lab';
import type { CallOptions } from '../../../src/protocol/rpc';
import { phrase } from '../../../src/core/explain/phrase';

export interface LabWish {
  /** Comes before the answers of a report are read. */
  before?(report: string): Promise<void> | void;
  /** An experiment is asked for. */
  evidence?(experiment: string): void;
  /** What an answer says about a claim; silent unless given. */
  stance?(claim: string, text: string): StanceKind;
}

/** Counts what it is asked for. */
export class SomeLab implements Lab {
  readonly reports: string[] = [];
  isDisposed = false;

  constructor(private readonly wish: LabWish = {}) {}

  async call<K extends keyof LabMethods>(
    method: K,
    params: LabMethods[K]['params'],
    options: CallOptions = {},
  ): Promise<LabMethods[K]['result']> {
    const { cancellation } = options;
    const stopped = new Promise<never>((_, reject) => {
      cancellation?.onCancel(() => reject(new Problem('cancelled')));
    });
    // As with the real one, a caller that gives up is released at once.
    return Promise.race([this.answer(method, params) as Promise<LabMethods[K]['result']>, stopped]);
  }

  dispose(): void {
    this.isDisposed = true;
  }

  private async answer(method: keyof LabMethods, params: unknown): Promise<unknown> {
    if (method === 'evidence') return this.evidence((params as LabMethods['evidence']['params']).experiment);
    if (method === 'readReport') {
      const { name, bytes, parts, files = {} } = params as LabMethods['readReport']['params'];
      const texts = Object.entries(files).map(([path, own]) => [path, own && decodeUtf8(own, path)] as const);
      return readReport(name, decodeUtf8(bytes, name), parts, Object.fromEntries(texts));
    }
    if (method !== 'readAnswers') throw new Error(`nobody asks for ${method}`);
    const { report, assignment } = params as LabMethods['readAnswers']['params'];
    this.reports.push(report.report);
    await this.wish.before?.(report.report);
    return this.readings(report, assignment);
  }

  private evidence(experiment: string): LabMethods['evidence']['result'] {
    this.wish.evidence?.(experiment);
    const outcome = {
      outcome: 'holds',
      effect: 2,
      interval: [1.9, 2.1],
      unit: '1',
      detail: phrase('It is 2.'),
    } as const;
    const outcomes = Object.fromEntries(findExperiment(experiment).claims.map((claim) => [claim, outcome]));
    const provenance = { models: {}, data: {}, seed: 0, settings: {}, runtime: null };
    return { evidence: { experiment, outcomes, figures: [], summary: [], provenance }, seconds: 1, isCached: true };
  }

  private readings(report: Report, { questions }: Assignment): PartReading[] {
    const claimsOf = new Map(questions.flatMap(({ parts }) => parts.map((part) => [part.id, part.claims])));
    return report.parts
      .filter(({ text }) => text.trim() !== '')
      .map(({ id: part, text }) => ({
        part,
        formulas: [],
        stances: (claimsOf.get(part) ?? []).map(({ id: claim }): Stance => {
          const stance = this.wish.stance?.(claim, text) ?? 'silent';
          const spans = stance === 'silent' ? [] : [{ start: 0, end: text.length }];
          return { claim, stance, confidence: 1, spans };
        }),
      }));
  }
}
