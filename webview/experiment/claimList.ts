import type { Outcome } from '../../src/core/experiments/evidence';
import { sayPhrase } from '../../src/core/explain/phrase';
import type { ShownClaim } from '../../src/protocol/experimentView';
import { element } from '../shared/element';
import { outcomeMark } from '../shared/evidence/outcomeMark';
import { effectText, intervalText } from '../shared/evidence/outcomeText';
import { t } from '../shared/host';
import { renderMarkdown, type MarkdownOptions } from '../shared/markdownView';

/** What was found about each claim. Before a run, the claims alone. */
export function claimList(
  claims: readonly ShownClaim[],
  outcomes: Readonly<Record<string, Outcome>> | null,
  options: MarkdownOptions,
): HTMLElement {
  return element(
    'ul',
    { class: 'claims' },
    ...claims.map((claim) => element('li', { class: 'claim' }, ...claimRow(claim, outcomes?.[claim.id], options))),
  );
}

/** Statements are Markdown, mostly one paragraph, whose words stand behind the id. */
function statementNodes(statement: string, options: MarkdownOptions): Node[] {
  return [...renderMarkdown(statement, options).childNodes].flatMap((node) =>
    node instanceof HTMLParagraphElement ? [...node.childNodes] : [node],
  );
}

function claimRow(
  { id, statement, kind }: ShownClaim,
  outcome: Outcome | undefined,
  options: MarkdownOptions,
): HTMLElement[] {
  const claim = element(
    'div',
    { class: 'claim-statement markdown' },
    element('span', { class: 'claim-id' }, id),
    ...statementNodes(statement, options),
    kind === 'M' && element('span', { class: 'claim-kind' }, t('a common misconception')),
  );
  if (!outcome) return [claim];
  const interval = intervalText(outcome);
  const measured = element(
    'p',
    { class: 'measured' },
    outcomeMark(outcome.outcome),
    element('span', { class: 'effect' }, effectText(outcome)),
    interval !== null && element('span', { class: 'interval' }, t('interval {interval}', { interval })),
  );
  return [claim, measured, element('p', { class: 'claim-detail' }, sayPhrase(outcome.detail, t))];
}
