import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import {
  growthInN,
  linearAttention,
  softmaxAttention,
  type Counts,
} from '../../../src/core/experiments/attentionCost/counts';
import { drawInputs, output, times } from '../../../src/core/experiments/attentionCost/timing';
import { randomStream } from '../../../src/core/experiments/random';
import type { ModelSession } from '../../../src/core/ports';
import { bundledModels } from '../models/bundled';
import { near } from './near';

type Table = number[][];

/** Attention and its variant in float64, which count what they do. */
class Instrumented {
  multiplyAdds = 0;
  exponentials = 0;

  product(a: Table, b: Table): Table {
    return a.map((row) =>
      b[0]!.map((_, j) => {
        let sum = 0;
        for (const [k, value] of row.entries()) {
          sum += value * b[k]![j]!;
          this.multiplyAdds++;
        }
        return sum;
      }),
    );
  }

  softmax(rows: Table): Table {
    return rows.map((row) => {
      const powers = row.map((value) => (this.exponentials++, Math.exp(value)));
      const total = powers.reduce((sum, power) => sum + power, 0);
      return powers.map((power) => power / total);
    });
  }
}

const transposed = (a: Table): Table => a[0]!.map((_, j) => a.map((row) => row[j]!));
const scaled = (a: Table): Table => a.map((row) => row.map((value) => value / Math.sqrt(row.length)));

function softmaxOf(machine: Instrumented, q: Table, k: Table): Table {
  const scores = machine.product(q, transposed(k));
  return machine.softmax(scores.map((row) => row.map((value) => value / Math.sqrt(q[0]!.length))));
}

function drawn(n: number, d: number): { inputs: ReturnType<typeof drawInputs>; q: Table; k: Table; v: Table } {
  const inputs = drawInputs(n, d, randomStream(4, `${n} ${d}`));
  const table = (name: 'q' | 'k' | 'v'): Table =>
    Array.from({ length: n }, (_, row) => [...(inputs[name].data as Float32Array).subarray(row * d, (row + 1) * d)]);
  return { inputs, q: table('q'), k: table('k'), v: table('v') };
}

const counts = ({ multiplyAdds, exponentials }: Instrumented): Counts => ({ multiplyAdds, exponentials });

function largestGap(a: Table, b: Table): number {
  assert.deepEqual([a.length, a[0]?.length], [b.length, b[0]?.length]);
  return Math.max(...a.flatMap((row, i) => row.map((value, j) => Math.abs(value - b[i]![j]!))));
}

describe('operations of attention', () => {
  const lengths = fc.integer({ min: 1, max: 12 });

  it('are those that loops count, for softmax(QKᵀ/√d)V and for softmax(Q/√d)(KᵀV)', () => {
    fc.assert(
      fc.property(lengths, lengths, (n, d) => {
        const { q, k, v } = drawn(n, d);
        const [attention, variant] = [new Instrumented(), new Instrumented()];
        attention.product(softmaxOf(attention, q, k), v);
        variant.product(variant.softmax(scaled(q)), variant.product(transposed(k), v));
        assert.deepEqual(softmaxAttention(n, d), counts(attention));
        assert.deepEqual(linearAttention(n, d), counts(variant));
      }),
      { numRuns: 40 },
    );
  });

  it('grow as a power of n that is whole', () => {
    for (const power of [0, 1, 2, 3])
      near(
        growthInN((n) => 5 * n ** power, 64),
        power,
        1e-12,
      );
    assert.ok(Math.abs(growthInN((n) => n ** 2 + 64 * n, 64) - 2) > 0.1);
  });
});

describe('the graphs of attention', function () {
  this.timeout(30_000);
  const models = bundledModels();
  const shapes = [
    [48, 8],
    [5, 9],
    [17, 1],
  ] as const;

  it('give what the formula gives in float64', async () => {
    for (const [n, d] of shapes) {
      const { inputs, q, k, v } = drawn(n, d);
      const machine = new Instrumented();
      const weights = softmaxOf(machine, q, k);
      const steps = await models.session('attention-softmax-steps');
      assert.ok(largestGap(await output(steps, inputs, 'weights'), weights) < 1e-6);
      for (const session of [steps, await models.session('attention-softmax')]) {
        assert.ok(largestGap(await output(session, inputs, 'output'), machine.product(weights, v)) < 1e-5);
      }
    }
  });

  it('of the variant imply the matrix softmax(Q/√d)Kᵀ, of rank at most d', async () => {
    for (const [n, d] of shapes) {
      const { inputs, q, k, v } = drawn(n, d);
      const machine = new Instrumented();
      const expected = machine.product(machine.softmax(scaled(q)), transposed(k));
      const steps = await models.session('attention-linear-steps');
      const implied = await output(steps, inputs, 'implied');
      assert.ok(largestGap(implied, expected) < 1e-5);
      const { diagonal } = new SingularValueDecomposition(new Matrix(implied), { autoTranspose: true });
      const rank = diagonal.filter((value) => value > 1e-5 * diagonal[0]!).length;
      assert.ok(rank <= Math.min(n, d) && rank > 0, `rank ${rank} for n = ${n}, d = ${d}`);
      for (const session of [steps, await models.session('attention-linear')]) {
        assert.ok(largestGap(await output(session, inputs, 'output'), machine.product(expected, v)) < 1e-4 * n);
      }
    }
  });
});

describe('times', () => {
  it('are those between the looks at the clock around each run, without the first round', async () => {
    let now = 0;
    const order: number[] = [];
    const session: ModelSession = {
      run: ({ q }) => {
        const [n = 0] = q!.dims;
        order.push(n);
        // The first round takes long; each run after it takes as long as it is long, and a round later more.
        now += order.length <= 2 ? 1_000 : n + (order.length - 1) * 100;
        return Promise.resolve({});
      },
    };
    const inputs = new Map([2, 5].map((n) => [n, drawInputs(n, 2, randomStream(1, 'x'))]));
    const measured = await times(session, inputs, 6, { now: () => now }, () => Promise.resolve());
    const rounds = order.length / 2;
    assert.equal(rounds, 7);
    assert.deepEqual(order, Array.from({ length: rounds }, () => [2, 5]).flat());
    const expected = (n: number, place: number): number[] =>
      Array.from({ length: rounds - 1 }, (_, round) => n + (2 * (round + 1) + place) * 100);
    assert.deepEqual(measured, [
      { n: 2, milliseconds: expected(2, 0) },
      { n: 5, milliseconds: expected(5, 1) },
    ]);
  });
});
