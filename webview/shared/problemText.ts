import { describeProblem, type ProblemReport } from '../../src/core/problem';
import { t } from './host';
import { partLabel } from './partLabel';

const PART_KEYS = new Set(['part', 'after']);

/** The problem in the reader's language, parts written as people write them. */
export function problemText({ code, data }: ProblemReport): string {
  const shown = Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, PART_KEYS.has(key) ? partLabel(String(value)) : value]),
  );
  return describeProblem({ code, data: shown }, (template) => t(template));
}
