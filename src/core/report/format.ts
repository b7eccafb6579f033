import { Problem } from '../problem';
import type { ReportFormat } from './report';

const FORMATS: ReadonlyMap<string, ReportFormat> = new Map([
  ['md', 'markdown'],
  ['markdown', 'markdown'],
  ['tex', 'latex'],
  ['ipynb', 'notebook'],
  ['txt', 'text'],
]);

/** Endings of the names of reports, without the dot. */
export const REPORT_ENDINGS: readonly string[] = [...FORMATS.keys()];

/** Whether a file's name ends as those of reports do. */
export function isReportName(name: string): boolean {
  return FORMATS.has(endingOf(name));
}

/** The format that a file's name tells by its ending. @throws Problem `file.format` */
export function formatOf(name: string): ReportFormat {
  const format = FORMATS.get(endingOf(name));
  if (!format) throw new Problem('file.format', { file: name });
  return format;
}

function endingOf(name: string): string {
  return /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
}
