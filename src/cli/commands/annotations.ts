import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { listAnnotations } from '../../core/annotation/listing';
import { sidecarName } from '../../core/annotation/sidecar';
import { describeProblem } from '../../core/problem';
import { readInput } from '../../platform/readInput';
import { decodeUtf8 } from '../../platform/utf8';
import { onlyWord, type Command } from '../command';

export const annotations: Command = {
  name: 'annotations',
  usage: 'REPORT',
  summary: 'List the notes on a report and where their words stand now.',
  options: {},
  async run(words, _options, { warn }) {
    const file = onlyWord(words, 'report');
    const text = decodeUtf8(await readInput(file), file);
    const { listing, problem } = listAnnotations(file, text, await sidecarText(file));
    if (problem) warn(`drylab: ${describeProblem(problem)}`);
    const lines = listing.annotations.map(({ range, part, quote, body, author, resolved }) => {
      const place = range ? `line ${range.start.line + 1}` : 'words are gone';
      return `${part ?? '–'} · ${place} · “${quote}” · ${author}${resolved ? ' (resolved)' : ''}: ${body}`;
    });
    return { json: listing, text: [...lines, `${lines.length} notes`].join('\n') };
  },
};

/** Text of the file beside a report, `null` when there is none. */
async function sidecarText(report: string): Promise<string | null> {
  const file = join(dirname(report), sidecarName(basename(report)));
  try {
    return decodeUtf8(await readFile(file), file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
