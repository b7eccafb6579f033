import * as vscode from 'vscode';
import { LabClient } from '../lab/client';
import { registerModelCommands } from './commands/modelCommands';
import { registerComments } from './comments/comments';
import { registerHovers } from './explain/hovers';
import { Reports } from './reports/reports';
import { registerReportCommands } from './commands/reportCommands';
import type { Services } from './services';
import { setting } from './settings';
import { registerAttentionPanel } from './views/attentionPanel';
import { registerQuestionsView } from './views/questionsView';
import { registerReportPanel } from './views/reportPanel';
import { registerSamplesPanel } from './views/samplesPanel';

export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Drylab', { log: true });
  const lab = new LabClient({
    script: context.asAbsolutePath('dist/lab.js'),
    models: context.asAbsolutePath('models'),
    runtime: () => setting('drylab.lab.runtime'),
    logger: log,
  });
  const services: Services = { context, log, lab, reports: new Reports(context, lab, log) };
  context.subscriptions.push(
    log,
    lab,
    services.reports,
    registerReportPanel(services),
    registerQuestionsView(services),
    registerSamplesPanel(services),
    registerAttentionPanel(services),
    registerReportCommands(services),
    registerModelCommands(services),
    registerComments(services),
    registerHovers(services),
  );
}
