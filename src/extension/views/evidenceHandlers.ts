import * as vscode from 'vscode';
import { Problem } from '../../core/problem';
import { INITIAL_SEED } from '../../protocol/experimentView';
import type { EvidenceIdentity } from '../../protocol/lab';
import type { ReportHostMethods, ShownEvidence } from '../../protocol/reportView';
import type { Handlers } from '../../protocol/rpc';
import { COMMANDS } from '../contributions';
import type { Experiments } from '../experiments/experiments';
import type { ReportSession } from '../reports/reportSession';
import { openExperimentView } from './experimentPanel';
import { saveFigure } from './savePng';

export type EvidenceMethods = 'openExperiment' | 'openExperimentView' | 'evidence' | 'runExperiment' | 'saveFigure';

/** What the webview of a report may ask for about experiments, which have their initial settings there. */
export function evidenceHandlers(
  session: () => ReportSession,
  experiments: Experiments,
): Pick<Handlers<ReportHostMethods>, EvidenceMethods> {
  return {
    openExperiment: async ({ question }) => {
      await vscode.commands.executeCommand(COMMANDS.runExperiment, experimentOf(session(), question));
    },
    openExperimentView: ({ question }) => openExperimentView(experimentOf(session(), question)),
    evidence: ({ experiment }) => shownEvidence(experiments, experiment),
    runExperiment: ({ experiment }, listener) => {
      const owner = `${session().uri.toString()}#${experiment}`;
      return experiments.run(owner, { ...initially(experiment), isFresh: false }, listener);
    },
    saveFigure,
  };
}

/** @throws Problem `experiment.none` */
function experimentOf({ assignment }: ReportSession, id: string): string {
  const question = assignment.questions.find((candidate) => candidate.id === id);
  if (!question?.experiment) throw new Problem('experiment.none', { question: id });
  return question.experiment;
}

function initially(experiment: string): EvidenceIdentity {
  return { experiment, seed: INITIAL_SEED, settings: {} };
}

async function shownEvidence(experiments: Experiments, id: string): Promise<ShownEvidence | null> {
  const description = (await experiments.all()).find((experiment) => experiment.id === id);
  return description ? { ...(await experiments.standing(initially(id))), claims: description.claims } : null;
}
