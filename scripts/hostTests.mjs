/** Runs a compiled module inside the extension host of a real VS Code, in a headless browser. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHROMIUM_FLAGS } from './chromium.mjs';
import { Failure, ROOT, temporaryFolder } from './processes.mjs';
import { sampleWorkspace } from './sampleWorkspace.mjs';
import { startServer, writeSettings } from './vscodeServer.mjs';

/**
 * @param {object} options
 * @param {string} options.chromium path of the browser
 * @param {string} options.module absolute path of the module whose `run` is to be called, without `.js`
 * @param {string} options.results file to which the module writes lines, by the name in DRYLAB_TEST_RESULTS
 * @param {(line: string) => void} options.onLine called with each of them as they come
 * @param {NodeJS.ProcessEnv} [options.env] for the extension host
 * @param {number} [options.seconds] after which the run counts as hung
 * @returns {Promise<number>} 0 when `run` did not throw
 * @throws {Failure} when VS Code failed or hung
 */
export async function runInExtensionHost({ chromium, module, results, onLine, env = {}, seconds = 300 }) {
  const { chromium: browserType } = await import('playwright-core');
  const dataDir = join(temporaryFolder(), 'data');
  await writeSettings(dataDir);
  const server = await startServer({
    dataDir,
    extensionsDir: join(dataDir, 'extensions'),
    extensionDevelopmentPath: ROOT,
    env: { ...env, DRYLAB_TEST_RESULTS: results },
  });
  const browser = await browserType.launch({ executablePath: chromium, args: CHROMIUM_FLAGS });
  const readNew = follow(results, onLine);
  const reading = setInterval(readNew, 200);
  try {
    const page = await browser.newPage();
    /** @type {Promise<number>} */
    const finished = new Promise((resolve, reject) => {
      const hung = () =>
        reject(new Failure(`What ran in VS Code's extension host gave no result within ${seconds} s.`));
      setTimeout(hung, seconds * 1000).unref();
      page.once('crash', () => reject(new Failure('The browser page with VS Code crashed.')));
      void page.exposeFunction('codeAutomationLog', () => {});
      void page.exposeFunction('codeAutomationExit', resolve);
    });
    const folder = await sampleWorkspace();
    await page.goto(server.url({ folder, extensionTestsPath: module }), { waitUntil: 'commit', timeout: 60_000 });
    return await finished;
  } finally {
    clearInterval(reading);
    readNew();
    await browser.close();
    await server.stop();
  }
}

/**
 * @param {string} file
 * @param {(line: string) => void} onLine
 * @returns {() => void} passes on the whole lines that are new since its last call
 */
function follow(file, onLine) {
  let seen = 0;
  return () => {
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
    for (const line of lines.slice(seen)) onLine(line);
    seen = lines.length;
  };
}
