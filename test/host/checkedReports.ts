import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../src/extension/api';
import type { ReportSession } from '../../src/extension/reports/reportSession';
import { FakeLab } from './fakeLab';
import { activated, closeAllTabs, inWorkspace, remove, until, write } from './sandbox';

export const SAME = 'The same mixture is applied to every token.';
/** Two parts; one misconception, which is said twice. */
export const REPORT = `7. (a) It costs $O(n^2 d)$.\n\n   (b) It is linear in n. ${SAME} Really: the very same mixture.\n`;
export const MISCONCEPTION = '7b.m-same-for-all';
export const EMPTY_NOTES = '{"format": "drylab-annotations", "version": 1, "annotations": []}';

const CUES = {
  '7a.cost': { words: 'It costs', stance: 'asserts' },
  '7b.cost': { words: 'linear in n', stance: 'asserts' },
  [MISCONCEPTION]: { words: '[Tt]he (?:very )?same mixture', stance: 'asserts' },
} as const;

/** Reports in the workspace that a lab of these tests reads; only the experiment on attention has run at first. */
export class CheckedReports {
  private constructor(
    readonly api: ExtensionApi,
    readonly lab: FakeLab,
  ) {}

  private readonly written: vscode.Uri[] = [];

  static async begin(): Promise<CheckedReports> {
    const api = await activated();
    const reports = new CheckedReports(api, new FakeLab(api.lab, CUES));
    reports.forgetEvidence();
    reports.lab.ran.add('attention-cost');
    return reports;
  }

  async end(): Promise<void> {
    await closeAllTabs();
    this.lab.restore();
    for (const uri of this.written) await remove(uri).catch(() => undefined);
  }

  /** No experiment has run. */
  forgetEvidence(): void {
    this.lab.ran.clear();
    this.api.checks['evidence'].clear();
  }

  async file(name: string, content: string | Uint8Array = REPORT): Promise<vscode.Uri> {
    const uri = await write(name, content);
    this.written.push(uri, inWorkspace(`${name}.drylab.json`));
    return uri;
  }

  /** A report in an editor whose answers have been read. */
  async open(name: string, content = REPORT): Promise<{ session: ReportSession; document: vscode.TextDocument }> {
    const uri = await this.file(name, content);
    const { document } = await vscode.window.showTextDocument(uri);
    const session = await this.api.reports.open(uri);
    await until('the answers are read', () => this.api.checks.of(session));
    return { session, document };
  }
}

export function diagnostics(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Drylab');
}

export function findDiagnostic(uri: vscode.Uri, claim: string): vscode.Diagnostic | undefined {
  return diagnostics(uri).find(({ code }) => typeof code === 'object' && code.value === claim);
}

export function misconception(uri: vscode.Uri): Promise<vscode.Diagnostic> {
  return until('the misconception is a problem', () => findDiagnostic(uri, MISCONCEPTION));
}

export async function insert(uri: vscode.Uri, position: vscode.Position, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.insert(uri, position, text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

/** Answers what VS Code asks as a person would, until what is run is over. */
export async function answering<T>(answers: Partial<typeof vscode.window>, run: () => Thenable<T>): Promise<T> {
  const before = Object.fromEntries(Object.keys(answers).map((key) => [key, vscode.window[key as 'showQuickPick']]));
  Object.assign(vscode.window, answers);
  try {
    return await run();
  } finally {
    Object.assign(vscode.window, before);
  }
}
