/**
 * VS Code's own server, for machines without a desktop: installed once into .cache, started as often as needed
 * (docs/decisions/0006-testing-in-a-real-vscode.md). Node built-ins only.
 */
import { createHash } from 'node:crypto';
import { existsSync, openSync, readFileSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Failure, ROOT, run, runLogged, start, stop } from './processes.mjs';

const PIN = join(ROOT, 'scripts', 'vscode-server');
const CACHE = join(ROOT, '.cache');
const INSTALLED = join(CACHE, 'vscode-server');
const SERVER = join('node_modules', 'code-server', 'lib', 'vscode');
const WANTED_NODE = 24;
const QUIET = ['--no-fund', '--no-audit', '--loglevel=error'];

/** Without these VS Code runs, but keeps no log files, so its Output view stays empty. They need a C++ compiler. */
const COMPILED = ['@vscode/native-watchdog', '@vscode/spdlog'];

/** Changes whenever what would be installed changes. */
function stamp() {
  const hash = createHash('sha256').update(`${install}${COMPILED}`);
  for (const file of ['package.json', 'package-lock.json']) hash.update(readFileSync(join(PIN, file)));
  return `${hash.digest('hex')} ${process.platform}-${process.arch}`;
}

/**
 * The folder of Node 24 for the server: a package on Linux, elsewhere the Node that runs this.
 * @param {string} folder
 */
function serverNode(folder) {
  const shipped = join(folder, 'node_modules', `node-${process.platform}-${process.arch}`);
  if (existsSync(join(shipped, 'bin', 'node'))) return { binary: join(shipped, 'bin', 'node'), headers: shipped };
  if (process.versions.node.startsWith(`${WANTED_NODE}.`)) return { binary: process.execPath, headers: undefined };
  throw new Failure(
    `On ${process.platform}-${process.arch} VS Code's server needs Node ${WANTED_NODE}, this is ${process.versions.node}:` +
      ` run this with Node ${WANTED_NODE}, or put the desktop's \`code\` on the PATH.`,
  );
}

/**
 * @param {string} folder
 * @param {string} log
 */
async function install(folder, log) {
  const npm = [...QUIET, '--ignore-scripts'];
  console.log("Installing VS Code's server into .cache (once; 750 MB, a minute or two) …");
  await runLogged('npm', ['ci', ...npm], { cwd: folder, log });
  const { binary, headers } = serverNode(folder);
  const env = {
    ...process.env,
    PATH: `${dirname(binary)}${delimiter}${process.env['PATH'] ?? ''}`,
    ...(headers === undefined ? {} : { npm_config_nodedir: headers }),
  };
  console.log('  its dependencies …');
  await runLogged('npm', ['install', '--omit=dev', ...npm], { cwd: join(folder, SERVER), log, env });
  await runLogged('npm', ['install', '--omit=dev', ...npm], { cwd: join(folder, SERVER, 'extensions'), log, env });
  console.log('  its native modules …');
  try {
    await runLogged('npm', ['rebuild', ...QUIET, ...COMPILED], { cwd: join(folder, SERVER), log, env, quiet: true });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.warn(`  no C++ compiler and Python here, so its Output view will stay empty; all else works (${log}).`);
  }
}

/**
 * Installs the server unless this very version is there. An interrupted installation is begun anew.
 * @throws {Failure}
 */
