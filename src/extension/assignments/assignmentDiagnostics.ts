import * as vscode from 'vscode';
import type { AssignmentFlaw } from '../../core/assignment/assignment';
import { Problem } from '../../core/problem';
import type { LabClient } from '../../lab/client';
import { CancellationSource } from '../../protocol/rpc';
import { say } from '../checks/saying';
import { fileLabel } from '../reports/reportFile';
import { isAssignment, isServedElsewhere } from './assignmentFiles';

const TYPING_PAUSE = 300;

/** What is wrong or odd in the assignments that are open, among VS Code's problems. */
export class AssignmentDiagnostics implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('drylab-assignment');
  /** Of documents that wait or are being checked. */
  private readonly pending = new Map<string, { timer: NodeJS.Timeout; checking: CancellationSource }>();
  private readonly listening: vscode.Disposable;

  constructor(
    private readonly lab: LabClient,
    private readonly log: vscode.LogOutputChannel,
  ) {
    const { workspace } = vscode;
    const all = (): void => workspace.textDocuments.forEach((document) => this.later(document, 0));
    this.listening = vscode.Disposable.from(
      workspace.onDidOpenTextDocument((document) => this.later(document, 0)),
      workspace.onDidChangeTextDocument(({ document }) => this.later(document, TYPING_PAUSE)),
      workspace.onDidCloseTextDocument((document) => this.forget(document)),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('drylab.assignment')) all();
      }),
      vscode.extensions.onDidChange(all),
    );
    all();
  }

  dispose(): void {
    this.listening.dispose();
    this.collection.dispose();
    for (const { timer, checking } of this.pending.values()) {
      clearTimeout(timer);
      checking.cancel();
    }
  }

  private later(document: vscode.TextDocument, milliseconds: number): void {
    if (document.languageId !== 'yaml') return;
    this.stop(document);
    const checking = new CancellationSource();
    const timer = setTimeout(() => void this.check(document, checking), milliseconds);
    this.pending.set(document.uri.toString(), { timer, checking });
  }

  private stop(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    const before = this.pending.get(key);
    if (!before) return;
    clearTimeout(before.timer);
    before.checking.cancel();
    this.pending.delete(key);
  }

  private forget(document: vscode.TextDocument): void {
    this.stop(document);
    this.collection.delete(document.uri);
  }

  private async check(document: vscode.TextDocument, checking: CancellationSource): Promise<void> {
    if (!isAssignment(document)) return this.collection.delete(document.uri);
    try {
      const bytes = new TextEncoder().encode(document.getText());
      const params = { name: fileLabel(document.uri), bytes };
      const loaded = await this.lab.call('readAssignment', params, { cancellation: checking });
      const errors = 'errors' in loaded ? loaded.errors : [];
      const isShapeTold = isServedElsewhere(document);
      this.collection.set(document.uri, [
        ...errors.filter(({ isOfShape }) => !isOfShape || !isShapeTold).map((flaw) => diagnosticOf(flaw, 'Error')),
        ...loaded.warnings.map((flaw) => diagnosticOf(flaw, 'Warning')),
      ]);
    } catch (thrown) {
      const problem = Problem.from(thrown);
      if (checking.isCancelled) return;
      // Someone restarted the lab meanwhile.
      if (problem.code === 'cancelled') this.later(document, TYPING_PAUSE);
      else this.log.error(problem.message);
    }
  }
}

function diagnosticOf({ message, range }: AssignmentFlaw, severity: 'Error' | 'Warning'): vscode.Diagnostic {
  const { start, end } = range;
  const place = new vscode.Range(start.line, start.character, end.line, end.character);
  const diagnostic = new vscode.Diagnostic(place, say(message), vscode.DiagnosticSeverity[severity]);
  diagnostic.source = 'Drylab';
  return diagnostic;
}
