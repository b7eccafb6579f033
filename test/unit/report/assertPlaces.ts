import assert from 'node:assert/strict';
import type { Answer, Report, SourceRun } from '../../../src/core/report/report';
import { sourceSpan, textSpan } from '../../../src/core/report/sourceMap';
import { LineIndex } from '../../../src/core/text';

/** Checks what holds of the places in every report. @param sources texts of `report.files`, in their order */
export function assertPlaces(sources: readonly string[], { parts, warnings, files }: Report): void {
  assert.equal(files.length, sources.length);
  const indices = sources.map((source) => new LineIndex(source));
  for (const { range, file = 0 } of warnings) {
    const { start, end } = indices[file]!.spanOf(range);
    assert.ok(start <= end && end <= sources[file]!.length, 'a warning points into its file');
  }
  for (const answer of parts) {
    const source = sources[answer.file ?? 0]!;
    assertRuns(sources, answer);
    assert.equal(answer.text, answer.text.trim());
    assert.deepEqual(indices[answer.file ?? 0]!.spanOf(answer.range), answer.span);
    if (answer.file === undefined && answer.runs.every(({ file }) => file === undefined)) {
      assert.ok(source.slice(0, answer.span.start).includes(answer.heading), 'the marker stands before the answer');
    }
    for (const { range, file = 0 } of answer.formulas) {
      const { start, end } = indices[file]!.spanOf(range);
      assert.match(sources[file]!.slice(start, end), /^(?:\$|\\[([]|\\begin)[^]*(?:\$|\\[)\]]|\})$/);
    }
  }
  assert.equal(new Set(parts.map(({ id }) => id)).size, parts.length);
}

function assertRuns(sources: readonly string[], answer: Answer): void {
  let text = 0;
  const ends = new Map<number, number>();
  for (const run of answer.runs) {
    const { file = 0, source, length } = run;
    const end = source + (run.sourceLength ?? length);
    assert.ok(run.text >= text && length > 0 && end > source, 'runs are in order and not empty');
    assert.ok(source >= (ends.get(file) ?? 0) && end <= sources[file]!.length, 'runs are in order in the source');
    const written = answer.text.slice(run.text, run.text + length);
    if (run.sourceLength === undefined) assert.equal(written, sources[file]!.slice(source, end));
    text = run.text + length;
    ends.set(file, end);
    assertThereAndBack(answer, run);
  }
  assert.ok(text <= answer.text.length);
  const own = answer.runs.filter(({ file }) => file === answer.file);
  if (own.length > 0) assert.equal(answer.span.start, own[0]!.source);
  if (own.length > 0) assert.equal(answer.span.end, ends.get(answer.file ?? 0));
}

/** From a run's text to its source and back. */
function assertThereAndBack(answer: Answer, { text, length, source, sourceLength = length, file }: SourceRun): void {
  const span = sourceSpan(answer, { start: text, end: text + length });
  assert.deepEqual(span, { start: source, end: source + sourceLength, ...(file === undefined ? {} : { file }) });
  assert.deepEqual(textSpan(answer, span), { start: text, end: text + length });
}
