import { join } from 'node:path';
import { partIds } from '../../core/assignment/assignment';
import { readInput } from '../../platform/readInput';
import { onlyWord, type Command } from '../command';

export const parts: Command = {
  name: 'parts',
  usage: 'REPORT',
  summary: 'List the answers of a report, part by part, with their place in the file.',
  options: { assignment: { type: 'string' } },
  async run(words, options, { lab, assignments }) {
    const file = onlyWord(words, 'report');
    const course =
      typeof options.assignment === 'string' ? options.assignment : join(assignments, 'deep-learning.yaml');
    const assignment = await lab.call('readAssignment', { name: course, bytes: await readInput(course) });
    const bytes = await readInput(file);
    const report = await lab.call('readReport', { name: file, bytes, parts: partIds(assignment) });
    const lines = report.parts.map(({ id, range, text }) => {
      const words = text.split(/\s+/).filter(Boolean);
      return `${id.padEnd(4)}line ${String(range.start.line + 1).padEnd(6)}${String(words.length).padStart(4)} words  ${words.slice(0, 8).join(' ')} …`;
    });
    const warnings = report.warnings.map((w) => `line ${w.range.start.line + 1}: ${w.message}`);
    return {
      json: {
        ...report,
        parts: report.parts.map(({ id, heading, text, range, formulas }) => ({ id, heading, text, range, formulas })),
      },
      text: [...lines, `${report.parts.length} parts`, ...warnings].join('\n'),
    };
  },
};
