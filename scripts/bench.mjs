/**
 * `npm run bench [-- NAME…]`: benchmarks of the production build, one table, and out/bench/results.json.
 *
 * A benchmark prints each figure as one line of JSON, `{name, median, p95, unit}`; what else it prints is shown as it
 * is. Every bench/NAME.bench.ts has a process of its own; every bench/NAME.host.ts exports a `run` that is called in
 * five fresh extension hosts of a real VS Code and appends one `{name, value, unit}` each time.
 */
import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { installChromium } from './chromium.mjs';
import { installDependencies } from './dependencies.mjs';
import { runInExtensionHost } from './hostTests.mjs';
import { Failure, ROOT, main, run, start, temporaryFolder } from './processes.mjs';
import { installServer } from './vscodeServer.mjs';

const OUT = join(ROOT, 'out', 'bench');
const FRESH_HOSTS = 5;

/** @typedef {{ benchmark: string, name: string, median: number, p95: number | null, unit: string }} Row */

/**
 * @param {string} line
 * @returns {Record<string, unknown> | undefined} undefined when the line is no JSON object
 */
function parseRow(line) {
  try {
    return line.startsWith('{') ? JSON.parse(line) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {string} file
 * @returns {Promise<Row[]>}
 */
async function runProcess(file) {
  const benchmark = basename(file, '.bench.js');
  const child = start(process.execPath, ['--enable-source-maps', file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  /** @type {Row[]} */
  const rows = [];
  if (!child.stdout) throw new Failure(`${file} could not be started.`);
  for await (const line of createInterface({ input: child.stdout })) {
    const row = parseRow(line);
    if (row) rows.push(/** @type {Row} */ ({ benchmark, ...row }));
    else console.log(line);
  }
  const code = await ended;
  if (code !== 0) throw new Failure(`The benchmark ${benchmark} ended with exit code ${code}.`);
  if (rows.length === 0) throw new Failure(`The benchmark ${benchmark} printed no figure.`);
  return rows;
}

/**
 * @param {string} file
 * @returns {Promise<Row[]>}
 */
async function runHost(file) {
  const benchmark = basename(file, '.host.js');
  const chromium = await installChromium();
  await installServer();
  /** @type {Map<string, { values: number[], unit: string }>} */
  const figures = new Map();
  /** @param {string} line */
  const onLine = (line) => {
    const { name, value, unit } = JSON.parse(line);
    /** @type {{ values: number[], unit: string }} */
    const figure = figures.get(name) ?? { values: [], unit };
    figure.values.push(value);
    figures.set(name, figure);
  };
  for (let host = 0; host < FRESH_HOSTS; host++) {
    const results = join(temporaryFolder(), 'figures.jsonl');
    const code = await runInExtensionHost({ chromium, results, onLine, module: file.replace(/\.js$/, '') });
    if (code !== 0) throw new Failure(`The benchmark ${benchmark} failed in the extension host with code ${code}.`);
  }
  if (figures.size === 0) throw new Failure(`The benchmark ${benchmark} gave no figure.`);
  return [...figures].map(([name, { values, unit }]) => {
    const sorted = values.sort((a, b) => a - b);
    // With so few values the 95th percentile is the largest.
    return { benchmark, name, median: sorted[sorted.length >> 1] ?? NaN, p95: sorted.at(-1) ?? NaN, unit };
  });
}

/** @param {readonly Row[]} rows */
function printTable(rows) {
  const number = (/** @type {number | null} */ value) =>
    value === null || !Number.isFinite(value) ? '–' : Number(value.toPrecision(3)).toLocaleString('en');
  const width = Math.max(...rows.map(({ name }) => name.length));
  console.log(`\n${''.padEnd(width)}  ${'median'.padStart(9)}  ${'p95'.padStart(9)}`);
  for (const { name, median, p95, unit } of rows) {
    console.log(`${name.padEnd(width)}  ${number(median).padStart(9)}  ${number(p95).padStart(9)}  ${unit}`);
  }
}

await main(async () => {
  const names = process.argv.slice(2);
  await installDependencies();
  await run(process.execPath, ['esbuild.mjs', '--tests', '--production']);
  const compiled = existsSync(OUT) ? readdirSync(OUT).sort() : [];
  const files = compiled.filter((file) => /\.(bench|host)\.js$/.test(file));
  const chosen = names.length === 0 ? files : files.filter((file) => names.includes(file.split('.')[0] ?? ''));
  if (chosen.length === 0) {
    throw new Failure(`No such benchmark; there are ${files.map((file) => file.split('.')[0]).join(', ') || 'none'}.`);
  }
  /** @type {Row[]} */
  const rows = [];
  for (const file of chosen) {
    console.log(`── ${file.split('.')[0]}`);
    rows.push(...(await (file.endsWith('.host.js') ? runHost : runProcess)(join(OUT, file))));
  }
  printTable(rows);
  const machine = {
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    cpu: cpus()[0]?.model,
    cores: cpus().length,
  };
  await writeFile(join(OUT, 'results.json'), `${JSON.stringify({ machine, rows }, null, 2)}\n`);
});
