import * as vscode from 'vscode';
import type { LabClient } from '../../lab/client';
import type { NoteStores } from '../notes/noteStores';
import { showProblem } from '../problems';
import { Assignments } from './assignments';
import { ReportSession } from './reportSession';

/** The open reports, one session each. A session stays while a panel or an editor tab shows its file. */
export class Reports implements vscode.Disposable {
  private readonly sessions = new Map<string, ReportSession>();
  private readonly held = new Map<ReportSession, number>();
  private readonly changed = new vscode.EventEmitter<ReportSession>();
  private readonly activeChanged = new vscode.EventEmitter<ReportSession | undefined>();
  private readonly closed = new vscode.EventEmitter<ReportSession>();
  private readonly subscriptions: vscode.Disposable[];
  private current: ReportSession | undefined;

  readonly assignments: Assignments;
  /** A report, its notes or its assignment changed. */
  readonly onDidChange = this.changed.event;
  readonly onDidChangeActive = this.activeChanged.event;
  readonly onDidClose = this.closed.event;

  constructor(
    context: vscode.ExtensionContext,
    private readonly lab: LabClient,
    private readonly notes: NoteStores,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.assignments = new Assignments(context.extensionUri, lab, (problem) => void showProblem(problem, log));
    this.subscriptions = [
      this.changed,
      this.activeChanged,
      this.closed,
      this.assignments,
      this.assignments.onDidChange(() => void Promise.all(this.all.map((session) => session.reload()))),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        const session = editor && this.get(editor.document.uri);
        if (session) this.activate(session);
      }),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        if (closed.length > 0) this.closeUnused();
      }),
    ];
  }

  get all(): readonly ReportSession[] {
    return [...this.sessions.values()];
  }

  /** The report that was last looked at, in its panel or in an editor. */
  get active(): ReportSession | undefined {
    return this.current;
  }

  get(uri: vscode.Uri): ReportSession | undefined {
    return this.sessions.get(uri.toString());
  }

  /** The session of a file that has passed its checks. @throws Problem of a file that is no report. */
  async open(uri: vscode.Uri): Promise<ReportSession> {
    const session = this.restore(uri);
    this.retain(session);
    try {
      await session.opened();
    } catch (thrown) {
      if (this.release(session)) this.close(session);
      throw thrown;
    }
    this.release(session);
    if (!this.current) this.activate(session);
    return session;
  }

  /** The session of a file whatever its state; its `problem` tells what is wrong. */
  restore(uri: vscode.Uri): ReportSession {
    const key = uri.toString();
    const { lab, notes, assignments, log } = this;
    const session = this.sessions.get(key) ?? new ReportSession(uri, { lab, notes, assignments, log });
    if (this.sessions.has(key)) return session;
    this.sessions.set(key, session);
    session.onDidChange(() => this.changed.fire(session));
    return session;
  }

  /** Keeps a session until the returned object is disposed of. */
  hold(session: ReportSession): vscode.Disposable {
    this.retain(session);
    return {
      dispose: () => {
        this.release(session);
        this.closeUnused();
      },
    };
  }

  /** Makes a session the one that the side panel shows. */
  activate(session: ReportSession): void {
    if (this.current === session || this.get(session.uri) !== session) return;
    this.current = session;
    this.activeChanged.fire(session);
  }

  /** The part that an offset of a document belongs to; `null` outside every answer and where no report is open. */
  partAt(document: vscode.TextDocument, offset: number): string | null {
    return this.get(document.uri)?.partAt(offset) ?? null;
  }

  dispose(): void {
    for (const session of this.all) session.dispose();
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private retain(session: ReportSession): void {
    this.held.set(session, (this.held.get(session) ?? 0) + 1);
  }

  /** Whether nobody holds the session any more. */
  private release(session: ReportSession): boolean {
    const left = (this.held.get(session) ?? 1) - 1;
    if (left > 0) this.held.set(session, left);
    else this.held.delete(session);
    return left <= 0;
  }

  private close(session: ReportSession): void {
    this.sessions.delete(session.uri.toString());
    session.dispose();
    this.closed.fire(session);
    if (this.current !== session) return;
    this.current = this.all.at(-1);
    this.activeChanged.fire(this.current);
  }

  private closeUnused(): void {
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ input }) => input));
    const isFile = (input: unknown): input is vscode.TabInputText | vscode.TabInputNotebook =>
      input instanceof vscode.TabInputText || input instanceof vscode.TabInputNotebook;
    const shown = new Set(tabs.map((input) => (isFile(input) ? input.uri.toString() : '')));
    for (const session of this.all) {
      if (!this.held.has(session) && !shown.has(session.uri.toString())) this.close(session);
    }
  }
}
