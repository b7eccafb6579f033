import * as vscode from 'vscode';
import type { Notice } from '../../core/check/notice';
import { COMMANDS } from '../contributions';
import { SOURCE } from './diagnostics';
import type { FindingPlaces, PlacedNotice } from './findingPlaces';
import type { FindingTarget } from './findingTarget';
import { REPORT_SELECTOR } from './reportSelector';

interface Found {
  readonly report: vscode.Uri;
  readonly notice: Notice;
  /** `undefined` for what is no problem. */
  readonly diagnostic: vscode.Diagnostic | undefined;
}

/**
 * What can be done about findings: those among the problems at a place and, when a person asks there, those that confirm an
 * answer as well.
 */
class FindingActions implements vscode.CodeActionProvider {
  constructor(private readonly places: FindingPlaces) {}

  provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    { diagnostics, triggerKind, only }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    if (only && !only.contains(vscode.CodeActionKind.QuickFix)) return [];
    const known = new Map(diagnostics.filter(({ source }) => source === SOURCE).map((each) => [codeOf(each), each]));
    const isAsked = triggerKind === vscode.CodeActionTriggerKind.Invoke;
    const found = this.places.sessions.flatMap((session) =>
      this.places.standing(session).flatMap((placed): Found[] => {
        const { notice } = placed;
        const diagnostic = known.get(notice.id);
        const isMeant = diagnostic ? true : isAsked && notice.gravity === 'none';
        return isMeant && isAt(placed, document, range) ? [{ report: session.uri, notice, diagnostic }] : [];
      }),
    );
    return found.flatMap((one) => actionsFor(one, found.length > 1));
  }
}

function codeOf({ code }: vscode.Diagnostic): unknown {
  return typeof code === 'object' ? code.value : code;
}

function isAt({ places }: PlacedNotice, { uri }: vscode.TextDocument, range: vscode.Range): boolean {
  return places.some(
    ({ location }) => location?.uri.toString() === uri.toString() && location.range.intersection(range),
  );
}

/** @param areSeveral where it must be said which finding is meant */
function actionsFor({ report, notice, diagnostic }: Found, areSeveral: boolean): vscode.CodeAction[] {
  const { id, part, hasExperiment } = notice;
  const target: FindingTarget = { report: report.toString(), part, id };
  const action = (title: string, command: string): vscode.CodeAction => {
    const named = areSeveral ? vscode.l10n.t('{0} ({1})', title, id) : title;
    const made = new vscode.CodeAction(named, vscode.CodeActionKind.QuickFix);
    made.command = { title: named, command, arguments: [target] };
    if (diagnostic) made.diagnostics = [diagnostic];
    return made;
  };
  return [
    ...(hasExperiment ? [action(vscode.l10n.t('Show Evidence'), COMMANDS.showEvidence)] : []),
    action(vscode.l10n.t('Show in Report'), COMMANDS.showFinding),
    action(vscode.l10n.t('Add a Note'), COMMANDS.noteFinding),
    ...(diagnostic ? [action(vscode.l10n.t('Dismiss…'), COMMANDS.dismissFinding)] : []),
  ];
}

export function registerCodeActions(places: FindingPlaces): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(REPORT_SELECTOR, new FindingActions(places), {
    providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
  });
}
