import type { ElementContent } from 'hast';
import { h } from 'hastscript';
import type { Verdict } from '../finding';
import type { Tally } from '../tally';
import { SHOWN_VERDICTS, VERDICT_SIGNS, verdictWord } from './verdictWords';

/** A verdict as sign and word; a wrong formula looks like what is contradicted. */
export function badge(verdict: Verdict | 'wrong formula', count?: number): ElementContent {
  const style = verdict === 'wrong formula' ? 'contradicted' : verdict;
  const word = verdict === 'wrong formula' ? verdict : verdictWord(verdict);
  const number = count === undefined ? '' : `\u00a0${count}`;
  return h('span', { className: ['verdict', `v-${style}`] }, [
    h('span', { ariaHidden: 'true' }, VERDICT_SIGNS[style]),
    ` ${word}${number}`,
  ]);
}

/** What there is, each with its number. */
export function tallyBadges({ verdicts, formulas }: Tally): ElementContent[] {
  const badges = SHOWN_VERDICTS.filter((verdict) => verdicts[verdict] > 0).map((verdict) =>
    badge(verdict, verdicts[verdict]),
  );
  if (formulas > 0) badges.push(badge('wrong formula', formulas));
  return badges.length > 0 ? [h('span.tally', badges)] : [h('span.quiet', 'nothing found')];
}
