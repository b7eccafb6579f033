import type { Phrase } from '../explain/phrase';

/** Keys and zero-based indices from the root to a value. */
export type Path = readonly (string | number)[];

/** Something about a value that the schema cannot tell. */
export interface Remark {
  readonly path: Path;
  readonly message: Phrase;
}
