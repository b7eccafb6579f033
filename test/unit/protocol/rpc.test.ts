import assert from 'node:assert/strict';
import { Problem } from '../../../src/core/problem';
import { CancellationSource, Rpc, type Channel, type Handlers } from '../../../src/protocol/rpc';

interface Sums {
  add: { params: [number, number]; result: number };
  slow: { params: null; result: string };
}
type Nothing = Record<never, never>;

/** Two ends of one pipe; messages are cloned, as between processes. */
function pipe(): [Channel, Channel] {
  const listeners: Set<(message: unknown) => void>[] = [new Set(), new Set()];
  const end = (mine: number): Channel => ({
    post: (message) => {
      const copy: unknown = structuredClone(message);
      setImmediate(() => listeners[1 - mine]?.forEach((listener) => listener(copy)));
    },
    onMessage: (listener) => {
      listeners[mine]?.add(listener);
      return { dispose: () => listeners[mine]?.delete(listener) };
    },
  });
  return [end(0), end(1)];
}

function connect(handlers: Handlers<Sums>): { caller: Rpc<Nothing, Sums>; server: Rpc<Sums, Nothing> } {
  const [a, b] = pipe();
  return { caller: new Rpc<Nothing, Sums>(a, {}), server: new Rpc<Sums, Nothing>(b, handlers) };
}

const add = ([x, y]: [number, number]): number => x + y;

describe('rpc', () => {
  it('gives each caller its own answer, whatever the order', async () => {
    const { caller } = connect({
      slow: () => 'slow',
      add: async ([x, y]) => {
        await new Promise((resolve) => setTimeout(resolve, 10 - x));
        return x + y;
      },
    });
    const sums = await Promise.all([1, 2, 3, 4].map((x) => caller.call('add', [x, 10])));
    assert.deepEqual(sums, [11, 12, 13, 14]);
  });

  it('rejects the caller with the problem that the handler threw', async () => {
    const { caller } = connect({
      add,
      slow: () => {
        throw new Problem('sentence.too-long', { tokens: 9, limit: 3 });
      },
    });
    await assert.rejects(caller.call('slow', null), { code: 'sentence.too-long', data: { tokens: 9, limit: 3 } });
  });

  it('turns any other error into an internal problem', async () => {
    const { caller } = connect({ add, slow: () => Promise.reject(new TypeError('x is not a function')) });
    await assert.rejects(caller.call('slow', null), { code: 'internal', message: /x is not a function/ });
  });

  it('refuses methods that are not the handler’s own', async () => {
    const { caller } = connect({ add, slow: () => 'slow' });
    await assert.rejects(caller.call('toString' as 'slow', null), { code: 'internal' });
  });

  it('rejects at once when cancelled, and tells the handler', async () => {
    let told = false;
    const { caller } = connect({
      add,
      slow: (_, { cancellation }) =>
        new Promise((resolve) =>
          cancellation.onCancel(() => {
            told = true;
            resolve('stopped');
          }),
        ),
    });
    const source = new CancellationSource();
    const call = caller.call('slow', null, { cancellation: source });
    setTimeout(() => source.cancel(), 5);
    await assert.rejects(call, { code: 'cancelled' });
    assert.equal(await caller.call('add', [1, 1]), 2);
    assert.ok(told);
  });

  it('passes progress on to the caller alone', async () => {
    const { caller } = connect({
      add,
      slow: (_, { progress }) => {
        progress({ done: 1, total: 2 });
        progress({ done: 2, total: 2 });
        return 'done';
      },
    });
    const seen: number[] = [];
    await caller.call('slow', null, { onProgress: ({ done }) => seen.push(done) });
    assert.deepEqual(seen, [1, 2]);
  });

  it('rejects everything that waits, and all that comes later, when the other side is gone', async () => {
    const { caller } = connect({ add, slow: () => new Promise(() => undefined) });
    const waiting = caller.call('slow', null);
    caller.close(new Problem('lab.died', { detail: 'signal SIGKILL' }));
    await assert.rejects(waiting, { code: 'lab.died' });
    await assert.rejects(caller.call('add', [1, 1]), { code: 'lab.died' });
  });

  it('ignores messages that are not its own', async () => {
    const [a, b] = pipe();
    const caller = new Rpc<Nothing, Sums>(a, {});
    new Rpc<Sums, Nothing>(b, { add, slow: () => 'slow' });
    for (const message of [null, 7, 'drylab', {}, { drylab: 'result', id: 99, result: 1 }]) b.post(message);
    assert.equal(await caller.call('add', [20, 22]), 42);
  });
});
