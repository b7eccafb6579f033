import { createWriteStream } from 'node:fs';
import { realpath, rename, rm, stat } from 'node:fs/promises';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { Problem } from '../../core/problem';

/** Where a text goes, piece by piece. */
export interface TextSink {
  /** @returns whether somebody still reads. @throws Problem `usage` when it cannot be written */
  write(text: string): Promise<boolean>;
  /** The text is complete. */
  finish(): Promise<void>;
  /** The text will never be complete: nothing of it remains in a file. */
  abandon(): Promise<void>;
}

export function standardOutput(): TextSink {
  // Errors reach the one who writes; without a listener, they would end the process as well.
  process.stdout.on('error', () => undefined);
  return {
    write: async (text) => {
      if (text === '') return true;
      const error = await written(process.stdout, text);
      if (error && (error as NodeJS.ErrnoException).code !== 'EPIPE') {
        throw new Problem('usage', { detail: `Standard output cannot be written: ${error.message}` });
      }
      return !error;
    },
    finish: () => Promise.resolve(),
    abandon: () => Promise.resolve(),
  };
}

/** A file that appears under its name when its text is complete. @throws Problem `usage` when it cannot be written */
export async function fileSink(file: string): Promise<TextSink> {
  const failed = (error: Error): never => {
    throw new Problem('usage', { detail: `${file} cannot be written: ${error.message}` });
  };
  const target = await realpath(file).catch(() => file);
  const found = await stat(target).catch(() => null);
  // A pipe or a device is written to, not replaced; opening a folder fails, as it should.
  const isReplaced = found === null || found.isFile();
  const path = isReplaced ? `${target}.${process.pid}.tmp` : target;
  const stream = createWriteStream(path);
  await once(stream, 'open').catch(failed);
  stream.on('error', () => undefined);
  const end = async (): Promise<void> => {
    stream.end();
    await once(stream, 'close');
  };
  return {
    write: async (text) => {
      const error = text === '' ? null : await written(stream, text);
      return error ? failed(error) : true;
    },
    finish: async () => {
      await end();
      if (isReplaced) await rename(path, target).catch(failed);
    },
    abandon: async () => {
      stream.destroy();
      if (isReplaced) await rm(path, { force: true });
    },
  };
}

function written(stream: Writable, text: string): Promise<Error | null> {
  return new Promise((resolve) => stream.write(text, (error) => resolve(error ?? null)));
}
