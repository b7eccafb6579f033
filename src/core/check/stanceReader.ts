import type { Claim } from '../assignment/assignment';
import type { Cancellation, Models } from '../ports';
import { Problem } from '../problem';
import { spansOfEvidence } from './evidenceSpans';
import { plainWords, type PlainWord } from './plainWords';
import type { Stance, StanceKind } from './stance';
import { StanceModel } from './stanceModel';

const STANCES: readonly StanceKind[] = ['silent', 'asserts', 'denies'];
/** Words that two passes over a long answer have in common, so that most sentences are whole in one of them. */
const OVERLAP = 40;
/** Texts of claims whose vectors are remembered; an assignment has some hundreds. */
const MOST_REMEMBERED = 5_000;

type Posed = Pick<Claim, 'statement' | 'cues'>;

/** What one pass reads of an answer. */
interface Pass {
  readonly words: readonly PlainWord[];
  readonly tokens: readonly number[];
  /** Of each token the index of its word. */
  readonly owners: readonly number[];
}

/** Reads what answers say about claims with the bundled model; one pass over an answer decides all claims of its part. */
export class StanceReader {
  private loading: Promise<StanceModel> | undefined;
  private readonly vectors = new Map<string, Float32Array>();

  constructor(private readonly models: Models) {}

  /**
   * One stance for each claim, in their order. An empty answer is silent on everything.
   * @throws Problem `cancelled`, and what the models throw
   */
  async read(text: string, claims: readonly Claim[], cancellation: Cancellation): Promise<Stance[]> {
    const words = plainWords(text);
    if (words.length === 0 || claims.length === 0)
      return claims.map(({ id }) => ({ claim: id, stance: 'silent', confidence: 1, spans: [] }));
    const model = await this.load();
    const vectors = await this.claimVectors(model, claims);
    const readings: Stance[][] = [];
    for (const pass of passesOver(words, model)) {
      if (cancellation.isCancelled) throw new Problem('cancelled');
      const { stances, evidence } = await model.decide(pass.tokens, vectors);
      readings.push(
        claims.map(({ id }, index) => {
          const logits = meanOfBoth(stances, index, claims.length, STANCES.length);
          const length = pass.tokens.length + 2;
          const places = meanOfBoth(evidence, index, claims.length, length).subarray(1, length - 1);
          return stanceIn(id, text, pass, likeliest(logits, model.marks.temperature), places);
        }),
      );
    }
    return claims.map((_, index) => clearest(readings.flatMap((reading) => reading[index] ?? [])));
  }

  private async load(): Promise<StanceModel> {
    this.loading ??= StanceModel.load(this.models);
    return this.loading.catch((thrown: unknown) => {
      this.loading = undefined;
      throw thrown;
    });
  }

  /** [2 · claims, claimWidth]: all claims by their statement alone, then all with their cues; two readings err less. */
  private async claimVectors(model: StanceModel, claims: readonly Claim[]): Promise<Float32Array> {
    const texts = claims.flatMap(({ statement, cues }) => [
      statement,
      ...(cues?.asserts ?? []),
      ...(cues?.denies ?? []),
    ]);
    await this.remember(model, texts);
    const { width } = model.marks;
    const all = new Float32Array(2 * claims.length * model.claimWidth);
    const both = [...claims.map(({ statement }): Posed => ({ statement })), ...claims];
    for (const [index, { statement, cues }] of both.entries()) {
      const start = index * model.claimWidth;
      for (const [place, own] of [[statement], cues?.asserts ?? [], cues?.denies ?? []].entries()) {
        all.set(this.direction(own, width), start + place * width);
        if (place > 0) all[start + 3 * width + place - 1] = own.length > 0 ? 1 : 0;
      }
    }
    return all;
  }

  private async remember(model: StanceModel, texts: readonly string[]): Promise<void> {
    const unknown = [...new Set(texts)].filter((text) => !this.vectors.has(text));
    if (unknown.length === 0) return;
    if (this.vectors.size + unknown.length > MOST_REMEMBERED) this.vectors.clear();
    const found = await model.vectorsOf(unknown);
    for (const [index, text] of unknown.entries()) this.vectors.set(text, found[index] ?? new Float32Array(0));
  }

  /** Mean of the texts' vectors, of length 1; zero without texts. */
  private direction(texts: readonly string[], width: number): Float32Array {
    const sum = new Float32Array(width);
    for (const text of texts)
      for (const [i, value] of (this.vectors.get(text) ?? []).entries()) sum[i] = (sum[i] ?? 0) + value;
    const length = Math.hypot(...sum);
    return length > 0 ? sum.map((value) => value / length) : sum;
  }
}

function passesOver(words: readonly PlainWord[], model: StanceModel): Pass[] {
  const room = model.marks.longest - 2;
  const passes: Pass[] = [];
  for (let first = 0; first < words.length;) {
    const tokens: number[] = [];
    const owners: number[] = [];
    let next = first;
    for (let word = words[next]; word; word = words[++next]) {
      const own = model.tokensOf(word.text);
      if (tokens.length + own.length > room) break;
      tokens.push(...own);
      owners.push(...own.map(() => next - first));
    }
    passes.push({ words: words.slice(first, next), tokens, owners });
    if (next >= words.length) break;
    first = Math.max(next - OVERLAP, first + 1);
  }
  return passes;
}

/** Of a claim's two rows of values, the one with its statement alone and the one with its cues. */
function meanOfBoth(values: Float32Array, index: number, claims: number, width: number): Float32Array {
  const withCues = values.subarray((claims + index) * width, (claims + index + 1) * width);
  return values.slice(index * width, (index + 1) * width).map((value, i) => (value + (withCues[i] ?? 0)) / 2);
}

interface Likeliest {
  readonly stance: StanceKind;
  readonly confidence: number;
}

function likeliest(logits: Float32Array, temperature: number): Likeliest {
  const scaled = Array.from(logits, (logit) => logit / temperature);
  const largest = Math.max(...scaled);
  const sum = scaled.reduce((total, logit) => total + Math.exp(logit - largest), 0);
  return { stance: STANCES[scaled.indexOf(largest)] ?? 'silent', confidence: 1 / sum };
}

function stanceIn(
  claim: string,
  text: string,
  { words, owners }: Pass,
  { stance, confidence }: Likeliest,
  evidence: Float32Array,
): Stance {
  if (stance === 'silent') return { claim, stance, confidence, spans: [] };
  // A word counts as its strongest token.
  const scores = words.map(() => 0);
  for (const [token, owner] of owners.entries()) {
    scores[owner] = Math.max(scores[owner] ?? 0, 1 / (1 + Math.exp(-(evidence[token] ?? 0))));
  }
  return { claim, stance, confidence, spans: spansOfEvidence(text, words, scores) };
}

/** Of several readings of one answer, the surest that is not silent; silent only if all are. */
function clearest(readings: readonly Stance[]): Stance {
  const spoken = readings.filter(({ stance }) => stance !== 'silent');
  const [first, ...others] = spoken.length > 0 ? spoken : readings;
  if (!first) throw new Problem('internal', { detail: 'an answer was not read' });
  const isBetter = (a: Stance, b: Stance): boolean =>
    spoken.length > 0 ? a.confidence > b.confidence : a.confidence < b.confidence;
  return others.reduce((best, reading) => (isBetter(reading, best) ? reading : best), first);
}
