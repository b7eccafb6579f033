/** How long the extension host is kept from other work while the flawed sample is opened, checked and shown. */
import { appendFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../src/extension/api';
import { COMMANDS } from '../src/extension/contributions';
import { longestWork } from './longestWork';

/** Milliseconds between looks at the clock, which are counted into what is measured. */
const RESOLUTION = 1;
const SETTLE = 5_000;
/** Microseconds between samples of the profile. */
const INTERVAL = 500;
const NANOSECONDS = 1e6;

/** @throws Error when the check comes to nothing */
export async function run(): Promise<void> {
  const results = process.env['DRYLAB_TEST_RESULTS'];
  if (!results) throw new Error('DRYLAB_TEST_RESULTS names no file');
  const tell = (name: string, value: number): void =>
    appendFileSync(results, `${JSON.stringify({ name, value, unit: 'ms' })}\n`);
  const extension = vscode.extensions.getExtension<ExtensionApi>('drylab.drylab');
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!extension || !folder) throw new Error('the extension is not installed, or no folder is open');
  const own = `${extension.extensionPath}/dist/extension.js`;
  const { checks, reports } = await extension.activate();
  const uri = vscode.Uri.joinPath(folder.uri, 'report-flawed.md');
  // What VS Code's own extensions do when a window opens, and when its first Markdown file does, is not ours.
  await vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, 'report-good.md'));
  await delay(SETTLE);
  const blocked = monitorEventLoopDelay({ resolution: RESOLUTION });
  const profiler = new Session();
  profiler.connect();
  await profiler.post('Profiler.enable');
  await profiler.post('Profiler.setSamplingInterval', { interval: INTERVAL });
  await profiler.post('Profiler.start');
  blocked.enable();
  await vscode.window.showTextDocument(uri);
  await vscode.commands.executeCommand(COMMANDS.openReport, uri);
  await vscode.commands.executeCommand(COMMANDS.checkReport, uri);
  const session = await reports.open(uri);
  const check = checks.of(session);
  if (!check || check.pending.length > 0) throw new Error('the report was not checked to the end');
  await delay(SETTLE);
  blocked.disable();
  const { profile } = await profiler.post('Profiler.stop');
  profiler.disconnect();
  // With experiments on every core, the longest waits are for the processor, and for what VS Code does.
  tell('longest the extension kept the host, opening and checking a report', longestWork(profile, INTERVAL, own));
  tell('longest wait in the host meanwhile, for the processor too', blocked.max / NANOSECONDS);
  tell('99th percentile of waits in the host meanwhile', blocked.percentile(99) / NANOSECONDS);
}
