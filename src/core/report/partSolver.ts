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
const BACKWARD = 1.5;
/** The same for the part that comes next after a repeated one. */
const AGAIN = 0.9;
/** The number of a question that is passed again on the way forward after a step back, unless its form is sure. */
const PASSED_QUESTION = 0.8;
const SURE = 0.85;
/** A part counts once: a repetition is worth noticing, but never worth preferring. */
const MOST_FOR_REPEAT = 0.15;
const SKIPPED_PART = 0.15;
const MOST_SKIPPED = 1;
const COMMON_FORM = 1.2;
/** The same for a question's number alone, which must not be passed over when a letter follows. */
const COMMON_QUESTION = 0.7;
const CLEAR = 0.5;
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
  /** Whether parts have letters somewhere in the report: then lists with numbers hardly count parts. */
  private readonly usesLetters: boolean;
  /** The last candidate of each list and paragraph. */
  private readonly previous = new Map<number, Candidate>();

  constructor(
    candidates: readonly Candidate[],
    private readonly plan: readonly PlanQuestion[],
  ) {
    this.questionOf = new Map(plan.map(({ number }, index) => [number, index]));
    let place = 0;
    this.firstPlace = plan.map(({ parts }) => (place += parts.length) - parts.length);
    this.commonness = commonness(candidates, plan);
    const isLetter = ({ numbering, weight }: Reading): boolean => numbering === 'letter' && weight >= 0.5;
    this.usesLetters = candidates.filter(({ readings }) => readings.some(isLetter)).length > 1;
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
    const pick: Pick = { candidate, reading, question, part };
    // The number of a question with parts stands between the part before and its own first part.
    const place = (this.firstPlace[question] ?? 0) + (part < 0 ? -0.5 : part);
    const bit = part < 0 ? 0n : 1n << BigInt(place);
    const isRepeat = part < 0 ? before?.question === question : before !== null && (before.held & bit) !== 0n;
    // A list inside an answer may count `a. b. c.` as well; a part that comes again looks like the others.
    const isAlike = part >= 0 && (reading.question !== null || before?.form === reading.form);
    if (isRepeat && !isAlike) return null;
    return {
      score: this.earned(before, pick, place, isRepeat) + (before?.score ?? 0),
      pick,
      before,
      place,
      reach: Math.max(place, before?.reach ?? -1),
      question,
      part,
      numbering: reading.part === null ? null : reading.numbering,
      form: reading.part === null ? (before?.form ?? null) : reading.form,
      held: (before?.held ?? 0n) | bit,
      numbered: reading.question === null && before ? before.numbered : pick,
      isRepeat,
    };
  }

  /** What a pick adds to the score of the chain before it. */
  private earned(before: Chain | null, pick: Pick, place: number, isRepeat: boolean): number {
    const weight = this.weight(before, pick);
    const from = before?.place ?? -1;
    const reach = before?.reach ?? -1;
    const isPart = pick.part >= 0;
    const own = isPart ? 2 * weight : 0.8 * (weight - 0.75);
    if (isRepeat) {
      const isNext = place - Math.ceil(from) === (Number.isInteger(from) ? 1 : 0);
      return Math.min(MOST_FOR_REPEAT, own - (isNext && before?.isRepeat ? AGAIN : BACKWARD));
    }
    if (place <= from) return own - BACKWARD;
    if (!isPart && place < reach && weight < SURE) return own - PASSED_QUESTION;
    const skipped = Math.max(0, Math.ceil(place) - Math.floor(reach) - 1);
    return own + this.common(pick, weight) - Math.min(MOST_SKIPPED, SKIPPED_PART * skipped);
  }

  /** What a question's number earns by its form being common in the report. */
  private common({ reading, part }: Pick, weight: number): number {
    if (reading.question === null) return 0;
    const share = this.commonness.get(commonForm(reading)) ?? 0;
    if (part >= 0) return COMMON_FORM * share;
    return weight >= CLEAR ? COMMON_QUESTION * share : 0;
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
      const isBelow = isIndented(line, before.numbered.candidate.line) || /part/.test(reading.form);
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
    let { weight } = reading;
    if (reading.question === null) {
      if (reading.numbering === 'digit') return weight - (this.usesLetters ? 0.4 : 0);
      return before?.form === reading.form ? weight + 0.15 : weight;
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

/** Whether a line stands deeper than another; three blanks below `10.` are one too few for Markdown, but meant so. */
function isIndented({ place, margin }: ProseLine, above: ProseLine): boolean {
  if (margin.depth > above.margin.depth) return true;
  const isItem = place === 'item' && above.place === 'item';
  return isItem && margin.depth === above.margin.depth && margin.column >= above.margin.column + 2;
}

/** Numbers with and without a part are told apart: lists that count steps look like the latter. */
function commonForm({ stem, part }: Reading): string {
  return part === null ? stem : `${stem}x`;
}

/**
 * For each form of a question's number, the share of the questions that are numbered in it somewhere. Of numbers without
 * a part those of questions without parts are counted, where there are any: a list of steps has others as well.
 */
function commonness(candidates: readonly Candidate[], plan: readonly PlanQuestion[]): ReadonlyMap<string, number> {
  const all = new Set(plan.map(({ number }) => number));
  const undivided = new Set(plan.filter(({ isLettered }) => !isLettered).map(({ number }) => number));
  const alone = undivided.size > 0 ? undivided : all;
  const found = new Map<string, { readonly among: number; readonly numbers: Set<number> }>();
  for (const { readings } of candidates) {
    const isJoined = readings.some(({ question, part }) => question !== null && part !== null);
    for (const reading of readings) {
      const among = reading.part === null ? alone : all;
      if (reading.question === null || !among.has(reading.question)) continue;
      if (isJoined && reading.part === null) continue;
      const form = commonForm(reading);
      const entry = found.get(form) ?? { among: among.size, numbers: new Set() };
      entry.numbers.add(reading.question);
      found.set(form, entry);
    }
  }
  return new Map([...found].map(([form, { among, numbers }]) => [form, numbers.size / among]));
}
