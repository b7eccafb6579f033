import { Problem } from '../problem';
import { LineIndex } from '../text';
import { formatOf } from './format';
import { readMarkers } from './marker';
import { outlineOf, type Outline } from './outline';
import { planFromCandidates, planFromParts } from './partPlan';
import { choosePicks, type Candidate } from './partSolver';
import type { Report } from './report';
import { ReportBuilder } from './reportBuilder';
import { isNoReport, sectionsOf } from './sections';
import { shadowOf } from './shadow';
import { transcribe, type FurtherFiles } from './transcribe';

/**
 * Reads a report in the format that its name's ending tells. What is unusual in it, such as a part that is missing,
 * repeated or out of order, becomes a warning; of a repeated part the first answer is kept.
 * @param parts ids of the assignment's parts in order; `null` where the assignment is unknown, and then all numbers
 *   and letters that follow each other are parts and none is missing.
 * @param files what a LaTeX report takes in by `\input`; see `inputsOf`.
 * @throws Problem `file.format`, `file.empty`, `file.too-large` (with the files that it takes in), `notebook.json`,
 *   `notebook.format`.
 */
export function readReport(
  name: string,
  text: string,
  parts: readonly string[] | null,
  files: FurtherFiles = {},
): Report {
  const format = formatOf(name);
  if (text.replace(/^\uFEFF/, '').trim() === '') throw new Problem('file.empty', { file: name });
  const transcript = transcribe(format, { path: name, text }, files);
  const outline = outlineOf(shadowOf(transcript.text), new LineIndex(transcript.text));
  const candidates = candidatesIn(transcript.text, outline);
  const plan = parts ? planFromParts(parts) : planFromCandidates(candidates);
  const sections = sectionsOf(transcript.text, outline, choosePicks(candidates, plan), plan);
  const report = new ReportBuilder(transcript, outline);
  if (isNoReport(sections, candidates, plan)) report.warn('report.no-parts', { file: name }, { start: 0, end: 0 });
  else report.add(sections, parts ?? []);
  const { answers, warnings } = report;
  return { report: name, format, files: transcript.files.map(({ path }) => path), parts: answers, warnings };
}

/** Roman numbers that so few questions have are none: `V: the values`. */
const FEWEST_ROMANS = 3;

function candidatesIn(text: string, { lines }: Outline): Candidate[] {
  const read = lines.map((line) => ({
    line,
    readings: readMarkers(text.slice(line.start, Math.min(line.end, line.start + 100)), line),
  }));
  const romans = read.flatMap(({ readings }) => readings.filter(({ isBareRoman }) => isBareRoman));
  const hasRomans = new Set(romans.map(({ question }) => question)).size >= FEWEST_ROMANS;
  return read.flatMap(({ line, readings }) => {
    const kept = hasRomans ? readings : readings.filter(({ isBareRoman }) => !isBareRoman);
    return kept.length > 0 ? [{ line, readings: kept }] : [];
  });
}
