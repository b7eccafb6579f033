import * as vscode from 'vscode';
import type { Services } from '../services';
import { registerCheckCommands } from './checkCommands';
import { registerCodeActions } from './codeActions';
import { registerCodeLenses } from './codeLenses';
import { FindingDiagnostics } from './diagnostics';
import { registerFindingCommands } from './findingCommands';
import { FindingPlaces } from './findingPlaces';
import { registerLanguageModel } from './languageModel';
import { KnownReports, registerKnownReports } from './knownReports';
import { registerStatusBar } from './statusBar';
import { registerTestExplorer } from './testExplorer';

/** Findings wherever the editor shows such things; all of them are fed by `services.checks`. */
export function registerChecks(services: Services): vscode.Disposable {
  const { context, reports, checks, log } = services;
  const places = new FindingPlaces(reports, checks, log);
  const known = new KnownReports(context.workspaceState);
  return vscode.Disposable.from(
    places,
    new FindingDiagnostics(places),
    registerKnownReports(services, known),
    registerCodeActions(places),
    registerCodeLenses(services, places),
    registerFindingCommands(services, places),
    registerCheckCommands(services, known),
    registerLanguageModel(services),
    registerTestExplorer(services, places, known),
    registerStatusBar(services),
  );
}
