import { isAbsolute, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { partIds, type Assignment } from '../../core/assignment/assignment';
import { answerWarnings } from '../../core/check/answerWarnings';
import type { EvidenceByClaim } from '../../core/check/finding';
import { judgeReport } from '../../core/check/judge';
import type { CheckedReport, CheckResult } from '../../core/check/output/checkResult';
import { encodePath } from '../../core/check/output/encodePath';
import type { Cancellation } from '../../core/ports';
import { Problem } from '../../core/problem';
import type { Report } from '../../core/report/report';
import { readReportFile } from '../../platform/readReportFile';
import { decodeUtf8 } from '../../platform/utf8';
import type { Lab, LabPool } from './labPool';
import type { ReportInput } from './reportFiles';

export interface CheckSurroundings {
  readonly labs: LabPool;
  readonly assignment: Assignment;
  readonly evidence: EvidenceByClaim;
  readonly cancellation: Cancellation;
}

/** What is wrong with Drylab itself would be wrong with every report. */
const OUR_OWN = /^(?:cancelled|lab\.start|lab\.runtime|(?:model|data)\..*)$/;

/**
 * Reads a report and judges its answers. What is wrong with a report is its result.
 * @throws Problem `cancelled`, and what keeps every report from being checked
 */
export async function checkReport(
  { name, problem }: ReportInput,
  surroundings: CheckSurroundings,
): Promise<CheckResult> {
  const named = { name, uri: uriOf(name) };
  if (problem) return { ...named, problem };
  try {
    const source = await readSource(name);
    const read = await surroundings.labs.lend((lab) => readAndJudge(lab, name, source, surroundings));
    return { ...named, problem: null, ...read };
  } catch (thrown) {
    const failure = Problem.from(thrown);
    if (OUR_OWN.test(failure.code)) throw failure;
    return { ...named, problem: failure };
  }
}

async function readAndJudge(
  lab: Lab,
  name: string,
  source: ReportFile,
  { assignment, evidence, cancellation }: CheckSurroundings,
): Promise<Pick<CheckedReport, 'report' | 'sources' | 'parts' | 'warnings'>> {
  const request = { name, parts: partIds(assignment), ...source };
  const report = await lab.call('readReport', request, { cancellation });
  if (report.parts.length === 0) throw new Problem('report.no-parts', { file: name });
  const readings = await lab.call('readAnswers', { report, assignment }, { cancellation });
  return {
    report,
    sources: sourcesOf(report, source),
    parts: judgeReport(assignment, readings, evidence),
    warnings: [...answerWarnings(report), ...report.warnings],
  };
}

type ReportFile = Awaited<ReturnType<typeof readReportFile>>;

async function readSource(file: string): Promise<ReportFile> {
  try {
    return await readReportFile(file);
  } catch (thrown) {
    const problem = Problem.from(thrown);
    if (problem.code !== 'internal') throw problem;
    throw new Problem('file.unreadable', { file, detail: String(problem.data.detail) });
  }
}

/** Texts of a report's files, the main file first. */
function sourcesOf({ files: paths }: Report, { bytes, files }: ReportFile): string[] {
  return paths.map((path, index) => {
    const own = index === 0 ? bytes : files[path];
    return own ? decodeUtf8(own, path) : '';
  });
}

/** From the folder in which the check runs; of a file on another drive, the whole address. */
function uriOf(file: string): string {
  const path = relative(process.cwd(), resolve(file));
  if (isAbsolute(path)) return pathToFileURL(path).href;
  return encodePath(path.split(sep).join('/'));
}
