import * as vscode from 'vscode';
import { Problem } from '../../core/problem';
import type { PlaceInReport, ReportHostMethods, ReportStart, ReportViewMethods } from '../../protocol/reportView';
import { Rpc } from '../../protocol/rpc';
import { ReadingPlaces } from '../reports/readingPlaces';
import type { ReportSession } from '../reports/reportSession';
import { reportState } from '../reports/reportState';
import type { Services } from '../services';
import { webviewChannel } from '../webviews/webviewChannel';
import { webviewHtml, webviewOptions } from '../webviews/webviewHtml';
import { evidenceHandlers } from './evidenceHandlers';
import { findingHandlers } from './findingHandlers';
import { FindingsFeed } from './findingsFeed';
import { reportHandlers } from './reportHandlers';

/** One report in one webview panel. */
export class ReportPanel implements vscode.Disposable {
  private readonly rpc: Rpc<ReportHostMethods, ReportViewMethods>;
  private readonly subscriptions: vscode.Disposable[];
  private readonly places: ReadingPlaces;
  private readonly feed: FindingsFeed;
  private holding: vscode.Disposable | undefined;
  private current: ReportSession;
  /** Whether the page has got its state; it forgets everything whenever it is hidden. */
  private loaded = false;
  private waiting: PlaceInReport | undefined;

  /** The part that the reader looks at. */
  part: string | null = null;

  constructor(
    readonly panel: vscode.WebviewPanel,
    private readonly services: Pick<Services, 'context' | 'reports' | 'experiments' | 'checks' | 'log'>,
    session: ReportSession,
    private readonly onPartShown: () => void,
  ) {
    this.current = session;
    this.places = new ReadingPlaces(services.context.workspaceState);
    this.feed = new FindingsFeed(services.checks);
    this.follow(session);
    const { extensionUri } = services.context;
    this.rpc = new Rpc<ReportHostMethods, ReportViewMethods>(webviewChannel(panel.webview), {
      ...reportHandlers(
        () => this.current,
        () => this.editorColumn(),
      ),
      ...evidenceHandlers(() => this.current, services.experiments),
      ...findingHandlers(() => this.current, services.checks),
      ready: () => this.ready(),
      partShown: ({ part }) => {
        this.part = part;
        this.places.set(this.current.uri, part);
        onPartShown();
      },
    });
    this.subscriptions = [
      this.rpc,
      services.reports.onDidChange((changed) => {
        if (changed === this.current) this.update();
      }),
      services.checks.onDidChange((changed) => {
        if (changed === this.current) this.updateFindings();
      }),
      services.experiments.onDidFind((experiment) => {
        if (this.loaded) this.tell(this.rpc.call('evidenceFound', { experiment }));
      }),
      panel.onDidChangeViewState(() => {
        if (!panel.visible) this.loaded = false;
        if (panel.active) services.reports.activate(this.current);
      }),
    ];
    panel.webview.options = webviewOptions(extensionUri);
    panel.webview.html = webviewHtml(panel.webview, extensionUri, 'report');
  }

  get session(): ReportSession {
    return this.current;
  }

  /** Shows another file's report: the same one under a new name. */
  follow(session: ReportSession): void {
    const { reports, context } = this.services;
    const before = this.holding;
    this.holding = reports.hold(session);
    this.current = session;
    before?.dispose();
    this.panel.title = session.uri.path.slice(session.uri.path.lastIndexOf('/') + 1);
    this.panel.iconPath = {
      light: vscode.Uri.joinPath(context.extensionUri, 'media', 'drylab.svg'),
      dark: vscode.Uri.joinPath(context.extensionUri, 'media', 'drylab-dark.svg'),
    };
    if (this.panel.active || !reports.active) reports.activate(session);
    if (!this.loaded) return;
    this.update();
    this.tell(this.rpc.call('findings', this.feed.first(session)));
  }

  /** Goes to a part or a note, at once or as soon as the page is there. */
  reveal(place: PlaceInReport): void {
    this.waiting = place;
    if (this.loaded) this.goToWaiting();
  }

  /** Begins a note on the words that are selected in the page. */
  addNote(): void {
    if (this.loaded) this.tell(this.rpc.call('addNote', null));
  }

  move(by: 1 | -1): void {
    if (this.loaded) this.tell(this.rpc.call('move', { by }));
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
    this.holding?.dispose();
  }

  private async ready(): Promise<ReportStart> {
    await this.current.settled();
    this.loaded = true;
    // The answer to this call goes out first.
    setTimeout(() => this.goToWaiting());
    return {
      state: reportState(this.current),
      findings: this.feed.first(this.current),
      part: this.places.get(this.current.uri),
    };
  }

  private update(): void {
    if (this.loaded) this.tell(this.rpc.call('update', reportState(this.current)));
  }

  private updateFindings(): void {
    const update = this.loaded ? this.feed.next(this.current) : null;
    if (update) this.tell(this.rpc.call('findings', update));
  }

  private goToWaiting(): void {
    if (!this.waiting) return;
    this.tell(this.rpc.call('reveal', this.waiting));
    this.waiting = undefined;
  }

  /** A page that is closed or hidden meanwhile has missed nothing: it asks again when it comes back. */
  private tell(call: Promise<void>): void {
    call.catch((thrown: unknown) => this.services.log.warn(Problem.from(thrown).message));
  }

  /** A column beside the panel's own. */
  private editorColumn(): vscode.ViewColumn {
    const other = vscode.window.tabGroups.all.find((group) => group.viewColumn !== this.panel.viewColumn);
    return other?.viewColumn ?? vscode.ViewColumn.Beside;
  }
}
