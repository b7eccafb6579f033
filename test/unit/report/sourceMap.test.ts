import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Answer, SourceRun } from '../../../src/core/report/report';
import { answerAt, sourceSpan, textSpan } from '../../../src/core/report/sourceMap';

/** An answer whose lines stand in the source behind the given indentations. */
function indented(
  before: string,
  lines: readonly { indent: string; line: string }[],
): { answer: Answer; source: string } {
  let source = before;
  let text = '';
  const runs: SourceRun[] = [];
  lines.forEach(({ indent, line }, index) => {
    source += (index > 0 ? '\r\n' : '') + indent;
    if (index > 0) text += '\n';
    if (line.length > 0) runs.push({ text: text.length, source: source.length, length: line.length });
    source += line;
    text += line;
  });
  const first = runs[0]?.source ?? source.length;
  const last = runs.at(-1);
  const span = { start: first, end: last ? last.source + last.length : first };
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  return { answer: { id: '1', heading: before.trim(), text, runs, span, range, formulas: [] }, source };
}

const lines = fc.array(
  fc.record({
    indent: fc.constantFrom('', '   ', '> '),
    line: fc.string({ unit: fc.constantFrom('a', 'b', 'é', '$'), maxLength: 6 }),
  }),
  { minLength: 1, maxLength: 5 },
);

describe('source map of an answer', () => {
  const { answer, source } = indented('1. ', [
    { indent: '', line: 'first line' },
    { indent: '   ', line: 'second' },
  ]);

  it('finds words in the source', () => {
    const { start, end } = sourceSpan(answer, { start: 6, end: 10 });
    assert.equal(source.slice(start, end), 'line');
  });

  it('spans a removed indentation', () => {
    const { start, end } = sourceSpan(answer, { start: 6, end: answer.text.length });
    assert.equal(source.slice(start, end), 'line\r\n   second');
    assert.deepEqual(textSpan(answer, { start, end }), { start: 6, end: answer.text.length });
  });

  it('puts a line end at the end of the line before', () => {
    const end = source.indexOf('line') + 4;
    assert.deepEqual(sourceSpan(answer, { start: 10, end: 11 }), { start: end, end });
  });

  it('gives nothing for a span in a marker or an indentation', () => {
    assert.equal(textSpan(answer, { start: 0, end: 3 }), null);
    const indentation = source.indexOf('   second');
    assert.equal(textSpan(answer, { start: indentation, end: indentation + 3 }), null);
  });

  it('clips a span that begins in the marker', () => {
    assert.deepEqual(textSpan(answer, { start: 0, end: 8 }), { start: 0, end: 5 });
  });

  it('agrees with the text character by character, both ways', () => {
    fc.assert(
      fc.property(lines, fc.nat(), fc.nat(), (drawn, a, b) => {
        const { answer, source } = indented('1. ', drawn);
        const start = a % (answer.text.length + 1);
        const end = start + (b % (answer.text.length - start + 1));
        const words = answer.text.slice(start, end);
        const found = sourceSpan(answer, { start, end });
        const unquoted = source.slice(found.start, found.end).replaceAll(/\r\n(> | {3})?/g, '\n');
        // Line ends at the edge of a selection belong to no run, so they may be lost, and nothing else may.
        assert.equal(unquoted.trim(), words.trim());
        const back = textSpan(answer, found);
        assert.equal(back ? answer.text.slice(back.start, back.end).trim() : '', words.trim());
      }),
    );
  });
});

describe('source map of an answer that is written differently', () => {
  // `na\\"ive -- so` for `naïve – so`.
  const runs: readonly SourceRun[] = [
    { text: 0, source: 10, length: 2 },
    { text: 2, source: 12, length: 1, sourceLength: 3 },
    { text: 3, source: 15, length: 3 },
    { text: 6, source: 18, length: 1, sourceLength: 2 },
    { text: 7, source: 20, length: 3 },
  ];
  const answer = { runs, span: { start: 10, end: 23 } };

  it('takes a run that stands for others as a whole', () => {
    assert.deepEqual(sourceSpan(answer, { start: 2, end: 3 }), { start: 12, end: 15 });
    assert.deepEqual(sourceSpan(answer, { start: 1, end: 7 }), { start: 11, end: 20 });
    for (const [start, end] of [
      [12, 13],
      [13, 14],
      [14, 15],
      [12, 15],
    ] as const) {
      assert.deepEqual(textSpan(answer, { start, end }), { start: 2, end: 3 });
    }
    assert.deepEqual(textSpan(answer, { start: 14, end: 19 }), { start: 2, end: 7 });
  });

  it('puts an empty span where it begins', () => {
    assert.deepEqual(sourceSpan(answer, { start: 2, end: 2 }), { start: 12, end: 12 });
    assert.deepEqual(sourceSpan(answer, { start: 3, end: 3 }), { start: 15, end: 15 });
    assert.deepEqual(sourceSpan(answer, { start: 10, end: 10 }), { start: 23, end: 23 });
  });
});

describe('answer at an offset', () => {
  const source = 'Title\n1. one\n2. (a) two';
  const at = (words: string, heading: string, id: string): Answer => {
    const start = source.indexOf(words);
    return { ...indented('', []).answer, id, heading, span: { start, end: start + words.length } };
  };
  const answers = [at('one', '1.', '1'), at('two', '2. (a)', '2a')];

  it('is the answer around it, its marker and its end included', () => {
    assert.equal(answerAt(answers, 0)?.id, undefined);
    assert.equal(answerAt(answers, source.indexOf('1.'))?.id, '1');
    assert.equal(answerAt(answers, source.indexOf('one') + 3)?.id, '1');
    assert.equal(answerAt(answers, source.indexOf('2. '))?.id, '2a');
    assert.equal(answerAt(answers, source.length)?.id, '2a');
    assert.equal(answerAt(answers, source.length + 1)?.id, undefined);
  });
});
