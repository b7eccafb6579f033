import type { ProseLine } from './outline';
import type { Numbering, Reading } from './marker';

/** A line that may be the marker of a part, with all its readings. */
export interface Candidate {
  readonly line: ProseLine;
  readonly readings: readonly Reading[];
}

export interface PlanQuestion {
  readonly number: number;
  /** Ids of the parts in order; one part whose id is the number, or parts with letters. */
  readonly parts: readonly string[];
  readonly isLettered: boolean;
}

/** A candidate that was found to be a marker, and of what. */
export interface Pick {
  readonly candidate: Candidate;
  readonly reading: Reading;
  /** Index in the plan. */
  readonly question: number;
  /** Of the question's parts; -1 for a question's number before its lettered parts. */
  readonly part: number;
}

/** The best chain of picks that ends in one place of the plan. */
interface Chain {
  readonly score: number;
  readonly pick: Pick;
  readonly before: Chain | null;
  /** Of the pick in the plan: parts are numbered on through all questions. */
  readonly place: number;
  readonly question: number;
  readonly part: number;
  readonly numbering: Numbering | null;
  readonly form: string | null;
  /** The farthest place of the chain. */
  readonly reach: number;
  /** One bit for each part that the chain holds. */
  readonly held: bigint;
  /** The last pick that named a question. */
  readonly numbered: Pick;
  readonly isRepeat: boolean;
}

/** What a step back in the plan costs; the form of a clear marker is worth 2. */
const BACKWARD = 1.2;
/** The same for the part that comes next after a repeated one. */
const AGAIN = 0.6;
/** A part counts once: a repetition is worth noticing, but never worth preferring. */
const MOST_FOR_REPEAT = 0.15;
const SKIPPED_PART = 0.15;
const MOST_SKIPPED = 1;
const COMMON_FORM = 1.2;
/** Chains kept; only texts made of nothing but contradicting markers have more. */
const MOST_CHAINS = 300;

/**
 * Decides which candidates are markers. Of all chains of candidates, in the order of the text, the one is taken whose
 * markers together fit the plan best: a chain earns the weight of its markers' form, more when the form is the one in
 * which this report numbers its questions, and pays for parts skipped, steps back and repetitions. So the nested list
 * `1. 2. 3.` inside an answer to 7b loses: to go back from 7b costs more than such markers earn.
 *
 * Dynamic programming over candidates; the state is the place in the plan, the farthest place reached before and the
 * numbering in use. What else a chain holds is known only for the best chain of each state, and states beyond the best
 * 300 are dropped, so the result is very nearly, not provably, the best.
 */
export function choosePicks(candidates: readonly Candidate[], plan: readonly PlanQuestion[]): Pick[] {
  const solver = new Solver(candidates, plan);
  for (const candidate of candidates) solver.step(candidate);
  return solver.best();
}

class Solver {
  private readonly chains = new Map<string, Chain>();
  private readonly questionOf: ReadonlyMap<number, number>;
  private readonly firstPlace: readonly number[];
  private readonly commonness: ReadonlyMap<string, number>;
  /** The last candidate of each list and paragraph. */
  private readonly previous = new Map<number, Candidate>();

  constructor(
    candidates: readonly Candidate[],
    private readonly plan: readonly PlanQuestion[],
  ) {
    this.questionOf = new Map(plan.map(({ number }, index) => [number, index]));
    let place = 0;
    this.firstPlace = plan.map(({ parts }) => (place += parts.length) - parts.length);
    this.commonness = commonness(candidates, this.questionOf);
  }

  step(candidate: Candidate): void {
    const found: Chain[] = [];
    for (const reading of candidate.readings) {
      for (const before of [null, ...this.chains.values()]) {
        const chain = this.extend(before, candidate, reading);
        if (chain) found.push(chain);
      }
    }
    for (const chain of found) {
      const key = `${chain.place}/${chain.reach}/${chain.numbering}`;
      // Of equal chains the first stays: a marker that comes again is the repetition.
      if (chain.score > (this.chains.get(key)?.score ?? -Infinity)) this.chains.set(key, chain);
    }
    this.previous.set(candidate.line.group, candidate);
    if (this.chains.size > MOST_CHAINS) this.dropWorst();
  }

  private dropWorst(): void {
    const byScore = [...this.chains].sort(([, a], [, b]) => b.score - a.score);
    for (const [key] of byScore.slice(MOST_CHAINS / 2)) this.chains.delete(key);
  }

  best(): Pick[] {
    let best: Chain | null = null;
    for (const chain of this.chains.values()) if (chain.score > (best?.score ?? 0)) best = chain;
    const picks: Pick[] = [];
    for (let chain = best; chain; chain = chain.before) picks.push(chain.pick);
    return picks.reverse();
  }

