import type * as vscode from 'vscode';
import type { LabClient } from '../lab/client';
import type { Checks } from './checks/checks';
import type { Experiments } from './experiments/experiments';
import type { NoteStores } from './notes/noteStores';
import type { Reports } from './reports/reports';
import type { ReportPanels } from './views/reportPanels';

/** What every registration gets; built once in `activate`. Nothing in it starts work before it is used. */
export interface Services {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly lab: LabClient;
  readonly experiments: Experiments;
  readonly notes: NoteStores;
  readonly reports: Reports;
  readonly checks: Checks;
  readonly panels: ReportPanels;
}
