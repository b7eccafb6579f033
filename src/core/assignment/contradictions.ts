import type { Assignment, Question } from './assignment';

/** Keys and zero-based indices from the root to a value. */
export type Path = readonly (string | number)[];

export interface Contradiction {
  readonly path: Path;
  readonly message: string;
}

/** What makes an assignment unusable though it has the right shape: ids that are not unique or do not fit together. */
export function contradictionsIn({ questions }: Assignment): Contradiction[] {
  const found: Contradiction[] = [];
  const questionIds = new Set<string>();
  const claimIds = new Set<string>();
  questions.forEach((question, q) => {
    if (questionIds.has(question.id)) {
      found.push({ path: ['questions', q, 'id'], message: `question ${question.id} is given twice` });
    }
    questionIds.add(question.id);
    found.push(...wrongParts(question, q));
    question.parts.forEach((part, p) => {
      part.claims.forEach(({ id }, c) => {
        const path = ['questions', q, 'parts', p, 'claims', c, 'id'];
        if (!id.startsWith(`${part.id}.`)) {
          found.push({ path, message: `claim "${id}" must begin with "${part.id}.", as its part does` });
        }
        if (claimIds.has(id)) found.push({ path, message: `claim "${id}" is given twice` });
        claimIds.add(id);
      });
    });
  });
  return found;
}

/** A question has one part with its number, or parts `a`, `b`, … in order. */
function wrongParts({ id, parts }: Question, question: number): Contradiction[] {
  return parts.flatMap((part, index) => {
    const lettered = `${id}${String.fromCharCode(97 + index)}`;
    if (part.id === lettered || (parts.length === 1 && part.id === id)) return [];
    const expected = parts.length === 1 ? `"${id}" or "${lettered}"` : `"${lettered}"`;
    const message = `part "${part.id}" must have the id ${expected}: parts are lettered in order`;
    return [{ path: ['questions', question, 'parts', index, 'id'], message }];
  });
}
