import { availableParallelism } from 'node:os';
import { VERDICTS, type Verdict } from '../../core/check/finding';
import { Problem } from '../../core/problem';
import { wholeNumber, type OptionTypes, type OptionValues } from '../command';
import { FORMATS, type FormatName } from './formats';

export const CHECK_OPTIONS: OptionTypes = {
  assignment: { type: 'string' },
  format: { type: 'string' },
  out: { type: 'string' },
  jobs: { type: 'string' },
  shard: { type: 'string' },
  'fail-on': { type: 'string' },
  recursive: { type: 'boolean' },
};

/** Verdicts that can be asked to fail a check, from the gravest on. */
const FAILING = VERDICTS.slice(0, VERDICTS.indexOf('unverified') + 1);
const MOST_JOBS_BY_ITSELF = 8;
const MOST_JOBS = 64;

/** Which of so many equal shares of the reports to check; counted from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

export interface CheckOptions {
  /** `null` for the built-in one. */
  readonly assignment: string | null;
  readonly format: FormatName;
  /** `null` for standard output. */
  readonly out: string | null;
  readonly jobs: number;
  readonly shard: Shard;
  /** Verdicts that make the check fail; often none. */
  readonly failOn: readonly Verdict[];
  readonly isRecursive: boolean;
}

/** @throws Problem `usage` */
export function checkOptions(options: OptionValues): CheckOptions {
  return {
    assignment: textOf(options.assignment),
    format: format(options),
    out: textOf(options.out),
    jobs: jobs(options),
    shard: shard(textOf(options.shard)),
    failOn: failOn(textOf(options['fail-on'])),
    isRecursive: options.recursive === true,
  };
}

function textOf(value: OptionValues[string]): string | null {
  return typeof value === 'string' ? value : null;
}

function format(options: OptionValues): FormatName {
  const given = textOf(options.format);
  if (options.json === true) {
    if (given === null || given === 'json') return 'json';
    throw new Problem('usage', { detail: `--json and --format ${given} exclude each other. Leave one out.` });
  }
  if (given === null) return 'text';
  if (Object.hasOwn(FORMATS, given)) return given as FormatName;
  const known = Object.keys(FORMATS).join(', ');
  throw new Problem('usage', { detail: `There is no format "${given}". Choose one of: ${known}.` });
}

function jobs(options: OptionValues): number {
  const given = wholeNumber(options, 'jobs', Math.min(availableParallelism(), MOST_JOBS_BY_ITSELF));
  if (given >= 1 && given <= MOST_JOBS) return given;
  throw new Problem('usage', { detail: `--jobs takes a number from 1 to ${MOST_JOBS}; it was ${given}.` });
}

function shard(given: string | null): Shard {
  if (given === null) return { index: 1, count: 1 };
  const [, index = 0, count = 0] = (/^(\d{1,6})\/(\d{1,6})$/.exec(given) ?? []).map(Number);
  if (index >= 1 && index <= count) return { index, count };
  throw new Problem('usage', { detail: `--shard takes I/N with I from 1 to N, such as 2/4; it was "${given}".` });
}

function failOn(given: string | null): readonly Verdict[] {
  if (given === null) return [];
  const index = FAILING.findIndex((verdict) => verdict === given);
  if (index >= 0) return FAILING.slice(0, index + 1);
  const known = FAILING.join(', ');
  throw new Problem('usage', { detail: `--fail-on takes one of ${known}; it was "${given}".` });
}
