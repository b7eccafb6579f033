import type { ChildProcess } from 'node:child_process';
import { parseArgs } from 'node:util';
import type { Channel } from '../protocol/rpc';
import type { RuntimeChoice } from './runtime';

export interface LabArguments {
  readonly models: string;
  readonly runtime: RuntimeChoice;
  /** Folder for evidence that need not be computed again. */
  readonly cache: string;
}

export function labArguments({ models, runtime, cache }: LabArguments): string[] {
  return ['--models', models, '--runtime', runtime, '--cache', cache];
}

export function parseLabArguments(args: string[]): LabArguments {
  const options = { models: { type: 'string' }, runtime: { type: 'string' }, cache: { type: 'string' } } as const;
  const { models = '', runtime = 'auto', cache = '' } = parseArgs({ args, options }).values;
  return { models, runtime: runtime as RuntimeChoice, cache };
}

/** Messages over the pipe between a process and its child; both ends use this. */
export function processChannel(end: ChildProcess | NodeJS.Process): Channel {
  return {
    post(message) {
      // The other end may be gone already: its exit is what rejects the caller.
      if (end.connected) end.send?.(message as object, undefined, undefined, () => undefined);
    },
    onMessage(listener) {
      end.on('message', listener);
      return { dispose: () => void end.off('message', listener) };
    },
  };
}
