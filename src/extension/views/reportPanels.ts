import * as vscode from 'vscode';
import { VIEWS } from '../contributions';
import type { PlaceInReport } from '../../protocol/reportView';
import type { ReportSession } from '../reports/reportSession';
import type { Services } from '../services';
import { webviewOptions } from '../webviews/webviewHtml';
import { ReportPanel } from './reportPanel';

/** What the webview keeps across window reloads, as far as the extension reads it. */
interface SavedState {
  readonly uri: string;
}

/** The panels of reports, one a report. */
export class ReportPanels implements vscode.WebviewPanelSerializer<Partial<SavedState> | undefined>, vscode.Disposable {
  private readonly panels = new Set<ReportPanel>();
  private readonly partShown = new vscode.EventEmitter<ReportPanel>();
  private readonly renaming: vscode.Disposable;

  /** The reader went to another part. */
  readonly onDidShowPart = this.partShown.event;

  constructor(private readonly services: Pick<Services, 'context' | 'reports' | 'experiments' | 'checks' | 'log'>) {
    this.renaming = vscode.workspace.onDidRenameFiles(({ files }) => {
      for (const { oldUri, newUri } of files) this.renamed(oldUri, newUri);
    });
  }

  get active(): ReportPanel | undefined {
    return [...this.panels].find(({ panel }) => panel.active);
  }

  of(session: ReportSession): ReportPanel | undefined {
    return [...this.panels].find((candidate) => candidate.session === session);
  }

  /** Opens the panel of a report beside the editor, or brings it to the front. */
  show(session: ReportSession, place?: PlaceInReport): void {
    const known = this.of(session);
    known?.panel.reveal();
    const panel = known ?? this.adopt(this.create(), session);
    this.services.reports.activate(session);
    if (place) panel.reveal(place);
  }

  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: Partial<SavedState> | undefined): Promise<void> {
    const uri = typeof state?.uri === 'string' ? vscode.Uri.parse(state.uri) : undefined;
    const session = uri && this.services.reports.restore(uri);
    // Nothing was saved yet, or the report is shown already: a second panel would only be in the way.
    if (!session || this.of(session)) panel.dispose();
    else this.adopt(panel, session);
    return Promise.resolve();
  }

  dispose(): void {
    this.renaming.dispose();
    this.partShown.dispose();
    for (const panel of this.panels) panel.dispose();
  }

  private create(): vscode.WebviewPanel {
    const { extensionUri } = this.services.context;
    return vscode.window.createWebviewPanel(VIEWS.report, 'Drylab', vscode.ViewColumn.Beside, {
      ...webviewOptions(extensionUri),
      enableFindWidget: true,
    });
  }

  private adopt(panel: vscode.WebviewPanel, session: ReportSession): ReportPanel {
    const adopted: ReportPanel = new ReportPanel(panel, this.services, session, () => this.partShown.fire(adopted));
    this.panels.add(adopted);
    panel.onDidDispose(() => {
      this.panels.delete(adopted);
      adopted.dispose();
    });
    return adopted;
  }

  private renamed(from: vscode.Uri, to: vscode.Uri): void {
    for (const panel of this.panels) {
      const { uri } = panel.session;
      const inside = uri.path.startsWith(`${from.path}/`) ? uri.path.slice(from.path.length) : undefined;
      if (uri.toString() === from.toString()) panel.follow(this.services.reports.restore(to));
      else if (inside) panel.follow(this.services.reports.restore(to.with({ path: to.path + inside })));
    }
  }
}

/** Lets VS Code restore the panels of reports after a window reload. */
export function registerReportPanels({ panels }: Services): vscode.Disposable {
  return vscode.window.registerWebviewPanelSerializer(VIEWS.report, panels);
}
