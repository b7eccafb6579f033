/** The experiments: each from nothing, all from nothing, all from the cache in a new process, and the lab's memory. */
import { readFile } from 'node:fs/promises';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXPERIMENTS } from '../src/core/experiments/registry';
import { LabClient } from '../src/lab/client';
import { printRow, summarise } from './measure';

const CACHED_ROUNDS = 10;
const FRESH_ROUNDS = 2;

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const cache = mkdtempSync(join(tmpdir(), 'drylab-bench-'));

function start(): LabClient {
  return new LabClient({
    script: join(process.cwd(), 'dist', 'lab.js'),
    models: join(process.cwd(), 'models'),
    cache,
    runtime: () => 'auto',
    logger: silent,
  });
}

/** Largest resident memory so far in MB, as Linux counts it; elsewhere there is no such row. */
async function peakMegabytes(lab: LabClient): Promise<number | null> {
  const status = await readFile(`/proc/${lab.pid ?? 0}/status`, 'utf8').catch(() => '');
  const kilobytes = /VmHWM:\s+(\d+) kB/.exec(status)?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) / 1_000;
}

async function runAll(lab: LabClient, isFresh: boolean, took: Map<string, number[]>): Promise<number> {
  const begun = performance.now();
  for (const { id } of EXPERIMENTS) {
    const started = performance.now();
    await lab.call('evidence', { experiment: id, seed: 0, settings: {}, isFresh });
    took.set(id, [...(took.get(id) ?? []), performance.now() - started]);
  }
  return performance.now() - begun;
}

async function main(): Promise<void> {
  const [each, all, memory]: [Map<string, number[]>, number[], number[]] = [new Map(), [], []];
  for (let round = 0; round < FRESH_ROUNDS; round++) {
    const lab = start();
    all.push(await runAll(lab, true, each));
    const megabytes = await peakMegabytes(lab);
    if (megabytes !== null) memory.push(megabytes);
    lab.dispose();
  }
  for (const [id, values] of each) printRow(summarise(`experiment ${id}, from nothing`, values, 'ms'));
  printRow(summarise('all experiments, from nothing', all, 'ms'));
  if (memory.length > 0) printRow(summarise('lab, largest memory over all experiments', memory, 'MB'));
  const cached: number[] = [];
  for (let round = 0; round < CACHED_ROUNDS; round++) {
    const lab = start();
    cached.push(await runAll(lab, false, new Map()));
    lab.dispose();
  }
  printRow(summarise('all experiments, from the cache, with the start of the lab', cached, 'ms'));
  rmSync(cache, { recursive: true, force: true });
}

void main();
