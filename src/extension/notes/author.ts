import { userInfo } from 'node:os';
import * as vscode from 'vscode';
import { setting } from '../settings';

/** The name under a person's notes: the setting, else the account's name. */
export function authorName(): string {
  const chosen = setting('drylab.author').trim();
  if (chosen) return chosen;
  try {
    return userInfo().username;
  } catch {
    // Some containers have no entry for the account.
    return vscode.l10n.t('Anonymous');
  }
}
