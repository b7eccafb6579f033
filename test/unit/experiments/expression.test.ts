import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseExpression } from '../../../src/core/experiments/approximation/expression';
import { Problem } from '../../../src/core/problem';
import { between, near } from './near';

const isRefusal = (thrown: unknown): boolean =>
  thrown instanceof Problem && thrown.code === 'experiment.setting' && thrown.data.setting === 'expression';

const KNOWN: Record<string, (x: number) => number> = {
  'sin(2 pi x) + x^2': (x) => Math.sin(2 * Math.PI * x) + x * x,
  'sin(3 x) + x^2 / 2': (x) => Math.sin(3 * x) + (x * x) / 2,
  '-x^2': (x) => -(x * x),
  '2^-x': (x) => 2 ** -x,
  'x - 1 - 2': (x) => x - 3,
  'abs(x - 0.3)': (x) => Math.abs(x - 0.3),
  '1 / (1 + 25 x^2)': (x) => 1 / (1 + 25 * x * x),
  'exp(x) - e^x': () => 0,
  'max(x, 0) + min(x, 0) + tanh(x)': (x) => x + Math.tanh(x),
  'sign(x) * sqrt(abs(x))': (x) => Math.sign(x) * Math.sqrt(Math.abs(x)),
  'floor(3 x) + cos(x)': (x) => Math.floor(3 * x) + Math.cos(x),
  'log(x + 3)': (x) => Math.log(x + 3),
  '1e-3 x': (x) => x / 1_000,
  '7': () => 7,
};

describe('functions that are typed', () => {
  for (const [text, f] of Object.entries(KNOWN)) {
    it(`evaluate ${text}`, () => {
      const parsed = parseExpression(text);
      for (const x of [-1, -0.37, 0, 0.5, 1]) near(parsed(x), f(x), 1e-12);
    });
  }

  const refused = [
    ...['', '   ', 'x +', '(x', 'x)', '1 2 3 +', '"x"', "'x'", 'true', 'null', 'undefined', 'NaN and'],
    ...['x = 3', 'y = x', 'f(x) = x', 'x; x', 'x\nx', 'a.b', 'x.constructor', 'x[1]', '[x]', '[1, 2]', '{a: x}', 'x:3'],
    ...['y', 'i', 't', 'constructor', '__proto__', 'toString', 'window', 'process', 'globalThis', 'sin', 'cos + 1'],
    ...['import("fs")', 'eval("1")', 'parse("x")', 'evaluate("x")', 'createUnit("a")', 'simplify(x)', 'derivative(x)'],
    ...['random()', 'gamma(x)', 'x(2)', 'pow(x, 2)', 'sin.constructor("1")', 'constructor(x)', 'toString(x)'],
    ...[
      'x!',
      'x % 2',
      'x mod 2',
      'x > 1',
      'x == 1',
      'x ? 1 : 2',
      'not x',
      'x and x',
      "x'",
      'x .* x',
      'x to cm',
      '3 cm',
    ],
    ...['sin()', 'sin(x, x)', 'abs()', 'sqrt(x, 2, 3)', 'max()', 'floor("1")', 'sin(abs)', 'round(x, -1)'],
  ];
  for (const text of refused) {
    it(`refuse ${JSON.stringify(text)}`, () => {
      assert.throws(() => parseExpression(text), isRefusal);
    });
  }

  it('refuse what is huge, without hanging', () => {
    for (const text of [
      Array(1_000).fill('x').join(' + '),
      `${'('.repeat(20_000)}x${')'.repeat(20_000)}`,
      `${'-'.repeat(20_000)}x`,
      `x${'^x'.repeat(200)}`,
      'sin('.repeat(101) + 'x' + ')'.repeat(101),
    ]) {
      assert.throws(() => parseExpression(text), isRefusal, text.slice(0, 20));
    }
  });

  it('are no number where they are not defined', () => {
    assert.ok(Number.isNaN(parseExpression('sqrt(x)')(-1)));
    assert.ok(Number.isNaN(parseExpression('log(x)')(-1)));
    assert.equal(parseExpression('1 / x')(0), Infinity);
    // mathjs throws for digits that are not 0 to 15.
    assert.ok(Number.isNaN(parseExpression('round(x, 2 x)')(0.3)));
  });

  it('are refused or give numbers, whatever is typed', () => {
    const words = fc.constantFrom(
      ...[
        'x',
        'pi',
        'e',
        '2',
        '0.5',
        '+',
        '-',
        '*',
        '/',
        '^',
        '(',
        ')',
        ',',
        'sin',
        'max',
        'round',
        'log',
        ' ',
        '=',
        '.',
        ';',
        '!',
        '[',
        'i',
        '"',
      ],
    );
    const texts = fc.oneof(
      fc.array(words, { maxLength: 12 }).map((parts) => parts.join('')),
      fc.string({ maxLength: 20 }),
    );
    fc.assert(
      fc.property(texts, between(-1, 1), (text, x) => {
        let f;
        try {
          f = parseExpression(text);
        } catch (thrown) {
          assert.ok(isRefusal(thrown), String(thrown));
          return;
        }
        assert.equal(typeof f(x), 'number');
      }),
      { numRuns: 500 },
    );
  });

  it('do not remember one x at the next', () => {
    const f = parseExpression('x + 1');
    fc.assert(fc.property(between(-1, 1), (x) => assert.equal(f(x), x + 1)));
  });
});
