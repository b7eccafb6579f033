import type { Element, Text } from 'xast';
import { toXml, type Raw } from 'xast-util-to-xml';
import { x } from 'xastscript';
import { IN_ENGLISH, sayPhrase } from '../../explain/phrase';
import { describeProblem } from '../../problem';
import type { PartFindings } from '../finding';
import { testState, type TestState } from '../testState';
import { besides } from './besides';
import type { CheckContext, CheckDocument, CheckedReport, FailedReport } from './checkResult';
import { beginWords, lineWords } from './lineWords';
import { reportJson, type ClaimJson, type FormulaJson, type PartJson } from './reportJson';
import { sumOfPoints } from './verdictWords';

/** JUnit's XML: a report is a test suite, a claim in a part is a test. */
export function junit(context: CheckContext): CheckDocument {
  return {
    begin: () => '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="drylab check">\n',
    add: (result) =>
      `${toXml(result.problem ? failedSuite(result) : suite(result, context), { allowDangerousXml: true })}\n`,
    end: () => '</testsuites>\n',
  };
}

function failedSuite({ name, problem }: FailedReport): Element {
  const message = describeProblem(problem);
  return element('testsuite', { name, tests: 1, failures: 0, errors: 1, skipped: 0 }, [
    element('testcase', { classname: name, name: 'can be checked' }, [
      element('error', { type: problem.code, message }, [message]),
    ]),
  ]);
}

function suite(result: CheckedReport, context: CheckContext): Element {
  const json = reportJson(result, context);
  const { points, suggested } = sumOfPoints(json.parts);
  const tests = result.parts.flatMap((findings, index) => {
    const answer = result.report.parts.find(({ id }) => id === findings.part)?.text ?? '';
    const part = json.parts[index];
    return part ? part.claims.map((claim, at) => test(json.report, part, claim, stateOf(findings, at, answer))) : [];
  });
  const count = (name: string): number =>
    tests.filter(({ children }) => children.some((child) => isNamed(child, name))).length;
  const counts = { tests: tests.length, failures: count('failure'), errors: 0, skipped: count('skipped') };
  const wrong = json.parts.flatMap(({ id, formulas }) =>
    formulas.filter(({ verdict }) => verdict === 'wrong').map((formula) => formulaLine(id, formula)),
  );
  const notes = [...wrong, ...json.warnings.map((warning) => `${beginWords(warning)}: ${warning.message}`)];
  return element('testsuite', { name: json.report, ...counts }, [
    element('properties', {}, [
      property('assignment', json.assignment),
      property('points', points),
      property('suggested', suggested),
    ]),
    ...tests,
    ...(notes.length > 0 ? [element('system-out', {}, [notes.join('\n')])] : []),
  ]);
}

function stateOf({ claims }: PartFindings, index: number, answer: string): TestState {
  const finding = claims[index];
  return finding ? testState(finding, answer, false) : { kind: 'skipped' };
}

function isNamed(child: Element['children'][number], name: string): boolean {
  return child.type === 'element' && child.name === name;
}

function property(name: string, value: string | number): Element {
  return element('property', { name, value }, []);
}

function test(report: string, part: PartJson, claim: ClaimJson, state: TestState): Element {
  const line = claim.spans[0]?.start.line ?? part.range?.start.line;
  const further = claim.spans[0]?.file;
  const attributes = {
    classname: `${report}.${part.id}`,
    name: claim.id,
    file: further === undefined ? report : besides(report, further),
    ...(line !== undefined && { line: line + 1 }),
  };
  return element('testcase', attributes, outcomeOf(claim, state));
}

function outcomeOf({ verdict, why, spans }: ClaimJson, state: TestState): Element[] {
  if (state.kind === 'passed') return [];
  if (state.kind === 'skipped') return [element('skipped', { message: why }, [])];
  const [expected, actual] = [state.expected, state.actual].map((text) => sayPhrase(text, IN_ENGLISH));
  const message = `expected: ${expected ?? ''} actual: ${actual ?? ''}`;
  const quotes = spans.map((span) => `${lineWords([span])}: “${span.text}”`);
  return [element('failure', { type: verdict, message }, [[why, ...quotes].join('\n')])];
}

function formulaLine(part: string, finding: FormulaJson): string {
  return `${part}, ${beginWords(finding)}: wrong formula ${finding.latex}: ${finding.message}`;
}

type Attributes = Readonly<Record<string, string | number>>;

function element(name: string, attributes: Attributes, children: readonly (Element | string)[]): Element {
  const clean = Object.entries(attributes).map(([key, value]) => [key, possible(String(value))]);
  const made = children.flatMap((child): (Element | Text | Raw)[] =>
    typeof child === 'string' ? text(child) : [child],
  );
  return x(name, Object.fromEntries(clean) as Record<string, string>, made);
}

/** The end of a CDATA section must not stand in XML, and the writer would leave it. */
function text(value: string): (Text | Raw)[] {
  return possible(value)
    .split(']]>')
    .flatMap((piece, index): (Text | Raw)[] => [
      ...(index > 0 ? [{ type: 'raw', value: ']]&gt;' } as const] : []),
      { type: 'text', value: piece },
    ]);
}

/** Text without what XML 1.0 has no way to write: most controls, halves of surrogate pairs, two non-characters. */
function possible(value: string): string {
  return value.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
}
