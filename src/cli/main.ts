/**
 * `drylab`: the same core as the extension, without VS Code. Exit codes: 0 done, 1 findings that --fail-on asks for, 2 bad
 * usage or input, 3 defect, 130 stopped by Ctrl+C.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import envPaths from 'env-paths';
import { Problem } from '../core/problem';
import { LabClient } from '../lab/client';
import type { Command, OptionTypes, OptionValues } from './command';
import { annotations } from './commands/annotations';
import { check } from './commands/check';
import { evidence } from './commands/evidence';
import { explain } from './commands/explain';
import { models } from './commands/models';
import { parts } from './commands/parts';
import { sample } from './commands/sample';
import { translate } from './commands/translate';

const COMMANDS: readonly Command[] = [parts, check, evidence, translate, sample, explain, models, annotations];

const COMMON: OptionTypes = { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } };

function help(commands: readonly Command[]): string {
  const lines = commands.map(({ name, usage, summary }) => `  drylab ${name} ${usage}\n      ${summary}`);
  return `Usage:\n${lines.join('\n')}\n\nAll commands take --json (one JSON value on standard output) and --help.`;
}

function parse(command: Command, args: string[]): { words: string[]; options: OptionValues } {
  try {
    const parsed = parseArgs({ args, options: { ...command.options, ...COMMON }, allowPositionals: true });
    return { words: parsed.positionals, options: parsed.values };
  } catch (error) {
    throw new Problem('usage', {
      detail: `${Problem.from(error).data.detail ?? ''} Usage: drylab ${command.name} ${command.usage}`,
    });
  }
}

/** @returns what to print, `null` after a command that did so itself */
async function run([name, ...args]: string[]): Promise<string | null> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') return help(COMMANDS);
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (!command) {
    const known = COMMANDS.map((candidate) => candidate.name).join(', ');
    throw new Problem('usage', { detail: `There is no command "${name}". Choose one of: ${known}.` });
  }
  const { words, options } = parse(command, args);
  if (options.help) return [help([command]), ...(command.details ?? [])].join('\n');
  const warn = (message: string): void => void process.stderr.write(`${message}\n`);
  const lab = startLab(warn);
  const context = { lab, assignments: join(__dirname, '..', 'assignments'), warn, startLab };
  try {
    const output = await command.run(words, options, context);
    if ('exitCode' in output) {
      process.exitCode = output.exitCode;
      return null;
    }
    return options.json ? JSON.stringify(output.json) : output.text;
  } finally {
    lab.dispose();
  }
}

/** Its process starts with the first call. */
function startLab(warn: (message: string) => void): LabClient {
  return new LabClient({
    script: join(__dirname, 'lab.js'),
    models: process.env.DRYLAB_MODELS ?? join(__dirname, '..', 'models'),
    cache: process.env.DRYLAB_CACHE ?? envPaths('drylab', { suffix: '' }).cache,
    runtime: () => (process.env.DRYLAB_RUNTIME === 'wasm' ? 'wasm' : 'auto'),
    logger: { info: () => undefined, warn, error: warn },
  });
}

run(process.argv.slice(2)).then(
  (output) => {
    if (output !== null) process.stdout.write(`${output}\n`);
  },
  (thrown: unknown) => {
    const problem = Problem.from(thrown);
    process.stderr.write(`drylab: ${problem.message}\n`);
    process.exitCode = problem.code === 'internal' ? 3 : 2;
  },
);
