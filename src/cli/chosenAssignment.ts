import { join } from 'node:path';
import type { Assignment, AssignmentFlaw } from '../core/assignment/assignment';
import { bundledFile } from '../core/assignment/bundled';
import { oneLine } from '../core/check/output/oneLine';
import { IN_ENGLISH, sayPhrase } from '../core/explain/phrase';
import { readInput } from '../platform/readInput';
import { decodeUtf8 } from '../platform/utf8';
import type { CommandContext } from './command';

/**
 * The assignment that a person chose: the path of a file, or the name of one that Drylab brings along; `null` for the
 * built-in one. Tells all that is odd in it, one a line, as `file:line:column`.
 * @returns `null` after telling all that is wrong in it
 * @throws Problem `assignment.unknown`, `file.missing`, `file.too-large`, `file.not-utf8`
 */
export async function readChosenAssignment(
  choice: string | null,
  { assignments, warn }: Pick<CommandContext, 'assignments' | 'warn'>,
): Promise<Assignment | null> {
  const bundled = bundledFile(choice ?? '');
  const file = bundled === null ? (choice ?? '') : join(assignments, bundled);
  const text = decodeUtf8(await readInput(file), file);
  // Loaded when needed: commands without an assignment start sooner.
  const { loadAssignment } = await import('../core/assignment/loadAssignment');
  const loaded = loadAssignment(text, file);
  for (const flaw of loaded.warnings) warn(flawLine(file, flaw, 'warning: '));
  if ('assignment' in loaded) return loaded.assignment;
  for (const flaw of loaded.errors) warn(flawLine(file, flaw, ''));
  const count = loaded.errors.length;
  warn(`drylab: ${file} has ${count} ${count === 1 ? 'error' : 'errors'}. Mend it as said above and try again.`);
  return null;
}

/** One-based, as editors count. */
function flawLine(file: string, { message, range: { start } }: AssignmentFlaw, prefix: string): string {
  return oneLine(`${file}:${start.line + 1}:${start.character + 1}: ${prefix}${sayPhrase(message, IN_ENGLISH)}`);
}
