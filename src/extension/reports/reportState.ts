import type { PlacedAnnotation } from '../../core/annotation/annotation';
import type { Answer } from '../../core/report/report';
import { textSpan } from '../../core/report/sourceMap';
import type { ReportState, ShownAnnotation } from '../../protocol/reportView';
import type { ReportSession } from './reportSession';

/** A note in the words of the answer that it stands in: the first of several. */
export function shownAnnotation({ annotation, span }: PlacedAnnotation, answers: readonly Answer[]): ShownAnnotation {
  for (const answer of span ? answers : []) {
    if (!span) continue;
    if (answer.file === undefined && (answer.span.end <= span.start || answer.span.start >= span.end)) continue;
    const shown = textSpan(answer, span);
    if (shown) return { annotation, span: shown, part: answer.id };
  }
  return { annotation, span: null, part: annotation.part };
}

/** What the report's webview shows of a session. */
export function reportState({ uri, report, problem, assignment, notes }: ReportSession): ReportState {
  const answers = report?.parts ?? [];
  return {
    uri: uri.toString(),
    name: uri.path.slice(uri.path.lastIndexOf('/') + 1),
    assignment,
    answers,
    warnings: report?.warnings ?? [],
    annotations: (notes?.placed ?? []).map((placed) => shownAnnotation(placed, answers)),
    notesProblem: plain(notes?.problem ?? null),
    problem: plain(problem),
  };
}

/** Errors lose their fields on the way to a webview. */
function plain(problem: ReportState['problem']): ReportState['problem'] {
  return problem && { code: problem.code, data: problem.data };
}
