/** The only importer of onnxruntime: the native build, or WebAssembly where that does not load. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setImmediate } from 'node:timers/promises';
import type * as Ort from 'onnxruntime-node';
import type { TensorDeclaration } from '../core/models/manifest';
import type { Logger, ModelSession, Tensor } from '../core/ports';
import { Problem } from '../core/problem';

export type RuntimeChoice = 'auto' | 'native' | 'wasm';

/** A graph in memory. */
export interface OpenedModel extends ModelSession {
  /** As the file itself declares them. */
  readonly inputs: readonly TensorDeclaration[];
  readonly outputs: readonly TensorDeclaration[];
  /** Frees its memory; it cannot be run any more. */
  release(): Promise<void>;
}

export interface Runtime {
  /** Such as `onnxruntime-node 1.30.0`. */
  readonly name: string;
  /** @throws Problem `lab.runtime` when the bytes are no model that it can run. */
  open(model: Uint8Array): Promise<OpenedModel>;
}

const NATIVE_OPTIONS: Ort.InferenceSession.SessionOptions = {
  // Inside one operator; more than the cores of a small machine only slows it.
  intraOpNumThreads: 2,
  // Threads that wait by spinning take the processor from others, and count as time in which something was computed.
  extra: { session: { intra_op: { allow_spinning: '0' } } },
  logSeverityLevel: 3,
};

/** @throws Problem `lab.runtime` when none of the allowed runtimes loads. */
export async function loadRuntime(
  choice: RuntimeChoice,
  logger: Logger,
  wasmFolder = join(__dirname, 'wasm'),
): Promise<Runtime> {
  const failures: string[] = [];
  const attempts = { native: loadNative, wasm: () => loadWasm(wasmFolder) };
  for (const kind of choice === 'auto' ? (['native', 'wasm'] as const) : [choice]) {
    try {
      const runtime = await attempts[kind]();
      logger.info(`models run in ${runtime.name}`);
      return runtime;
    } catch (thrown) {
      failures.push(`${kind}: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
      logger.warn(`the ${kind} runtime did not load: ${failures.at(-1)}`);
    }
  }
  throw new Problem('lab.runtime', { detail: failures.join('; ') });
}

async function loadNative(): Promise<Runtime> {
  const ort = await import('onnxruntime-node');
  ort.env.logLevel = 'error';
  return {
    name: `onnxruntime-node ${ort.env.versions.node ?? ort.env.versions.common}`,
    open: async (model) => session(ort, await ort.InferenceSession.create(model, NATIVE_OPTIONS)),
  };
}

/** The folder is filled by copyRuntime in esbuild.mjs. */
async function loadWasm(folder: string): Promise<Runtime> {
  const ort = createRequire(__filename)(join(folder, 'ort.node.min.js')) as typeof Ort;
  ort.env.logLevel = 'error';
  ort.env.wasm.wasmPaths = pathToFileURL(folder).href + '/';
  ort.env.wasm.numThreads = 1;
  return {
    name: `onnxruntime-web ${ort.env.versions.web ?? ort.env.versions.common}`,
    open: async (model) =>
      session(ort, await ort.InferenceSession.create(model, { executionProviders: ['wasm'], logSeverityLevel: 3 })),
  };
}

function session(ort: typeof Ort, inner: Ort.InferenceSession): OpenedModel {
  return {
    inputs: declarations(inner.inputMetadata),
    outputs: declarations(inner.outputMetadata),
    release: () => inner.release(),
    async run(inputs) {
      const feeds = Object.entries(inputs).map(([name, { type, data, dims }]) => [
        name,
        new ort.Tensor(type, data, dims),
      ]);
      try {
        const outputs = await inner.run(Object.fromEntries(feeds) as Ort.InferenceSession.FeedsType);
        // A run blocks this thread: let a cancellation that came meanwhile be heard before the next one.
        await setImmediate();
        return Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [name, plain(tensor)]));
      } catch (thrown) {
        throw new Problem('lab.runtime', { detail: Problem.from(thrown).message });
      }
    },
  };
}

function declarations(values: readonly Ort.InferenceSession.ValueMetadata[]): TensorDeclaration[] {
  return values.map((value) =>
    value.isTensor
      ? { name: value.name, type: value.type, dims: value.shape }
      : { name: value.name, type: 'no tensor', dims: [] },
  );
}

function plain(tensor: Ort.Tensor): Tensor {
  if (tensor.type === 'float32') return { type: 'float32', data: tensor.data as Float32Array, dims: tensor.dims };
  if (tensor.type === 'int64') return { type: 'int64', data: tensor.data as BigInt64Array, dims: tensor.dims };
  throw new Error(`a model gave a tensor of type ${tensor.type}`);
}
