import { describeProblem } from '../../problem';
import { plainStatement } from '../plainStatement';
import type { CheckContext, CheckDocument, CheckedReport, FailedReport } from './checkResult';
import { beginWords } from './lineWords';
import { oneLine, shortened } from './oneLine';
import { reportJson, type ClaimJson, type FormulaJson, type PartJson, type ReportJson } from './reportJson';
import { SHOWN_VERDICTS, sumOfPoints, tallyOf, tallyWords, VERDICT_SIGNS, verdictWord } from './verdictWords';

const LONGEST_QUOTE = 100;
const WORD_WIDTH = Math.max(...SHOWN_VERDICTS.map((verdict) => verdict.length));

/** For a person at a terminal: places as `file:line:character`, which terminals and editors follow. */
export function plainText(context: CheckContext): CheckDocument {
  return {
    begin: () => '',
    add: (result) => `${(result.problem ? failed(result) : checked(result, context)).join('\n')}\n\n`,
    end: () => '',
  };
}

function failed({ name, problem }: FailedReport): string[] {
  return [`${oneLine(name)}: not checked`, `  ${oneLine(describeProblem(problem))}`];
}

function checked(result: CheckedReport, context: CheckContext): string[] {
  const json = reportJson(result, context);
  const { points, suggested } = sumOfPoints(json.parts);
  const file = oneLine(json.report);
  return [
    `${file}: ${suggested} of ${points} points suggested; ${tallyWords(tallyOf(json.parts))}`,
    ...json.parts.filter(({ answered }) => answered).flatMap((part) => partLines(part, file)),
    ...unanswered(json),
    ...json.warnings
      .filter(({ code }) => code !== 'report.missing-part')
      .map((warning) => `  warning, ${oneLine(beginWords(warning))}: ${oneLine(warning.message)}`),
  ];
}

function partLines({ id, points, suggested, claims, formulas }: PartJson, file: string): string[] {
  return [
    `  ${oneLine(id)}: ${suggested} of ${points}`,
    ...claims.filter(({ verdict }) => verdict !== 'not-mentioned').flatMap((claim) => claimLines(claim, file)),
    ...formulas.filter(({ verdict }) => verdict === 'wrong').flatMap((formula) => formulaLines(formula, file)),
  ];
}

function claimLines({ id, statement, verdict, spans, why }: ClaimJson, file: string): string[] {
  const word = verdictWord(verdict).padEnd(WORD_WIDTH);
  return [
    `    ${VERDICT_SIGNS[verdict]} ${word}  ${oneLine(plainStatement(statement))} [${oneLine(id)}]`,
    `        ${oneLine(why)}`,
    ...spans.map(
      (span) => `        ${placeText(span.start, span.file, file)} “${shortened(span.text, LONGEST_QUOTE)}”`,
    ),
  ];
}

function formulaLines({ latex, message, range, file: further }: FormulaJson, file: string): string[] {
  return [
    `    ✗ ${'wrong formula'.padEnd(WORD_WIDTH)}  ${shortened(latex, LONGEST_QUOTE)}`,
    `        ${placeText(range.start, further, file)} ${oneLine(message)}`,
  ];
}

function placeText(
  { line, character }: { line: number; character: number },
  further: string | undefined,
  file: string,
): string {
  return `${further === undefined ? file : `${file} → ${oneLine(further)}`}:${line + 1}:${character + 1}`;
}

function unanswered({ parts }: ReportJson): string[] {
  const missing = parts.filter(({ answered }) => !answered);
  if (missing.length === 0) return [];
  const { points } = sumOfPoints(missing);
  return [`  not answered: ${missing.map(({ id }) => oneLine(id)).join(', ')} (0 of ${points})`];
}
