import assert from 'node:assert/strict';
import fc from 'fast-check';
import { randomStream } from '../../../src/core/experiments/random';
import {
  confidences,
  firstRows,
  largestOfRows,
  rightAnswers,
  row,
  rowCount,
  rowsTensor,
  runRows,
  seedLogits,
} from '../../../src/core/experiments/tensors';
import type { ModelSession, Tensor } from '../../../src/core/ports';
import { between, near } from './near';

type FloatTensor = Extract<Tensor, { type: 'float32' }>;

function drawn(...dims: number[]): FloatTensor {
  const size = dims.reduce((product, length) => product * length, 1);
  return { type: 'float32', data: Float32Array.from(randomStream(1, 'rows').normals(size)), dims };
}

/** Sums and doubles of each row of an input [N, 2, 3], and its rows for three "seeds" as [3, N, 6]. */
function recording(sizes: number[]): ModelSession {
  return {
    run: ({ pixels }) => {
      const { data, dims } = pixels as FloatTensor;
      const [count = 0] = dims;
      assert.deepEqual(dims.slice(1), [2, 3]);
      sizes.push(count);
      const sums = Float32Array.from({ length: count }, (_, i) =>
        data.subarray(i * 6, i * 6 + 6).reduce((a, b) => a + b, 0),
      );
      const seeds = [1, 2, 3].flatMap((seed) => [...data].map((value) => seed * value));
      return Promise.resolve({
        sums: { type: 'float32', data: sums, dims: [count, 1] },
        doubles: { type: 'float32', data: data.map((value) => 2 * value), dims: [1, count, 6] },
        logits: { type: 'float32', data: Float32Array.from(seeds), dims: [3, count, 6] },
      });
    },
  };
}

describe('rows in batches', () => {
  for (const count of [1, 249, 250, 251, 777]) {
    it(`of ${count} give what one run gives`, async () => {
      const input = drawn(count, 2, 3);
      const [sizes, progress]: [number[], [number, number][]] = [[], []];
      const [sums, doubles] = await runRows(recording(sizes), 'pixels', input, ['sums', 'doubles'], (done, total) => {
        progress.push([done, total]);
        return Promise.resolve();
      });
      const whole = await recording([]).run({ pixels: input });
      assert.deepEqual(
        [sums, doubles],
        [
          { values: whole['sums']!.data, width: 1 },
          { values: input.data.map((value) => 2 * value), width: 6 },
        ],
      );
      assert.equal(
        sizes.reduce((a, b) => a + b, 0),
        count,
      );
      assert.ok(Math.max(...sizes) <= 250);
      assert.equal(progress.length, sizes.length);
      assert.deepEqual(progress.at(-1), [count, count]);
    });

    it(`of ${count} give the logits of every seed by itself`, async () => {
      const input = drawn(count, 2, 3);
      const seeds = await seedLogits(recording([]), input, () => Promise.resolve());
      assert.deepEqual(
        seeds,
        [1, 2, 3].map((seed) => ({ values: input.data.map((value) => seed * value), width: 6 })),
      );
    });
  }

  it('stop when what runs between them throws', async () => {
    const sizes: number[] = [];
    const stop = (): Promise<void> => Promise.reject(new Error('stop'));
    await assert.rejects(runRows(recording(sizes), 'pixels', drawn(600, 2, 3), ['sums'], stop), /stop/);
    assert.deepEqual(sizes, [250]);
  });

  it('of a model without that output are a defect', async () => {
    const nothing = (): Promise<void> => Promise.resolve();
    await assert.rejects(runRows(recording([]), 'pixels', drawn(2, 2, 3), ['mean'], nothing), { code: 'internal' });
    const empty: ModelSession = { run: () => Promise.resolve({}) };
    await assert.rejects(seedLogits(empty, drawn(2, 2, 3), nothing), { code: 'internal' });
  });
});

describe('rows', () => {
  const tables = fc.integer({ min: 1, max: 6 }).chain((width) =>
    fc
      .array(fc.array(between(-30, 30).map(Math.fround), { minLength: width, maxLength: width }), {
        minLength: 1,
        maxLength: 8,
      })
      .map((table) => ({ table, rows: { values: Float32Array.from(table.flat()), width } })),
  );

  it('are counted, taken and become tensors', () => {
    fc.assert(
      fc.property(tables, ({ table, rows }) => {
        assert.equal(rowCount(rows), table.length);
        table.forEach((values, index) => assert.deepEqual([...row(rows, index)], values));
        assert.deepEqual([...firstRows(rows, 1).values], table[0]);
        assert.deepEqual(rowsTensor(rows).dims, [table.length, rows.width]);
      }),
    );
  });

  it('have a largest number, and answers that are right where the label is its place', () => {
    fc.assert(
      fc.property(tables, fc.nat(5), ({ table, rows }, label) => {
        const places = table.map((values) => values.indexOf(Math.max(...values)));
        assert.deepEqual([...largestOfRows(rows)], places);
        const right = rightAnswers(
          rows,
          table.map(() => label),
        );
        assert.deepEqual(
          [...right],
          places.map((place) => Number(place === label)),
        );
      }),
    );
  });

  it('have as confidence the largest of their softmax', () => {
    fc.assert(
      fc.property(tables, ({ table, rows }) => {
        confidences(rows).forEach((confidence, index) => {
          const powers = table[index]!.map(Math.exp);
          near(confidence, Math.max(...powers) / powers.reduce((sum, power) => sum + power, 0), 1e-9);
        });
      }),
    );
    near(confidences({ values: Float32Array.of(1_000, 999), width: 2 })[0]!, 1 / (1 + Math.exp(-1)), 1e-12);
  });
});
