/**
 * `npm test`: installs what it needs and runs every check, ending with the line `N passed, N failed`.
 * `--unit`, `--host`, `--e2e` run only these suites (and no static checks); `--grep TEXT` only tests of that name.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installChromium } from './chromium.mjs';
import { installDependencies } from './dependencies.mjs';
import { runInExtensionHost } from './hostTests.mjs';
import { Failure, ROOT, exitCode, main, temporaryFolder } from './processes.mjs';
import { installServer } from './vscodeServer.mjs';

const SUITES = /** @type {const} */ (['unit', 'host', 'e2e']);

/** @typedef {{ passed: number, failed: number }} Count */

function options() {
  const flag = /** @type {const} */ ({ type: 'boolean', default: false });
  try {
    const { values } = parseArgs({ options: { unit: flag, host: flag, e2e: flag, grep: { type: 'string' } } });
    const chosen = SUITES.filter((suite) => values[suite]);
    return {
      suites: chosen.length > 0 ? chosen : SUITES,
      everything: chosen.length === 0 && !values.grep,
      grep: values.grep,
    };
  } catch (error) {
    throw new Failure(/** @type {Error} */ (error).message);
  }
}

/**
 * One check that is a single command; counts as one test.
 * @param {string} name
 * @param {readonly string[]} args of npm
 * @returns {Promise<Count>}
 */
async function check(name, args) {
  console.log(`\n── ${name}`);
  const ok = (await exitCode('npm', args)) === 0;
  console.log(ok ? `    ✔ ${name}` : `    ✘ ${name}`);
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
}

/**
 * @param {string} results
 * @returns {Count}
 */
function count(results) {
  const lines = existsSync(results) ? readFileSync(results, 'utf8').split('\n').slice(0, -1) : [];
  const failed = lines.filter((line) => 'error' in JSON.parse(line)).length;
  return { passed: lines.length - failed, failed };
}

/**
 * What ran inside VS Code has no terminal of its own.
 * @param {string} line
 */
function printResult(line) {
  const { title, error } = JSON.parse(line);
  console.log(error === undefined ? `    ✔ ${title}` : `    ✘ ${title}\n${String(error).replace(/^/gm, '        ')}`);
}

/**
 * Runs a suite and counts its results. A suite that breaks off counts as a failure beside what it had counted.
 * @param {string} name
 * @param {boolean} mayBeEmpty with `--grep`
 * @param {(results: string) => Promise<number>} suite gives its exit code
 */
async function runSuite(name, mayBeEmpty, suite) {
  console.log(`\n── ${name} tests`);
  // In a place of its own, so that two runs at once do not count each other's.
  const results = join(temporaryFolder(), 'results.jsonl');
  const started = Date.now();
  let broken = '';
  const code = await suite(results).catch((error) => {
    broken = error instanceof Failure ? error.message : String(error.stack);
    return 1;
  });
  const counted = count(results);
  if (!broken && counted.passed + counted.failed === 0 && !mayBeEmpty) broken = 'not one test was run';
  if (!broken && code !== 0 && counted.failed === 0 && !mayBeEmpty) broken = `its process ended with exit code ${code}`;
  if (broken) console.error(`    ✘ ${name} tests: ${broken}`);
  console.log(
    `    ${name}: ${counted.passed} passed, ${counted.failed} failed, ${((Date.now() - started) / 1000).toFixed(0)} s`,
  );
  return { passed: counted.passed, failed: counted.failed + (broken ? 1 : 0) };
}

/**
 * Mocha in a Node of its own.
 * @param {'unit' | 'e2e'} suite
 * @param {string} results
 * @param {{ grep: string | undefined, chromium: string }} options
 */
function runMocha(suite, results, { grep, chromium }) {
  const timeout = suite === 'unit' ? '30000' : '180000';
  const args = [
    '--reporter',
    'scripts/testReporter.mjs',
    '--forbid-only',
    '--forbid-pending',
    '--exit',
    '--timeout',
    timeout,
  ];
  // Keys and clicks can be lost to a window of VS Code that is busy with itself; a defect fails twice.
  if (suite === 'e2e') args.push('--retries', '1');
  if (grep) args.push('--grep', grep);
  return exitCode(process.execPath, ['node_modules/mocha/bin/mocha.js', ...args, `out/test/${suite}/**/*.test.js`], {
    env: { ...process.env, DRYLAB_TEST_RESULTS: results, CHROME_PATH: chromium },
  });
}

await main(async () => {
  const { suites, everything, grep } = options();
  await installDependencies();
  const inVscode = suites.some((suite) => suite !== 'unit');
  const chromium = inVscode ? await installChromium() : '';
  if (inVscode) await installServer();

  /** @type {Count[]} */
  const counts = [];
  if (everything) {
    counts.push(
      await check('typecheck', ['run', '--silent', 'typecheck']),
      await check('lint', ['run', '--silent', 'lint']),
    );
  }
  const built = await check('build', ['run', '--silent', 'build', '--', '--tests']);
  counts.push(built);
  if (built.failed === 0) {
    const module = join(ROOT, 'out', 'test', 'host', 'index');
    const env = grep ? { DRYLAB_TEST_GREP: grep } : {};
    for (const suite of suites) {
      const run = (/** @type {string} */ results) =>
        suite === 'host'
          ? runInExtensionHost({ chromium, module, results, env, onLine: printResult })
          : runMocha(suite, results, { grep, chromium });
      counts.push(await runSuite(suite, grep !== undefined, run));
    }
    if (
      grep &&
      counts.length === 1 + suites.length &&
      counts.slice(1).every(({ passed, failed }) => passed + failed === 0)
    ) {
      console.error(`no test has a name that matches ${grep}`);
      counts.push({ passed: 0, failed: 1 });
    }
  }
  const total = counts.reduce((sum, { passed, failed }) => ({
    passed: sum.passed + passed,
    failed: sum.failed + failed,
  }));
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
});
