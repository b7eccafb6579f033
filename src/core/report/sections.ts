import type { Span } from '../text';
import type { Outline } from './outline';
import type { Candidate, Pick, PlanQuestion } from './partSolver';

/** Words behind a question's number from which on they answer its first part, and are no title. */
const FEWEST_WORDS = 12;

/** An answer with its marker, before it is cut out. */
export interface Section {
  readonly id: string;
  readonly pick: Pick;
  /** From the marker on. */
  readonly start: number;
  /** Of what follows the marker. */
  readonly within: Span;
}

/** The sections that begin with the chosen markers; the numbers of questions with parts, and their titles, begin none. */
export function sectionsOf(
  text: string,
  outline: Outline,
  picks: readonly Pick[],
  plan: readonly PlanQuestion[],
): Section[] {
  const ends = headingEnds(outline, picks);
  const explicit = new Set(picks.map(({ question, part }) => `${question}/${part}`));
  return picks.flatMap((pick, index): Section[] => {
    const { line } = pick.candidate;
    const next = picks[index + 1]?.candidate.line.start ?? text.length;
    const limit = Math.min(beforeMargin(text, next), ends(line.blockEnd));
    const behindMarker = line.start + pick.reading.end;
    const hasBody = line.place === 'heading' && text.slice(line.blockEnd, limit).trim() !== '';
    const start = hasBody ? line.blockEnd : behindMarker;
    const within = { start, end: withoutDividers(text, outline, { start, end: Math.max(limit, start) }) };
    const part = pick.part < 0 && !explicit.has(`${pick.question}/0`) ? 0 : pick.part;
    const isTitle = pick.part < 0 && text.slice(within.start, within.end).split(/\s+/).length < FEWEST_WORDS;
    const id = plan[pick.question]?.parts[part];
    return id === undefined || isTitle ? [] : [{ id, pick, start: line.start, within }];
  });
}

/** Without the blanks and quote marks that stand before an offset in its line. */
function beforeMargin(text: string, offset: number): number {
  let at = offset;
  while (/[ \t>]/.test(text.charAt(at - 1))) at -= 1;
  return at === 0 || /[\r\n]/.test(text.charAt(at - 1)) ? at : offset;
}

/**
 * Where questions are headings, another heading of their level or above ends an answer as well.
 * @returns for an offset the start of the first such heading behind it; offsets must not fall from call to call.
 */
function headingEnds({ dividers }: Outline, picks: readonly Pick[]): (offset: number) => number {
  const levels = picks.flatMap(({ candidate, reading }) => (reading.question === null ? [] : [candidate.line.level]));
  const level = levels.filter((l) => l > 0).length > levels.length / 2 ? Math.min(...levels.filter((l) => l > 0)) : 0;
  const ends = dividers.filter((divider) => divider.level > 0 && divider.level <= level);
  let next = 0;
  return (offset) => {
    while (next < ends.length && (ends[next]?.start ?? 0) < offset) next += 1;
    return ends[next]?.start ?? Infinity;
  };
}

/** The end of a span without the headings and rules that it ends with: they belong to what comes next. */
function withoutDividers(text: string, { dividers }: Outline, { start, end }: Span): number {
  let low = 0;
  let high = dividers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((dividers[middle]?.start ?? Infinity) < end) low = middle + 1;
    else high = middle;
  }
  let trimmedEnd = end;
  for (let last = dividers[low - 1]; last && last.start >= start; last = dividers[--low - 1]) {
    if (text.slice(last.end, trimmedEnd).replace(/[\s>]+/g, '') !== '') break;
    trimmedEnd = last.start;
  }
  return trimmedEnd;
}

/**
 * A list that counts on over questions as if they had no parts, and does not get far, is some other list, as long as
 * nothing else in the file looks like a part.
 */
export function isNoReport(
  sections: readonly Section[],
  candidates: readonly Candidate[],
  plan: readonly PlanQuestion[],
): boolean {
  if (sections.length === 0) return true;
  const isBare = sections.every(({ pick }) => pick.reading.part === null && pick.reading.weight < 0.8);
  const questions = new Set(sections.map(({ pick }) => pick.question));
  if (!isBare || questions.size >= plan.length / 2) return false;
  const lettered = new Set(plan.filter(({ isLettered }) => isLettered).map(({ number }) => number));
  const groups = new Set(sections.map(({ pick }) => pick.candidate.line.group));
  const readings = candidates.flatMap((candidate) => candidate.readings);
  const hasLetters = readings.some(({ numbering }) => numbering === 'letter' || numbering === 'roman');
  const countsOver = candidates.some(
    ({ line, readings: own }) => groups.has(line.group) && own.some(({ question }) => lettered.has(question ?? 0)),
  );
  return countsOver && !hasLetters;
}
