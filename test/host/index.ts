import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Mocha from 'mocha';

const ROOT = resolve(__dirname, '../../..');

/**
 * Runs every host test in the extension host that calls this; VS Code does, because of `extensionTestsPath`.
 * @throws Error when a test failed or there was none; the results themselves go through the reporter
 */
export function run(): Promise<void> {
  // Tests name their files relative to the project, wherever VS Code was started.
  process.chdir(ROOT);
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 30_000,
    forbidOnly: true,
    forbidPending: true,
    reporter: join(ROOT, 'scripts', 'testReporter.mjs'),
    ...(process.env['DRYLAB_TEST_GREP'] ? { grep: process.env['DRYLAB_TEST_GREP'] } : {}),
  });
  const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((name) => name.endsWith('.test.js')).sort()) mocha.addFile(join(__dirname, file));
  return new Promise((done, fail) => {
    const runner = mocha.run((failures) => {
      if (failures > 0) fail(new Error(`${failures} host tests failed`));
      else if (runner.total === 0) fail(new Error('no host test was run'));
      else done();
    });
  });
}
