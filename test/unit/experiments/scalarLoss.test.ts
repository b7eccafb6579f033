import assert from 'node:assert/strict';
import fc from 'fast-check';
import { randomStream } from '../../../src/core/experiments/random';
import {
  drawParameters,
  flattened,
  jacobian,
  numericalGradient,
  parameterCount,
  vectorJacobianProduct,
  vectorLoss,
  type Example,
  type Parameters,
} from '../../../src/core/experiments/scalarLoss/smallNetwork';
import { allNear, numericalSlopes } from './near';

interface Case {
  readonly inputs: number;
  readonly hidden: number;
  readonly outputs: number;
  readonly parameters: Parameters;
  readonly example: Example;
  readonly v: Float64Array;
  readonly w: Float64Array;
}

const size = fc.integer({ min: 1, max: 4 });
const cases: fc.Arbitrary<Case> = fc
  .tuple(size, size, size, fc.nat(), fc.nat())
  .map(([inputs, hidden, outputs, pick, seed]) => {
    const random = randomStream(seed, 'network');
    const losses = 1 + (pick % outputs);
    return {
      ...{ inputs, hidden, outputs },
      parameters: drawParameters(inputs, hidden, outputs, random),
      example: { input: random.normals(inputs), target: random.normals(outputs), losses },
      ...{ v: random.normals(losses), w: random.normals(losses) },
    };
  });

/** Losses of a network whose parameters are one list: hidden weights and biases, output weights and biases. */
function losses(flat: Float64Array, { inputs, hidden, outputs, example }: Case): number[] {
  const [biases, second] = [hidden * inputs, hidden * inputs + hidden];
  const units = Array.from({ length: hidden }, (_, h) => {
    let sum = flat[biases + h]!;
    for (let i = 0; i < inputs; i++) sum += flat[h * inputs + i]! * example.input[i]!;
    return Math.tanh(sum);
  });
  const found = Array<number>(example.losses).fill(0);
  for (let o = 0; o < outputs; o++) {
    let output = flat[second + outputs * hidden + o]!;
    for (let h = 0; h < hidden; h++) output += flat[second + o * hidden + h]! * units[h]!;
    found[o % example.losses]! += 0.5 * (output - example.target[o]!) ** 2;
  }
  return found;
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, value, index) => sum + value * b[index]!, 0);

describe('a small network', () => {
  it('has the losses of the formula, and its parameters counted', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const { inputs, hidden, outputs, parameters, example } = given;
        allNear(vectorLoss(parameters, example), losses(flattened(parameters), given), 1e-12);
        assert.equal(parameterCount(parameters), (inputs + 1) * hidden + (hidden + 1) * outputs);
        assert.equal(flattened(parameters).length, parameterCount(parameters));
      }),
    );
  });

  it('has a Jacobian whose rows are the slopes of each loss', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const rows = jacobian(given.parameters, given.example);
        assert.equal(rows.length, given.example.losses);
        rows.forEach((row, m) =>
          allNear(
            row,
            numericalSlopes((flat) => losses(flat, given)[m]!, flattened(given.parameters)),
            1e-7,
          ),
        );
      }),
    );
  });

  it('has a gradient of the summed loss that is the sum of the rows', () => {
    fc.assert(
      fc.property(cases, ({ parameters, example }) => {
        const rows = jacobian(parameters, example);
        const sum = rows[0]!.map((_, index) => rows.reduce((total, row) => total + row[index]!, 0));
        const ones = new Float64Array(example.losses).fill(1);
        allNear(flattened(vectorJacobianProduct(parameters, example, ones)), sum, 1e-12);
      }),
    );
  });

  it('has a vᵀJ that is linear in v, and the combination of the rows', () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: -4, max: 4 }), ({ parameters, example, v, w }, a) => {
        const product = (of: Float64Array): Float64Array => flattened(vectorJacobianProduct(parameters, example, of));
        const [left, right] = [product(v), product(w)];
        const mixed = product(v.map((value, index) => a * value + w[index]!));
        allNear(
          mixed,
          left.map((value, index) => a * value + right[index]!),
          1e-10,
        );
        const rows = jacobian(parameters, example);
        allNear(
          left,
          left.map((_, index) =>
            dot(
              v,
              rows.map((row) => row[index]!),
            ),
          ),
          1e-11,
        );
      }),
    );
  });

  it('has a gradient in the shapes of the parameters', () => {
    const shapes = (of: Parameters): unknown =>
      Object.entries(of).map(([name, rows]) => [name, rows.length, rows[0]?.length]);
    fc.assert(
      fc.property(cases, ({ parameters, example, v }) => {
        assert.deepEqual(shapes(vectorJacobianProduct(parameters, example, v)), shapes(parameters));
      }),
    );
  });

  it('is differentiated by differences as independently written ones do, and is left as it was', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const { parameters, example, v } = given;
        const before = flattened(parameters);
        const slopes = numericalGradient(parameters, example, v);
        allNear(
          slopes,
          numericalSlopes((flat) => dot(v, losses(flat, given)), before),
          1e-8,
        );
        assert.deepEqual(flattened(parameters), before);
      }),
    );
  });

  it('has differences that tell a wrong gradient', () => {
    const [given] = fc.sample(cases, { seed: 1, numRuns: 1 });
    const { parameters, example, v } = given!;
    const wrong = flattened(vectorJacobianProduct(parameters, example, v)).map((value) => value * 1.001 + 1e-5);
    assert.throws(() => allNear(wrong, numericalGradient(parameters, example, v), 1e-6));
  });
});
