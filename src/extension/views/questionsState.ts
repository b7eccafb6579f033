import type { PlacedAnnotation } from '../../core/annotation/annotation';
import type { Assignment } from '../../core/assignment/assignment';
import type { ProblemReport } from '../../core/problem';
import type { Answer, Report } from '../../core/report/report';
import { answerAt } from '../../core/report/sourceMap';
import type { ShownPartFindings } from '../../protocol/findingsView';
import { partSummary } from '../../protocol/partSummary';
import type { PartState, QuestionsState, SelectionState } from '../../protocol/questionsView';

/** What is known of the report that the side panel shows. */
export interface ShownReport {
  readonly name: string;
  readonly report: Report | null;
  /** With their spans in the text as it is now. */
  readonly answers: readonly Answer[];
  readonly placed: readonly PlacedAnnotation[];
  /** Of the parts that have been read. */
  readonly findings: readonly ShownPartFindings[];
  readonly problem: ProblemReport | null;
}

/** What the side panel shows: the questions of the assignment, with the state of their answers. */
export function questionsState(
  assignment: Assignment,
  shown: ShownReport | null,
  selection: SelectionState | null,
): QuestionsState {
  const texts = new Map(shown?.answers.map(({ id, text }) => [id, text]));
  const findings = new Map(shown?.findings.map((known) => [known.part, known]));
  const notes = countNotes(shown);
  const warnings = countWarnings(shown);
  const partState = (id: string): PartState => {
    const text = texts.get(id) ?? '';
    const answered = text.trim().length > 0;
    const known = answered ? findings.get(id) : undefined;
    return {
      id,
      answered,
      words: countWords(text),
      notes: notes.get(id) ?? 0,
      warnings: warnings.get(id) ?? 0,
      findings: known ? partSummary(known) : null,
    };
  };
  return {
    report: shown?.name ?? null,
    questions: assignment.questions.map((question) => ({
      id: question.id,
      title: question.title,
      parts: question.parts.map(({ id }) => partState(id)),
    })),
    selection,
    problem: shown?.problem ? { code: shown.problem.code, data: shown.problem.data } : null,
  };
}

/** Open notes by part: where they stand now, or where an orphan stood. */
function countNotes(shown: ShownReport | null): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { annotation, span } of shown?.placed ?? []) {
    if (annotation.resolved) continue;
    const part = span && shown ? (answerAt(shown.answers, span.start)?.id ?? null) : annotation.part;
    if (part) counts.set(part, (counts.get(part) ?? 0) + 1);
  }
  return counts;
}

/** A warning names the part that it is about. */
function countWarnings(shown: ShownReport | null): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { data } of shown?.report?.warnings ?? []) {
    const part = String(data['part'] ?? '');
    counts.set(part, (counts.get(part) ?? 0) + 1);
  }
  return counts;
}

const BLANK = 32;

/** Runs of characters that are not blank: fast enough for megabytes. */
export function countWords(text: string): number {
  let words = 0;
  let inWord = false;
  for (let i = 0; i < text.length; i++) {
    const visible = text.charCodeAt(i) > BLANK;
    if (visible && !inWord) words++;
    inWord = visible;
  }
  return words;
}
