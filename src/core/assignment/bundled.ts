import { Problem } from '../problem';

/** The assignments that Drylab brings along, by the names of their files; the first is in force where none is chosen. */
export const BUNDLED = ['deep-learning', 'classical-ml'] as const;

/**
 * The file name of the bundled assignment that a person chose by its name; `null` for a path.
 * @throws Problem `assignment.unknown` for a name that is none of them
 */
export function bundledFile(choice: string): string | null {
  if (choice !== '' && !/^[\w-]+$/.test(choice)) return null;
  const name = choice === '' ? BUNDLED[0] : BUNDLED.find((known) => known === choice);
  if (name === undefined) throw new Problem('assignment.unknown', { assignment: choice, known: BUNDLED.join(', ') });
  return `${name}.yaml`;
}

/** Whether a choice means the assignment that is in force where none is chosen, to whose questions explanations refer. */
export function isBuiltIn(choice: string): boolean {
  return ['', BUNDLED[0]].includes(choice.trim());
}
