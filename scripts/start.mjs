/**
 * `npm start`: installs, builds, shows what the command line makes of the samples, and opens the extension on a fresh
 * copy of them in a real VS Code. `--once` only checks that VS Code's page answers; `--server` prefers the browser
 * where there is a desktop; `--port N`.
 */
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { onPath } from './chromium.mjs';
import { installDependencies } from './dependencies.mjs';
import { Failure, ROOT, main, run, temporaryFolder } from './processes.mjs';
import { sampleWorkspace } from './sampleWorkspace.mjs';
import { installServer, startServer, writeSettings } from './vscodeServer.mjs';

function options() {
  const flag = /** @type {const} */ ({ type: 'boolean', default: false });
  try {
    const { values } = parseArgs({ options: { once: flag, server: flag, port: { type: 'string', default: '0' } } });
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65535)
      throw new Failure(`--port ${values.port} is no port number.`);
    return { ...values, port };
  } catch (error) {
    throw new Failure(/** @type {Error} */ (error).message);
  }
}

/** @param {readonly string[]} args */
async function showCommand(args) {
  console.log(`\n$ node dist/cli.js ${args.join(' ')}`);
  await run(process.execPath, ['dist/cli.js', ...args]);
}

/** The desktop keeps the folder open after this process has ended, so the copy lies in .cache. */
async function openDesktop() {
  const folder = join(ROOT, '.cache', 'samples');
  await rm(folder, { recursive: true, force: true });
  await cp(join(ROOT, 'samples'), folder, { recursive: true });
  console.log('\nOpening VS Code with Drylab (a copy of samples/ in .cache/samples) …');
  await run('code', [`--extensionDevelopmentPath=${ROOT}`, '--new-window', folder]);
}

/** @param {string} address */
async function checkPage(address) {
  const response = await fetch(address);
  const page = await response.text();
  if (response.status === 200 && page.includes('vscode-workbench-web-configuration')) return;
  throw new Failure(`VS Code's page answered with status ${response.status} and no workbench: ${page.slice(0, 200)}`);
}

/** @param {{ once: boolean, port: number }} options */
async function openServer({ once, port }) {
  await installServer();
  const dataDir = join(temporaryFolder(), 'data');
  await writeSettings(dataDir);
  const extensionsDir = join(dataDir, 'extensions');
  const server = await startServer({ dataDir, extensionsDir, extensionDevelopmentPath: ROOT, port });
  const address = server.url({ folder: await sampleWorkspace() });
  await checkPage(address);
  console.log(`\nVS Code with Drylab, on a copy of samples/:\n\n  ${address}\n`);
  if (once) {
    console.log('The page answers.');
    await server.stop();
    return;
  }
  console.log('In it: F1, then "Drylab: Open Report". Ctrl+C ends it.');
  await server.ended;
  throw new Failure("VS Code's server has ended by itself.");
}

await main(async () => {
  const { once, server, port } = options();
  await installDependencies();
  console.log('Building …');
  await run(process.execPath, ['esbuild.mjs']);
  await showCommand(['parts', 'samples/report-good.md']);
  await showCommand(['sample', '--model', 'vae', '--count', '64', '--seed', '7', '--json']);
  if (!once && !server && onPath('code')) await openDesktop();
  else await openServer({ once, port });
});
