import { realpath } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { Assignment } from '../../core/assignment/assignment';
import { bundledFile } from '../../core/assignment/bundled';
import { Problem } from '../../core/problem';
import type { LabClient } from '../../lab/client';
import { say } from '../checks/saying';
import { setting } from '../settings';
import { fileLabel } from './reportFile';

/** Stands for an assignment until one is loaded. */
export const NO_ASSIGNMENT: Assignment = { id: '', title: '', questions: [] };

const MOST_BYTES = 1024 * 1024;

/** The assignments in force: a bundled one, or the file that the setting names; loaded at first use. */
export class Assignments implements vscode.Disposable {
  private readonly loaded = new Map<string, Promise<Assignment>>();
  private readonly watchers = new Map<string, vscode.Disposable>();
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly configuring: vscode.Disposable;
  /** What was last shown of each choice, so that the same message is not shown again for every report. */
  private readonly shown = new Map<string, string>();

  readonly onDidChange = this.changed.event;

  /** @param tell shows a problem of an assignment file to the person */
  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly lab: LabClient,
    private readonly tell: (problem: Problem) => void,
  ) {
    this.configuring = vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration('drylab.assignment')) return;
      this.shown.clear();
      this.forget();
    });
  }

  /** For a report, or for the first workspace folder. The built-in one where the chosen one has errors. */
  async for(report?: vscode.Uri): Promise<Assignment> {
    const folder = report ? vscode.workspace.getWorkspaceFolder(report) : vscode.workspace.workspaceFolders?.at(0);
    const choice = setting('drylab.assignment', report ?? folder?.uri).trim();
    const key = `${folder?.uri.toString() ?? ''} ${choice}`;
    try {
      const assignment = await this.load(await this.fileOf(choice, folder));
      this.shown.delete(key);
      return assignment;
    } catch (thrown) {
      this.tellOnce(key, Problem.from(thrown));
      return this.builtIn();
    }
  }

  builtIn(): Promise<Assignment> {
    return this.load(this.bundled(''));
  }

  dispose(): void {
    this.configuring.dispose();
    this.changed.dispose();
    for (const watcher of this.watchers.values()) watcher.dispose();
  }

  private load(file: vscode.Uri): Promise<Assignment> {
    const key = file.toString();
    const loading = this.loaded.get(key) ?? readAssignment(file, this.lab);
    this.loaded.set(key, loading);
    // What kept the lab from reading it may pass.
    loading.catch(() => this.loaded.delete(key));
    return loading;
  }

  /** @throws Problem `assignment.unknown`, `assignment.outside`, `file.missing` */
  private async fileOf(choice: string, folder: vscode.WorkspaceFolder | undefined): Promise<vscode.Uri> {
    if (!folder || bundledFile(choice) !== null) return this.bundled(folder ? choice : '');
    const file = vscode.Uri.joinPath(folder.uri, choice);
    await checkInside(folder, choice, file);
    this.watch(folder, choice, file);
    return file;
  }

  private bundled(name: string): vscode.Uri {
    return vscode.Uri.joinPath(this.extensionUri, 'assignments', bundledFile(name) ?? '');
  }

  private tellOnce(key: string, problem: Problem): void {
    if (this.shown.get(key) === problem.message) return;
    this.shown.set(key, problem.message);
    this.tell(problem);
  }

  private watch(folder: vscode.WorkspaceFolder, path: string, file: vscode.Uri): void {
    const key = file.toString();
    if (this.watchers.has(key)) return;
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, path));
    const forget = (): void => this.forget();
    watcher.onDidChange(forget);
    watcher.onDidCreate(forget);
    watcher.onDidDelete(forget);
    this.watchers.set(key, watcher);
  }

  private forget(): void {
    this.loaded.clear();
    this.changed.fire();
  }
}

/** @throws Problem `assignment.outside` for a path that leaves the workspace folder, also through a link. */
async function checkInside(folder: vscode.WorkspaceFolder, path: string, file: vscode.Uri): Promise<void> {
  const outside = new Problem('assignment.outside', { file: path });
  if (/^([\\/]|[a-z]:)/i.test(path) || !file.path.startsWith(`${folder.uri.path.replace(/\/$/, '')}/`)) throw outside;
  if (file.scheme !== 'file') return;
  const real = await Promise.all([realpath(folder.uri.fsPath), realpath(file.fsPath)]).catch(() => undefined);
  if (!real) throw new Problem('file.missing', { file: path });
  const [root, target] = real.map((found) => vscode.Uri.file(found).path);
  if (!target?.startsWith(`${root}/`)) throw outside;
}

/** @throws Problem `file.missing`, `assignment.invalid` with the first error. */
async function readAssignment(file: vscode.Uri, lab: LabClient): Promise<Assignment> {
  const label = fileLabel(file);
  let bytes: Uint8Array;
  try {
    const { size } = await vscode.workspace.fs.stat(file);
    if (size > MOST_BYTES) throw new Problem('file.too-large', { file: label, megabytes: size / MOST_BYTES, limit: 1 });
    bytes = await vscode.workspace.fs.readFile(file);
  } catch (thrown) {
    throw thrown instanceof Problem ? thrown : new Problem('file.missing', { file: label });
  }
  const loaded = await lab.call('readAssignment', { name: label, bytes });
  if ('assignment' in loaded) return loaded.assignment;
  const [first] = loaded.errors;
  const line = (first?.range.start.line ?? 0) + 1;
  throw new Problem('assignment.invalid', { file: label, line, detail: first ? say(first.message) : '' });
}
