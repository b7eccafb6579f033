import type * as vscode from 'vscode';
import type { Channel } from '../../protocol/rpc';

/** Messages to and from one webview. */
export function webviewChannel(webview: vscode.Webview): Channel {
  return {
    post: (message) => void webview.postMessage(message),
    onMessage: (listener) => webview.onDidReceiveMessage(listener),
  };
}
