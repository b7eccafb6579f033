import { phrase } from '../../../src/core/explain/phrase';
import { exactly, type Figure } from '../../../src/core/figure';

/** One of each kind, with what is awkward to draw: commas, long names, gaps, intervals, values next to nothing. */
export const SOME_FIGURES = {
  lines: {
    kind: 'lines',
    title: phrase('Time over the length n, with d = {d}', { d: 32 }),
    description: phrase('Medians; a straight line is a power of n.'),
    x: { label: phrase('tokens n'), scale: 'log' },
    y: { label: phrase('milliseconds'), scale: 'log' },
    series: [
      {
        name: phrase('softmax(QKᵀ/√d)V'),
        points: [
          { x: 256, value: 0.25, low: 0.2, high: 0.3 },
          { x: 512, value: 1.125, low: 1, high: 1.5 },
          { x: 1024, value: 4.5, low: null, high: null },
        ],
      },
      { name: phrase('counted'), points: [256, 1024].map((x) => ({ x, ...exactly(x / 1000) })), isDashed: true },
    ],
  },
  bars: {
    kind: 'bars',
    title: phrase('Steps, by task'),
    description: phrase('Medians over 20 seeds.'),
    y: { label: phrase('ratio of steps'), scale: 'linear' },
    bars: [
      { name: phrase('RMSProp, logistic regression on the pixels of many images'), value: 8.25, low: 4.5, high: 13.75 },
      { name: phrase('Adam'), value: -0.875, low: -1.5, high: -0.25 },
      { name: phrase('nothing'), value: 1e-7, low: null, high: null },
    ],
  },
  scatter: {
    kind: 'scatter',
    title: phrase('Bright or grey'),
    description: phrase('Largest weight against entropy.'),
    x: { label: phrase('entropy, bits'), scale: 'linear' },
    y: { label: phrase('largest weight'), scale: 'linear' },
    groups: [
      {
        name: phrase('names'),
        points: [
          [0.5, 0.75],
          [1.25, 0.5],
        ],
      },
      { name: phrase('verbs'), points: [[2.5, 0.125]] },
    ],
  },
  heatmap: {
    kind: 'heatmap',
    title: phrase('What each word looks at'),
    description: phrase('Each row sums to 1.'),
    rows: ['une', '"voiture", rouge'],
    columns: ['a', 'red', 'car'],
    values: [
      [0.75, 0.125, 0.125],
      [0.25, 0.25, 0.5],
    ],
    scale: 'sequential',
  },
  matrix: {
    kind: 'matrix',
    title: phrase('How many numbers'),
    description: phrase('For 16 losses.'),
    rows: [phrase('gradient'), phrase('Jacobian')],
    columns: [phrase('shape'), phrase('numbers')],
    cells: [
      [phrase('as the parameters'), 2656],
      [phrase('{m} × {n}', { m: 16, n: 2656 }), 42_496],
    ],
  },
  images: {
    kind: 'images',
    title: phrase('Decoded random vectors'),
    description: phrase('The first of each kind.'),
    height: 2,
    width: 2,
    groups: [
      { name: phrase('AE'), pixels: Uint8Array.of(0, 255, 255, 0, 10, 10, 10, 10) },
      { name: phrase('VAE'), pixels: Uint8Array.of(100, 100, 100, 104) },
    ],
  },
} as const satisfies Record<Figure['kind'], Figure>;
