import { type Phrase, phrase } from '../phrase';
import type { Arguments } from './arguments';
import { type Entry, LINKS, REQUIRED, type Signature } from './entry';
import { layer, weightList } from './layerEntry';

const HEAD = { input_size: REQUIRED, hidden_size: REQUIRED, num_layers: 1 } as const;
const TAIL = { bias: true, batch_first: false, dropout: 0, bidirectional: false } as const;
const END = { device: null, dtype: null } as const;

interface Sizes {
  readonly inputs: number;
  readonly hidden: number;
  readonly layers: number;
  readonly directions: number;
  readonly biased: boolean;
  /** Size of a projected state; 0 without projection. */
  readonly projected: number;
}

function sizes(args: Arguments): Sizes | null {
  const inputs = args.integer('input_size');
  const hidden = args.integer('hidden_size');
  const layers = args.integer('num_layers');
  const biased = args.flag('bias');
  const bidirectional = args.flag('bidirectional');
  const projected = args.value('proj_size') === undefined ? 0 : args.integer('proj_size');
  if (inputs === null || hidden === null || layers === null || projected === null) return null;
  if (biased === null || bidirectional === null) return null;
  return { inputs, hidden, layers, directions: bidirectional ? 2 : 1, biased, projected };
}

/** Weights of all layers and directions; a layer above the first reads both directions of the one below. */
function weights(args: Arguments, gates: number) {
  const known = sizes(args);
  if (known === null) return null;
  const { inputs, hidden, layers, directions, biased, projected } = known;
  const state = projected > 0 ? projected : hidden;
  const counts: Record<string, number> = {};
  for (let level = 0; level < layers; level++) {
    const width = level === 0 ? inputs : state * directions;
    for (let direction = 0; direction < directions; direction++) {
      const suffix = `l${level}${direction === 0 ? '' : '_reverse'}`;
      counts[`weight_ih_${suffix}`] = gates * hidden * width;
      counts[`weight_hh_${suffix}`] = gates * hidden * state;
      counts[`bias_ih_${suffix}`] = biased ? gates * hidden : 0;
      counts[`bias_hh_${suffix}`] = biased ? gates * hidden : 0;
      counts[`weight_hr_${suffix}`] = projected * hidden;
    }
  }
  return weightList(counts);
}

function formula(args: Arguments, gates: number): string | null {
  const known = sizes(args);
  if (known === null) return null;
  const { inputs, hidden, layers, directions, biased, projected } = known;
  const state = projected > 0 ? projected : hidden;
  const one = (width: number): string => {
    const bias = biased ? ` + 2·${hidden}` : '';
    const gate = `${hidden}·${width} + ${hidden}·${state}${bias}`;
    const cell = gates === 1 ? gate : `${gates}·(${gate})`;
    const whole = projected > 0 ? `${cell} + ${projected}·${hidden}` : cell;
    return directions === 1 ? whole : `2·(${whole})`;
  };
  if (layers === 1) return one(inputs);
  return `${one(inputs)} + ${layers - 1}·(${one(state * directions)})`;
}

function shapes(args: Arguments): readonly [string, string] {
  const known = sizes(args);
  const out = known === null ? 'D·H' : String((known.projected || known.hidden) * known.directions);
  const axes = args.flag('batch_first') === true ? 'N, L' : 'L, N';
  return [`(${axes}, ${args.text('input_size')})`, `(${axes}, ${out})`];
}

function cost(): Phrase {
  return phrase('O(n·h·(h + i)) multiply–adds for each layer: n steps, one after the other, h hidden units, i inputs');
}

function recurrent(name: string, gates: number, title: string, summary: string, signature: Signature): Entry {
  return layer(name, {
    title,
    summary,
    signature,
    links: [LINKS.inductiveBias],
    weights: (args) => weights(args, gates),
    formula: (args) => formula(args, gates),
    shapes,
    cost,
  });
}

function cell(name: string, gates: number, title: string, signature: Signature): Entry {
  return layer(name, {
    title,
    summary: 'One step of the recurrent network, for loops written by hand.',
    signature,
    weights: (args) => {
      const inputs = args.integer('input_size');
      const hidden = args.integer('hidden_size');
      const biased = args.flag('bias');
      if (inputs === null || hidden === null || biased === null) return null;
      const size = gates * hidden;
      const bias = biased ? size : 0;
      return weightList({ weight_ih: size * inputs, weight_hh: size * hidden, bias_ih: bias, bias_hh: bias });
    },
    shapes: (args) => [`(N, ${args.text('input_size')})`, `(N, ${args.text('hidden_size')})`],
    cost,
  });
}

const CELL = { input_size: REQUIRED, hidden_size: REQUIRED, bias: true } as const;

export const RECURRENT_LAYERS: readonly Entry[] = [
  recurrent(
    'RNN',
    1,
    'Recurrent network',
    'Reads a sequence step by step: the new state is a nonlinearity of the input and of the state before.',
    { ...HEAD, nonlinearity: 'tanh', ...TAIL, ...END },
  ),
  recurrent(
    'LSTM',
    4,
    'Long short-term memory',
    'A recurrent network whose memory cell is written, kept and read through three gates, so that gradients survive many steps.',
    { ...HEAD, ...TAIL, proj_size: 0, ...END },
  ),
  recurrent(
    'GRU',
    3,
    'Gated recurrent unit',
    'A recurrent network with two gates, update and reset, and no separate memory cell: smaller than an LSTM.',
    { ...HEAD, ...TAIL, ...END },
  ),
  cell('RNNCell', 1, 'Recurrent cell', { ...CELL, nonlinearity: 'tanh', ...END }),
  cell('LSTMCell', 4, 'LSTM cell', { ...CELL, ...END }),
  cell('GRUCell', 3, 'GRU cell', { ...CELL, ...END }),
];
