import { readMarkers } from '../marker';
import type { ProseLine } from '../outline';
import { HEADINGS } from './commands';
import type { ListCounters } from './listLabels';

const NAMES = [...HEADINGS.keys()];
const SECTION = NAMES.indexOf('section');
const TITLE: ProseLine = {
  ...{ start: 0, end: 0, place: 'heading', level: 2, blockEnd: 0, group: 0, ordinal: null, afterSentence: true },
  margin: { quotes: 0, depth: 0, column: 0 },
};

/** The numbers that LaTeX prints before titles. */
export class HeadingNumbers {
  /** For each level, whether the title of the current heading has a number of its own. */
  private readonly isNumbered: boolean[] = [];

  constructor(private readonly counters: ListCounters) {}

  /**
   * Counts a heading.
   * @returns its number, such as `2.1`; none where it has no use: below `3 Question 2`, LaTeX prints 3.1.
   */
  next(name: string, title: string, isStarred: boolean): string {
    const level = NAMES.indexOf(name);
    if (level < 0) return '';
    if (!isStarred) {
      this.counters.set(name, this.counters.get(name) + 1);
      for (const lower of NAMES.slice(level + 1)) this.counters.set(lower, 0);
    }
    const words = title.replace(/\\[A-Za-z]+\*?|[{}$]|\s+/g, ' ').trim();
    this.isNumbered.length = Math.min(this.isNumbered.length, level);
    this.isNumbered[level] = readMarkers(`## ${words}`, TITLE).length > 0;
    const first = this.counters.get('chapter') > 0 ? 0 : SECTION;
    const numbers = NAMES.slice(first, level + 1).map((counter) => this.counters.get(counter));
    return isStarred || this.isNumbered.includes(true) || numbers.includes(0) ? '' : numbers.join('.');
  }
}
