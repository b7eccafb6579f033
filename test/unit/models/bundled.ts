/** The bundled models as the lab opens them, and golden vectors from training. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseManifest } from '../../../src/core/models/manifest';
import type { Tensor } from '../../../src/core/ports';
import { ModelStore } from '../../../src/lab/modelStore';
import { loadRuntime, type Runtime, type RuntimeChoice } from '../../../src/lab/runtime';

export const MODELS = join(process.cwd(), 'models');
export const GOLDEN = join(process.cwd(), 'test', 'fixtures', 'golden');

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const runtimes = new Map<RuntimeChoice, Promise<Runtime>>();

const MANIFEST_FILE = join(MODELS, 'manifest.json');
export const MANIFEST = parseManifest(readFileSync(MANIFEST_FILE, 'utf8'), MANIFEST_FILE);

/** Loaded once for all tests. */
export function runtimeOf(choice: RuntimeChoice): Promise<Runtime> {
  const runtime = runtimes.get(choice) ?? loadRuntime(choice, silent, join(process.cwd(), 'dist', 'wasm'));
  runtimes.set(choice, runtime);
  return runtime;
}

export function bundledModels(choice: RuntimeChoice = 'native'): ModelStore {
  return new ModelStore(MODELS, () => runtimeOf(choice));
}

export function golden<T>(name: string): T {
  return JSON.parse(readFileSync(join(GOLDEN, `${name}.json`), 'utf8')) as T;
}

export interface GoldenTensor {
  readonly type: 'float32' | 'int64';
  readonly dims: number[];
  /** Little-endian bytes in base64. */
  readonly data: string;
}

export function tensor({ type, dims, data }: GoldenTensor): Tensor {
  const bytes = Uint8Array.from(Buffer.from(data, 'base64')).buffer;
  return type === 'int64' ? { type, dims, data: new BigInt64Array(bytes) } : { type, dims, data: new Float32Array(bytes) };
}

/** Largest absolute difference; infinite entries must be equal, and what is no number differs from everything. */
export function largestDifference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Infinity;
  let largest = 0;
  for (const [index, value] of a.entries()) {
    const other = b[index] ?? NaN;
    if (value === other) continue;
    const difference = Math.abs(value - other);
    largest = Number.isNaN(difference) ? Infinity : Math.max(largest, difference);
  }
  return largest;
}
