import * as vscode from 'vscode';
import { Problem } from '../../core/problem';
import type {
  PanelCommand,
  QuestionsHostMethods,
  QuestionsState,
  QuestionsViewMethods,
  SelectionState,
} from '../../protocol/questionsView';
import { Rpc } from '../../protocol/rpc';
import { COMMANDS, VIEWS } from '../contributions';
import type { Services } from '../services';
import { webviewChannel } from '../webviews/webviewChannel';
import { webviewHtml, webviewOptions } from '../webviews/webviewHtml';
import { shownFindings } from './findingsState';
import { questionsState } from './questionsState';

const PAUSE = 100;
const LONGEST_SELECTION = 80;

const PANEL_COMMANDS: Readonly<Record<PanelCommand, string>> = {
  openReport: COMMANDS.openReport,
  sampleModels: COMMANDS.sampleModels,
  showAttentionMap: COMMANDS.showAttentionMap,
  runExperiment: COMMANDS.runExperiment,
  showModels: COMMANDS.showModels,
  addNote: COMMANDS.addNote,
  showLog: COMMANDS.showLog,
};

/** The side panel: the questions, and the state of the report that was last looked at. */
class QuestionsView implements vscode.WebviewViewProvider, vscode.Disposable {
  private readonly subscriptions: vscode.Disposable[];
  private rpc: Rpc<QuestionsHostMethods, QuestionsViewMethods> | undefined;
  private view: vscode.WebviewView | undefined;
  private loaded = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly services: Services) {
    const { reports, checks, panels } = services;
    const update = (): void => this.updateSoon();
    this.subscriptions = [
      reports.onDidChange((session) => {
        if (session === reports.active) update();
      }),
      checks.onDidChange((session) => {
        if (session === reports.active) update();
      }),
      reports.onDidChangeActive(update),
      reports.assignments.onDidChange(update),
      panels.onDidShowPart(update),
      vscode.window.onDidChangeActiveTextEditor(update),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (textEditor === vscode.window.activeTextEditor) update();
      }),
    ];
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    const { extensionUri } = this.services.context;
    this.view = view;
    this.rpc?.dispose();
    this.rpc = new Rpc<QuestionsHostMethods, QuestionsViewMethods>(webviewChannel(view.webview), {
      ready: () => this.ready(),
      openPart: ({ part }) => this.openPart(part),
      run: ({ command }) => this.run(command),
    });
    view.onDidChangeVisibility(() => {
      if (!view.visible) this.loaded = false;
    });
    view.onDidDispose(() => {
      this.loaded = false;
      this.view = undefined;
    });
    view.webview.options = webviewOptions(extensionUri);
    view.webview.html = webviewHtml(view.webview, extensionUri, 'questions');
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.rpc?.dispose();
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private async ready(): Promise<QuestionsState> {
    this.loaded = true;
    return this.state();
  }

  private async state(): Promise<QuestionsState> {
    const { reports, checks } = this.services;
    const session = reports.active;
    if (!session) return questionsState(await reports.assignments.for(), null, this.selection());
    await session.settled();
    const { uri, report, assignment, notes, problem } = session;
    const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
    const placed = notes?.placed ?? [];
    const findings = shownFindings(checks, session);
    const shown = { name, report, answers: session.answers(), placed, findings, problem };
    return questionsState(assignment, shown, this.selection());
  }

  /** In the editor with the focus, or the part that the reader of a report's panel looks at. */
  private selection(): SelectionState | null {
    const { reports, panels } = this.services;
    const panel = panels.active;
    if (panel) return panel.part === null ? null : { part: panel.part, words: '' };
    const editor = vscode.window.activeTextEditor;
    if (!editor || !reports.get(editor.document.uri)) return null;
    const { document, selection } = editor;
    const words = document.getText(selection).replaceAll(/\s+/g, ' ').trim();
    return {
      part: reports.partAt(document, document.offsetAt(selection.start)),
      words: words.length > LONGEST_SELECTION ? `${words.slice(0, LONGEST_SELECTION).trimEnd()}…` : words,
    };
  }

  private updateSoon(): void {
    clearTimeout(this.timer);
    if (this.loaded) this.timer = setTimeout(() => void this.update(), PAUSE);
  }

  private async update(): Promise<void> {
    try {
      const state = await this.state();
      if (this.loaded && this.view?.visible) await this.rpc?.call('update', state);
    } catch (thrown) {
      this.services.log.warn(Problem.from(thrown).message);
    }
  }

  private async openPart(part: string): Promise<void> {
    const { reports, panels } = this.services;
    if (reports.active) panels.show(reports.active, { part, annotation: null });
    else await vscode.commands.executeCommand(COMMANDS.openReport, { question: part });
  }

  private async run(command: PanelCommand): Promise<void> {
    if (!Object.hasOwn(PANEL_COMMANDS, command)) throw new Problem('internal', { detail: `no command ${command}` });
    await vscode.commands.executeCommand(PANEL_COMMANDS[command]);
  }
}

export function registerQuestionsView(services: Services): vscode.Disposable {
  const view = new QuestionsView(services);
  return vscode.Disposable.from(view, vscode.window.registerWebviewViewProvider(VIEWS.questions, view));
}
