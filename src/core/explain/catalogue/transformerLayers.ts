import { cloneModule, countParameters } from '../evaluate/modules';
import type { Value } from '../evaluate/value';
import { phrase } from '../phrase';
import type { Arguments } from './arguments';
import { type Entry, LINKS, REQUIRED } from './entry';
import { layer, product, times, weightList } from './layerEntry';

const LAYER = {
  dim_feedforward: 2048,
  dropout: 0.1,
  activation: 'relu',
  layer_norm_eps: 1e-5,
  batch_first: false,
  norm_first: false,
  bias: true,
  device: null,
  dtype: null,
} as const;

const ATTENTION_LINKS = [LINKS.attentionCost, LINKS.attentionMap];

/** PyTorch refuses a width that the heads do not divide. */
function width(args: Arguments, name: string, heads: string): number | null {
  const d = args.integer(name);
  const h = args.integer(heads);
  return d !== null && h !== null && h > 0 && d % h === 0 ? d : null;
}

function sequences(args: Arguments, d: string): readonly [string, string] {
  const shape = args.flag('batch_first') === true ? `(N, n, ${d})` : `(n, N, ${d})`;
  return [shape, shape];
}

/** `kdim` and `vdim`: the width of the queries unless given. */
function keyWidth(args: Arguments, name: string, d: number): number | null {
  return args.isNone(name) === true ? d : args.integer(name);
}

const attention = layer('MultiheadAttention', {
  title: 'Multi-head attention',
  summary:
    'Projects the inputs to queries, keys and values, splits them into heads, mixes the values in each head by softmax(QKᵀ/√d)·V, and projects the result.',
  signature: {
    embed_dim: REQUIRED,
    num_heads: REQUIRED,
    dropout: 0,
    bias: true,
    add_bias_kv: false,
    add_zero_attn: false,
    kdim: null,
    vdim: null,
    batch_first: false,
    device: null,
    dtype: null,
  },
  links: ATTENTION_LINKS,
  weights: (args) => {
    const d = width(args, 'embed_dim', 'num_heads');
    const biased = args.flag('bias');
    const extra = args.flag('add_bias_kv');
    if (d === null || biased === null || extra === null) return null;
    const inputs = product(d, add(d, keyWidth(args, 'kdim', d), keyWidth(args, 'vdim', d)));
    return weightList({
      in_proj_weight: inputs,
      in_proj_bias: biased ? 3 * d : 0,
      'out_proj.weight': d * d,
      'out_proj.bias': biased ? d : 0,
      bias_k: extra ? d : 0,
      bias_v: extra ? d : 0,
    });
  },
  formula: (args) => {
    const d = args.integer('embed_dim');
    if (d === null) return null;
    const k = keyWidth(args, 'kdim', d);
    const v = keyWidth(args, 'vdim', d);
    const inputs = k === d && v === d ? `4·${d}²` : `2·${d}² + ${d}·${k} + ${d}·${v}`;
    const bias = args.flag('bias') === true ? ` + 4·${d}` : '';
    return inputs + bias + (args.flag('add_bias_kv') === true ? ` + 2·${d}` : '');
  },
  shapes: (args) => sequences(args, args.text('embed_dim')),
  cost: () =>
    phrase('O(n²d + nd²): n positions, d model width; the first term is softmax(QKᵀ)V, the second the projections'),
});

function add(...terms: readonly (number | null)[]): number | null {
  return terms.reduce<number | null>((sum, term) => (sum === null || term === null ? null : sum + term), 0);
}

/** Weights of an encoder layer (one attention) or a decoder layer (two), with a norm for each and one for the rest. */
function blockWeights(args: Arguments, attentions: number) {
  const d = width(args, 'd_model', 'nhead');
  const inner = args.integer('dim_feedforward');
  const biased = args.flag('bias');
  if (d === null || inner === null || biased === null) return null;
  const one = biased ? 1 : 0;
  return weightList({
    attention: attentions * (4 * d * d + one * 4 * d),
    feedforward: 2 * d * inner + one * (inner + d),
    norms: (attentions + 1) * (1 + one) * d,
  });
}

function blockFormula(args: Arguments, attentions: number): string | null {
  const d = args.integer('d_model');
  const f = args.integer('dim_feedforward');
  if (d === null || f === null) return null;
  const biased = args.flag('bias') === true;
  const self = biased ? `(4·${d}² + 4·${d})` : `4·${d}²`;
  const mixing = attentions === 1 ? self : times(attentions, self);
  const feedforward = biased ? `(2·${d}·${f} + ${f} + ${d})` : `2·${d}·${f}`;
  return `${mixing} + ${feedforward} + ${times((attentions + 1) * (biased ? 2 : 1), d)}`;
}

