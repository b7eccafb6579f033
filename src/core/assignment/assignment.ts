import type { Range } from '../text';

/** `E` expected in a good answer, `O` optional, `M` a common misconception. */
export type ClaimKind = 'E' | 'O' | 'M';

/** One proposition that is true or false. */
export interface Claim {
  /** Such as `7b.m-same-for-all`. */
  readonly id: string;
  readonly kind: ClaimKind;
  readonly statement: string;
  /** What an experiment must measure for the claim to hold; `null` for a claim that text alone decides. */
  readonly predicate: string | null;
}

export interface Part {
  /** Question number and part letter, such as `7b`; a question without letters is one part, such as `5`. */
  readonly id: string;
  /** Markdown. */
  readonly prompt: string;
  readonly points: number;
  readonly claims: readonly Claim[];
}

export interface Question {
  readonly id: string;
  readonly title: string;
  /** Markdown before the parts; may be empty. */
  readonly prompt: string;
  /** Id of the experiment that decides the claims. */
  readonly experiment: string | null;
  readonly parts: readonly Part[];
}

export interface Assignment {
  readonly id: string;
  readonly title: string;
  readonly questions: readonly Question[];
}

/** What is wrong in an assignment file, and where. */
export interface AssignmentError {
  readonly message: string;
  readonly range: Range;
}

/** Ids of all parts in order. */
export function partIds(assignment: Assignment): string[] {
  return assignment.questions.flatMap((question) => question.parts.map((part) => part.id));
}
