import type { Claim, Part, Question } from '../../src/core/assignment/assignment';
import type { Answer, ReportWarning } from '../../src/core/report/report';
import type { ShownPartFindings } from '../../src/protocol/findingsView';
import { partSummary } from '../../src/protocol/partSummary';
import type { PartState, QuestionState } from '../../src/protocol/questionsView';
import type { ReportState, ShownAnnotation } from '../../src/protocol/reportView';

/** All that the view shows of one part. */
export interface PartModel {
  readonly id: string;
  /** Markdown; empty for an answer that the assignment has no part for. */
  readonly prompt: string;
  /** Of the assignment; none for an answer that it has no part for. */
  readonly claims: readonly Claim[];
  readonly answer: Answer | null;
  readonly warnings: readonly ReportWarning[];
  readonly notes: readonly ShownAnnotation[];
  /** `null` while the answer has not been read. */
  readonly findings: ShownPartFindings | null;
  readonly state: PartState;
}

export interface QuestionModel {
  readonly id: string;
  readonly title: string;
  readonly prompt: string;
  readonly experiment: string | null;
  readonly parts: readonly PartModel[];
}

export interface ReportModel {
  readonly questions: readonly QuestionModel[];
  /** What belongs to no part. */
  readonly warnings: readonly ReportWarning[];
  readonly notes: readonly ShownAnnotation[];
}

/** Findings come without new answers, whose words need not be counted again. */
const counted = new WeakMap<Answer, number>();

/** Number of words, counted as runs of characters that are not white space. */
function countWords(answer: Answer): number {
  const words = counted.get(answer) ?? answer.text.match(/\S+/g)?.length ?? 0;
  counted.set(answer, words);
  return words;
}

function groupBy<T>(items: readonly T[], key: (item: T) => string | null): Map<string | null, T[]> {
  const groups = new Map<string | null, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

export type FindingsByPart = ReadonlyMap<string, ShownPartFindings>;

/** Sorts answers, warnings, notes and findings to the parts of the assignment; answers to no known part come last. */
export function reportModel(state: ReportState, findings: FindingsByPart): ReportModel {
  const answers = new Map(state.answers.map((answer) => [answer.id, answer]));
  const known = new Set(state.assignment.questions.flatMap((question) => question.parts.map((part) => part.id)));
  const others = [...answers.keys()].filter((id) => !known.has(id));
  const shown = new Set([...known, ...others]);
  const warnings = groupBy(state.warnings, (warning) => {
    const part = String(warning.data['part'] ?? '');
    return shown.has(part) ? part : null;
  });
  const notes = groupBy(state.annotations, ({ part }) => (part !== null && shown.has(part) ? part : null));
  const part = (id: string, prompt: string, claims: readonly Claim[] = []): PartModel => {
    const model = {
      id,
      prompt,
      claims,
      answer: answers.get(id) ?? null,
      warnings: warnings.get(id) ?? [],
      notes: notes.get(id) ?? [],
      findings: findings.get(id) ?? null,
    };
    return { ...model, state: partState(model) };
  };
  const questions = state.assignment.questions.map((question) => ({
    ...question,
    parts: question.parts.map(({ id, prompt, claims }) => part(id, prompt, claims)),
  }));
  return {
    questions: [
      ...questions,
      ...others.map((id) => ({ id, title: '', prompt: '', experiment: null, parts: [part(id, '')] })),
    ],
    warnings: warnings.get(null) ?? [],
    notes: notes.get(null) ?? [],
  };
}

function partState({ id, answer, warnings, notes, findings }: Omit<PartModel, 'state'>): PartState {
  const words = answer ? countWords(answer) : 0;
  const open = notes.filter(({ annotation }) => !annotation.resolved).length;
  const answered = words > 0;
  const summary = answered && findings ? partSummary(findings) : null;
  return { id, answered, words, notes: open, warnings: warnings.length, findings: summary };
}

/** For the navigation beside the report. */
export function questionStates(model: ReportModel): QuestionState[] {
  return model.questions.map(({ id, title, parts }) => ({ id, title, parts: parts.map(({ state }) => state) }));
}

/** The questions whose experiment has a view of its own. */
export function hasView(question: Pick<Question, 'experiment'>): boolean {
  return question.experiment === 'attention-map' || question.experiment === 'ae-vs-vae';
}

/** Whether a question is one part, whose heading is the question's. */
export function isSinglePart(question: { id: string; parts: readonly Pick<Part, 'id'>[] }): boolean {
  return question.parts.length === 1 && question.parts[0]?.id === question.id;
}
