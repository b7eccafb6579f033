import * as vscode from 'vscode';
import { headline, summaryOf } from '../../core/check/summary';
import { COMMANDS } from '../contributions';
import type { ReportSession } from '../reports/reportSession';
import type { Services } from '../services';
import { setting } from '../settings';
import type { FindingPlaces } from './findingPlaces';
import type { FindingTarget } from './findingTarget';
import { REPORT_SELECTOR } from './reportSelector';
import { sayAll } from './saying';

/** Over each answer of an open report what is known of it and, while an experiment is to run, a way to run it. */
class FindingLenses implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscriptions: vscode.Disposable[];

  readonly onDidChangeCodeLenses = this.changed.event;

  constructor(
    private readonly services: Pick<Services, 'checks'>,
    private readonly places: FindingPlaces,
  ) {
    this.subscriptions = [
      this.changed,
      places.onDidChange(() => this.changed.fire()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('drylab.check.codeLens')) this.changed.fire();
      }),
    ];
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    if (!setting('drylab.check.codeLens', document)) return [];
    return this.places.sessions.flatMap((session) => this.lensesOf(session, document.uri.toString()));
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private lensesOf(session: ReportSession, document: string): vscode.CodeLens[] {
    const { checks } = this.services;
    const check = checks.of(session);
    const isDismissed = checks.dismissals.tester(session.uri);
    return session.assignment.questions.flatMap(({ experiment, parts }) =>
      parts.flatMap(({ id }) => {
        const location = this.places.answer(session, id)?.location;
        if (location?.uri.toString() !== document) return [];
        const target: FindingTarget = { report: session.uri.toString(), part: id, id: null };
        const found = check?.parts.find(({ part, isAnswered }) => part === id && isAnswered);
        const title = found && sayAll(headline(summaryOf(found, isDismissed)), ' · ');
        const isPending = experiment !== null && check?.pending.includes(experiment);
        const canCheck = check ? isPending : !checks.isReading(session);
        return [
          ...(title ? [lens(location.range, title, COMMANDS.showFinding, target)] : []),
          ...(canCheck ? [lens(location.range, vscode.l10n.t('Check'), COMMANDS.checkReport, target)] : []),
        ];
      }),
    );
  }
}

function lens(range: vscode.Range, title: string, command: string, target: FindingTarget): vscode.CodeLens {
  return new vscode.CodeLens(range, { title, command, arguments: [target] });
}

export function registerCodeLenses(services: Services, places: FindingPlaces): vscode.Disposable {
  const lenses = new FindingLenses(services, places);
  return vscode.Disposable.from(lenses, vscode.languages.registerCodeLensProvider(REPORT_SELECTOR, lenses));
}
