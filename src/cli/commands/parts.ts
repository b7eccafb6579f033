import { partIds } from '../../core/assignment/assignment';
import type { Answer } from '../../core/report/report';
import { readReportFile } from '../../platform/readReportFile';
import { readChosenAssignment } from '../chosenAssignment';
import { onlyWord, type Command } from '../command';

/** Of an answer or a warning. */
type Place = Pick<Answer, 'file' | 'range'>;

export const parts: Command = {
  name: 'parts',
  usage: 'REPORT [--assignment FILE]',
  summary: 'List the answers of a report, part by part, with their place in the file.',
  options: { assignment: { type: 'string' } },
  async run(words, options, context) {
    const file = onlyWord(words, 'report');
    const chosen = typeof options['assignment'] === 'string' ? options['assignment'] : null;
    const assignment = await readChosenAssignment(chosen, context);
    if (!assignment) return { exitCode: 2 };
    const source = await readReportFile(file);
    const report = await context.lab.call('readReport', { name: file, parts: partIds(assignment), ...source });
    const placeOf = ({ file, range }: Place): string =>
      `${file === undefined ? '' : `${report.files[file] ?? ''} `}line ${range.start.line + 1}`;
    const lines = report.parts.map((answer) => {
      const words = answer.text.split(/\s+/).filter(Boolean);
      return `${answer.id.padEnd(4)}${placeOf(answer).padEnd(11)}${String(words.length).padStart(4)} words  ${words.slice(0, 8).join(' ')} …`;
    });
    const warnings = report.warnings.map((warning) => `${placeOf(warning)}: ${warning.message}`);
    return {
      // What leads from the text to the source and back is of use to Drylab only.
      json: { ...report, parts: report.parts.map(partJson) },
      text: [...lines, `${report.parts.length} parts`, ...warnings].join('\n'),
    };
  },
};

function partJson({ id, heading, text, range, file, formulas }: Answer): unknown {
  return { id, heading, text, range, ...(file !== undefined && { file }), formulas };
}
