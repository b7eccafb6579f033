import assert from 'node:assert/strict';
import fc from 'fast-check';
import { beamSearch, normalisedScore, type Step } from '../../../src/core/models/beamSearch';

const VOCABULARY = 4;
const [START, END] = [0, 1];

/** A decoder whose log-probabilities are a fixed function of the whole prefix. */
function decoder(seed: number): { step: Step; score(tokens: readonly number[]): number } {
  const distribution = (prefix: readonly number[]): number[] => {
    const raw = Array.from({ length: VOCABULARY }, (_, token) => {
      const hash = [...prefix, token].reduce((h, t) => Math.imul(h ^ (t + 1), 0x9e3779b1) >>> 7, seed + 1);
      return 1 + (hash % 97);
    });
    const total = raw.reduce((sum, value) => sum + value, 0);
    return raw.map((value) => Math.log(value / total));
  };
  let prefixes: number[][] = [[]];
  const row = { self: new Float32Array(0), cross: new Float32Array(0) };
  return {
    step: (tokens, parents) => {
      prefixes = parents.map((parent, index) => [...(prefixes[parent] ?? []), tokens[index] ?? -1]);
      const logProbabilities = Float32Array.from(prefixes.flatMap((prefix) => distribution(prefix)));
      return Promise.resolve({ logProbabilities, rows: tokens.map(() => row) });
    },
    score: (tokens) =>
      tokens.reduce((sum, token, i) => sum + (distribution([START, ...tokens.slice(0, i)])[token] ?? NaN), 0),
  };
}

/** Every token sequence of at most `limit` that ends with the end mark. */
function* finished(limit: number, prefix: number[] = []): Generator<number[]> {
  yield [...prefix, END];
  if (prefix.length + 1 >= limit) return;
  for (let token = 0; token < VOCABULARY; token++) if (token !== END) yield* finished(limit, [...prefix, token]);
}

describe('beam search', () => {
  it('with a beam as wide as the tree finds the best sequence that there is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(100_000), fc.integer({ min: 1, max: 4 }), async (seed, limit) => {
        const { step, score } = decoder(seed);
        const found = await beamSearch(step, { beams: 81, start: START, end: END, limit });
        const best = Math.max(...[...finished(limit)].map((tokens) => normalisedScore(score(tokens), tokens.length)));
        assert.ok(Math.abs(normalisedScore(found.logProbability, found.tokens.length) - best) < 1e-5);
      }),
    );
  });

  it('with one beam takes the most likely token at every step', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(100_000), async (seed) => {
        const { step, score } = decoder(seed);
        const found = await beamSearch(step, { beams: 1, start: START, end: END, limit: 6 });
        found.tokens.forEach((token, index) => {
          const before = found.tokens.slice(0, index);
          for (let other = 0; other < VOCABULARY; other++) {
            assert.ok(score([...before, token]) >= score([...before, other]) - 1e-6);
          }
        });
        assert.ok(Math.abs(found.logProbability - score(found.tokens)) < 1e-5);
        assert.equal(found.rows.length, found.tokens.length);
      }),
    );
  });

  it('stops at the limit when nothing ends', async () => {
    const never: Step = (tokens) =>
      Promise.resolve({
        logProbabilities: Float32Array.from(tokens.flatMap(() => [-1, -Infinity, -2, -3])),
        rows: tokens.map(() => ({ self: new Float32Array(0), cross: new Float32Array(0) })),
      });
    const { tokens } = await beamSearch(never, { beams: 2, start: START, end: END, limit: 5 });
    assert.deepEqual(tokens, [0, 0, 0, 0, 0]);
  });
});
