import * as vscode from 'vscode';
import { Problem } from '../../core/problem';

const LINK_SCHEMES = ['http', 'https', 'mailto'];

/** Opens a link of a page outside of VS Code. @throws Problem `link.refused` */
export async function openLink(href: string): Promise<void> {
  let uri: vscode.Uri;
  try {
    uri = vscode.Uri.parse(href, true);
  } catch {
    throw new Problem('link.refused', { href });
  }
  if (!LINK_SCHEMES.includes(uri.scheme)) throw new Problem('link.refused', { href });
  await vscode.env.openExternal(uri);
}
