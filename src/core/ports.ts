/** What core needs from outside; `src/platform` implements these for Node, tests implement them in memory. */

export interface Disposable {
  dispose(): void;
}

/** Tells long work that nobody wants its result any more. */
export interface Cancellation {
  readonly isCancelled: boolean;
  onCancel(listener: () => void): Disposable;
}

export const NEVER_CANCELLED: Cancellation = {
  isCancelled: false,
  onCancel: () => ({ dispose: () => undefined }),
};

export interface Logger {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

export interface Clock {
  /** Milliseconds from an arbitrary origin, never going back. */
  now(): number;
}

/** A dense tensor in row-major order; `data.length` is the product of `dims`. */
export type Tensor =
  | { readonly type: 'float32'; readonly data: Float32Array; readonly dims: readonly number[] }
  | { readonly type: 'int64'; readonly data: BigInt64Array; readonly dims: readonly number[] };

/** A loaded model graph. */
export interface ModelSession {
  /** @throws Problem `lab.runtime` when the runtime refuses the inputs. */
  run(inputs: Readonly<Record<string, Tensor>>): Promise<Readonly<Record<string, Tensor>>>;
}

/** The bundled models and held-out data: every file is checked against its hash before it is used. */
export interface Models {
  /** @throws Problem `model.unknown`, `model.missing`, `model.altered`. */
  session(id: string): Promise<ModelSession>;
  /** Numbers that go with the model: the size of its latent, the ids of special tokens. */
  settings(id: string): Promise<Readonly<Record<string, number>>>;
  /** How many numbers of the model were trained. */
  parameters(id: string): Promise<number>;
  /** The text of a further file of the model, such as its tokenizer; same errors. */
  text(id: string, asset: string): Promise<string>;
  /** Held-out data, unpacked; same errors, and `data.malformed` when it cannot be unpacked. */
  data(id: string): Promise<Uint8Array>;
  /** The same as text. */
  dataText(id: string): Promise<string>;
}
