import * as vscode from 'vscode';
import type { Assignment, Question } from '../../core/assignment/assignment';
import { checkedSettings } from '../../core/experiments/settings';
import { Problem } from '../../core/problem';
import type { LabClient } from '../../lab/client';
import type { ShownExperiment, Standing } from '../../protocol/experimentView';
import type { EvidenceIdentity, EvidenceRequest, EvidenceResult, ExperimentDescription } from '../../protocol/lab';
import { COMMANDS } from '../contributions';
import { ExperimentRuns, type Listener } from './experimentRuns';

/** Experiments whose models have a view of their own, and the command that opens it. */
export const EXPERIMENT_VIEWS: Readonly<Record<string, string>> = {
  'attention-map': COMMANDS.showAttentionMap,
  'ae-vs-vae': COMMANDS.sampleModels,
};

/** In the extension's memory across windows: seconds by experiment. */
const SECONDS = 'experimentSeconds';

/** What there is to run, what runs, and what was found; one for all views. */
export class Experiments implements vscode.Disposable {
  private readonly runs: ExperimentRuns;
  private readonly found = new vscode.EventEmitter<string>();
  private listing: Promise<readonly ExperimentDescription[]> | undefined;

  /** Id of an experiment that was run to its end. */
  readonly onDidFind = this.found.event;

  constructor(
    private readonly lab: LabClient,
    private readonly memory: vscode.Memento,
  ) {
    this.runs = new ExperimentRuns((request, options) => lab.call('evidence', request, options));
  }

  /** In the order of the questions of the built-in assignment. */
  all(): Promise<readonly ExperimentDescription[]> {
    const listing = (this.listing ??= this.lab.call('experiments', null));
    // What kept the lab from answering may pass.
    listing.catch(() => (this.listing = undefined));
    return listing;
  }

  /** @throws Problem `experiment.unknown` */
  async find(id: string): Promise<ExperimentDescription> {
    const all = await this.all();
    const found = all.find((experiment) => experiment.id === id);
    if (found) return found;
    throw new Problem('experiment.unknown', { experiment: id, known: all.map((known) => known.id).join(', ') });
  }

  async standing(given: EvidenceIdentity): Promise<Standing> {
    const identity = await this.complete(given);
    const kept = await this.lab.call('cachedEvidence', identity);
    return { kept, isRunning: this.runs.isRunning(identity), seconds: this.seconds()[identity.experiment] ?? null };
  }

  /** As `ExperimentRuns.run`; remembers how long it took. */
  async run(owner: string, request: EvidenceRequest, listener: Listener): Promise<EvidenceResult> {
    const result = await this.runs.run(owner, await this.complete(request), listener);
    const known = this.seconds();
    if (known[request.experiment] !== result.seconds)
      void this.memory.update(SECONDS, { ...known, [request.experiment]: result.seconds });
    this.found.fire(request.experiment);
    return result;
  }

  dispose(): void {
    this.found.dispose();
  }

  /** With all settings, so that the same run is known as such. @throws Problem `experiment.setting` */
  private async complete<T extends EvidenceIdentity>(identity: T): Promise<T> {
    const { settings } = await this.find(identity.experiment);
    return { ...identity, settings: checkedSettings(settings, identity.settings) };
  }

  private seconds(): Readonly<Record<string, number>> {
    return this.memory.get<Record<string, number>>(SECONDS, {});
  }
}

/** The question of an assignment that names an experiment. */
export function questionOf(assignment: Assignment, experiment: string): Question | undefined {
  return assignment.questions.find((question) => question.experiment === experiment);
}

/** An experiment as people see it, in the words of an assignment. */
export function shownExperiment(description: ExperimentDescription, assignment: Assignment): ShownExperiment {
  const { id, title, settings, claims } = description;
  const question = questionOf(assignment, id);
  const parts = assignment.questions.flatMap((each) => each.parts);
  const known = new Map(parts.flatMap((part) => part.claims.map((claim) => [claim.id, claim] as const)));
  return {
    id,
    title,
    settings,
    question: question ? { id: question.id, title: question.title } : null,
    claims: claims.map((claim) => {
      const { statement = '', kind = null } = known.get(claim) ?? {};
      return { id: claim, statement, kind };
    }),
    hasView: Object.hasOwn(EXPERIMENT_VIEWS, id),
  };
}
