import type { Candidate, PlanQuestion } from './partSolver';

const MOST_QUESTIONS = 60;

/** Questions and parts of an assignment; ids that are no number with at most one letter cannot be found in a report. */
export function planFromParts(parts: readonly string[]): PlanQuestion[] {
  const questions = new Map<number, { id: string; letter: string }[]>();
  for (const id of parts) {
    const [, number, letter] = /^(\d{1,2})([a-z]?)$/.exec(id) ?? [];
    if (number === undefined || letter === undefined) continue;
    questions.set(Number(number), [...(questions.get(Number(number)) ?? []), { id, letter }]);
  }
  return [...questions].map(([number, found]) => ({
    number,
    parts: found.map(({ id }) => id),
    isLettered: found.some(({ letter }) => letter !== ''),
  }));
}

/**
 * What the assignment may be, going by the report alone. A question has parts where its number comes with a letter, or
 * where an `a` follows before any other number; it may have as many parts as any question in the report has.
 */
export function planFromCandidates(candidates: readonly Candidate[]): PlanQuestion[] {
  const numbers = new Set<number>();
  const lettered = new Set<number>();
  let current: readonly number[] = [];
  let most = 0;
  for (const { readings: all, line } of candidates) {
    // Whoever numbers every item with 1 leaves the counting to Markdown.
    const readings = line.ordinal === null ? all : all.filter(({ question }) => question !== 1 || line.ordinal === 1);
    const named = readings.flatMap(({ question }) =>
      question !== null && question <= MOST_QUESTIONS ? [question] : [],
    );
    for (const number of named) numbers.add(number);
    if (named.length > 0) current = named;
    // A number alone is no part of a question: it may count anything. What may number a question, as `I.`, does.
    const parts = readings.filter(({ question, numbering }) => {
      return question !== null || (numbering !== 'digit' && named.length === 0);
    });
    const part = parts.find((reading) => reading.part !== null && reading.part <= most)?.part ?? null;
    if (part === null) continue;
    if (part === 0 || named.length > 0) for (const number of current) lettered.add(number);
    if (part === most) most = part + 1;
  }
  const letters = Array.from({ length: Math.min(Math.max(most, 1), 26) }, (_, index) =>
    String.fromCharCode(97 + index),
  );
  return [...numbers]
    .sort((a, b) => a - b)
    .map((number) => ({
      number,
      parts: lettered.has(number) ? letters.map((letter) => `${number}${letter}`) : [`${number}`],
      isLettered: lettered.has(number),
    }));
}
