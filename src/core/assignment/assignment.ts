import type { Phrase } from '../explain/phrase';
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
  /** How students put it, in sentences of their own kind: what to look for where the statement alone does not suffice. */
  readonly cues?: ClaimCues;
  /** Of a claim about the overall cost that its part asks for: the rate in TeX, such as `n^2 d`, that answers are to give. */
  readonly growth?: string;
}

export interface ClaimCues {
  readonly asserts?: readonly string[];
  readonly denies?: readonly string[];
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
  /** Sizes of the matrices and vectors that the question speaks of, by their letter: `Q: [n, d]`. */
  readonly symbols?: Readonly<Record<string, readonly string[]>>;
  readonly parts: readonly Part[];
}

export interface Assignment {
  readonly id: string;
  readonly title: string;
  readonly questions: readonly Question[];
}

/** What is wrong in an assignment file, where, and what to do. */
export interface AssignmentFlaw {
  readonly message: Phrase;
  readonly range: Range;
  /** Whether the YAML or its shape is wrong, which any reader of YAML and of the schema can tell too. */
  readonly isOfShape: boolean;
}

/** An assignment, or all that keeps a file from being one; and what is odd but can be used. */
export type LoadedAssignment =
  | { readonly assignment: Assignment; readonly warnings: readonly AssignmentFlaw[] }
  | { readonly errors: readonly AssignmentFlaw[]; readonly warnings: readonly AssignmentFlaw[] };

/** Ids of all parts in order. */
export function partIds(assignment: Assignment): string[] {
  return assignment.questions.flatMap((question) => question.parts.map((part) => part.id));
}
