import * as vscode from 'vscode';
import { describeProblem, Problem, type ProblemReport } from '../core/problem';
import { COMMANDS } from './contributions';

/** The problem in the reader's language. */
export function problemText(problem: ProblemReport): string {
  return describeProblem(problem, (template) => vscode.l10n.t(template));
}

/** Shows what was thrown, with a way to the log; a cancellation shows nothing. */
export async function showProblem(thrown: unknown, log: vscode.LogOutputChannel): Promise<void> {
  const problem = Problem.from(thrown);
  if (problem.code === 'cancelled') return;
  log.error(thrown instanceof Error && problem.code === 'internal' ? thrown : problem.message);
  const showLog = vscode.l10n.t('Show Log');
  const chosen = await vscode.window.showErrorMessage(problemText(problem), showLog);
  if (chosen === showLog) await vscode.commands.executeCommand(COMMANDS.showLog);
}