  /** The chain with one more pick, or `null` where the reading makes no sense after it. */
  private extend(before: Chain | null, candidate: Candidate, reading: Reading): Chain | null {
    const target = this.target(before, candidate, reading);
    if (!target) return null;
    const { question, part } = target;
    const isPart = part >= 0;
    const pick: Pick = { candidate, reading, question, part };
    const place = (this.firstPlace[question] ?? 0) + Math.max(part, 0) - (isPart ? 0 : 0.5);
    const bit = isPart ? 1n << BigInt(place) : 0n;
    const from = before?.place ?? -1;
    const isRepeat = isPart ? before !== null && (before.held & bit) !== 0n : before?.question === question;
    const isBack = place <= from;
    if (!isPart && isRepeat) return null;
    // A list inside an answer may count `a. b. c.` as well; a part that comes again looks like the others.
    if (isRepeat && reading.question === null && before?.form !== reading.form) return null;
    const isNext = before !== null && isPart && place - Math.ceil(from) === (Number.isInteger(from) ? 1 : 0);
    let score = isPart ? 2 * this.weight(before, pick) : 0.8 * (this.weight(before, pick) - 0.75);
    if (isRepeat) score = Math.min(MOST_FOR_REPEAT, score - (isNext && before.isRepeat ? AGAIN : BACKWARD));
    else if (isBack) score -= BACKWARD;
    else score += this.forward(before, pick, place);
    return {
      score: score + (before?.score ?? 0),
      pick,
      before,
      place,
      reach: Math.max(place, before?.reach ?? -1),
      question,
      part,
      numbering: reading.part === null ? null : reading.numbering,
      form: reading.part === null ? null : reading.form,
      held: (before?.held ?? 0n) | bit,
      numbered: reading.question === null && before ? before.numbered : pick,
      isRepeat,
    };
  }

  /** What a step on earns beside the marker's own weight. */
  private forward(before: Chain | null, { reading }: Pick, place: number): number {
    const skipped = Math.max(0, Math.ceil(place) - Math.floor(before?.reach ?? -1) - 1);
    const earnsCommon = reading.question !== null && Number.isInteger(place);
    const common = earnsCommon ? (this.commonness.get(reading.stem) ?? 0) : 0;
    return COMMON_FORM * common - Math.min(MOST_SKIPPED, SKIPPED_PART * skipped);
  }

  private target(
    before: Chain | null,
    { line }: Candidate,
    reading: Reading,
  ): { question: number; part: number } | null {
    if (reading.question === null) {
      const question = before ? this.plan[before.question] : undefined;
      if (!before || !question?.isLettered || reading.part === null || reading.part >= question.parts.length)
        return null;
      if (before.numbering !== null && before.numbering !== reading.numbering) return null;
      // A list with numbers inside a question counts its parts only where it is indented below the question's number.
      const isBelow = line.margin.depth > before.numbered.candidate.line.margin.depth || /part/.test(reading.form);
      if (reading.numbering === 'digit' && !isBelow) return null;
      return { question: before.question, part: reading.part };
    }
    const index = this.questionOf.get(reading.question);
    const question = index === undefined ? undefined : this.plan[index];
    if (index === undefined || !question) return null;
    if (reading.part === null) return { question: index, part: question.isLettered ? -1 : 0 };
    if (!question.isLettered || reading.part >= question.parts.length) return null;
    const isMixed = before?.question === index && before.numbering !== null && before.numbering !== reading.numbering;
    return isMixed ? null : { question: index, part: reading.part };
  }

  /** The weight of the form, corrected by what stands around. */
  private weight(before: Chain | null, { candidate, reading }: Pick): number {
    let weight = reading.weight;
    if (reading.question === null) {
      if (before?.form === reading.form) weight += 0.15;
      return weight;
    }
    if (reading.part !== null) return weight;
    const isCounted = this.countsOn(candidate, reading.question);
    if (isCounted && before?.numbered.candidate !== isCounted) weight -= 0.3;
    // A list begins with 1: another number that follows no other was written on purpose.
    else if (!isCounted && reading.question > 1) weight += 0.2;
    if (before && candidate.line.margin.depth > before.numbered.candidate.line.margin.depth) weight -= 0.25;
    return weight;
  }

  /** The candidate just before in the same list or paragraph, if its number is one less. */
  private countsOn({ line }: Candidate, number: number): Candidate | null {
    const previous = this.previous.get(line.group);
    return previous?.readings.some(({ question }) => question === number - 1) ? previous : null;
  }
}

/** For each stem of a question's number, the share of the questions that are numbered in it somewhere. */
function commonness(
  candidates: readonly Candidate[],
  questionOf: ReadonlyMap<number, number>,
): ReadonlyMap<string, number> {
  const numbers = new Map<string, Set<number>>();
  for (const { readings } of candidates) {
    for (const reading of readings) {
      if (reading.question === null || !questionOf.has(reading.question)) continue;
      numbers.set(reading.stem, (numbers.get(reading.stem) ?? new Set()).add(reading.question));
    }
  }
  return new Map([...numbers].map(([stem, found]) => [stem, found.size / questionOf.size]));
}
