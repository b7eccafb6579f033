/** Running a model over many rows in batches. */
import type { ModelSession, Tensor } from '../ports';
import { Problem } from '../problem';

/** The rows of a matrix, one after the other: [rows, width]. */
export interface Rows {
  readonly values: Float32Array;
  readonly width: number;
}

export function rowCount({ values, width }: Rows): number {
  return values.length / width;
}

export function row({ values, width }: Rows, index: number): Float32Array {
  return values.subarray(index * width, (index + 1) * width);
}

export function firstRows({ values, width }: Rows, count: number): Rows {
  return { values: values.subarray(0, count * width), width };
}

/** Called between batches with the share that is done. */
export type Between = (done: number, total: number) => Promise<void>;

const BATCH = 250;

/**
 * Feeds `input` [N, …] in batches and joins the outputs [N, …] or [1, N, …], each flattened to [N, width].
 * @throws Problem `internal` when the model gives no such output
 */
export async function runRows(
  session: ModelSession,
  name: string,
  input: Tensor,
  outputs: readonly string[],
  between: Between,
): Promise<Rows[]> {
  const [count = 0, ...rest] = input.dims;
  const size = rest.reduce((product, length) => product * length, 1);
  const joined: Rows[] = [];
  for (let start = 0; start < count; start += BATCH) {
    const end = Math.min(count, start + BATCH);
    const data = input.data.slice(start * size, end * size) as Float32Array;
    const results = await session.run({ [name]: { type: 'float32', data, dims: [end - start, ...rest] } });
    outputs.forEach((output, index) => {
      const tensor = results[output];
      if (tensor?.type !== 'float32') throw new Problem('internal', { detail: `a model gave no "${output}"` });
      const width = tensor.data.length / (end - start);
      const rows = (joined[index] ??= { values: new Float32Array(count * width), width });
      rows.values.set(tensor.data, start * width);
    });
    await between(end, count);
  }
  return joined;
}

/** A batch of latents or other rows as a tensor [N, width]. */
export function rowsTensor({ values, width }: Rows): Tensor {
  return { type: 'float32', data: values, dims: [values.length / width, width] };
}

/** Logits of the networks of all seeds: [seeds] of [N, classes]. */
export async function seedLogits(session: ModelSession, pixels: Tensor, between: Between): Promise<Rows[]> {
  const [count = 0, ...rest] = pixels.dims;
  const size = rest.reduce((product, length) => product * length, 1);
  const seeds: Float32Array[] = [];
  let classes = 0;
  for (let start = 0; start < count; start += BATCH) {
    const end = Math.min(count, start + BATCH);
    const data = pixels.data.slice(start * size, end * size) as Float32Array;
    const { logits } = await session.run({ pixels: { type: 'float32', data, dims: [end - start, ...rest] } });
    if (logits?.type !== 'float32') throw new Problem('internal', { detail: 'a classifier gave no "logits"' });
    const [networks = 0, , width = 0] = logits.dims;
    classes = width;
    for (let seed = 0; seed < networks; seed++) {
      const joined = (seeds[seed] ??= new Float32Array(count * width));
      const block = (end - start) * width;
      joined.set(logits.data.subarray(seed * block, (seed + 1) * block), start * width);
    }
    await between(end, count);
  }
  return seeds.map((values) => ({ values, width: classes }));
}

/** Index of the largest number of each row. */
export function largestOfRows(rows: Rows): Uint8Array {
  return Uint8Array.from({ length: rowCount(rows) }, (_, index) => {
    const values = row(rows, index);
    let best = 0;
    for (let place = 1; place < values.length; place++) if ((values[place] ?? 0) > (values[best] ?? 0)) best = place;
    return best;
  });
}

/** 1 where the largest logit is the label's, else 0. */
export function rightAnswers(logits: Rows, labels: ArrayLike<number>): Uint8Array {
  return largestOfRows(logits).map((answer, index) => (answer === labels[index] ? 1 : 0));
}

/** Largest probability of the softmax of each row: how sure a classifier is. */
export function confidences(logits: Rows): Float64Array {
  return Float64Array.from({ length: rowCount(logits) }, (_, index) => {
    const values = row(logits, index);
    const greatest = values.reduce((most, value) => Math.max(most, value), -Infinity);
    return 1 / values.reduce((sum, value) => sum + Math.exp(value - greatest), 0);
  });
}
