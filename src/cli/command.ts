import type { parseArgs } from 'node:util';
import type { LabClient } from '../lab/client';
import { Problem } from '../core/problem';

export type OptionTypes = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>;
export type OptionValues = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

export interface CommandContext {
  readonly lab: LabClient;
  /** Folder of the assignments that Drylab brings along. */
  readonly assignments: string;
  /** For a person, on standard error. */
  warn(message: string): void;
  /** A further lab process, which whoever starts it disposes of. @param warn what it logs */
  startLab(warn: (message: string) => void): LabClient;
}

/** What a command found: JSON for programs, text for people. */
export interface CommandOutput {
  readonly json: unknown;
  readonly text: string;
}

/** The end of a command that wrote its output by itself. */
export interface CommandEnd {
  readonly exitCode: number;
}

/** One verb of the command line; options `--json` and `--help` belong to all. */
export interface Command {
  readonly name: string;
  /** What follows the name, such as `REPORT`. */
  readonly usage: string;
  readonly summary: string;
  /** Lines that only the help of this command shows. */
  readonly details?: readonly string[];
  readonly options: OptionTypes;
  run(words: readonly string[], options: OptionValues, context: CommandContext): Promise<CommandOutput | CommandEnd>;
}

/** The only word of a command. @throws Problem `usage` */
export function onlyWord(words: readonly string[], name: string): string {
  const [word] = words;
  if (word === undefined || words.length !== 1) {
    throw new Problem('usage', { detail: `Give exactly one ${name}; ${words.length} were given.` });
  }
  return word;
}

/** A whole number from an option's text. @throws Problem `usage` */
export function wholeNumber(options: OptionValues, name: string, otherwise: number): number {
  const text = options[name];
  if (text === undefined) return otherwise;
  if (typeof text !== 'string' || !/^\d{1,10}$/.test(text)) {
    throw new Problem('usage', { detail: `--${name} takes a whole number; "${String(text)}" is none.` });
  }
  return Number(text);
}
