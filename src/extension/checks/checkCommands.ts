import * as vscode from 'vscode';
import { objections, summaryOf, summarySum } from '../../core/check/summary';
import { COMMANDS } from '../contributions';
import { showProblem } from '../problems';
import { fileLabel } from '../reports/reportFile';
import type { ReportSession } from '../reports/reportSession';
import type { Services } from '../services';
import { isShown, reportFor } from './activeReport';
import type { CheckProgress, ReportCheck } from './checks';
import { targetOf } from './findingTarget';
import type { KnownReports } from './knownReports';
import { say, sayAll } from './saying';
import { tokenCancellation } from './tokenCancellation';

interface Asked {
  readonly uri: vscode.Uri;
  /** The part whose experiment is to run; `null` for the whole report. */
  readonly part: string | null;
}

/** *Check Report*: of the file that is given, of the one in front, or of one that is asked for. */
export function registerCheckCommands(services: Services, known: KnownReports): vscode.Disposable {
  const running = new Set<string>();
  return vscode.commands.registerCommand(COMMANDS.checkReport, async (argument?: unknown) => {
    try {
      const asked = await askedFor(services, argument);
      const key = asked ? `${asked.uri.toString()}#${asked.part ?? ''}` : '';
      // Its notification is on the screen.
      if (!asked || running.has(key)) return;
      running.add(key);
      await checkReport(services, known, asked).finally(() => running.delete(key));
    } catch (thrown) {
      void showProblem(thrown, services.log);
    }
  });
}

async function askedFor(services: Services, argument: unknown): Promise<Asked | undefined> {
  const target = targetOf(argument);
  if (target) return { uri: vscode.Uri.parse(target.report), part: target.part };
  const uri = await reportFor(services, argument);
  return uri && { uri, part: null };
}

async function checkReport(services: Services, known: KnownReports, { uri, part }: Asked): Promise<void> {
  const session = await services.reports.open(uri);
  known.add(uri);
  // Findings stay as long as something shows the report.
  if (!isShown(uri) && !services.panels.of(session)) await vscode.commands.executeCommand('vscode.open', uri);
  const wanted = part === null ? undefined : experimentOf(session, part);
  const check = await withNotification(services, session, wanted);
  if (part === null) tell(services, session, check);
}

/** Of a part's question; no experiment where it has none. */
function experimentOf({ assignment }: ReportSession, part: string): (experiment: string) => boolean {
  const question = assignment.questions.find(({ parts }) => parts.some(({ id }) => id === part));
  return (experiment) => experiment === question?.experiment;
}

/** Checks with a notification that shows how far it is and a way to cancel. */
async function withNotification(
  { checks, experiments, reports }: Services,
  session: ReportSession,
  wanted: ((experiment: string) => boolean) | undefined,
): Promise<ReportCheck> {
  const holding = reports.hold(session);
  const location = vscode.ProgressLocation.Notification;
  const title = vscode.l10n.t('Checking {0}', fileLabel(session.uri));
  try {
    return await vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
      const titles = new Map((await experiments.all()).map((each) => [each.id, each.title]));
      let reached = 0;
      const step: CheckProgress['step'] = (done, total, experiment) => {
        const named = experiment === null ? undefined : titles.get(experiment);
        const percent = (100 * done) / Math.max(total, 1);
        progress.report({
          message: (named && say(named)) ?? experiment ?? vscode.l10n.t('reading the answers…'),
          increment: Math.max(0, percent - reached),
        });
        reached = Math.max(reached, percent);
      };
      return checks.check(session, { step }, tokenCancellation(token), wanted);
    });
  } finally {
    holding.dispose();
  }
}

/** What came out, in a sentence; not awaited, for the message may stay for long. */
function tell({ checks, log, panels }: Services, session: ReportSession, check: ReportCheck): void {
  const isDismissed = checks.dismissals.tester(session.uri);
  const { tally, suggested, points } = summarySum(check.parts.map((part) => summaryOf(part, isDismissed)));
  const said = sayAll(objections(tally), ', ') || vscode.l10n.t('nothing to object');
  const file = fileLabel(session.uri);
  const message = vscode.l10n.t('{0}: {1}; {2} of {3} points suggested.', file, said, suggested, points);
  const open = vscode.l10n.t('Open Report');
  const problems = vscode.l10n.t('Show Problems');
  const show = async (): Promise<void> => {
    const chosen = await vscode.window.showInformationMessage(message, open, problems);
    if (chosen === open) panels.show(session);
    if (chosen === problems) await vscode.commands.executeCommand('workbench.actions.view.problems');
  };
  show().catch((thrown: unknown) => showProblem(thrown, log));
}
