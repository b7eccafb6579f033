import { Tokenizer } from '@huggingface/tokenizers';
import type { Cancellation, Clock, Models, ModelSession, Tensor } from '../ports';
import { NEVER_CANCELLED } from '../ports';
import { Problem } from '../problem';
import { beamSearch, type Hypothesis, type Step, type StepRow } from './beamSearch';

export const ENCODER = 'translator-encoder';
export const DECODER = 'translator-decoder';
export const BEAM_LIMIT = 8;

export interface TranslationRequest {
  /** One English sentence. */
  readonly sentence: string;
  /** Hypotheses kept at every step, 1 to 8; 1 is greedy decoding. */
  readonly beams: number;
}

/** Row-stochastic weights: [layer][head][row][column]; each row sums to 1 ± 1e-5. */
export type AttentionMaps = readonly (readonly (readonly (readonly number[])[])[])[];

export interface Translation {
  /** Subword tokens of the sentence, end mark included: the columns of `cross`. A leading ▁ starts a word. */
  readonly source: readonly string[];
  /** Subword tokens of the translation, end mark included: the rows of `cross`. */
  readonly target: readonly string[];
  readonly text: string;
  readonly attention: {
    /** [layer][head][source][source] */
    readonly encoder: AttentionMaps;
    /**
     * [layer][head][target][target]. While it writes token t, the decoder sees the start mark and the t tokens before:
     * column 0 is the start mark, column j the token j − 1, and all beyond column t is 0.
     */
    readonly decoder: AttentionMaps;
    /** [layer][head][target][source] */
    readonly cross: AttentionMaps;
  };
  /** Natural logarithm of the translation's probability under the model. */
  readonly logProbability: number;
  /** From the sentence to the finished maps, loading of the models excluded. */
  readonly milliseconds: number;
}

interface Marks {
  readonly start: number;
  readonly end: number;
  readonly unknown: number;
  readonly maxSource: number;
  readonly maxTarget: number;
}

type FloatTensor = Extract<Tensor, { type: 'float32' }>;

/** Translates English to French and keeps every attention map. Models are loaded by the first call. */
export class Translator {
  private loading: Promise<Loaded> | undefined;

