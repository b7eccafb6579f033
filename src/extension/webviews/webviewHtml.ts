import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

export type WebviewName = 'report' | 'questions' | 'attention' | 'latent' | 'experiment';

/** What the webview may load, for `WebviewOptions`. */
export function webviewOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist', 'webview')] };
}

/**
 * The page of a webview: its own bundle by nonce, nothing else. No inline script or style, no remote resource.
 * The texts of the reader's language travel in a data block that never executes.
 */
export function webviewHtml(webview: vscode.Webview, extensionUri: vscode.Uri, name: WebviewName): string {
  const nonce = randomBytes(16).toString('base64url');
  // The toolkit asks the browser for :focus-visible by adding an empty style, for which it looks this nonce up.
  const styleNonce = randomBytes(16).toString('base64url');
  const file = (path: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', 'webview', path)).toString();
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource} 'nonce-${styleNonce}'`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} blob: data:`,
  ].join('; ');
  const texts = JSON.stringify(vscode.l10n.bundle ?? {}).replaceAll('<', '\\u003c');
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta property="csp-nonce" content="${styleNonce}">
<link rel="stylesheet" href="${file(`${name}.css`)}">
<script type="application/json" id="drylab-texts">${texts}</script>
<title>Drylab</title>
</head>
<body>
<script nonce="${nonce}" src="${file(`${name}.js`)}"></script>
</body>
</html>`;
}
