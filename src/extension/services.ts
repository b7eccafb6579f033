import type * as vscode from 'vscode';
import type { LabClient } from '../lab/client';
import type { Reports } from './reports/reports';

/** What every registration gets; built once in `activate`. Nothing in it starts work before it is used. */
export interface Services {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly lab: LabClient;
  readonly reports: Reports;
}