export async function installServer() {
  const wanted = stamp();
  const mark = join(INSTALLED, 'stamp');
  if (existsSync(mark) && (await readFile(mark, 'utf8')) === wanted) return;
  const folder = join(CACHE, `vscode-server-${process.pid}.part`);
  await mkdir(folder, { recursive: true });
  const log = join(CACHE, 'vscode-server.log');
  await rm(log, { force: true });
  try {
    for (const file of ['package.json', 'package-lock.json']) await cp(join(PIN, file), join(folder, file));
    await install(folder, log);
    await writeFile(join(folder, 'stamp'), wanted);
    await rm(INSTALLED, { recursive: true, force: true });
    await rename(folder, INSTALLED);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * @typedef {object} ServerOptions
 * @property {string} dataDir settings, logs and state; a fresh folder for a fresh VS Code
 * @property {string} extensionsDir where installed extensions are
 * @property {number} [port] a free one by default
 * @property {string} [extensionDevelopmentPath] runs the extension in this folder from its sources
 * @property {NodeJS.ProcessEnv} [env] added to the environment, which extensions inherit
 *
 * @typedef {object} PageOptions
 * @property {string} [folder] the workspace
 * @property {string} [extensionTestsPath] a module whose `run` is called in the extension host
 *
 * @typedef {object} Server
 * @property {string} address such as `http://127.0.0.1:8000/`
 * @property {(page?: PageOptions) => string} url the address of a window
 * @property {() => Promise<void>} stop
 * @property {Promise<unknown>} ended when it has ended, by `stop` or by itself
 */

/**
 * The server must be installed.
 * @param {ServerOptions} options
 * @returns {Promise<Server>} once it listens
 * @throws {Failure} when it ends or stays silent for 60 s
 */
export async function startServer({ dataDir, extensionsDir, port = 0, extensionDevelopmentPath, env = {} }) {
  await mkdir(dataDir, { recursive: true });
  const log = join(dataDir, 'server.log');
  const output = openSync(log, 'a');
  const child = start(
    serverNode(INSTALLED).binary,
    [
      ...[join(INSTALLED, SERVER, 'out', 'server-main.js'), '--host', '127.0.0.1', '--port', String(port)],
      ...['--without-connection-token', '--accept-server-license-terms', '--enable-smoke-test-driver'],
      ...['--server-data-dir', dataDir, '--extensions-dir', extensionsDir, '--telemetry-level', 'off'],
    ],
    { stdio: ['ignore', output, output], env: { ...process.env, ...env } },
  );
  const listening = await listeningPort(child, log);
  if (listening === undefined) {
    await stop(child);
    throw new Failure(`VS Code's server did not start:\n${readFileSync(log, 'utf8').trim()}`);
  }
  const host = `127.0.0.1:${listening}`;
  return {
    address: `http://${host}/`,
    url: (page) => pageUrl(host, extensionDevelopmentPath, page),
    stop: () => stop(child),
    ended: new Promise((resolve) => child.once('exit', resolve)),
  };
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} log
 */
async function listeningPort(child, log) {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await delay(50)) {
    const port = /Extension host agent listening on (\d+)/.exec(readFileSync(log, 'utf8'))?.[1];
    if (port !== undefined) return port;
    if (child.exitCode !== null || child.signalCode !== null) return undefined;
  }
  return undefined;
}

/**
 * @param {string} host
 * @param {string | undefined} extensionDevelopmentPath
 * @param {PageOptions} [page]
 */
function pageUrl(host, extensionDevelopmentPath, { folder, extensionTestsPath } = {}) {
  const payload = [['skipWelcome', 'true']];
  if (extensionDevelopmentPath) {
    payload.push(['extensionDevelopmentPath', `vscode-remote://${host}${extensionDevelopmentPath}`]);
  }
  if (extensionTestsPath) payload.push(['extensionTestsPath', `vscode-remote://${host}${extensionTestsPath}`]);
  const url = new URL(`http://${host}/`);
  if (folder) url.searchParams.set('folder', folder);
  url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

/**
 * Installs a packaged extension as a person would.
 * @param {{ vsix: string, extensionsDir: string, dataDir: string }} options
 */
export async function installExtension({ vsix, extensionsDir, dataDir }) {
  await run(serverNode(INSTALLED).binary, [
    ...[join(INSTALLED, SERVER, 'out', 'server-main.js'), '--accept-server-license-terms'],
    ...['--server-data-dir', dataDir, '--extensions-dir', extensionsDir, '--install-extension', vsix],
  ]);
}

/** Settings under which VS Code starts quietly: no welcome, no trust question, no telemetry, no updates. */
const QUIET_SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'files.simpleDialog.enable': true,
};

/**
 * Writes the settings that a new VS Code starts with: a quiet start, and these.
 * @param {string} dataDir
 * @param {Record<string, unknown>} [settings]
 */
export async function writeSettings(dataDir, settings = {}) {
  const folder = join(dataDir, 'data', 'User');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'settings.json'), JSON.stringify({ ...QUIET_SETTINGS, ...settings }, null, 2));
}
