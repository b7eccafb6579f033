import type { ModelSession, Tensor } from '../../ports';
import { Problem } from '../../problem';
import type { Clock } from '../../ports';
import type { Random } from '../random';

const REPEATS = 9;

export type Inputs = Readonly<Record<'q' | 'k' | 'v', Tensor>>;

/** Standard normal Q, K, V, each [n, d]. */
export function drawInputs(n: number, d: number, random: Random): Inputs {
  const draw = (): Tensor => ({ type: 'float32', data: Float32Array.from(random.normals(n * d)), dims: [n, d] });
  return { q: draw(), k: draw(), v: draw() };
}

/** Values of an output, [rows][columns]. */
export async function output(session: ModelSession, inputs: Inputs, name: string): Promise<number[][]> {
  const tensor = (await session.run(inputs))[name];
  if (tensor?.type !== 'float32') throw new Problem('internal', { detail: `attention gave no "${name}"` });
  const [rows = 0, columns = 0] = tensor.dims;
  return Array.from({ length: rows }, (_, row) => [...tensor.data.subarray(row * columns, (row + 1) * columns)]);
}

/** Milliseconds of repeated runs, the first one left out. */
export async function times(session: ModelSession, inputs: Inputs, clock: Clock): Promise<number[]> {
  const measured: number[] = [];
  for (let repeat = 0; repeat <= REPEATS; repeat++) {
    const started = clock.now();
    await session.run(inputs);
    measured.push(clock.now() - started);
  }
  return measured.slice(1);
}
