import * as vscode from 'vscode';
import { Problem } from '../../core/problem';
import { isReportName } from '../../core/report/format';
import { hasSidecar } from '../notes/sidecarStorage';
import type { ReportSession } from '../reports/reportSession';
import type { Services } from '../services';
import { setting } from '../settings';
import { activeFile } from './activeReport';

const KEY = 'drylab.reports';
const MOST_KEPT = 200;

/**
 * The files that a person has treated as reports in this workspace, by opening their panel or checking them. No other file
 * is looked at by itself, unless notes stand beside it: not every README is a report.
 */
export class KnownReports {
  constructor(private readonly memento: vscode.Memento) {}

  get all(): readonly vscode.Uri[] {
    return this.keys().map((key) => vscode.Uri.parse(key));
  }

  add(uri: vscode.Uri): void {
    const [key, keys] = [uri.toString(), this.keys()];
    if (keys[0] === key) return;
    void this.memento.update(KEY, [key, ...keys.filter((known) => known !== key)].slice(0, MOST_KEPT));
  }

  async isReport(uri: vscode.Uri): Promise<boolean> {
    return isReportName(uri.path) && (this.keys().includes(uri.toString()) || (await hasSidecar(uri)));
  }

  private keys(): readonly string[] {
    return this.memento.get<readonly string[]>(KEY, []);
  }
}

/** Remembers reports, and opens them again as such when their editor comes to the front. */
export function registerKnownReports(services: Services, known: KnownReports): vscode.Disposable {
  const { reports, panels, log } = services;
  const remember = (session: ReportSession): void => {
    if (session.report && panels.of(session)) known.add(session.uri);
  };
  const open = async (): Promise<void> => {
    const uri = activeFile(services);
    if (!uri || reports.get(uri) || !setting('drylab.check.automatic', uri)) return;
    try {
      if (await known.isReport(uri)) await reports.open(uri);
    } catch (thrown) {
      // Nobody asked for it: what is wrong with the file is said when somebody does.
      log.warn(Problem.from(thrown).message);
    }
  };
  void open();
  return vscode.Disposable.from(
    reports.onDidChange(remember),
    panels.onDidShowPart(({ session }) => remember(session)),
    vscode.window.onDidChangeActiveTextEditor(open),
    vscode.window.onDidChangeActiveNotebookEditor(open),
  );
}
