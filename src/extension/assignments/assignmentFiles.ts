import * as vscode from 'vscode';
import { isKnownToYamlTools, looksLikeAssignment } from '../../core/assignment/looksLikeAssignment';
import { setting } from '../settings';

export const YAML: vscode.DocumentSelector = { language: 'yaml' };

/** Whether a document is an assignment: the setting names its file, or it looks like one. */
export function isAssignment(document: vscode.TextDocument): boolean {
  if (document.languageId !== 'yaml') return false;
  return isChosen(document.uri) || looksLikeAssignment(document.uri.path, document.getText());
}

function isChosen(uri: vscode.Uri): boolean {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  const path = setting('drylab.assignment', uri).trim();
  return folder !== undefined && path !== '' && vscode.Uri.joinPath(folder.uri, path).toString() === uri.toString();
}

/**
 * Whether VS Code's YAML extension checks, completes and explains the document by our schema: saying the same twice helps
 * nobody.
 */
export function isServedElsewhere(document: vscode.TextDocument): boolean {
  if (!vscode.extensions.getExtension('redhat.vscode-yaml')) return false;
  return isKnownToYamlTools(document.uri.path, document.getText());
}
