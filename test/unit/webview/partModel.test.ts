import assert from 'node:assert';
import type { Answer } from '../../../src/core/report/report';
import type { ReportState, ShownAnnotation } from '../../../src/protocol/reportView';
import { questionStates, reportModel } from '../../../webview/report/partModel';

const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

function answer(id: string, text: string): Answer {
  return { id, heading: id, text, runs: [], range, span: { start: 0, end: text.length }, formulas: [] };
}

function note(id: string, part: string | null, resolved = false): ShownAnnotation {
  const anchor = { exact: 'x', prefix: '', suffix: '', start: 0, end: 1 };
  const time = '2026-01-01T00:00:00.000Z';
  const annotation = {
    id,
    part,
    kind: 'note' as const,
    anchor,
    body: 'b',
    author: 'A',
    created: time,
    modified: time,
    resolved,
    replies: [],
  };
  return { part, span: part === null ? null : { start: 0, end: 1 }, annotation };
}

const part = (id: string) => ({ id, prompt: '', points: 1, claims: [] });
const state: ReportState = {
  uri: 'file:///r.md',
  name: 'r.md',
  assignment: {
    id: 'a',
    title: 'A',
    questions: [{ id: '2', title: 'Two', prompt: '', experiment: null, parts: [part('2a'), part('2b')] }],
  },
  answers: [answer('2a', 'three short words'), answer('9', 'an extra one')],
  warnings: [
    { code: 'report.missing-part', data: { part: '2b' }, message: '', range },
    { code: 'report.repeated-part', data: { part: '77' }, message: '', range },
  ],
  annotations: [note('n1', '2a'), note('n2', '2a', true), note('n3', null)],
  notesProblem: null,
  problem: null,
};

describe('the report as the view shows it', () => {
  const model = reportModel(state, new Map());

  it('tells of each part whether it is answered, its words, open notes and warnings', () => {
    assert.deepEqual(questionStates(model)[0]?.parts, [
      { id: '2a', answered: true, words: 3, notes: 1, warnings: 0, findings: null },
      { id: '2b', answered: false, words: 0, notes: 0, warnings: 1, findings: null },
    ]);
  });

  it('shows an answer that the assignment has no part for, after the others', () => {
    assert.deepEqual(
      model.questions.map(({ id }) => id),
      ['2', '9'],
    );
    assert.equal(model.questions[1]?.parts[0]?.answer?.text, 'an extra one');
  });

  it('drops no warning and no note that belongs to no part', () => {
    assert.deepEqual(
      model.warnings.map(({ data }) => data['part']),
      ['77'],
    );
    assert.deepEqual(
      model.notes.map(({ annotation }) => annotation.id),
      ['n3'],
    );
  });
});
