import type { Claim, Part, Question } from './assignment';
import type { Path } from './remark';

/** A claim with its part, and the path to it. */
export interface PlacedClaim {
  readonly question: Question;
  readonly part: Part;
  readonly claim: Claim;
  readonly path: Path;
}

export function placedClaims(questions: readonly Question[]): PlacedClaim[] {
  return questions.flatMap((question, q) =>
    question.parts.flatMap((part, p) =>
      part.claims.map((claim, c) => ({ question, part, claim, path: ['questions', q, 'parts', p, 'claims', c] })),
    ),
  );
}
