import assert from 'node:assert/strict';
import type { PlacedAnnotation } from '../../../src/core/annotation/annotation';
import type { Assignment } from '../../../src/core/assignment/assignment';
import type { Answer } from '../../../src/core/report/report';
import { countWords, questionsState } from '../../../src/extension/views/questionsState';
import { partSummary } from '../../../src/protocol/partSummary';
import { finding, MISCONCEPTION, partWith } from '../check/someFindings';
import { shownPart } from '../webview/shownFindings';

const part = (id: string) => ({ id, prompt: '', points: 1, claims: [] });
const assignment: Assignment = {
  id: 'a',
  title: 'A',
  questions: [
    { id: '1', title: 'One', prompt: '', experiment: null, parts: [part('1')] },
    { id: '2', title: 'Two', prompt: '', experiment: null, parts: [part('2a'), part('2b')] },
  ],
};
const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

function answer(id: string, start: number, text: string): Answer {
  const runs = [{ text: 0, source: start, length: text.length }];
  return { id, heading: `${id}.`, text, runs, span: { start, end: start + text.length }, range, formulas: [] };
}

function note(start: number | null, options: { part?: string; resolved?: boolean }): PlacedAnnotation {
  const annotation = {
    id: `${start}`,
    part: options.part ?? null,
    kind: 'note',
    anchor: { exact: 'x', prefix: '', suffix: '', start: 0, end: 1 },
    body: 'b',
    author: 'a',
    created: '',
    modified: '',
    resolved: options.resolved ?? false,
    replies: [],
  } as const;
  return { annotation, span: start === null ? null : { start, end: start + 1 }, score: 1 };
}

describe('state of the questions', () => {
  it('lists every part of the assignment without a report', () => {
    const { report, questions } = questionsState(assignment, null, null);
    assert.equal(report, null);
    assert.deepEqual(
      questions.flatMap(({ parts }) => parts.map(({ id, answered }) => ({ id, answered }))),
      [
        { id: '1', answered: false },
        { id: '2a', answered: false },
        { id: '2b', answered: false },
      ],
    );
  });

  it('counts words, open notes where they stand, warnings and findings of each part', () => {
    const findings = shownPart({ ...partWith([finding(), MISCONCEPTION]), part: '1' });
    const state = questionsState(
      assignment,
      {
        name: 'report.md',
        report: {
          report: 'report.md',
          format: 'markdown',
          files: ['report.md'],
          parts: [],
          warnings: [{ code: 'report.repeated-part', data: { part: '2a' }, message: '', range }],
        },
        answers: [answer('1', 10, 'three small words'), answer('2a', 40, ' \n')],
        placed: [
          note(12, { part: '2b' }),
          note(13, { resolved: true }),
          note(5, { part: '1' }),
          note(null, { part: '2b' }),
        ],
        findings: [findings, { ...findings, part: '2a' }],
        problem: null,
      },
      { part: '1', words: 'small' },
    );
    assert.deepEqual(
      state.questions.flatMap(({ parts }) => parts),
      [
        { id: '1', answered: true, words: 3, notes: 1, warnings: 0, findings: partSummary(findings) },
        { id: '2a', answered: false, words: 0, notes: 0, warnings: 1, findings: null },
        { id: '2b', answered: false, words: 0, notes: 1, warnings: 0, findings: null },
      ],
    );
    assert.deepEqual(state.selection, { part: '1', words: 'small' });
  });

  it('counts words as runs of characters that are not blank', () => {
    for (const text of ['', ' ', 'a', ' a\tb\n\nc ', 'd\u00e9j\u00e0 vu', '$O(n^2)$ is not $O(n)$']) {
      assert.equal(countWords(text), text.split(/[ \t\n]+/).filter((word) => word.length > 0).length, text);
    }
  });
});
