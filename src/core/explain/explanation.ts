import type { Range } from '../text';

/** What is known about one piece of ML code; anything unknown is `null`, never a guess. */
export interface Explanation {
  /** Index of the notebook cell, or `null` in a script. */
  readonly cell: number | null;
  readonly range: Range;
  /** As resolved, such as `torch.nn.Conv2d`. */
  readonly symbol: string;
  /** Such as `2-D convolution`. */
  readonly title: string;
  /** What it is, in one or two sentences of Markdown. */
  readonly summary: string;
  /** Trainable parameters, when all arguments that matter are literal. */
  readonly parameters: number | null;
  /** How the count comes about, such as `64·32·3·3 + 64`. */
  readonly parametersFormula: string | null;
  readonly inputShape: string | null;
  readonly outputShape: string | null;
  /** Growth rate, such as `O(n²d)`, with the meaning of its letters. */
  readonly cost: string | null;
  /** A mistake that the code makes, in a sentence with what to do. */
  readonly mistake: string | null;
  readonly links: readonly ExplanationLink[];
}

/** A question of the assignment, and the view or experiment that shows the matter at work. */
export interface ExplanationLink {
  readonly question: string;
  readonly experiment: string | null;
}

/** A class or function that makes a module, with the parameters that it holds. */
export interface ModuleSummary {
  readonly name: string;
  readonly cell: number | null;
  readonly range: Range;
  /** Sum over what could be resolved. */
  readonly parameters: number;
  /** Whether nothing is missing in the sum. */
  readonly exact: boolean;
  /** Source text of what could not be resolved. */
  readonly unresolved: readonly string[];
}

export interface FileExplanation {
  readonly file: string;
  readonly items: readonly Explanation[];
  readonly classes: readonly ModuleSummary[];
  readonly builders: readonly ModuleSummary[];
}
