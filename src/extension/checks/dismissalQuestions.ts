import * as vscode from 'vscode';
import type { Assignment } from '../../core/assignment/assignment';
import type { Notice } from '../../core/check/notice';
import { plainStatement } from '../../core/check/plainStatement';
import type { Dismissal } from './dismissals';

/** Asks why a finding is to be dismissed; `undefined` when the person changes their mind. */
export async function askReason({ statement, stance }: Notice): Promise<string | undefined> {
  const other = { label: vscode.l10n.t('Another reason…'), alwaysShow: true };
  const title = vscode.l10n.t('Dismiss the Finding');
  const chosen = await vscode.window.showQuickPick(
    [...usualReasons(stance).map((label) => ({ label, alwaysShow: false })), other],
    { title, placeHolder: statement },
  );
  if (chosen !== other) return chosen?.label;
  const reason = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('The reason is remembered with the workspace.'),
    validateInput: (text) => (text.trim() === '' ? vscode.l10n.t('Give a reason, or cancel.') : undefined),
  });
  return reason?.trim();
}

function usualReasons(stance: string): string[] {
  const always = [
    vscode.l10n.t('Not asked for in this course'),
    vscode.l10n.t('A matter of taste; no points are lost for it'),
  ];
  if (stance === 'silent') return [vscode.l10n.t('The answer says it in other words'), ...always];
  return [
    vscode.l10n.t('The answer does not say this'),
    vscode.l10n.t('The answer only quotes it, or takes it back'),
    vscode.l10n.t('It is right under the conditions that the answer names'),
    ...always,
  ];
}

/** Asks which of them are to be findings again; none when the person changes their mind. */
export async function pickDismissals(
  dismissed: readonly Dismissal[],
  { questions }: Assignment,
): Promise<readonly Dismissal[]> {
  const claims = questions.flatMap(({ parts }) => parts.flatMap((part) => part.claims));
  const statements = new Map(claims.map(({ id, statement }) => [id, plainStatement(statement)]));
  const items = dismissed.map((dismissal) => {
    const { claim, reason } = dismissal;
    return { dismissal, label: statements.get(claim) ?? claim, description: claim, detail: reason };
  });
  const chosen = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    title: vscode.l10n.t('Restore Dismissed Findings'),
    placeHolder: vscode.l10n.t('Choose the findings to show again'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return (chosen ?? []).map(({ dismissal }) => dismissal);
}
