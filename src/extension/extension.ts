import * as vscode from 'vscode';
import { LabClient } from '../lab/client';
import type { ExtensionApi } from './api';
import { registerAssignments } from './assignments/registerAssignments';
import { registerModelCommands } from './commands/modelCommands';
import { registerReportCommands } from './commands/reportCommands';
import { Checks } from './checks/checks';
import { registerChecks } from './checks/registerChecks';
import { registerComments } from './comments/comments';
import { Experiments } from './experiments/experiments';
import { registerHovers } from './explain/hovers';
import { NoteStores } from './notes/noteStores';
import { Reports } from './reports/reports';
import type { Services } from './services';
import { setting } from './settings';
import { registerAttentionPanel } from './views/attentionPanel';
import { registerExperimentPanel } from './views/experimentPanel';
import { registerQuestionsView } from './views/questionsView';
import { registerReportPanels, ReportPanels } from './views/reportPanels';
import { registerSamplesPanel } from './views/samplesPanel';

export function activate(context: vscode.ExtensionContext): ExtensionApi {
  const log = vscode.window.createOutputChannel('Drylab', { log: true });
  const lab = new LabClient({
    script: context.asAbsolutePath('dist/lab.js'),
    models: context.asAbsolutePath('models'),
    runtime: () => setting('drylab.lab.runtime'),
    cache: context.globalStorageUri.fsPath,
    logger: log,
  });
  const experiments = new Experiments(lab, context.globalState);
  const notes = new NoteStores(log);
  const reports = new Reports(context, lab, notes, log);
  const checks = new Checks({ context, lab, reports, experiments, log });
  const panels = new ReportPanels({ context, reports, experiments, checks, log });
  const services: Services = { context, log, lab, experiments, notes, reports, checks, panels };
  context.subscriptions.push(
    log,
    lab,
    experiments,
    notes,
    reports,
    checks,
    panels,
    registerReportPanels(services),
    registerQuestionsView(services),
    registerSamplesPanel(services),
    registerAttentionPanel(services),
    registerExperimentPanel(services),
    registerReportCommands(services),
    registerModelCommands(services),
    registerComments(services),
    registerHovers(services),
    registerChecks(services),
    registerAssignments(services),
  );
  return { checks, lab, notes, panels, reports };
}
