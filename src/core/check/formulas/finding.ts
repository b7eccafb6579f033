import type { Phrase } from '../../explain/phrase';
import type { Span } from '../../text';

/** What a formula of an answer says, and whether that is so. */
export interface FormulaFinding {
  /** As it stands in the answer, without dollars. */
  readonly latex: string;
  /** `growth`: rates are compared; `size`: a matrix's size; `relation`: two expressions are said to be the same. */
  readonly kind: 'growth' | 'size' | 'relation';
  /** `wrong` only where it certainly is. */
  readonly verdict: 'right' | 'wrong' | 'unknown';
  readonly message: Phrase;
  /** In the answer's text. */
  readonly span: Span;
}
