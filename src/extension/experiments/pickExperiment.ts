import * as vscode from 'vscode';
import { sayPhrase } from '../../core/explain/phrase';
import type { Services } from '../services';
import { questionOf } from './experiments';

interface ExperimentItem extends vscode.QuickPickItem {
  readonly id: string;
}

/** Asks for one of the experiments by question; `undefined` when the person changes their mind. */
export async function pickExperiment(services: Services): Promise<string | undefined> {
  const chosen = await vscode.window.showQuickPick(items(services), {
    title: vscode.l10n.t('Run Experiment'),
    placeHolder: vscode.l10n.t('Choose the question that the experiment is about'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen?.id;
}

async function items({ experiments, reports }: Services): Promise<ExperimentItem[]> {
  const [all, assignment] = await Promise.all([experiments.all(), reports.assignments.for()]);
  const entries = all.map(({ id, title }) => {
    const said = sayPhrase(title, (template) => vscode.l10n.t(template));
    const question = questionOf(assignment, id);
    return { question, item: question ? inQuestion(id, said, question) : { id, label: said, description: id } };
  });
  const place = ({ question }: (typeof entries)[number]): number =>
    question ? assignment.questions.indexOf(question) : assignment.questions.length;
  return entries.sort((a, b) => place(a) - place(b)).map(({ item }) => item);
}

function inQuestion(id: string, title: string, question: { id: string; title: string }): ExperimentItem {
  // The title says nothing new where it is the question's; the id is what programs and the command line say.
  const description = title === question.title ? id : title;
  return { id, label: `${question.id}  ${question.title}`, description };
}