const blockCost = () => phrase('O(n²d + nd(d + f)): n positions, d model width, f feed-forward width');

const encoderLayer = layer('TransformerEncoderLayer', {
  title: 'Transformer encoder layer',
  summary:
    'Self-attention and a two-layer feed-forward network, each with a residual connection and layer normalisation around it.',
  signature: { d_model: REQUIRED, nhead: REQUIRED, ...LAYER },
  links: ATTENTION_LINKS,
  weights: (args) => blockWeights(args, 1),
  formula: (args) => blockFormula(args, 1),
  shapes: (args) => sequences(args, args.text('d_model')),
  cost: blockCost,
});

const decoderLayer = layer('TransformerDecoderLayer', {
  title: 'Transformer decoder layer',
  summary:
    'Masked self-attention, cross-attention to the encoder and a feed-forward network, each with a residual connection and layer normalisation.',
  signature: { d_model: REQUIRED, nhead: REQUIRED, ...LAYER },
  links: ATTENTION_LINKS,
  weights: (args) => blockWeights(args, 2),
  formula: (args) => blockFormula(args, 2),
  shapes: (args) => sequences(args, args.text('d_model')),
  cost: blockCost,
});

/** PyTorch copies the layer that it is given, so every copy has weights of its own. */
function stack(args: Arguments, name: string): ReadonlyMap<string, Value> {
  const submodules = new Map<string, Value>();
  const given = args.value(name);
  const count = args.integer('num_layers');
  if (given !== undefined && count !== null && count <= 512) {
    for (let i = 0; i < count; i++) submodules.set(`layers.${i}`, cloneModule(given));
  }
  const norm = args.value('norm');
  if (norm !== undefined) submodules.set('norm', norm);
  return submodules;
}

function stackFormula(args: Arguments, name: string): string | null {
  const given = args.value(name);
  const count = args.integer('num_layers');
  if (given === undefined || count === null) return null;
  const norm = args.value('norm');
  const tail = norm?.kind === 'module' ? ` + ${countParameters(norm).total}` : '';
  return `${count}·${countParameters(given).total}${tail}`;
}

const stackCost = () => phrase('O(l·(n²d + nd(d + f))): l layers, n positions, d model width, f feed-forward width');

function layerStack(name: string, part: string, title: string, options: Record<string, boolean>): Entry {
  return layer(name, {
    title,
    summary: 'A stack of copies of one layer, with a last normalisation when given. The copies do not share weights.',
    signature: { [part]: REQUIRED, num_layers: REQUIRED, norm: null, ...options },
    links: ATTENTION_LINKS,
    weights: (args) => {
      const count = args.integer('num_layers');
      return count === null || count > 512 || args.value(part)?.kind !== 'module' ? null : [];
    },
    formula: (args) => stackFormula(args, part),
    cost: stackCost,
    submodules: (args) => stack(args, part),
  });
}

const transformer = layer('Transformer', {
  title: 'Transformer',
  summary:
    'Encoder and decoder stacks with a layer normalisation at the end of each; embeddings and output are not part of it.',
  signature: {
    d_model: 512,
    nhead: 8,
    num_encoder_layers: 6,
    num_decoder_layers: 6,
    dim_feedforward: 2048,
    dropout: 0.1,
    activation: 'relu',
    custom_encoder: null,
    custom_decoder: null,
    layer_norm_eps: 1e-5,
    batch_first: false,
    norm_first: false,
    bias: true,
    device: null,
    dtype: null,
  },
  links: ATTENTION_LINKS,
  weights: (args) => {
    const encoder = args.integer('num_encoder_layers');
    const decoder = args.integer('num_decoder_layers');
    const inside = [blockWeights(args, 1), blockWeights(args, 2)];
    if (args.isNone('custom_encoder') !== true || args.isNone('custom_decoder') !== true) return null;
    const [one, two] = inside.map((weights) => weights?.reduce((sum, { count }) => sum + count, 0) ?? null);
    const norm = product(args.integer('d_model'), args.flag('bias') === true ? 2 : 1);
    if (one === undefined || two === undefined) return null;
    return weightList({ encoder: add(product(encoder, one), norm), decoder: add(product(decoder, two), norm) });
  },
  shapes: (args) => sequences(args, args.text('d_model')),
  cost: stackCost,
});

export const TRANSFORMER_LAYERS: readonly Entry[] = [
  attention,
  encoderLayer,
  decoderLayer,
  layerStack('TransformerEncoder', 'encoder_layer', 'Transformer encoder', {
    enable_nested_tensor: true,
    mask_check: true,
  }),
  layerStack('TransformerDecoder', 'decoder_layer', 'Transformer decoder', {}),
  transformer,
];
