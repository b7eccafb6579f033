/** The lab's work, warm, as its callers see it: through the process border. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LabClient } from '../src/lab/client';
import { printRow, summarise } from './measure';

const REPETITIONS = 40;
const SENTENCE = 'I would like to drink a glass of water.'; // ten tokens

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

async function repeat(work: () => Promise<number>): Promise<number[]> {
  for (let i = 0; i < 5; i++) await work();
  const values: number[] = [];
  for (let i = 0; i < REPETITIONS; i++) values.push(await work());
  return values;
}

async function main(): Promise<void> {
  for (const runtime of ['native', 'wasm'] as const) {
    const lab = new LabClient({
      script: join(process.cwd(), 'dist', 'lab.js'),
      models: join(process.cwd(), 'models'),
      cache: join(tmpdir(), 'drylab-bench'),
      runtime: () => runtime,
      logger: silent,
    });
    const timed = async (work: () => Promise<unknown>): Promise<number> => {
      const started = performance.now();
      await work();
      return performance.now() - started;
    };
    const request = { model: 'vae', count: 64, seed: 7 } as const;
    const samples = await repeat(async () => (await lab.call('sample', request)).milliseconds);
    printRow(summarise(`64 VAE samples, decoder run, warm, ${runtime}`, samples, 'ms'));
    const called = await repeat(() => timed(() => lab.call('sample', request)));
    printRow(summarise(`64 VAE samples, whole call, warm, ${runtime}`, called, 'ms'));
    for (const beams of [1, 4]) {
      const work = (): Promise<number> => timed(() => lab.call('translate', { sentence: SENTENCE, beams }));
      const name = `10-word translation with all maps, ${beams} beam${beams > 1 ? 's' : ''}, warm, ${runtime}`;
      printRow(summarise(name, await repeat(work), 'ms'));
    }
    lab.dispose();
  }
}

void main();
