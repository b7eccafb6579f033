import type { Tally } from '../../src/core/check/tally';
import type { PartState } from '../../src/protocol/questionsView';
import { element } from './element';
import { icon } from './icon';
import { MARK_ICONS, type Mark } from './mark';
import { countOf } from './markText';
import { stateWords } from './questionFilter';

/** Marks that a row tells as one, by the first of them. */
const GROUPS: readonly (readonly [Mark, ...Mark[]])[] = [
  ['misconception', 'contradicted', 'formula'],
  ['missing'],
  ['unverified'],
  ['supported', 'stated'],
];
/** More would leave no room for the name of the part. */
const SHOWN = 3;

/** The state of a part as the row of a tree shows it; the row's label says the same in words. */
export function partMarks(part: PartState): Node[] {
  const marks: Node[] = [];
  if (part.warnings > 0) marks.push(icon('info'));
  if (part.notes > 0) marks.push(element('span', { class: 'count' }, icon('comment'), String(part.notes)));
  const [state, words] = stateWords(part);
  marks.push(element('span', part.answered ? { class: 'row-words' } : {}, part.answered ? words : state));
  const found = part.findings ? findingMarks(part.findings.tally) : [];
  if (found.length > 0) return [...marks, ...found];
  return [...marks, icon(part.answered ? 'circle-large-filled' : 'circle-large-outline')];
}

function findingMarks(tally: Tally): HTMLElement[] {
  const groups = GROUPS.map((marks) => ({
    mark: marks[0],
    count: marks.reduce((sum, mark) => sum + countOf(tally, mark), 0),
  }));
  return groups
    .filter(({ count }) => count > 0)
    .slice(0, SHOWN)
    .map(({ mark, count }) =>
      element('span', { class: `count mark-${mark}` }, icon(MARK_ICONS[mark]), count > 1 && String(count)),
    );
}
