import * as vscode from 'vscode';
import type { Settings } from './contributions';

/** The value in force for a resource; package.json holds the defaults. */
export function setting<K extends keyof Settings>(key: K, scope?: vscode.ConfigurationScope): Settings[K] {
  const value = vscode.workspace.getConfiguration(undefined, scope).get<Settings[K]>(key);
  if (value === undefined) throw new Error(`package.json declares no default for ${key}`);
  return value;
}
