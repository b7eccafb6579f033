import { describeProblem, type ProblemCode, type ProblemData } from '../problem';
import type { Span } from '../text';
import { answerText } from './answerText';
import type { FormulaSpan, Outline } from './outline';
import type { Answer, Formula, ReportWarning, SourceRun, SourceSpan } from './report';
import type { Section } from './sections';
import { sourceEnd, textSpan } from './sourceMap';
import type { Transcript } from './transcript';
import { TranscriptMap } from './transcriptMap';

/** Cuts the answers out of a transcript and says what is unusual about them; all places are those of the source. */
export class ReportBuilder {
  readonly answers: Answer[] = [];
  readonly warnings: ReportWarning[] = [];
  private readonly map: TranscriptMap;
  private readonly text: string;

  constructor(
    transcript: Transcript,
    private readonly outline: Outline,
  ) {
    this.map = new TranscriptMap(transcript);
    this.text = transcript.text;
    for (const { code, data, place } of transcript.warnings) this.warnAt(code, data, place);
  }

  /** @param span in the transcript */
  warn(code: ProblemCode, data: ProblemData, span: Span): void {
    this.warnAt(code, data, this.map.placeOf(span));
  }

  /**
   * Of several answers to one part the first is kept; but a part's question that stands before its answer under a number
   * of its own is none.
   * @param parts ids of all parts that should be there, in order.
   */
  add(sections: readonly Section[], parts: readonly string[]): void {
    const order = new Map(parts.map((id, place) => [id, place]));
    const ends = new Map<string, number>();
    let before: string | null = null;
    const all = sections.map((section) => ({ section, cut: this.cut(section) }));
    const kept = new Map<string, Section>();
    for (const { section, cut } of all)
      if (!kept.has(section.id) && !isQuestion(cut.text)) kept.set(section.id, section);
    for (const { section, cut } of all) {
      const { id, start, within } = section;
      const marker = this.markerOf(section);
      if (ends.has(id)) {
        this.warn('report.repeated-part', { part: id }, marker);
        continue;
      }
      if ((kept.get(id) ?? section) !== section) continue;
      if (before !== null && (order.get(id) ?? 0) < (order.get(before) ?? 0)) {
        this.warn('report.out-of-order', { part: id, after: before }, marker);
      }
      if (cut.text === '') this.warn('report.empty-part', { part: id }, { start, end: within.start });
      this.answers.push(this.answer(section, cut));
      ends.set(id, cut.span.end);
      before = id;
    }
    this.warnOfMissing(parts, ends);
  }

  private warnAt(code: ProblemCode, data: ProblemData, place: SourceSpan): void {
    const range = this.map.rangeOf(place);
    this.warnings.push({ code, data, message: describeProblem({ code, data }), range, ...fileOf(place) });
  }

  /** The marker's characters, without blanks behind it. */
  private markerOf({ pick, start, within }: Section): Span {
    const { line } = pick.candidate;
    const end = within.start === line.blockEnd ? line.blockEnd : line.start + pick.reading.end;
    return { start, end: Math.max(start, start + this.text.slice(start, end).trimEnd().length) };
  }

  private cut({ pick, within }: Section): ReturnType<typeof answerText> {
    const { line } = pick.candidate;
    const open = pick.reading.openEmphasis;
    const dropped = open === null ? null : (this.outline.emphasis.get(line.start + open) ?? null);
    return answerText(this.text, within, line.margin, dropped);
  }

  private answer(section: Section, { text, runs: pieces, span: within }: ReturnType<typeof answerText>): Answer {
    const runs = this.map.runsOf(pieces);
    const heading = this.headingOf(section);
    const { start, end, ...file } = spanOf(runs) ?? this.emptyBehind(heading, within);
    const span = { start, end };
    const range = this.map.rangeOf({ ...span, ...file });
    const formulas = this.formulasIn(text, pieces, within);
    return { id: section.id, heading: this.map.textOf(heading).trimEnd(), text, runs, ...file, range, span, formulas };
  }

  private headingOf(section: Section): SourceSpan {
    const place = this.map.placeOf(this.markerOf(section));
    let heading = this.map.textOf(place);
    // The mark that closes a command, as in `\section{7}`, means nothing for the text and so is in no run.
    for (let { end } = place; ; end++) {
      const next = this.map.textOf({ ...place, start: end, end: end + 1 });
      if (!isOpen(heading, next)) return { ...place, end };
      heading += next;
    }
  }

  /** Where an answer without text stands; a command that is written as it is defined may have its own text elsewhere. */
  private emptyBehind(heading: SourceSpan, { start: at }: Span): SourceSpan {
    const place = this.map.placeOf({ start: at, end: at });
    if (place.file !== heading.file || place.start >= heading.end) return place;
    return { ...place, start: heading.end, end: heading.end };
  }

  private formulasIn(text: string, pieces: readonly SourceRun[], span: Span): Formula[] {
    const { formulas } = this.outline;
    const found: Formula[] = [];
    for (let i = firstBehind(formulas, span.start); i < formulas.length; i++) {
      const formula = formulas[i];
      if (!formula || formula.end > span.end) break;
      const inText = textSpan({ runs: pieces }, formula);
      if (!inText) continue;
      const latex = text
        .slice(inText.start, inText.end)
        .replace(/^\$+|\$+$/g, '')
        .trim();
      const place = this.map.placeOf(formula);
      found.push({ latex, display: formula.display, range: this.map.rangeOf(place), ...fileOf(place) });
    }
    return found;
  }

  /** Each missing part is missed where the answer before it ends. */
  private warnOfMissing(parts: readonly string[], ends: ReadonlyMap<string, number>): void {
    let end = 0;
    for (const part of parts) {
      end = ends.get(part) ?? end;
      if (!ends.has(part)) this.warn('report.missing-part', { part }, { start: end, end });
    }
  }
}

function isQuestion(text: string): boolean {
  return /\?["”’*_)\s]*$/.test(text);
}

/** From the first run to the last one in the same file. */
function spanOf(runs: readonly SourceRun[]): SourceSpan | null {
  const [first] = runs;
  const last = runs.findLast(({ file }) => file === first?.file);
  return first && last ? { start: first.source, end: sourceEnd(last), ...fileOf(first) } : null;
}

function fileOf({ file }: { readonly file?: number }): { readonly file?: number } {
  return file === undefined ? {} : { file };
}

/** Whether a bracket closes one that is open in a marker. */
function isOpen(marker: string, bracket: string): boolean {
  const open = bracket === '}' ? '{' : bracket === ']' ? '[' : '';
  return open !== '' && marker.split(open).length > marker.split(bracket).length && marker.startsWith('\\');
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
