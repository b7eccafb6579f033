import { growthOf } from '../check/formulas/growth';
import { parseExpression } from '../check/formulas/parseFormula';
import { EXPERIMENTS } from '../experiments/registry';
import { phrase } from '../explain/phrase';
import type { Assignment, Claim, Question } from './assignment';
import { contradictoryCues } from './cues';
import { placedClaims, type PlacedClaim } from './placedClaims';
import type { Path, Remark } from './remark';
import { sameSentence } from './sameSentence';

/**
 * What makes an assignment unusable though it has the right shape: ids that are not unique, do not fit together or name
 * nothing, and claims or cues that contradict each other.
 */
export function contradictionsIn({ questions }: Assignment): Remark[] {
  const claims = placedClaims(questions);
  return [
    ...repeatedQuestions(questions),
    ...questions.flatMap((question, q) => [...unknownExperiment(question, q), ...wrongParts(question, q)]),
    ...wrongIds(claims),
    ...refutedExpectations(claims),
    ...rivalCosts(claims),
    ...claims.flatMap(({ claim, path }) => [...wrongGrowth(claim, path), ...contradictoryCues(claim, path)]),
  ];
}

function repeatedQuestions(questions: readonly Question[]): Remark[] {
  const seen = new Set<string>();
  return questions.flatMap(({ id }, q) => {
    const isRepeated = seen.has(id);
    seen.add(id);
    return isRepeated
      ? [{ path: ['questions', q, 'id'], message: phrase('question {id} is given twice', { id }) }]
      : [];
  });
}

/** A question has one part with its number, or parts `a`, `b`, … in order. */
function wrongParts({ id, parts }: Question, question: number): Remark[] {
  return parts.flatMap((part, index) => {
    const lettered = `${id}${String.fromCharCode(97 + index)}`;
    if (part.id === lettered || (parts.length === 1 && part.id === id)) return [];
    const data = { part: part.id, id, lettered };
    const message =
      parts.length === 1
        ? phrase('part "{part}" must have the id "{id}" or "{lettered}": parts are lettered in order', data)
        : phrase('part "{part}" must have the id "{lettered}": parts are lettered in order', data);
    return [{ path: ['questions', question, 'parts', index, 'id'], message }];
  });
}

function unknownExperiment({ experiment }: Question, question: number): Remark[] {
  if (experiment === null || EXPERIMENTS.some(({ id }) => id === experiment)) return [];
  const known = EXPERIMENTS.map(({ id }) => id).join(', ');
  const message = phrase('there is no experiment "{experiment}": choose one of {known}, or null', {
    experiment,
    known,
  });
  return [{ path: ['questions', question, 'experiment'], message }];
}

function wrongIds(claims: readonly PlacedClaim[]): Remark[] {
  const seen = new Set<string>();
  return claims.flatMap(({ part, claim: { id }, path }) => {
    const found: Remark[] = [];
    const data = { id, part: part.id };
    if (!id.startsWith(`${part.id}.`)) {
      const message = phrase('claim "{id}" must begin with "{part}.", as its part does', data);
      found.push({ path: [...path, 'id'], message });
    }
    if (seen.has(id)) found.push({ path: [...path, 'id'], message: phrase('claim "{id}" is given twice', data) });
    seen.add(id);
    return found;
  });
}

/** A sentence cannot be what a good answer says and a misconception. */
function refutedExpectations(claims: readonly PlacedClaim[]): Remark[] {
  const good = new Map(
    claims.flatMap(({ claim }) => (claim.kind === 'M' ? [] : [[sameSentence(claim.statement), claim.id] as const])),
  );
  return claims.flatMap(({ claim: { id, kind, statement }, path }) => {
    const other = kind === 'M' ? good.get(sameSentence(statement)) : undefined;
    if (other === undefined) return [];
    const message = phrase('the misconception "{id}" says the same as "{other}": it is one or the other', {
      id,
      other,
    });
    return [{ path: [...path, 'statement'], message }];
  });
}

/** An answer gives one overall cost, so no answer could make both claims. */
function rivalCosts(claims: readonly PlacedClaim[]): Remark[] {
  const first = new Map<string, Claim>();
  return claims.flatMap(({ part, claim, path }) => {
    const { id, kind, growth } = claim;
    if (growth === undefined || kind === 'M') return [];
    const other = first.get(part.id);
    if (!other) first.set(part.id, claim);
    if (!other || other.growth === growth) return [];
    const message = phrase(
      '"{other}" has a growth already, and an answer gives one overall cost: leave it out of "{id}"',
      { id, other: other.id },
    );
    return [{ path: [...path, 'growth'], message }];
  });
}

function wrongGrowth({ growth }: Claim, path: Path): Remark[] {
  if (growth === undefined) return [];
  const expression = parseExpression(growth);
  // `linear` would be a product of six letters, but nobody means that.
  const isWord = /[a-z]{4}/i.test(growth.replace(/\\[a-z]+|\{[^{}]*\}/gi, ''));
  if (expression && !isWord && growthOf(expression)) return [];
  const message = phrase('"{growth}" is no growth rate: write products, powers and sums of letters, such as n^2 d', {
    growth,
  });
  return [{ path: [...path, 'growth'], message }];
}
