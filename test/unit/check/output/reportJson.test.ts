import assert from 'node:assert/strict';
import fc from 'fast-check';
import { jsonLines } from '../../../../src/core/check/output/jsonLines';
import { failureJson, reportJson, type ReportJson } from '../../../../src/core/check/output/reportJson';
import { LineIndex, type Range } from '../../../../src/core/text';
import { checkedReport, CONTEXT, failedReport, FOUND, REPORT, written } from './someResults';

/** What stands at a range of a text, found by splitting it into lines. */
function textAt(text: string, { start, end }: Range): string {
  const lines = text.split('\n').slice(start.line, end.line + 1);
  const last = lines.length - 1;
  lines[last] = lines[last]!.slice(0, end.character);
  lines[0] = lines[0]!.slice(start.character);
  return lines.join('\n');
}

describe('findings as JSON', () => {
  const json = reportJson(checkedReport(), CONTEXT);
  const claims = json.parts.flatMap((part) => part.claims);
  const claimOf = (id: string): (typeof claims)[number] => claims.find((claim) => claim.id === id)!;

  it('has the fields of the contract', () => {
    assert.deepEqual([json.report, json.assignment], ['reports/anna.md', 'small']);
    assert.deepEqual(
      json.parts.map(({ id, points, suggested, answered }) => ({ id, points, suggested, answered })),
      [
        { id: '1a', points: 4, suggested: 2, answered: true },
        { id: '1b', points: 2, suggested: 1, answered: true },
        { id: '2', points: 3, suggested: 0, answered: false },
      ],
    );
    assert.deepEqual(claimOf('1a.m-linear'), {
      id: '1a.m-linear',
      kind: 'M',
      statement: 'Attention is linear in $n$.',
      stance: 'asserts',
      confidence: 0.9123,
      // The line is "   So 👍 it is linear in n.", where the picture takes two characters.
      spans: [{ start: { line: 3, character: 9 }, end: { line: 3, character: 26 }, text: 'it is linear in n' }],
      evidence: { experiment: 'attention-cost', outcome: 'holds', effect: 1.97, interval: [1.9, 2.05], unit: '1' },
      verdict: 'misconception',
      why: 'It is misconception.',
    });
    assert.deepEqual(json.parts[0]?.formulas, [
      {
        latex: 'n^2 d',
        kind: 'growth',
        verdict: 'wrong',
        message: 'It grows faster.',
        range: { start: { line: 2, character: 25 }, end: { line: 2, character: 30 } },
      },
    ]);
    assert.equal(json.warnings.length, 1);
    assert.deepEqual(
      json.warnings.map(({ code, message, range }) => [code, typeof message, range.start.line]),
      [['report.missing-part', 'string', 5]],
    );
  });

  it('has no evidence where none was measured yet, and where none is needed', () => {
    assert.equal(claimOf('1b.order').evidence, null);
    assert.equal(claimOf('2.size').evidence, null);
  });

  it('says where an answer stands, and that there is none', () => {
    assert.deepEqual(json.parts[0]?.range?.start, { line: 2, character: 6 });
    assert.equal(json.parts[2]?.range, null);
  });

  it('names the further file that words were read from', () => {
    const checked = checkedReport();
    const [answer, ...others] = checked.report.parts;
    const runs = answer!.runs.map((run) => ({ ...run, source: run.source - answer!.span.start, file: 1 }));
    const moved = { ...answer!, runs, span: { start: 0, end: 80 }, file: 1 };
    const further = REPORT.slice(answer!.span.start);
    const report = { ...checked.report, files: ['anna.tex', 'parts/one.tex'], parts: [moved, ...others] };
    const found = reportJson({ ...checked, report, sources: [REPORT, further] }, CONTEXT);
    const { spans } = found.parts[0]!.claims[0]!;
    assert.deepEqual(
      spans.map(({ file, start }) => [file, start.line, start.character]),
      [
        ['parts/one.tex', 0, further.indexOf('costs')],
        ['parts/one.tex', 0, further.indexOf('*every*')],
      ],
    );
    assert.equal(found.parts[0]?.file, 'parts/one.tex');
    assert.equal(found.parts[0]?.formulas[0]?.file, 'parts/one.tex');
  });

  it('finds words again at their places, whatever stands before them', () => {
    const filler = fc.stringMatching(/^[a-zé👍,;\n ]{0,60}$/u);
    fc.assert(
      fc.property(filler, filler, (before, between) => {
        const text = `1. a) x${before}costs $O(n^2 d)$${between}*every* token\n   it is linear in n.\n\n   b) No idea\n`;
        const checked = checkedReport('a.md', text);
        const spans = reportJson(checked, CONTEXT).parts.flatMap((part) => part.claims.flatMap((claim) => claim.spans));
        assert.equal(spans.length, FOUND.flatMap(({ words = [] }) => words).length);
        const index = new LineIndex(text);
        for (const span of spans) {
          assert.equal(textAt(text, span), span.text);
          assert.equal(text.slice(index.offsetAt(span.start), index.offsetAt(span.end)), span.text);
        }
      }),
    );
  });

  it('puts a code and a message in place of a report that cannot be checked', () => {
    assert.deepEqual(failureJson(failedReport('gone.md')), {
      report: 'gone.md',
      error: { code: 'file.missing', message: 'gone.md: no such file. Check the path.' },
    });
  });

  it('gives each report a line of its own, whatever its name and words are', () => {
    const names = fc.array(fc.string({ unit: 'binary' }), { maxLength: 6 });
    fc.assert(
      fc.property(names, (all) => {
        const results = all.map((name, index) => (index % 2 === 0 ? checkedReport(`${name}.md`) : failedReport(name)));
        const lines = written(jsonLines, results).split('\n');
        assert.equal(lines.pop(), '');
        const parsed = lines.map((line) => JSON.parse(line) as ReportJson);
        // A lone half of a surrogate pair is written as an escape, and comes back.
        assert.deepEqual(
          parsed.map(({ report }) => report),
          results.map(({ name }) => name),
        );
      }),
    );
  });
});
