import * as vscode from 'vscode';
import { objections, summaryOf, summarySum } from '../../core/check/summary';
import { COMMANDS } from '../contributions';
import { problemText } from '../problems';
import type { ReportSession } from '../reports/reportSession';
import type { Services } from '../services';
import { activeReport } from './activeReport';
import { sayAll } from './saying';

/** For the menus of package.json: whether the editor with the focus shows an open report. */
const CONTEXT_KEY = 'drylab.isReport';

const SHOW_PROBLEMS = 'workbench.actions.view.problems';

interface Shown {
  readonly text: string;
  readonly tooltip: string;
  readonly command: vscode.Command;
}

/** What is known of the report that a person looks at; gone while they look at anything else. */
class CheckStatus implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('drylab.check', vscode.StatusBarAlignment.Right, 90);
  private readonly subscriptions: vscode.Disposable[];
  private isReport = false;

  constructor(private readonly services: Services) {
    const { checks, reports, panels } = services;
    const update = (): void => this.update();
    this.item.name = vscode.l10n.t('Drylab: Findings');
    this.subscriptions = [
      this.item,
      checks.onDidChange(update),
      reports.onDidChange(update),
      reports.onDidChangeActive(update),
      reports.onDidClose(update),
      panels.onDidShowPart(update),
      vscode.window.tabGroups.onDidChangeTabs(update),
      vscode.window.tabGroups.onDidChangeTabGroups(update),
    ];
    this.update();
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private update(): void {
    const session = activeReport(this.services);
    if (this.isReport !== (session !== undefined)) {
      this.isReport = session !== undefined;
      void vscode.commands.executeCommand('setContext', CONTEXT_KEY, this.isReport);
    }
    const shown = session && this.shown(session);
    if (!shown) return this.item.hide();
    this.item.text = shown.text;
    this.item.tooltip = shown.tooltip;
    this.item.command = shown.command;
    this.item.show();
  }

  private shown(session: ReportSession): Shown | undefined {
    const { checks } = this.services;
    const check = checks.of(session);
    const problem = checks.problemOf(session);
    if (problem && problem.code !== 'cancelled') {
      const text = `$(warning) ${vscode.l10n.t('Drylab: not read')}`;
      return { text, tooltip: problemText(problem), command: checkAgain(session) };
    }
    // While somebody types, what was found before says more than that it is being read anew.
    if (!check && !checks.isReading(session)) return undefined;
    if (!check) {
      const text = `$(loading~spin) ${vscode.l10n.t('Drylab: reading…')}`;
      return { text, tooltip: vscode.l10n.t('The answers are being read.'), command: openReport(session) };
    }
    return this.found(session, check);
  }

  private found(session: ReportSession, check: NonNullable<ReturnType<Services['checks']['of']>>): Shown {
    const isDismissed = this.services.checks.dismissals.tester(session.uri);
    const { tally, suggested, points } = summarySum(check.parts.map((part) => summaryOf(part, isDismissed)));
    const said = objections(tally);
    const pending = check.pending.length;
    if (pending > 0 && said.length === 0) {
      const tooltip = vscode.l10n.t('Experiments that decide claims have not run yet. Click to check the report.');
      return { text: `$(checklist) ${vscode.l10n.t('Drylab: not checked')}`, tooltip, command: checkAgain(session) };
    }
    const text = said.length > 0 ? sayAll(said, ', ') : vscode.l10n.t('nothing to object');
    const sums = vscode.l10n.t('{0} of {1} points suggested.', suggested, points);
    const rest = pending > 0 ? ` ${vscode.l10n.t('{0} experiments have not run yet.', pending)}` : '';
    const isInEditor = !this.services.panels.active;
    const next = isInEditor ? vscode.l10n.t('Click to open the report.') : vscode.l10n.t('Click to show the problems.');
    return {
      text: `$(checklist) ${vscode.l10n.t('Drylab: {0}', text)}`,
      tooltip: `${sums}${rest} ${next}`,
      command: isInEditor ? openReport(session) : { title: next, command: SHOW_PROBLEMS },
    };
  }
}

function openReport({ uri }: ReportSession): vscode.Command {
  return { title: vscode.l10n.t('Open Report'), command: COMMANDS.openReport, arguments: [uri] };
}

function checkAgain({ uri }: ReportSession): vscode.Command {
  return { title: vscode.l10n.t('Check Report'), command: COMMANDS.checkReport, arguments: [uri] };
}

export function registerStatusBar(services: Services): vscode.Disposable {
  return new CheckStatus(services);
}
