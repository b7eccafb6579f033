import { phrase, type Phrase } from '../explain/phrase';
import type { Finding } from './finding';
import { plainStatement } from './plainStatement';

const NO_ANSWER = phrase('The report has no answer to this part.');

/** A claim in an answer as a test. */
export type TestState =
  | { readonly kind: 'passed' }
  | { readonly kind: 'skipped' }
  | { readonly kind: 'failed'; readonly message: Phrase; readonly expected: Phrase; readonly actual: Phrase };

/**
 * Passed is what is said and not refuted, failed what speaks against the answer, and skipped what nobody can tell, what
 * need not be said, and what a person dismissed.
 * @param answer the text that the finding's spans mean; `null` where the part has no answer
 */
export function testState(finding: Finding, answer: string | null, isDismissed: boolean): TestState {
  const { verdict, why } = finding;
  if (isDismissed) return { kind: 'skipped' };
  switch (verdict) {
    case 'supported':
    case 'stated':
      return { kind: 'passed' };
    case 'misconception':
    case 'contradicted':
    case 'missing':
      return {
        kind: 'failed',
        message: answer === null ? NO_ANSWER : why,
        expected: expectedOf(finding),
        actual: answer === null ? NO_ANSWER : actualOf(finding, answer),
      };
    default:
      return { kind: 'skipped' };
  }
}

/** An answer that says something false should not say it; one that denies or omits something true should say it. */
function expectedOf({ stance, statement }: Finding): Phrase {
  const said = { statement: plainStatement(statement) };
  return stance === 'asserts'
    ? phrase('The answer does not claim: {statement}', said)
    : phrase('The answer says: {statement}', said);
}

function actualOf({ spans }: Finding, answer: string): Phrase {
  const words = spans.map(({ start, end }) => answer.slice(start, end).replaceAll(/\s+/g, ' ').trim());
  return words.length > 0 ? phrase('“{words}”', { words: words.join(' … ') }) : phrase('The answer does not say this.');
}
