/** The project's own packages. Node built-ins only, since it runs before they are there. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Failure, ROOT, run } from './processes.mjs';

const OLDEST_NODE = [20, 19];

/** @throws {Failure} when this Node is older than the project supports */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw new Failure(
    `Node ${OLDEST_NODE.join('.')} or newer is needed, this is ${process.versions.node}: see nodejs.org.`,
  );
}

/** `npm ci` when packages are missing or older than the lock file. */
export async function installDependencies() {
  checkNode();
  // npm writes this file at the end of every installation, so an interrupted one counts as none.
  const installed = join(ROOT, 'node_modules', '.package-lock.json');
  const lock = join(ROOT, 'package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  console.log('Installing packages (npm ci) …');
  // As in .npmrc, which newer versions of npm may ignore: no libraries for GPUs.
  const env = { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' };
  await run('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'], { env });
}
