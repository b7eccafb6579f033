import * as vscode from 'vscode';
import { sayPhrase } from '../../core/explain/phrase';
import { Problem } from '../../core/problem';
import type {
  ExperimentHostMethods,
  ExperimentViewMethods,
  ShownExperiment,
  ShowRequest,
} from '../../protocol/experimentView';
import { COMMANDS, VIEWS } from '../contributions';
import { EXPERIMENT_VIEWS, questionOf, shownExperiment } from '../experiments/experiments';
import { pickExperiment } from '../experiments/pickExperiment';
import { showProblem } from '../problems';
import type { Services } from '../services';
import { openLink } from './openLink';
import { saveFigure } from './savePng';
import { SinglePanel } from './singlePanel';

type Show = Omit<ShowRequest, 'request'>;

/** *Run Experiment*: the panel and the command that opens it with an experiment, asking for one if none is given. */
export function registerExperimentPanel(services: Services): vscode.Disposable {
  const { experiments, log, reports } = services;
  // A page loses what it is told before it listens, so it asks as soon as it does.
  let waiting: ShowRequest | null = null;
  let requests = 0;
  const describe = async ({ experiment }: { experiment: string }): Promise<ShownExperiment> => {
    const [description, assignment] = await Promise.all([experiments.find(experiment), reports.assignments.for()]);
    panel.title = sayPhrase(description.title, (template) => vscode.l10n.t(template));
    if (questionOf(assignment, experiment)) return shownExperiment(description, assignment);
    // What its claims say is known from the built-in assignment, whose questions are not those in force.
    return { ...shownExperiment(description, await reports.assignments.builtIn()), question: null };
  };
  const panel = new SinglePanel<ExperimentHostMethods, ExperimentViewMethods>(
    services,
    { type: VIEWS.experiment, title: vscode.l10n.t('Experiment'), bundle: 'experiment' },
    {
      ready: () => {
        const request = waiting;
        waiting = null;
        return request;
      },
      describe,
      standing: (target) => experiments.standing(target),
      run: (request, listener) => experiments.run(VIEWS.experiment, request, listener),
      saveFigure,
      copy: async ({ text }) => vscode.env.clipboard.writeText(text),
      openView: ({ experiment }) => openExperimentView(experiment),
      openLink: ({ href }) => openLink(href),
      showLog: () => void vscode.commands.executeCommand(COMMANDS.showLog),
    },
  );
  const run = async (argument?: unknown): Promise<void> => {
    const show = requested(argument) ?? (await picked(services));
    if (!show) return;
    // Nothing is opened for what does not exist.
    await experiments.find(show.experiment);
    waiting = { request: ++requests, ...show };
    await panel.open().call('show', waiting);
    waiting = null;
  };
  const open = vscode.commands.registerCommand(COMMANDS.runExperiment, (argument?: unknown) => {
    run(argument).catch((thrown: unknown) => showProblem(thrown, log));
  });
  return vscode.Disposable.from(panel, open);
}

/** @throws Problem `experiment.none` when there is no such view. */
export async function openExperimentView(experiment: string): Promise<void> {
  const command = Object.hasOwn(EXPERIMENT_VIEWS, experiment) ? EXPERIMENT_VIEWS[experiment] : undefined;
  if (command === undefined) throw new Problem('experiment.none', { question: experiment });
  await vscode.commands.executeCommand(command);
}

async function picked(services: Services): Promise<Show | undefined> {
  const experiment = await pickExperiment(services);
  return experiment === undefined ? undefined : { experiment, seed: null, settings: {} };
}

/** Programs and command links give an id, or `{experiment, seed?, settings?}`; the page checks the values. */
function requested(argument: unknown): Show | undefined {
  if (typeof argument === 'string') return { experiment: argument, seed: null, settings: {} };
  if (typeof argument !== 'object' || argument === null) return undefined;
  const { experiment, seed, settings } = argument as Readonly<Record<string, unknown>>;
  if (typeof experiment !== 'string') return undefined;
  const isRecord = typeof settings === 'object' && settings !== null && !Array.isArray(settings);
  return {
    experiment,
    seed: typeof seed === 'number' ? seed : null,
    settings: isRecord ? (settings as Readonly<Record<string, unknown>>) : {},
  };
}
