/**
 * Beam search over a decoder that writes one token at a time and keeps its keys and values
 * (Sutskever et al. 2014; length normalisation of Wu et al. 2016, eq. 14, with α = 0.6).
 */

const LENGTH_ALPHA = 0.6;

/** What one step of the decoder gave for one hypothesis, kept for the attention maps. */
export interface StepRow {
  /** [layer × head × (step + 1)] */
  readonly self: Float32Array;
  /** [layer × head × source] */
  readonly cross: Float32Array;
}

export interface Hypothesis {
  /** Tokens after the start mark; the last one is the end mark unless the limit was met. */
  readonly tokens: readonly number[];
  /** Natural logarithm. */
  readonly logProbability: number;
  readonly rows: readonly StepRow[];
}

/** One step for all hypotheses at once. */
export interface StepResult {
  /** Log-probabilities of the next token, [hypotheses × vocabulary]. */
  readonly logProbabilities: Float32Array;
  readonly rows: readonly StepRow[];
}

/** `tokens` holds the last token of each hypothesis; `parents` says which hypothesis of the step before each continues. */
export type Step = (tokens: readonly number[], parents: readonly number[]) => Promise<StepResult>;

export interface BeamOptions {
  readonly beams: number;
  readonly start: number;
  readonly end: number;
  /** Most tokens to write, end mark included; at least 1. */
  readonly limit: number;
}

interface Candidate {
  readonly parent: number;
  readonly token: number;
  readonly logProbability: number;
}

/** Score that compares hypotheses of different length; higher is better. */
export function normalisedScore(logProbability: number, length: number): number {
  return logProbability / ((5 + length) / 6) ** LENGTH_ALPHA;
}

/** The `count` best continuations, best first; ties go to the earlier hypothesis and the smaller token. */
function bestContinuations(active: readonly Hypothesis[], logProbabilities: Float32Array, count: number): Candidate[] {
  const vocabulary = logProbabilities.length / active.length;
  const best: Candidate[] = [];
  active.forEach((hypothesis, parent) => {
    for (let token = 0; token < vocabulary; token++) {
      const logProbability = hypothesis.logProbability + (logProbabilities[parent * vocabulary + token] ?? -Infinity);
      if (best.length === count && logProbability <= (best[count - 1]?.logProbability ?? -Infinity)) continue;
      let place = best.length;
      while (place > 0 && (best[place - 1]?.logProbability ?? Infinity) < logProbability) place--;
      best.splice(place, 0, { parent, token, logProbability });
      if (best.length > count) best.pop();
    }
  });
  return best;
}

/** The best finished hypothesis, or the best unfinished one when the limit is met before any ends. */
export async function beamSearch(step: Step, { beams, start, end, limit }: BeamOptions): Promise<Hypothesis> {
  let active: Hypothesis[] = [{ tokens: [], logProbability: 0, rows: [] }];
  let parents = [0];
  const finished: Hypothesis[] = [];
  const scoreOf = (h: Hypothesis): number => normalisedScore(h.logProbability, h.tokens.length);
  const best = (from: Hypothesis[]): Hypothesis | undefined => from.sort((a, b) => scoreOf(b) - scoreOf(a))[0];

  for (let length = 1; length <= limit && finished.length < beams; length++) {
    const { logProbabilities, rows } = await step(
      active.map((hypothesis) => hypothesis.tokens.at(-1) ?? start),
      parents,
    );
    const next: Hypothesis[] = [];
    const nextParents: number[] = [];
    for (const { parent, token, logProbability } of bestContinuations(active, logProbabilities, 2 * beams)) {
      const [hypothesis, row] = [active[parent], rows[parent]];
      if (!hypothesis || !row || next.length === beams) continue;
      const longer = { tokens: [...hypothesis.tokens, token], logProbability, rows: [...hypothesis.rows, row] };
      if (token === end) {
        if (finished.length < beams) finished.push(longer);
        continue;
      }
      next.push(longer);
      nextParents.push(parent);
    }
    // A hypothesis only loses probability as it grows: stop when none can overtake the best finished one.
    const done = best(finished);
    if (done && next.every((h) => normalisedScore(h.logProbability, limit) <= scoreOf(done))) break;
    [active, parents] = [next, nextParents];
  }
  const found = best(finished) ?? best(active);
  if (!found) throw new RangeError('beam search needs a limit of at least 1 and a vocabulary');
  return found;
}
