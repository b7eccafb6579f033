import { fork, type ChildProcess } from 'node:child_process';
import type { Disposable, Logger } from '../core/ports';
import { Problem } from '../core/problem';
import type { LabClientMethods, LabMethods } from '../protocol/lab';
import { Rpc, type CallOptions } from '../protocol/rpc';
import { labArguments, processChannel } from './labProcess';
import type { RuntimeChoice } from './runtime';

export interface LabOptions {
  /** Path of the lab's bundle. */
  readonly script: string;
  /** Folder of the manifest and the model files. */
  readonly models: string;
  readonly runtime: () => RuntimeChoice;
  /** Folder in which the lab keeps evidence; made when needed. */
  readonly cache: string;
  readonly logger: Logger;
}

interface Running {
  readonly child: ChildProcess;
  readonly rpc: Rpc<LabClientMethods, LabMethods>;
  runtime: 'none' | 'loading' | 'loaded';
}

/** Deaths in a row, without an answer between them, after which only `restart` tries again. */
const MOST_FAILURES = 3;

/** Starts the lab process with the first call, watches over it, and starts it again when it dies. */
export class LabClient implements Disposable {
  private running: Running | undefined;
  private failures = 0;
  private forceWasm = false;

  constructor(private readonly options: LabOptions) {}

  /** Process id while the lab runs, for benchmarks and tests. */
  get pid(): number | undefined {
    return this.running?.child.pid;
  }

  /** @throws Problem what the lab threw, `lab.start`, `lab.died`, `lab.gave-up`, `cancelled`. */
  async call<K extends keyof LabMethods>(
    method: K,
    params: LabMethods[K]['params'],
    options?: CallOptions,
  ): Promise<LabMethods[K]['result']> {
    if (this.failures >= MOST_FAILURES) throw new Problem('lab.gave-up', { times: this.failures });
    this.running ??= this.start();
    const { running } = this;
    try {
      return await running.rpc.call(method, params, options);
    } finally {
      // Any answer will do, a problem too: it lives.
      if (this.running === running) this.failures = 0;
    }
  }

  /** Ends the process; the next call starts a new one. Forgets earlier failures. */
  restart(): void {
    this.failures = 0;
    this.forceWasm = false;
    this.stop(new Problem('cancelled'));
  }

  dispose(): void {
    this.stop(new Problem('cancelled'));
  }

  private start(): Running {
    const { script, models, cache, logger } = this.options;
    const runtime = this.forceWasm ? 'wasm' : this.options.runtime();
    let child: ChildProcess;
    try {
      child = fork(script, labArguments({ models, runtime, cache }), {
        serialization: 'advanced',
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        // The lab is no place for the debugger flags of the process that starts it.
        execArgv: [],
      });
    } catch (thrown) {
      throw new Problem('lab.start', { detail: Problem.from(thrown).message });
    }
    child.stdout?.on('data', (data: Buffer) => logger.info(`lab: ${data.toString().trimEnd()}`));
    child.stderr?.on('data', (data: Buffer) => logger.error(`lab: ${data.toString().trimEnd()}`));
    const rpc = new Rpc<LabClientMethods, LabMethods>(processChannel(child), {
      log: ({ level, message }) => logger[level](`lab: ${message}`),
      runtimeState: (state) => void (running.runtime = state),
    });
    const running: Running = { child, rpc, runtime: 'none' };
    child.on('error', (error) => this.ended(running, new Problem('lab.start', { detail: error.message })));
    child.on('exit', (code, signal) => {
      const detail = signal ? `signal ${signal}` : `exit code ${code ?? 'unknown'}`;
      // A native library that fails in its first moments ends the whole process without a word.
      if (running.runtime === 'loading' && this.options.runtime() === 'auto') this.forceWasm = true;
      this.ended(running, new Problem('lab.died', { detail }));
    });
    return running;
  }

  private ended(ended: Running, problem: Problem): void {
    if (this.running === ended) {
      this.running = undefined;
      this.failures++;
      this.options.logger.error(problem.message);
    }
    ended.rpc.close(problem);
  }

  private stop(problem: Problem): void {
    const stopping = this.running;
    this.running = undefined;
    stopping?.rpc.close(problem);
    stopping?.child.kill();
  }
}
