import type { ListCounters } from './listLabels';

interface Theorem {
  readonly title: string;
  /** `null` for one without numbers. */
  readonly counter: string | null;
  /** Counter whose number stands before its own. */
  readonly within: string | null;
}

/** Titles of what holds an answer, or its question. */
const ASKS = /^(?:question|exercise|problem|task)$/i;
const NUMBER = /^[([]?(?:\d{1,2}\W{0,3}(?:[a-z]\W{0,2}|\d{1,2})?|[ivx]{1,5}[.)\]]{0,2})$/i;

/** Environments with a title that may be numbered, such as `\begin{problem}`. */
export class Theorems {
  private readonly defined = new Map<string, Theorem>([
    // Of a template that many courses use; it counts by itself.
    ['homeworkProblem', { title: 'Problem', counter: 'homeworkProblem', within: null }],
  ]);

  /** For `\newtheorem`. */
  define(name: string, theorem: Theorem): void {
    this.defined.set(name, theorem);
  }

  /** Whether an environment may have the number of a question. */
  asks(name: string): boolean {
    return ASKS.test(this.defined.get(name)?.title ?? name);
  }

  /** Whether an argument is the number of a question, and no title. */
  isNumber(argument: string): boolean {
    return NUMBER.test(argument.trim());
  }

  /**
   * Begins such an environment.
   * @param label its argument; empty for none
   * @returns what is printed at its beginning; `null` for one that has no number
   */
  begin(name: string, label: string, counters: ListCounters): string | null {
    const theorem = this.defined.get(name);
    const title = theorem?.title ?? name.charAt(0).toUpperCase() + name.slice(1);
    const written = this.isNumber(label) ? label.trim() : null;
    if (!theorem || theorem.counter === null) return written === null ? null : `${title} ${written}`;
    counters.set(theorem.counter, counters.get(theorem.counter) + 1);
    const outer = theorem.within === null ? '' : `${counters.get(theorem.within)}.`;
    return `${title} ${written ?? `${outer}${counters.get(theorem.counter)}`}`;
  }
}
