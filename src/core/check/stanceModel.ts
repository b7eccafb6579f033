import { Tokenizer } from '@huggingface/tokenizers';
import type { ModelSession, Models, Tensor } from '../ports';
import { Problem } from '../problem';
import { plainWords } from './plainWords';

const MODEL = 'stance-reader';
/** Tokens of one word that are read: a word of a million letters is no word. */
const LONGEST_WORD = 24;
const MOST_LETTERS = 200;
/** Words whose tokens are remembered: reports of a course share theirs, and a million different ones are no report's. */
const MOST_KNOWN = 50_000;

/** Token ids of the model's marks, and its limits; of the manifest. */
interface Marks {
  readonly start: number;
  readonly separator: number;
  /** Tokens in one pass, marks included. */
  readonly longest: number;
  /** Numbers in a vector of a text. */
  readonly width: number;
  /** Divides the logits, so that probabilities are what they say. */
  readonly temperature: number;
}

/** Logits [claims, 3] for silent, asserts, denies; and [claims, tokens] for a token carrying the stance. */
export interface Decided {
  readonly stances: Float32Array;
  readonly evidence: Float32Array;
}

/** The bundled reader of stances: an encoder of text, and what decides claims on its states (training/stances/model.py). */
export class StanceModel {
  private readonly known = new Map<string, readonly number[]>();

  private constructor(
    private readonly session: ModelSession,
    private readonly tokenizer: Tokenizer,
    readonly marks: Marks,
  ) {}

  static async load(models: Models): Promise<StanceModel> {
    const json: unknown = JSON.parse(await models.text(MODEL, 'tokenizer'));
    const marks = (await models.settings(MODEL)) as unknown as Marks;
    return new StanceModel(await models.session(MODEL), new Tokenizer(json as object, {}), marks);
  }

  /** Length of a claim's vector: statement, what asserts, what denies, and whether there are such. */
  get claimWidth(): number {
    return 3 * this.marks.width + 2;
  }

  tokensOf(word: string): readonly number[] {
    const known = this.known.get(word);
    if (known) return known;
    const { ids } = this.tokenizer.encode(word.slice(0, MOST_LETTERS), { add_special_tokens: false });
    if (this.known.size > MOST_KNOWN) this.known.clear();
    const kept = ids.slice(0, LONGEST_WORD);
    this.known.set(word, kept);
    return kept;
  }

  /** Unit vectors of texts, in their order; what does not fit into one pass is left out of a text. */
  async vectorsOf(texts: readonly string[]): Promise<Float32Array[]> {
    const rows = texts.map((text) => {
      const tokens = plainWords(text).flatMap((word) => [...this.tokensOf(word.text)]);
      return this.marked(tokens.slice(0, this.marks.longest - 2));
    });
    const vectors: Float32Array[] = [];
    // Texts of one length go together: the graph knows no padding.
    for (const indices of groupsOfOneLength(rows)) {
      const ids = indices.flatMap((index) => rows[index] ?? []);
      const length = ids.length / indices.length;
      const means = floats(
        await this.run(ids, indices.length, length, new Float32Array(indices.length * this.claimWidth), 1),
        'mean',
      );
      const { width } = this.marks;
      for (const [place, index] of indices.entries()) vectors[index] = means.slice(place * width, (place + 1) * width);
    }
    return vectors;
  }

  /** @param claims vectors [claims, claimWidth]; @param tokens of an answer, without marks. */
  async decide(tokens: readonly number[], claims: Float32Array): Promise<Decided> {
    const ids = this.marked(tokens);
    const outputs = await this.run(ids, 1, ids.length, claims, claims.length / this.claimWidth);
    return { stances: floats(outputs, 'stances'), evidence: floats(outputs, 'evidence') };
  }

  private marked(tokens: readonly number[]): number[] {
    return [this.marks.start, ...tokens, this.marks.separator];
  }

  private run(
    ids: readonly number[],
    batch: number,
    length: number,
    claims: Float32Array,
    count: number,
  ): ReturnType<ModelSession['run']> {
    return this.session.run({
      ids: { type: 'int64', data: BigInt64Array.from(ids, BigInt), dims: [batch, length] },
      claims: { type: 'float32', data: claims, dims: [batch, count, this.claimWidth] },
    });
  }
}

/** Texts in one run. */
const LARGEST_BATCH = 32;

function groupsOfOneLength(rows: readonly (readonly number[])[]): number[][] {
  const byLength = new Map<number, number[][]>();
  for (const [index, { length }] of rows.entries()) {
    const groups = byLength.get(length) ?? [];
    byLength.set(length, groups);
    const last = groups.at(-1);
    if (last && last.length < LARGEST_BATCH) last.push(index);
    else groups.push([index]);
  }
  return [...byLength.values()].flat();
}

function floats(outputs: Readonly<Record<string, Tensor>>, name: string): Float32Array {
  const tensor = outputs[name];
  if (tensor?.type !== 'float32') throw new Problem('internal', { detail: `the reader of stances gave no ${name}` });
  return tensor.data;
}
