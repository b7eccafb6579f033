import * as vscode from 'vscode';
import { Problem } from '../../core/problem';
import { Rpc, type Handlers, type Methods } from '../../protocol/rpc';
import type { Services } from '../services';
import { webviewChannel } from '../webviews/webviewChannel';
import { webviewHtml, webviewOptions, type WebviewName } from '../webviews/webviewHtml';

export interface PanelDescription {
  /** As in `VIEWS`; also what the serializer is registered for. */
  readonly type: string;
  readonly title: string;
  readonly bundle: WebviewName;
}

/**
 * A webview panel of which there is at most one: opening it again brings it to the front. It comes back after a
 * window reload, and its page restores itself from the state that it saved.
 */
export class SinglePanel<Host extends Methods<Host>, View extends Methods<View>> implements vscode.Disposable {
  private current: { panel: vscode.WebviewPanel; rpc: Rpc<Host, View> } | undefined;
  private readonly restoring: vscode.Disposable;

  constructor(
    private readonly services: Services,
    private readonly description: PanelDescription,
    private readonly handlers: Handlers<Host>,
  ) {
    this.restoring = vscode.window.registerWebviewPanelSerializer(description.type, {
      deserializeWebviewPanel: async (panel) => {
        panel.webview.options = webviewOptions(services.context.extensionUri);
        this.adopt(panel);
      },
    });
  }

  /** Of the tab, while there is one. */
  set title(title: string) {
    if (this.current) this.current.panel.title = title;
  }

  /** Opens the panel, or brings it to the front. Calls made at once wait until its page listens. */
  open(): Rpc<Host, View> {
    if (this.current) {
      this.current.panel.reveal();
      return this.current.rpc;
    }
    const { type, title } = this.description;
    const options = webviewOptions(this.services.context.extensionUri);
    return this.adopt(vscode.window.createWebviewPanel(type, title, vscode.ViewColumn.Active, options));
  }

  dispose(): void {
    this.restoring.dispose();
    this.current?.panel.dispose();
  }

  private adopt(panel: vscode.WebviewPanel): Rpc<Host, View> {
    this.current?.panel.dispose();
    const rpc = new Rpc<Host, View>(webviewChannel(panel.webview), this.handlers);
    const current = { panel, rpc };
    this.current = current;
    panel.onDidDispose(() => {
      rpc.close(new Problem('cancelled'));
      if (this.current === current) this.current = undefined;
    });
    const icon = (file: string): vscode.Uri => vscode.Uri.joinPath(this.services.context.extensionUri, 'media', file);
    panel.iconPath = { light: icon('drylab.svg'), dark: icon('drylab-dark.svg') };
    panel.webview.html = webviewHtml(panel.webview, this.services.context.extensionUri, this.description.bundle);
    return rpc;
  }
}
