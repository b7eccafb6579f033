import assert from 'node:assert/strict';
import fc from 'fast-check';
import { axisScale, logTicks } from '../../../webview/shared/figures/axisScale';
import { contrastOf, legible } from '../../../webview/shared/figures/figureTheme';
import { diverging, heatColours } from '../../../webview/shared/figures/heatColours';
import { alikeTexts, decimalText, numberText, powerOfTen } from '../../../webview/shared/figures/numberText';
import { apart } from '../../../webview/shared/figures/seriesKey';

const THIN = '\u202f';

describe('numbers for people', () => {
  it('have four significant digits and no noise', () => {
    assert.deepEqual(
      [0, 0.1 + 0.2, -0.5, 1 / 3, 0.0012346, 99.99999, 1234.567, 2656].map((value) => numberText(value)),
      ['0', '0.3', '−0.5', '0.3333', '0.001235', '100', '1235', '2656'],
    );
  });

  it('part thousands thinly from five digits on', () => {
    assert.deepEqual(
      [42_496, -999_999, 12_345.67].map((value) => numberText(value)),
      [`42${THIN}496`, `−999${THIN}999`, `12${THIN}346`],
    );
  });

  it('are powers of ten where they are very small or large', () => {
    assert.deepEqual(
      [1e-7, 3.14159e-7, -2.5e9, 1e6].map((value) => numberText(value)),
      ['10⁻⁷', '3.142 × 10⁻⁷', '−2.5 × 10⁹', '10⁶'],
    );
    assert.equal(powerOfTen(-12), '10⁻¹²');
  });

  it('say what is no number', () => {
    assert.deepEqual(
      [NaN, Infinity, -Infinity].map((value) => numberText(value)),
      ['–', '∞', '−∞'],
    );
  });

  it('are within half a unit of the last of their four digits', () => {
    const read = (text: string): number => Number(text.replaceAll(THIN, '').replace('−', '-'));
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e5, noNaN: true }), (value) => {
        assert.ok(Math.abs(read(numberText(value)) - value) <= 0.5001e-3 * value, numberText(value));
      }),
    );
  });

  it('have equally many decimals beside each other, and no minus before nothing', () => {
    assert.deepEqual(alikeTexts([0.2628, 0.7182, 0.9254]), ['0.263', '0.718', '0.925']);
    assert.deepEqual(alikeTexts([24.6, 100]), ['24.6', '100.0']);
    assert.deepEqual(alikeTexts([2.5, 1.6e-6, -1e-9]), ['2.5', '0.0', '0.0']);
    assert.deepEqual(alikeTexts([0, 12_345]), ['0', `12${THIN}345`]);
    assert.deepEqual(alikeTexts([2e-7, 1e-7]), ['2 × 10⁻⁷', '10⁻⁷']);
    assert.equal(decimalText(-0.001, 2), '0.00');
  });
});