  constructor(
    private readonly models: Models,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `sentence.empty`, `sentence.too-long`, `sentence.unknown-characters`, `cancelled`, of `Models`. */
  async translate(
    { sentence, beams }: TranslationRequest,
    cancellation: Cancellation = NEVER_CANCELLED,
  ): Promise<Translation> {
    this.loading ??= load(this.models);
    const loaded = await this.loading.catch((thrown: unknown) => {
      this.loading = undefined;
      throw thrown;
    });
    const started = this.clock.now();
    const ids = tokenize(loaded, sentence);
    const encoded = await loaded.encoder.run({
      source: { type: 'int64', data: BigInt64Array.from(ids, BigInt), dims: [1, ids.length] },
    });
    const crossKeys = float(encoded, 'cross_keys');
    const crossValues = float(encoded, 'cross_values');
    const hypothesis = await beamSearch(decoderStep(loaded.decoder, crossKeys, crossValues, cancellation), {
      beams: Math.min(Math.max(Math.trunc(beams), 1), BEAM_LIMIT),
      start: loaded.marks.start,
      end: loaded.marks.end,
      limit: Math.min(loaded.marks.maxTarget, 2 * ids.length + 16),
    });
    const token = (id: number): string => loaded.tokens.get(id) ?? '';
    return {
      source: ids.map(token),
      target: hypothesis.tokens.map(token),
      text: loaded.tokenizer.decode([...hypothesis.tokens], {
        skip_special_tokens: true,
        clean_up_tokenization_spaces: false,
      }),
      attention: {
        encoder: nested(float(encoded, 'encoder_attention')),
        ...decoderMaps(hypothesis, crossKeys.dims, ids.length),
      },
      logProbability: hypothesis.logProbability,
      milliseconds: this.clock.now() - started,
    };
  }
}

interface Loaded {
  readonly encoder: ModelSession;
  readonly decoder: ModelSession;
  readonly tokenizer: Tokenizer;
  readonly tokens: ReadonlyMap<number, string>;
  readonly marks: Marks;
}

async function load(models: Models): Promise<Loaded> {
  const json: unknown = JSON.parse(await models.text(ENCODER, 'tokenizer'));
  const tokenizer = new Tokenizer(json as object, {});
  const { vocab } = (json as { model: { vocab: Record<string, number> } }).model;
  return {
    encoder: await models.session(ENCODER),
    decoder: await models.session(DECODER),
    tokenizer,
    tokens: new Map(Object.entries(vocab).map(([token, id]) => [id, token])),
    marks: (await models.settings(ENCODER)) as unknown as Marks,
  };
}

/** Ids of a sentence with the end mark. */
function tokenize({ tokenizer, marks }: Loaded, sentence: string): number[] {
  if (sentence.trim() === '') throw new Problem('sentence.empty');
  // A token is a character at least: a text this long cannot fit, and need not be tokenized to know it.
  const words = sentence.trim().split(/\s+/).length;
  if (words > marks.maxSource) {
    throw new Problem('sentence.too-long', { tokens: `${words}+`, limit: marks.maxSource });
  }
  const { ids } = tokenizer.encode(sentence, { add_special_tokens: false });
  if (ids.includes(marks.unknown)) {
    const isUnknown = (character: string): boolean => tokenizer.encode(character).ids.includes(marks.unknown);
    const characters = [...new Set(sentence)].filter(isUnknown).slice(0, 10);
    throw new Problem('sentence.unknown-characters', { characters: characters.map((c) => `“${c}”`).join(', ') });
  }
  if (ids.length + 1 > marks.maxSource) {
    throw new Problem('sentence.too-long', { tokens: ids.length + 1, limit: marks.maxSource });
  }
  return [...ids, marks.end];
}

function float(outputs: Readonly<Record<string, Tensor>>, name: string): FloatTensor {
  const tensor = outputs[name];
  if (tensor?.type !== 'float32') throw new Problem('internal', { detail: `the model gave no ${name}` });
  return tensor;
}

/** One decoder step as the search wants it; keeps the keys and values of the step before. */
function decoderStep(
  decoder: ModelSession,
  crossKeys: FloatTensor,
  crossValues: FloatTensor,
  cancellation: Cancellation,
): Step {
  const [layers = 0, , heads = 0, , size = 0] = crossKeys.dims;
  const nothing: FloatTensor = { type: 'float32', data: new Float32Array(0), dims: [layers, 1, heads, 0, size] };
  let kept = { keys: nothing, values: nothing };
  return async (tokens, parents) => {
    if (cancellation.isCancelled) throw new Problem('cancelled');
    const outputs = await decoder.run({
      token: { type: 'int64', data: BigInt64Array.from(tokens, BigInt), dims: [tokens.length, 1] },
      past_keys: reorder(kept.keys, parents),
      past_values: reorder(kept.values, parents),
      cross_keys: crossKeys,
      cross_values: crossValues,
    });
    kept = { keys: float(outputs, 'keys'), values: float(outputs, 'values') };
    const self = float(outputs, 'self_attention');
    const cross = float(outputs, 'cross_attention');
    return {
      logProbabilities: float(outputs, 'log_probabilities').data,
      rows: tokens.map((_, index): StepRow => ({ self: pick(self, index), cross: pick(cross, index) })),
    };
  };
}

/** The tensor with its second axis, the hypotheses, put in the order of `parents`. */
function reorder(tensor: FloatTensor, parents: readonly number[]): FloatTensor {
  const [outer = 0, hypotheses = 0, ...rest] = tensor.dims;
  if (parents.length === hypotheses && parents.every((parent, index) => parent === index)) return tensor;
  const size = rest.reduce((product, n) => product * n, 1);
  const data = new Float32Array(outer * parents.length * size);
  for (let i = 0; i < outer; i++) {
    parents.forEach((parent, index) => {
      const from = (i * hypotheses + parent) * size;
      data.set(tensor.data.subarray(from, from + size), (i * parents.length + index) * size);
    });
  }
  return { type: 'float32', data, dims: [outer, parents.length, ...rest] };
}

/** [layer × head × column] of one hypothesis out of [layer, hypothesis, head, column]. */
function pick(tensor: FloatTensor, hypothesis: number): Float32Array {
  return reorder(tensor, [hypothesis]).data.slice();
}

/** A tensor of four axes as nested arrays. */
function nested({ data, dims }: FloatTensor): number[][][][] {
  const [layers = 0, heads = 0, rows = 0, columns = 0] = dims;
  const at = (layer: number, head: number, row: number): number[] => {
    const from = ((layer * heads + head) * rows + row) * columns;
    return Array.from(data.subarray(from, from + columns));
  };
  return range(layers).map((l) => range(heads).map((h) => range(rows).map((r) => at(l, h, r))));
}

/** The rows that the search kept, as maps. */
function decoderMaps(
  { rows }: Hypothesis,
  [layers = 0, , heads = 0]: readonly number[],
  sourceLength: number,
): { decoder: number[][][][]; cross: number[][][][] } {
  const maps = (rowOf: (row: StepRow, step: number, map: number) => number[]): number[][][][] =>
    range(layers).map((l) => range(heads).map((h) => rows.map((row, step) => rowOf(row, step, l * heads + h))));
  return {
    cross: maps(({ cross }, _, map) => Array.from(cross.subarray(map * sourceLength, (map + 1) * sourceLength))),
    decoder: maps(({ self }, step, map) => {
      const seen = self.subarray(map * (step + 1), (map + 1) * (step + 1));
      return rows.map((_, column) => seen[column] ?? 0);
    }),
  };
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}
