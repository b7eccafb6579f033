import { Problem } from '../problem';
import type { Assignment } from './assignment';
import { loadAssignment } from './loadAssignment';

/** As `loadAssignment`. @throws Problem `assignment.invalid` with the first error and its line. */
export function readAssignment(yamlText: string, file: string): Assignment {
  const loaded = loadAssignment(yamlText, file);
  if ('assignment' in loaded) return loaded.assignment;
  const first = loaded.errors.at(0);
  const line = (first?.range.start.line ?? 0) + 1;
  throw new Problem('assignment.invalid', { file, line, detail: first?.message ?? '' });
}
