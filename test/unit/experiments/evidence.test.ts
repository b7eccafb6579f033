import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  above,
  allOf,
  atLeast,
  atMost,
  exact,
  opposite,
  type Measurement,
  type Outcome,
  type OutcomeKind,
} from '../../../src/core/experiments/evidence';
import { phrase } from '../../../src/core/explain/phrase';
import { between } from './near';

const DETAIL = phrase('What was measured.');

const measurements: fc.Arbitrary<Measurement> = fc
  .tuple(between(-5, 5), between(-5, 5), between(0, 1))
  .map(([a, b, share]) => {
    const [low, high] = [Math.min(a, b), Math.max(a, b)];
    return { effect: Math.min(high, low + share * (high - low)), interval: [low, high], unit: 'points' };
  });

/** Thresholds that are often an end of the interval: there the three decisions differ. */
const withThreshold = fc
  .oneof(
    measurements,
    between(-5, 5).map((value) => exact(value, '1')),
  )
  .chain((measurement) =>
    fc.record({
      measurement: fc.constant(measurement),
      threshold: fc.oneof(between(-6, 6), fc.constantFrom(...measurement.interval, measurement.effect)),
    }),
  );

const outcomes: fc.Arbitrary<Outcome> = fc
  .tuple(measurements, fc.constantFrom<OutcomeKind>('holds', 'fails', 'inconclusive'))
  .map(([measurement, outcome]) => ({ ...measurement, outcome, detail: DETAIL }));

const DECISIONS = {
  above: { decide: above, isTrue: (value: number, threshold: number) => value > threshold },
  atLeast: { decide: atLeast, isTrue: (value: number, threshold: number) => value >= threshold },
  atMost: { decide: atMost, isTrue: (value: number, threshold: number) => value <= threshold },
};

describe('decisions by intervals', () => {
  for (const [name, { decide, isTrue }] of Object.entries(DECISIONS)) {
    it(`${name}: hold when all of the interval does, fail when none of it does, else are inconclusive`, () => {
      fc.assert(
        fc.property(withThreshold, ({ measurement, threshold }) => {
          const inside = [
            ...measurement.interval,
            measurement.effect,
            (measurement.interval[0] + measurement.interval[1]) / 2,
          ];
          const truths = inside.map((value) => isTrue(value, threshold));
          const expected = truths.every(Boolean) ? 'holds' : truths.some(Boolean) ? 'inconclusive' : 'fails';
          assert.deepEqual(decide(threshold, measurement, DETAIL), {
            ...measurement,
            outcome: expected,
            detail: DETAIL,
          });
        }),
      );
    });

    it(`${name}: never say anything of what is no number`, () => {
      for (const interval of [
        [NaN, NaN],
        [NaN, 1e9],
        [-1e9, NaN],
      ] as const) {
        assert.notEqual(decide(0, { effect: NaN, interval, unit: '1' }, DETAIL).outcome, 'holds');
      }
      assert.equal(decide(0, exact(NaN, '1'), DETAIL).outcome, 'inconclusive');
    });
  }

  it('of something exact are never inconclusive', () => {
    fc.assert(
      fc.property(between(-5, 5), between(-5, 5), (value, threshold) => {
        for (const { decide } of Object.values(DECISIONS)) {
          assert.notEqual(decide(threshold, exact(value, '1'), DETAIL).outcome, 'inconclusive');
        }
      }),
    );
  });

  it('above a threshold are the opposite of at most', () => {
    fc.assert(
      fc.property(withThreshold, ({ measurement, threshold }) => {
        assert.deepEqual(opposite(above(threshold, measurement, DETAIL)), atMost(threshold, measurement, DETAIL));
      }),
    );
  });
});

describe('outcomes of several conditions', () => {
  const other = phrase('All of them.');

  it('are the least favourable one, in any order, with the numbers of the first', () => {
    const order = (kind: OutcomeKind): number => ['fails', 'inconclusive', 'holds'].indexOf(kind);
    fc.assert(
      fc.property(outcomes, fc.array(outcomes, { maxLength: 4 }), (first, rest) => {
        const { outcome, effect, interval, unit, detail } = allOf(other, first, ...rest);
        assert.equal(order(outcome), Math.min(...[first, ...rest].map((one) => order(one.outcome))));
        assert.deepEqual(
          { effect, interval, unit },
          { effect: first.effect, interval: first.interval, unit: first.unit },
        );
        assert.equal(detail, other);
      }),
    );
  });

  it('have an opposite whose opposite they are, and that leaves the numbers alone', () => {
    fc.assert(
      fc.property(outcomes, (outcome) => {
        const turned = opposite(outcome);
        assert.deepEqual(opposite(turned), outcome);
        assert.deepEqual({ ...turned, outcome: null }, { ...outcome, outcome: null });
        assert.equal(turned.outcome === outcome.outcome, outcome.outcome === 'inconclusive');
      }),
    );
  });
});
