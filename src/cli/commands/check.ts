import { Problem } from '../../core/problem';
import { CHECK_OPTIONS, checkOptions } from '../check/checkOptions';
import { CheckRun } from '../check/checkRun';
import { readChosenAssignment } from '../chosenAssignment';
import type { Command } from '../command';

const DETAILS = [
  '',
  '  REPORT             a file, or a folder of files (.md, .tex, .ipynb, .txt)',
  '  --assignment FILE  the questions and their claims, in YAML, or the name of one that Drylab brings along:',
  '                     deep-learning, which is meant unless given, or classical-ml',
  '  --format FORMAT    text, json (JSON Lines: one object a report), markdown, html, sarif or junit',
  '  --out FILE         write there, not to standard output',
  '  --jobs N           so many reports at once; unless given, the number of cores, at most 8',
  '  --shard I/N        only the I-th of N slices of the reports, counted from 1. Joined in order, the slices of text,',
  '                     json and markdown are the whole; those of html, sarif and junit are documents of their own',
  '  --fail-on VERDICT  exit with 1 when a finding is at least as grave: misconception, contradicted, missing, unverified',
  '  --recursive        look into the folders of folders, too',
  '',
  'A report that cannot be checked is told on standard error and makes the exit code 2; all others are checked.',
];

export const check: Command = {
  name: 'check',
  usage:
    'REPORT… [--assignment FILE] [--format FORMAT] [--out FILE] [--jobs N] [--shard I/N] [--fail-on VERDICT] [--recursive]',
  summary: 'Check what the answers of reports claim, by experiment.',
  details: DETAILS,
  options: CHECK_OPTIONS,
  async run(words, values, context) {
    const options = checkOptions(values);
    if (words.length === 0) throw new Problem('usage', { detail: 'Say which reports to check: files or folders.' });
    const assignment = await readChosenAssignment(options.assignment, context);
    if (!assignment) return { exitCode: 2 };
    const run = new CheckRun(options, assignment, context);
    return run.check(words).finally(() => run.dispose());
  },
};
