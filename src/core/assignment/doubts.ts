import { EXPERIMENTS } from '../experiments/registry';
import { phrase } from '../explain/phrase';
import type { Assignment } from './assignment';
import { idleCues } from './cues';
import { placedClaims, type PlacedClaim } from './placedClaims';
import type { Remark } from './remark';
import { sameSentence } from './sameSentence';

/** What can be used, but is hardly meant: claims that wait for an experiment in vain, and what is said twice. */
export function doubtsIn({ questions }: Assignment): Remark[] {
  const claims = placedClaims(questions);
  return [
    ...claims.flatMap((placed) => undecided(placed)),
    ...repeatedStatements(claims),
    ...claims.flatMap(({ claim, path }) => idleCues(claim, path)),
  ];
}

/** A claim that has a predicate, but no experiment that would test it. */
function undecided({ question: { experiment }, claim: { id, predicate }, path }: PlacedClaim): Remark[] {
  if (predicate === null) return [];
  const at = [...path, 'predicate'];
  if (experiment === null) {
    const message = phrase(
      'nothing tests this: the question names no experiment, so the text alone decides "{id}"; write null',
      { id },
    );
    return [{ path: at, message }];
  }
  const claims = EXPERIMENTS.find((known) => known.id === experiment)?.claims ?? [];
  if (claims.length === 0 || claims.includes(id)) return [];
  const data = { experiment, id, decided: claims.join(', ') };
  const message = phrase(
    'the experiment {experiment} does not decide "{id}", only {decided}: the text alone decides it; write null',
    data,
  );
  return [{ path: at, message }];
}

/** One sentence cannot have two verdicts in one answer. */
function repeatedStatements(claims: readonly PlacedClaim[]): Remark[] {
  const seen = new Map<string, string>();
  return claims.flatMap(({ part, claim: { id, kind, statement }, path }) => {
    const key = `${part.id} ${kind === 'M' ? 'M' : ''} ${sameSentence(statement)}`;
    const other = seen.get(key);
    seen.set(key, id);
    if (other === undefined || other === id) return [];
    const message = phrase('"{id}" says the same as "{other}": remove one', { id, other });
    return [{ path: [...path, 'statement'], message }];
  });
}
