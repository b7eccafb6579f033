import * as vscode from 'vscode';
import { isReportName } from '../../core/report/format';
import { pickReport } from '../commands/pickReport';
import type { ReportSession } from '../reports/reportSession';
import type { Services } from '../services';

/** The file in the editor with the focus: a text, a notebook, or what the panel of a report shows. */
export function activeFile({ panels }: Pick<Services, 'panels'>): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputText || input instanceof vscode.TabInputNotebook) return input.uri;
  return panels.active?.session.uri;
}

/** The file that a command is given, the report in front, or one that is asked for; `undefined` if none is chosen. */
export async function reportFor(
  services: Pick<Services, 'panels'>,
  argument: unknown,
): Promise<vscode.Uri | undefined> {
  if (argument instanceof vscode.Uri) return argument;
  const active = activeFile(services);
  return active && isReportName(active.path) ? active : pickReport();
}

/** The report that the person looks at just now, if it is one. */
export function activeReport(services: Pick<Services, 'panels' | 'reports'>): ReportSession | undefined {
  const uri = activeFile(services);
  return uri && services.reports.get(uri);
}

/** Whether some tab shows a file. */
export function isShown(uri: vscode.Uri): boolean {
  const key = uri.toString();
  return vscode.window.tabGroups.all.some(({ tabs }) =>
    tabs.some(({ input }) => {
      const isFile = input instanceof vscode.TabInputText || input instanceof vscode.TabInputNotebook;
      return isFile && input.uri.toString() === key;
    }),
  );
}