describe('axes', () => {
  it('have ticks at powers of ten, finer or coarser as there is room', () => {
    assert.deepEqual(logTicks(1, 1000, 4), [1, 10, 100, 1000]);
    assert.deepEqual(logTicks(0.0065, 0.043, 8), [0.007, 0.01, 0.015, 0.02, 0.03, 0.04]);
    assert.deepEqual(logTicks(1, 100, 8), [1, 2, 5, 10, 20, 50, 100]);
    assert.deepEqual(logTicks(0.001, 0.3, 6), [0.001, 0.003, 0.01, 0.03, 0.1, 0.3]);
    assert.deepEqual(logTicks(1e-9, 1e3, 4), [1e-8, 1e-4, 1]);
  });

  it('never have more than about the ticks that were wished for, nor one outside', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -12, max: 12, noNaN: true }),
        fc.double({ min: 0.01, max: 12, noNaN: true }),
        fc.integer({ min: 3, max: 12 }),
        (from, span, most) => {
          const [low, high] = [10 ** from, 10 ** (from + span)];
          const at = logTicks(low, high, most);
          assert.ok(at.length >= 1 && at.length <= 2 * most + 1, String(at));
          for (const tick of at) assert.ok(tick >= low * 0.999999 && tick <= high * 1.000001, `${tick}`);
        },
      ),
    );
  });

  it('label all ticks in one form', () => {
    assert.deepEqual(axisScale('log', [1e-6, 1], { most: 8 }).labels, [
      '10⁻⁶',
      '10⁻⁵',
      '10⁻⁴',
      '10⁻³',
      '10⁻²',
      '10⁻¹',
      '1',
    ]);
    assert.deepEqual(axisScale('linear', [0.05, 0.98], { most: 5, isNice: true }).labels, [
      '0.0',
      '0.2',
      '0.4',
      '0.6',
      '0.8',
      '1.0',
    ]);
    assert.deepEqual(axisScale('linear', [-20, 20_000], { most: 3 }).labels, [
      '0',
      '5000',
      `10${THIN}000`,
      `15${THIN}000`,
      `20${THIN}000`,
    ]);
  });

  it('begin at 0 where it is included, and leave out what a logarithm cannot show', () => {
    assert.deepEqual(axisScale('linear', [90, 94], { most: 5, includes: [0], isNice: true }).domain, [0, 100]);
    assert.deepEqual(axisScale('log', [0, -1, NaN, 10, 100], { most: 5 }).domain, [10, 100]);
  });

  it('have ticks at a few whole values of their own', () => {
    assert.deepEqual(axisScale('log', [1, 2, 4, 8, 4], { most: 3, ownTicks: 6 }).ticks, [1, 2, 4, 8]);
    assert.deepEqual(axisScale('log', [1, 2, 4, 8], { most: 3, ownTicks: 3 }).ticks, [1, 2, 5]);
  });

  it('work for a single value', () => {
    for (const type of ['linear', 'log'] as const) {
      const { domain, ticks } = axisScale(type, [7], { most: 4 });
      assert.ok(domain[0] < 7 && domain[1] > 7 && ticks.length > 0);
    }
  });
});

describe('keys at the ends of lines', () => {
  it('stay where they are or move apart, in order and within bounds', () => {
    assert.deepEqual(apart([10, 50], 16, [0, 100]), [10, 50]);
    assert.deepEqual(apart([50, 50, 50], 16, [0, 100]), [50, 66, 82]);
    assert.deepEqual(apart([95, 96], 16, [0, 100]), [84, 100]);
    assert.deepEqual(apart([-5, -4], 16, [0, 100]), [0, 16]);
  });
});

describe('colours of figures', () => {
  it('stand out from any background', () => {
    const channel = fc.integer({ min: 0, max: 255 });
    const colours = fc.tuple(channel, channel, channel).map(([r, g, b]) => `rgb(${r}, ${g}, ${b})`);
    for (const background of ['#ffffff', '#1f1f1f', '#000000', '#fdf6e3', '#002b36']) {
      fc.assert(
        fc.property(colours, (colour) => assert.ok(contrastOf(legible(colour, background, 3), background) >= 3)),
      );
    }
  });

  it('are left alone where they stand out', () => assert.equal(legible('#0063d3', '#ffffff', 3), '#0063d3'));

  it('put 0 in the middle of a diverging scale, and take the ends from the values', () => {
    const theme = {
      foreground: '#000',
      muted: '#000',
      background: '#fff',
      grid: '#eee',
      series: [],
      isHighContrast: false,
      isDark: false,
      font: '',
    };
    const colours = heatColours(
      {
        values: [
          [-0.5, 2],
          [NaN, 0],
        ],
        scale: 'diverging',
      },
      theme,
    );
    assert.deepEqual([colours.low, colours.high], [-2, 2]);
    assert.equal(colours.colourAt(0), diverging(0, false));
    assert.notEqual(colours.colourAt(-0.5), colours.colourAt(0.5));
    const sequential = heatColours({ values: [[1, 3]], scale: 'sequential' }, theme);
    assert.deepEqual([sequential.low, sequential.high], [1, 3]);
  });
});
