import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import type { Log, Result, Run } from 'sarif';
import { sarif } from '../../../../src/core/check/output/sarif';
import { checkedReport, failedReport, REPORT, written } from './someResults';

/** The schema of the standard, which this package has a copy of. */
function sarifValidator(): (log: unknown) => string[] {
  const packages = createRequire(`${process.cwd()}/package.json`);
  const file = packages.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
  const schema = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  // Of an older draft, in which nothing else is different here; its patterns are no Unicode patterns.
  delete schema.id;
  delete schema.$schema;
  const ajv = new Ajv({ strict: false, unicodeRegExp: false, allErrors: true });
  addFormats(ajv);
  const validate = ajv.compile(schema);
  return (log) =>
    validate(log) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}

describe('findings as SARIF', () => {
  const errorsIn = sarifValidator();

  function runOf(results: Parameters<typeof written>[1]): Run {
    const log = JSON.parse(written(sarif, results)) as Log;
    assert.deepEqual(errorsIn(log), []);
    assert.equal(log.version, '2.1.0');
    assert.equal(log.runs.length, 1);
    return log.runs[0]!;
  }

  const { results = [], tool, invocations } = runOf([checkedReport(), failedReport('gone.md'), checkedReport('b.md')]);
  const of = (rule: string): Result => results.find(({ ruleId }) => ruleId === rule)!;

  it('is valid with any number of reports', () => {
    runOf([]);
    runOf([failedReport()]);
    runOf([failedReport(), checkedReport(), failedReport(), checkedReport()]);
  });

  it('has the claims and the kinds of formulas for rules', () => {
    assert.equal(tool.driver.version, '1.2.3');
    assert.deepEqual(
      tool.driver.rules?.map(({ id }) => id),
      [
        '1a.cost',
        '1a.softmax',
        '1a.m-linear',
        '1b.order',
        '2.size',
        'formula.growth',
        'formula.size',
        'formula.relation',
      ],
    );
    for (const { ruleId, ruleIndex } of results) assert.equal(tool.driver.rules?.[ruleIndex!]?.id, ruleId);
  });

  it('warns of what is wrong, notes what is missing or unsure, and leaves out the rest', () => {
    const levels = results.slice(0, results.length / 2).map(({ ruleId, level }) => [ruleId, level]);
    assert.deepEqual(levels, [
      ['1a.m-linear', 'warning'],
      ['formula.growth', 'note'],
      ['1b.order', 'note'],
      ['2.size', 'note'],
    ]);
  });

  it('counts lines and columns from one, in a file that is named relatively', () => {
    assert.deepEqual(of('1a.m-linear').locations, [
      {
        physicalLocation: {
          artifactLocation: { uri: 'reports/anna.md' },
          region: { startLine: 4, startColumn: 10, endLine: 4, endColumn: 27 },
        },
      },
    ]);
  });

  it('puts what is missing where it would have to stand', () => {
    assert.equal(of('2.size').locations?.[0]?.physicalLocation?.region?.startLine, 6);
  });

  it('tells of reports that could not be checked', () => {
    assert.equal(invocations?.[0]?.executionSuccessful, false);
    assert.deepEqual(
      invocations?.[0]?.toolExecutionNotifications?.map(({ level, message, descriptor }) => [
        level,
        message.text,
        descriptor?.id,
      ]),
      [['error', 'gone.md: no such file. Check the path.', 'file.missing']],
    );
    assert.equal(runOf([checkedReport()]).invocations?.[0]?.executionSuccessful, true);
  });

  it('stays valid whatever names and words are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), (name, words) => {
        runOf([
          checkedReport(`${name}.md`, REPORT.replace('linear in n.', `linear in n.\n   ${words}`)),
          failedReport(name),
        ]);
      }),
      { numRuns: 30 },
    );
  });
});
