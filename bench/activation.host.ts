/** What the extension adds to a window: loading its bundle and `activate`, in a fresh extension host. */
import { appendFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';

/** Milliseconds. */
const TICK = 20;
const CALM_LAG = 5;
const CALM_TICKS = 25;

/** Waits until the extensions that VS Code itself starts with are done, whose work would be counted as ours. */
async function calm(): Promise<void> {
  for (let calmTicks = 0; calmTicks < CALM_TICKS;) {
    const started = performance.now();
    await delay(TICK);
    calmTicks = performance.now() - started < TICK + CALM_LAG ? calmTicks + 1 : 0;
  }
}

/** @throws Error when VS Code had activated the extension already, so that nothing could be timed */
export async function run(): Promise<void> {
  const extension = vscode.extensions.getExtension('drylab.drylab');
  if (!extension) throw new Error('the extension is not installed in this VS Code');
  await calm();
  if (extension.isActive) throw new Error('the extension was active before it was timed');
  const started = performance.now();
  await extension.activate();
  const value = performance.now() - started;
  const results = process.env['DRYLAB_TEST_RESULTS'];
  if (!results) throw new Error('DRYLAB_TEST_RESULTS names no file');
  appendFileSync(results, `${JSON.stringify({ name: 'activation in a fresh extension host', value, unit: 'ms' })}\n`);
}
