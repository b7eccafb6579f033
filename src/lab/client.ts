import type { Disposable, Logger } from '../core/ports';
import type { LabMethods } from '../protocol/lab';
import type { CallOptions } from '../protocol/rpc';

export interface LabOptions {
  /** Path of the lab's bundle. */
  readonly script: string;
  /** Folder of the manifest and the model files. */
  readonly models: string;
  readonly runtime: () => 'auto' | 'native' | 'wasm';
  readonly logger: Logger;
}

/** Starts the lab process with the first call, watches over it, and starts it again when it dies. */
export class LabClient implements Disposable {
  constructor(private readonly options: LabOptions) {}

  /** @throws Problem what the lab threw, `lab.start`, `lab.died`, `lab.gave-up`, `cancelled`. */
  call<K extends keyof LabMethods>(
    _method: K,
    _params: LabMethods[K]['params'],
    _options?: CallOptions,
  ): Promise<LabMethods[K]['result']> {
    throw new Error(`the lab is not connected yet (${this.options.script})`);
  }

  /** Ends the process; the next call starts a new one. Forgets earlier failures. */
  restart(): void {
    this.dispose();
  }

  dispose(): void {
    return;
  }
}
