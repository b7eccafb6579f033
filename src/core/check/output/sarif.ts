import type { Location, ReportingDescriptor, Result, Run, Notification } from 'sarif';
import type { Claim } from '../../assignment/assignment';
import { describeProblem } from '../../problem';
import type { Range } from '../../text';
import type { Verdict } from '../finding';
import { plainStatement } from '../plainStatement';
import type { CheckContext, CheckDocument, CheckedReport } from './checkResult';
import { besides } from './besides';
import { encodePath } from './encodePath';
import { oneLine } from './oneLine';
import { reportJson, type ClaimJson, type FormulaJson, type PartJson } from './reportJson';
import { verdictWord } from './verdictWords';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

/** Findings that somebody may have to act on; all others are left out. */
const LEVELS: Readonly<Partial<Record<Verdict, Result.level>>> = {
  misconception: 'warning',
  contradicted: 'warning',
  missing: 'note',
  unverified: 'note',
};

const FORMULA_RULES: readonly ReportingDescriptor[] = [
  rule('formula.growth', 'A growth rate in a formula must be right.', 'note'),
  rule('formula.size', 'The sizes of matrices in a formula must fit.', 'note'),
  rule('formula.relation', 'The two sides of a relation in a formula must fit.', 'note'),
];

/** SARIF 2.1.0: one run, whose rules are the claims of the assignment and whose results are what needs attention. */
export function sarif(context: CheckContext): CheckDocument {
  const rules = [...claimRules(context), ...FORMULA_RULES];
  const ruleIndices = new Map(rules.map(({ id }, index) => [id, index]));
  const failures: Notification[] = [];
  let isFirst = true;
  return {
    begin: () => opening(context, rules),
    add(result) {
      if (result.problem) {
        failures.push({
          level: 'error',
          descriptor: { id: result.problem.code },
          message: { text: describeProblem(result.problem) },
          locations: [location(result.uri, null)],
        });
        return '';
      }
      const results = resultsOf(result, context, ruleIndices).map((each) => JSON.stringify(each));
      if (results.length === 0) return '';
      const separator = isFirst ? '\n' : ',\n';
      isFirst = false;
      return separator + results.join(',\n');
    },
    end: () => closing(failures),
  };
}

/** All of a log up to the first result; the log as a whole is valid JSON once `closing` follows. */
function opening({ version }: CheckContext, rules: ReportingDescriptor[]): string {
  const driver: Run['tool']['driver'] = { name: 'Drylab', version, rules };
  const run = JSON.stringify({ tool: { driver }, columnKind: 'utf16CodeUnits' } satisfies Run);
  return `{"$schema":${JSON.stringify(SCHEMA)},"version":"2.1.0","runs":[${run.slice(0, -1)},"results":[`;
}

function closing(failures: Notification[]): string {
  const invocation = { executionSuccessful: failures.length === 0, toolExecutionNotifications: failures };
  return `\n],"invocations":${JSON.stringify([invocation] satisfies Run['invocations'])}}]}\n`;
}

function claimRules({ assignment }: CheckContext): ReportingDescriptor[] {
  const claims = assignment.questions.flatMap(({ parts }) => parts.flatMap((part) => part.claims));
  return claims.map(({ id, kind, statement, predicate }: Claim) => ({
    ...rule(id, statement, kind === 'M' ? 'warning' : 'note'),
    ...(predicate !== null && { fullDescription: { text: oneLine(plainStatement(predicate)) } }),
    properties: { kind },
  }));
}

function rule(id: string, text: string, level: Result.level): ReportingDescriptor {
  return { id, shortDescription: { text: oneLine(plainStatement(text)) }, defaultConfiguration: { level } };
}

function resultsOf(result: CheckedReport, context: CheckContext, rules: ReadonlyMap<string, number>): Result[] {
  const json = reportJson(result, context);
  const completed = (found: Result): Result => ({ ...found, ruleIndex: rules.get(found.ruleId ?? '') ?? -1 });
  return json.parts.flatMap((part) => [
    ...part.claims.flatMap((claim) => claimResult(claim, part, result)).map(completed),
    ...part.formulas
      .filter(({ verdict }) => verdict === 'wrong')
      .map((formula) => completed(formulaResult(formula, part, result.uri))),
  ]);
}

function claimResult(claim: ClaimJson, part: PartJson, checked: CheckedReport): Result[] {
  const { id, verdict, statement, why, stance, confidence } = claim;
  const level = LEVELS[verdict];
  if (level === undefined) return [];
  const [first, ...others] = claim.spans.map((span) => location(checked.uri, span, span.file));
  const text = oneLine(`${verdictWord(verdict)}: ${plainStatement(statement)} ${why}`);
  return [
    {
      ruleId: id,
      level,
      message: { text },
      locations: [first ?? partLocation(part, checked)],
      ...(others.length > 0 && { relatedLocations: others.map((each, index) => ({ ...each, id: index + 1 })) }),
      properties: { part: part.id, verdict, stance, confidence },
    },
  ];
}

function formulaResult({ latex, kind, message, range, file }: FormulaJson, part: PartJson, uri: string): Result {
  return {
    ruleId: `formula.${kind}`,
    level: 'note',
    message: { text: oneLine(message) },
    locations: [location(uri, range, file)],
    properties: { part: part.id, verdict: 'wrong', latex },
  };
}

/** Of what is not said: where the answer begins, or where it would have to stand. */
function partLocation({ id, range, file }: PartJson, { uri, warnings, report }: CheckedReport): Location {
  if (range) return location(uri, { start: range.start, end: range.start }, file);
  const missed = warnings.find(({ code, data }) => code === 'report.missing-part' && data.part === id);
  return location(uri, missed?.range ?? null, missed?.file === undefined ? undefined : report.files[missed.file]);
}

function location(uri: string, range: Range | null, file?: string): Location {
  const artifactLocation = { uri: file === undefined ? uri : besides(uri, encodePath(file)) };
  return { physicalLocation: { artifactLocation, ...(range && { region: regionOf(range) }) } };
}

function regionOf({ start, end }: Range): NonNullable<Location['physicalLocation']>['region'] {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}
