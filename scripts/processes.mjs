/** Child processes that never outlive their parent, and errors that fit on one line. Node built-ins only. */
import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** Something the person at the terminal can act on; `main` prints its message alone, without a stack. */
export class Failure extends Error {}

/** Process groups that are still running. */
const groups = new Set();
/** Folders to remove at the end. */
const folders = new Set();

function endAll() {
  for (const pid of groups) endGroup(pid, 'SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

process.on('exit', endAll);
for (const [signal, code] of /** @type {const} */ ([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
])) {
  process.on(signal, () => process.exit(code));
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function endGroup(pid, signal) {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}

/** A new folder below the system's temporary one, removed when this process ends. */
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'drylab-'));
  folders.add(folder);
  return folder;
}

/**
 * Starts a process as the leader of a group of its own, which ends with this process at the latest.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export function start(command, args, options = {}) {
  const child = spawn(command, args, {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32' && /^(npm|npx|code)$/.test(command),
    ...options,
    detached: process.platform !== 'win32',
  });
  const { pid } = child;
  if (pid !== undefined) {
    groups.add(pid);
    child.once('exit', () => groups.delete(pid));
  }
  return child;
}

/**
 * Asks a group to end, and makes it end after three seconds.
 * @param {import('node:child_process').ChildProcess} child
 */
export async function stop(child) {
  const { pid } = child;
  if (pid === undefined) return;
  const ended = child.exitCode !== null || child.signalCode !== null;
  const exit = ended ? Promise.resolve() : new Promise((resolve) => child.once('exit', resolve));
  endGroup(pid, 'SIGTERM');
  await Promise.race([exit, new Promise((resolve) => setTimeout(resolve, 3000).unref())]);
  // Members of the group may outlive their leader.
  endGroup(pid, 'SIGKILL');
  groups.delete(pid);
}

/**
 * Runs a command to its end with its output on this terminal.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} the exit code; 128 and more for a signal
 * @throws {Failure} when the command cannot be started
 */
export function exitCode(command, args, options) {
  return new Promise((resolve, reject) => {
    const child = start(command, args, options);
    child.once('error', (error) => reject(new Failure(`${command} could not be started: ${error.message}`)));
    child.once('exit', (code) => resolve(code ?? 129));
  });
}

/**
 * As `exitCode`.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @throws {Failure} when the exit code is not 0
 */
export async function run(command, args, options) {
  const code = await exitCode(command, args, options);
  if (code !== 0) throw new Failure(`${[command, ...args].join(' ')} failed with exit code ${code}.`);
}

/**
 * Runs a command with its output in a file; on failure the end of that output is printed.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ log: string, cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean }} options
 * @throws {Failure} when the exit code is not 0
 */
export async function runLogged(command, args, { log, quiet = false, ...options }) {
  const output = openSync(log, 'a');
  try {
    const code = await exitCode(command, args, { ...options, stdio: ['ignore', output, output] });
    if (code === 0) return;
    if (!quiet) console.error(readFileSync(log, 'utf8').trimEnd().split('\n').slice(-25).join('\n'));
    throw new Failure(`${[command, ...args].join(' ')} failed with exit code ${code}; its whole output is in ${log}.`);
  } finally {
    closeSync(output);
  }
}

/**
 * Runs a script's entry: failures on one line, exit code 1.
 * @param {() => Promise<number | void>} entry gives the exit code
 */
export async function main(entry) {
  try {
    process.exit((await entry()) ?? 0);
  } catch (error) {
    console.error(error instanceof Failure ? `error: ${error.message}` : error);
    process.exit(1);
  }
}
