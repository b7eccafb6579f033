/** Reading answers in a warm lab; `drylab check` on 1,000 reports with two jobs: time, and the memory of all its processes. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { partIds } from '../src/core/assignment/assignment';
import { LabClient } from '../src/lab/client';
import { readReportFile } from '../src/platform/readReportFile';
import { printRow, summarise, type Row } from './measure';

const REPORTS = 1_000;
const JOBS = 2;
/** Milliseconds between two looks at the memory. */
const TICK = 250;
const READINGS = 20;
const SAMPLES = ['samples/report-good.md', 'samples/report-flawed.md'];

const folder = mkdtempSync(join(tmpdir(), 'drylab-bench-'));

/** Every paragraph of every report is one of its own, so that nothing that remembers texts could help. */
function variation(text: string, number: number): string {
  return text.replace(/(?<=[a-z)])\.\n(?=\n)/g, ` in draft ${number}.\n`);
}

function writeReports(): string {
  const reports = join(folder, 'reports');
  mkdirSync(reports);
  const texts = SAMPLES.map((file) => readFileSync(file, 'utf8'));
  for (let number = 1; number <= REPORTS; number++) {
    const text = texts[number % texts.length] ?? '';
    writeFileSync(join(reports, `${String(number).padStart(4, '0')}.md`), variation(text, number));
  }
  return reports;
}

interface Run {
  readonly seconds: number;
  /** Sums over all processes in MB, one for each look; empty where there is no `/proc`. */
  readonly megabytes: readonly number[];
}

async function check(reports: string): Promise<Run> {
  const started = performance.now();
  const args = ['check', reports, '--jobs', String(JOBS), '--format', 'json', '--out', join(folder, 'out.jsonl')];
  const child = spawn(process.execPath, [join(process.cwd(), 'dist', 'cli.js'), ...args], {
    env: { ...process.env, DRYLAB_CACHE: join(folder, 'cache') },
    stdio: ['ignore', 'inherit', 'ignore'],
  });
  const megabytes: number[] = [];
  let code: number | null | undefined;
  child.once('exit', (ended) => (code = ended ?? -1));
  while (code === undefined) {
    const sum = await residentMegabytes(child.pid ?? 0);
    if (sum > 0) megabytes.push(sum);
    await delay(TICK);
  }
  if (code !== 0) throw new Error(`drylab check ended with exit code ${code}`);
  return { seconds: (performance.now() - started) / 1_000, megabytes };
}

/** Of a process and all below it. What processes share counts for each of them. */
async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  const below = await Promise.all(
    children
      .split(' ')
      .filter(Boolean)
      .map((child) => residentMegabytes(Number(child))),
  );
  const own = Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1_000;
  return below.reduce((sum, megabytes) => sum + megabytes, own);
}

function row(name: string, value: number, unit: string): Row {
  return { name, median: value, p95: NaN, unit };
}

/** The largest of a share of the list. */
function peak(list: readonly number[], from = 0, to = 1): number {
  return Math.max(...list.slice(Math.floor(from * list.length), Math.ceil(to * list.length)));
}

/** Milliseconds in which a warm lab reads what the answers of one report say, that it has not seen before. */
async function readings(runtime: 'native' | 'wasm'): Promise<number[]> {
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const lab = new LabClient({
    script: join(process.cwd(), 'dist', 'lab.js'),
    models: join(process.cwd(), 'models'),
    cache: join(folder, 'cache'),
    runtime: () => runtime,
    logger: silent,
  });
  const bytes = new Uint8Array(readFileSync(join('assignments', 'deep-learning.yaml')));
  const loaded = await lab.call('readAssignment', { name: 'deep-learning.yaml', bytes });
  if (!('assignment' in loaded)) throw new Error('the built-in assignment has errors');
  const { assignment } = loaded;
  const times: number[] = [];
  for (let number = 0; number <= READINGS; number++) {
    const file = join(folder, `reading-${number}.md`);
    writeFileSync(file, variation(readFileSync(SAMPLES[0] ?? '', 'utf8'), number));
    const request = { name: file, parts: partIds(assignment), ...(await readReportFile(file)) };
    const report = await lab.call('readReport', request);
    const started = performance.now();
    await lab.call('readAnswers', { report, assignment });
    times.push(performance.now() - started);
  }
  lab.dispose();
  return times.slice(1);
}

async function main(): Promise<void> {
  for (const runtime of ['native', 'wasm'] as const) {
    printRow(summarise(`what one report says, warm lab, ${runtime}`, await readings(runtime), 'ms'));
  }
  const first = await check(SAMPLES[0] ?? '');
  printRow(row('check one report, with all experiments from nothing', first.seconds, 's'));
  const warm = await check(SAMPLES[0] ?? '');
  printRow(row('check one report, evidence from the cache', warm.seconds, 's'));
  const { seconds, megabytes } = await check(writeReports());
  printRow(row(`check ${REPORTS.toLocaleString('en')} reports, ${JOBS} jobs`, seconds, 's'));
  printRow(row('the same, per report', (seconds * 1_000) / REPORTS, 'ms'));
  if (megabytes.length > 0) {
    printRow(row('the same, largest memory of all processes together', peak(megabytes), 'MB'));
    printRow(
      row(
        'largest memory in the last fifth ÷ in the second fifth',
        peak(megabytes, 0.8) / peak(megabytes, 0.2, 0.4),
        '×',
      ),
    );
  }
}

void main().finally(() => rmSync(folder, { recursive: true, force: true }));
