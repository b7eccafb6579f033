import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { partIds, type Assignment } from '../../core/assignment/assignment';
import { loadAssignment } from '../../core/assignment/loadAssignment';
import { Problem } from '../../core/problem';
import { readInput } from '../../platform/readInput';
import { onlyWord, type Command } from '../command';

export const parts: Command = {
  name: 'parts',
  usage: 'REPORT',
  summary: 'List the answers of a report, part by part, with their place in the file.',
  options: { assignment: { type: 'string' } },
  async run(words, options, { lab, assignments }) {
    const file = onlyWord(words, 'report');
    const assignment = await readAssignment(
      typeof options.assignment === 'string' ? options.assignment : join(assignments, 'deep-learning.yaml'),
    );
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

async function readAssignment(file: string): Promise<Assignment> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Problem('file.missing', { file });
  });
  const loaded = loadAssignment(text, file);
  if ('assignment' in loaded) return loaded.assignment;
  const [first] = loaded.errors;
  throw new Problem('assignment.invalid', {
    file,
    line: (first?.range.start.line ?? 0) + 1,
    detail: first?.message ?? '',
  });
}
