/**
 * Mocha's `spec`, which also writes one JSON line a test to the file named by DRYLAB_TEST_RESULTS: it is how the
 * results of every suite, also of the one inside VS Code, reach scripts/test.mjs.
 */
import { appendFileSync } from 'node:fs';
import Mocha from 'mocha';

const results = process.env['DRYLAB_TEST_RESULTS'];

/**
 * One test or failed hook.
 * @param {string} title
 * @param {Error} [error] when it failed
 */
function write(title, error) {
  if (results)
    appendFileSync(results, `${JSON.stringify({ title, error: error && (error.stack ?? error.message) })}\n`);
}

export default class TestReporter extends Mocha.reporters.Spec {
  /**
   * @param {Mocha.Runner} runner
   * @param {Mocha.MochaOptions} options
   */
  constructor(runner, options) {
    super(runner, options);
    runner.on('pass', (test) => write(test.fullTitle()));
    // Hooks that fail arrive here too. A pending test fails by `forbidPending`.
    runner.on('fail', (test, error) => write(test.fullTitle(), error));
  }
}
