/**
 * Remote calls over any message channel: webview ⇄ extension and extension ⇄ lab use this one class.
 * A call ends in exactly one of result, problem, or cancellation; a handler that throws rejects its caller.
 */
import type { Cancellation, Disposable } from '../core/ports';
import { NEVER_CANCELLED } from '../core/ports';
import type { ProblemReport } from '../core/problem';
import { Problem } from '../core/problem';

/** One entry a method; `params` and `result` must survive structured cloning. */
export interface Method {
  params: unknown;
  result: unknown;
}
/** An interface of `Method`s, keyed by name. */
export type Methods<T> = { [K in keyof T]: Method };

export interface Channel {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): Disposable;
}

/** Long work reports through this: `done` of `total` in some unit, and an optional code of what is going on. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly stage?: string;
}

export interface CallContext {
  readonly cancellation: Cancellation;
  progress(progress: Progress): void;
}

export type Handlers<T extends Methods<T>> = {
  [K in keyof T]: (params: T[K]['params'], context: CallContext) => Promise<T[K]['result']> | T[K]['result'];
};

export interface CallOptions {
  readonly cancellation?: Cancellation;
  readonly onProgress?: (progress: Progress) => void;
}

type Envelope =
  | { drylab: 'call'; id: number; method: string; params: unknown }
  | { drylab: 'result'; id: number; result: unknown }
  | { drylab: 'problem'; id: number; problem: ProblemReport }
  | { drylab: 'progress'; id: number; progress: Progress }
  | { drylab: 'cancel'; id: number };

function isEnvelope(message: unknown): message is Envelope {
  return typeof message === 'object' && message !== null && 'drylab' in message;
}

/** A cancellation that its owner triggers. */
export class CancellationSource implements Cancellation {
  private readonly listeners = new Set<() => void>();
  isCancelled = false;

  onCancel(listener: () => void): Disposable {
    if (this.isCancelled) listener();
    else this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  cancel(): void {
    if (this.isCancelled) return;
    this.isCancelled = true;
    for (const listener of this.listeners) listener();
    this.listeners.clear();
  }
}

interface Pending {
  resolve(result: unknown): void;
  reject(problem: Problem): void;
  onProgress: ((progress: Progress) => void) | undefined;
  cancelling: Disposable;
}

export class Rpc<Local extends Methods<Local>, Remote extends Methods<Remote>> implements Disposable {
  // A page that was loaded anew must not take the answers to calls of the page before.
  private nextId = Math.floor(Math.random() * 2 ** 40);
  private closed: Problem | undefined;
  private readonly pending = new Map<number, Pending>();
  private readonly running = new Map<number, CancellationSource>();
  private readonly listening: Disposable;

  constructor(
    private readonly channel: Channel,
    private readonly handlers: Handlers<Local>,
  ) {
    this.listening = channel.onMessage((message) => {
      if (isEnvelope(message)) this.receive(message);
    });
  }

  /**
   * @throws Problem whatever the handler threw; `cancelled` as soon as the call is cancelled, whether or not the
   * other side stops; the problem given to `close` when the other side is gone.
   */
  call<K extends keyof Remote & string>(
    method: K,
    params: Remote[K]['params'],
    { cancellation = NEVER_CANCELLED, onProgress }: CallOptions = {},
  ): Promise<Remote[K]['result']> {
    if (this.closed) return Promise.reject(this.closed);
    if (cancellation.isCancelled) return Promise.reject(new Problem('cancelled'));
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      const cancelling = cancellation.onCancel(() => {
        if (!this.settle(id)) return;
        this.channel.post({ drylab: 'cancel', id } satisfies Envelope);
        reject(new Problem('cancelled'));
      });
      this.pending.set(id, { resolve, reject, onProgress, cancelling });
      this.channel.post({ drylab: 'call', id, method, params } satisfies Envelope);
    });
  }

  /** Rejects all that is pending, and every later call, with this problem. */
  close(problem: Problem): void {
    this.closed ??= problem;
    for (const id of [...this.pending.keys()]) this.settle(id)?.reject(problem);
    for (const source of this.running.values()) source.cancel();
    this.listening.dispose();
  }

  dispose(): void {
    this.close(new Problem('cancelled'));
  }

  private settle(id: number): Pending | undefined {
    const pending = this.pending.get(id);
    this.pending.delete(id);
    pending?.cancelling.dispose();
    return pending;
  }

  private receive(message: Envelope): void {
    switch (message.drylab) {
      case 'call':
        void this.handle(message.id, message.method, message.params);
        return;
      case 'result':
        this.settle(message.id)?.resolve(message.result);
        return;
      case 'problem':
        this.settle(message.id)?.reject(new Problem(message.problem.code, message.problem.data));
        return;
      case 'progress':
        this.pending.get(message.id)?.onProgress?.(message.progress);
        return;
      case 'cancel':
        this.running.get(message.id)?.cancel();
    }
  }

  private async handle(id: number, method: string, params: unknown): Promise<void> {
    const cancellation = new CancellationSource();
    this.running.set(id, cancellation);
    const post = (message: Envelope): void => {
      if (!this.closed) this.channel.post(message);
    };
    try {
      if (!Object.hasOwn(this.handlers, method)) throw new Problem('internal', { detail: `no method ${method}` });
      const handler = this.handlers[method as keyof Local];
      const result = await handler(params, {
        cancellation,
        progress: (progress) => post({ drylab: 'progress', id, progress }),
      });
      post({ drylab: 'result', id, result });
    } catch (thrown) {
      const { code, data } = Problem.from(thrown);
      post({ drylab: 'problem', id, problem: { code, data } });
    } finally {
      this.running.delete(id);
    }
  }
}
