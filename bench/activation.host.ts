/** What the extension adds to the start of a window: loading its bundle and `activate`, in a fresh extension host. */
import { appendFileSync } from 'node:fs';
import * as vscode from 'vscode';

/** @throws Error when VS Code had activated the extension already, so that nothing could be timed */
export async function run(): Promise<void> {
  const extension = vscode.extensions.getExtension('drylab.drylab');
  if (!extension) throw new Error('the extension is not installed in this VS Code');
  if (extension.isActive) throw new Error('the extension was active before it was timed');
  const started = performance.now();
  await extension.activate();
  const value = performance.now() - started;
  const results = process.env['DRYLAB_TEST_RESULTS'];
  if (!results) throw new Error('DRYLAB_TEST_RESULTS names no file');
  appendFileSync(results, `${JSON.stringify({ name: 'activation in a fresh extension host', value, unit: 'ms' })}\n`);
}
