import type { Clock, ModelSession, Tensor } from '../../ports';
import { Problem } from '../../problem';
import type { Random } from '../random';

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

export interface Timed {
  readonly n: number;
  /** Of repeated runs. */
  readonly milliseconds: readonly number[];
}

/**
 * Times of one graph at several lengths. All lengths take turns, so that a machine that is slow for a while slows all of
 * them alike; each is run once before it counts.
 */
export async function times(
  session: ModelSession,
  inputs: ReadonlyMap<number, Inputs>,
  repeats: number,
  clock: Clock,
  between: (done: number, total: number) => Promise<void>,
): Promise<Timed[]> {
  const measured = new Map([...inputs.keys()].map((n) => [n, [] as number[]]));
  for (let repeat = 0; repeat <= repeats; repeat++) {
    for (const [n, tensors] of inputs) {
      const started = clock.now();
      await session.run(tensors);
      if (repeat > 0) measured.get(n)?.push(clock.now() - started);
    }
    await between(repeat, repeats);
  }
  return [...measured].map(([n, milliseconds]) => ({ n, milliseconds }));
}
