import * as vscode from 'vscode';
import type { Notice } from '../../core/check/notice';
import { COMMANDS } from '../contributions';
import type { ReportSession } from '../reports/reportSession';
import type { FindingPlaces, PlacedNotice } from './findingPlaces';
import { targetQuery } from './findingTarget';
import { say, sayNotice } from './saying';

/** Of every diagnostic, which code actions know it by. */
export const SOURCE = 'Drylab';

const SEVERITIES = {
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
} as const;

/** The findings of the open reports among VS Code's problems, without those that a person dismissed. */
export class FindingDiagnostics implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection(SOURCE);
  /** By report, then by document. */
  private readonly shown = new Map<ReportSession, ReadonlyMap<string, readonly vscode.Diagnostic[]>>();
  private readonly listening: vscode.Disposable;

  constructor(private readonly places: FindingPlaces) {
    this.listening = places.onDidChange((session) => this.update(session));
  }

  dispose(): void {
    this.listening.dispose();
    this.collection.dispose();
  }

  private update(session: ReportSession): void {
    const before = this.shown.get(session);
    const now = this.diagnosticsOf(session);
    if (now.size > 0) this.shown.set(session, now);
    else this.shown.delete(session);
    // Two reports may take in the same file.
    for (const key of new Set([...(before?.keys() ?? []), ...now.keys()])) {
      const all = [...this.shown.values()].flatMap((documents) => documents.get(key) ?? []);
      this.collection.set(vscode.Uri.parse(key), all);
    }
  }

  private diagnosticsOf(session: ReportSession): Map<string, vscode.Diagnostic[]> {
    const found = new Map<string, vscode.Diagnostic[]>();
    for (const placed of this.places.standing(session)) {
      const diagnostic = diagnosticOf(session, placed);
      if (!diagnostic) continue;
      const key = diagnostic.location.uri.toString();
      found.set(key, [...(found.get(key) ?? []), diagnostic.diagnostic]);
    }
    return found;
  }
}

function diagnosticOf(
  { uri }: ReportSession,
  { notice, places }: PlacedNotice,
): { location: vscode.Location; diagnostic: vscode.Diagnostic } | null {
  const [location, ...others] = places.flatMap((place) => place.location ?? []);
  if (!location || notice.gravity === 'none') return null;
  const message = `${sayNotice(notice)}\n${say(notice.why)}`;
  const diagnostic = new vscode.Diagnostic(location.range, message, SEVERITIES[notice.gravity]);
  diagnostic.source = SOURCE;
  diagnostic.code = { value: notice.id, target: linkTo(uri, notice) };
  diagnostic.relatedInformation = others.map(
    (other) => new vscode.DiagnosticRelatedInformation(other, vscode.l10n.t('The answer says so here too')),
  );
  return { location, diagnostic };
}

function linkTo(report: vscode.Uri, { part, id }: Notice): vscode.Uri {
  const query = targetQuery({ report: report.toString(), part, id });
  return vscode.Uri.from({ scheme: 'command', path: COMMANDS.showFinding, query });
}
