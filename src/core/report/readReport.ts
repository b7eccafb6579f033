import { describeProblem, Problem, type ProblemCode, type ProblemData } from '../problem';
import { LineIndex, type Span } from '../text';
import { answerText } from './answerText';
import { readMarkers } from './marker';
import { outlineOf, type FormulaSpan, type Outline } from './outline';
import { planFromCandidates, planFromParts } from './partPlan';
import { choosePicks, type Candidate, type Pick, type PlanQuestion } from './partSolver';
import type { Answer, Formula, Report, ReportWarning } from './report';
import { shadowOf } from './shadow';
import { textSpan } from './sourceMap';

/** Words behind a question's number from which on they answer its first part, and are no title. */
const FEWEST_WORDS = 12;

/**
 * Reads a Markdown report. What is unusual in it, such as a part that is missing, repeated or out of order, becomes a
 * warning; of a repeated part the first answer is kept.
 * @param parts ids of the assignment's parts in order; `null` where the assignment is unknown, and then all numbers
 *   and letters that follow each other are parts and none is missing.
 * @throws Problem `file.empty`.
 */
export function readReport(name: string, text: string, parts: readonly string[] | null): Report {
  if (text.replace(/^\uFEFF/, '').trim() === '') throw new Problem('file.empty', { file: name });
  const index = new LineIndex(text);
  const outline = outlineOf(shadowOf(text), index);
  const candidates = candidatesIn(text, outline);
  const plan = parts ? planFromParts(parts) : planFromCandidates(candidates);
  const sections = sectionsOf(text, outline, choosePicks(candidates, plan), plan);
  const report = new ReportBuilder(name, text, index, outline);
  if (isNoReport(sections, candidates, plan)) report.warn('report.no-parts', { file: name }, { start: 0, end: 0 });
  else report.add(sections, parts ?? []);
  return { report: name, format: 'markdown', parts: report.answers, warnings: report.warnings };
}

function candidatesIn(text: string, { lines }: Outline): Candidate[] {
  return lines.flatMap((line) => {
    const readings = readMarkers(text.slice(line.start, Math.min(line.end, line.start + 100)), line);
    return readings.length > 0 ? [{ line, readings }] : [];
  });
}

/** An answer with its marker, before it is cut out. */
interface Section {
  readonly id: string;
  readonly pick: Pick;
  /** From the marker on. */
  readonly start: number;
  /** Of what follows the marker. */
  readonly within: Span;
}

function sectionsOf(text: string, outline: Outline, picks: readonly Pick[], plan: readonly PlanQuestion[]): Section[] {
  const ends = headingEnds(outline, picks);
  const explicit = new Set(picks.map(({ question, part }) => `${question}/${part}`));
  return picks.flatMap((pick, index): Section[] => {
    const { line } = pick.candidate;
    const limit = Math.min(picks[index + 1]?.candidate.line.start ?? text.length, ends(line.blockEnd));
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
function isNoReport(
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

class ReportBuilder {
  readonly answers: Answer[] = [];
  readonly warnings: ReportWarning[] = [];

  constructor(
    private readonly name: string,
    private readonly source: string,
    private readonly index: LineIndex,
    private readonly outline: Outline,
  ) {}

  warn(code: ProblemCode, data: ProblemData, span: Span): void {
    this.warnings.push({ code, data, message: describeProblem({ code, data }), range: this.index.rangeOf(span) });
  }

  /** @param parts ids of all parts that should be there, in order. */
  add(sections: readonly Section[], parts: readonly string[]): void {
    const order = new Map(parts.map((id, place) => [id, place]));
    const seen = new Set<string>();
    let before: string | null = null;
    for (const section of sections) {
      const { id, start, within } = section;
      const marker = { start, end: Math.max(start + this.heading(section).length, start) };
      if (seen.has(id)) {
        this.warn('report.repeated-part', { part: id }, marker);
        continue;
      }
      seen.add(id);
      const answer = this.answer(section);
      if (before !== null && (order.get(id) ?? 0) < (order.get(before) ?? 0)) {
        this.warn('report.out-of-order', { part: id, after: before }, marker);
      }
      if (answer.text === '') this.warn('report.empty-part', { part: id }, { start, end: within.start });
      this.answers.push(answer);
      before = id;
    }
    this.warnOfMissing(parts);
  }

  private heading({ pick, start, within }: Section): string {
    const { line } = pick.candidate;
    const end = within.start === line.blockEnd ? line.blockEnd : line.start + pick.reading.end;
    return this.source.slice(start, end).trimEnd();
  }

  private answer(section: Section): Answer {
    const { id, pick, within } = section;
    const { line } = pick.candidate;
    const open = pick.reading.openEmphasis;
    const dropped = open === null ? null : (this.outline.emphasis.get(line.start + open) ?? null);
    const { text, runs, span } = answerText(this.source, within, line.margin, dropped);
    const range = this.index.rangeOf(span);
    const answer: Answer = { id, heading: this.heading(section), text, runs, range, span, formulas: [] };
    return { ...answer, formulas: this.formulasIn(answer) };
  }

  private formulasIn(answer: Answer): Formula[] {
    const { formulas } = this.outline;
    const found: Formula[] = [];
    for (let i = firstBehind(formulas, answer.span.start); i < formulas.length; i++) {
      const formula = formulas[i];
      if (!formula || formula.end > answer.span.end) break;
      const place = textSpan(answer, formula);
      if (!place) continue;
      const latex = answer.text
        .slice(place.start, place.end)
        .replace(/^\$+|\$+$/g, '')
        .trim();
      found.push({ latex, display: formula.display, range: this.index.rangeOf(formula) });
    }
    return found;
  }

  /** Each missing part is missed where the answer before it ends. */
  private warnOfMissing(parts: readonly string[]): void {
    const ends = new Map(this.answers.map(({ id, span }) => [id, span.end]));
    let end = 0;
    for (const part of parts) {
      end = ends.get(part) ?? end;
      if (!ends.has(part)) this.warn('report.missing-part', { part }, { start: end, end });
    }
  }
}

function firstBehind(formulas: readonly FormulaSpan[], offset: number): number {
  let low = 0;
  let high = formulas.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((formulas[middle]?.start ?? Infinity) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
