import { group } from 'd3-array';
import type { Claim } from '../../src/core/assignment/assignment';
import type { KnownEvidence } from '../../src/core/check/finding';
import type { Phrase } from '../../src/core/explain/phrase';
import type { Span } from '../../src/core/text';
import type { ShownFinding, ShownFormula, ShownPartFindings } from '../../src/protocol/findingsView';
import { MARKS, type Mark } from '../shared/mark';
import { locateWords } from './locateWords';

/** One line of the list beside an answer. */
export interface FindingItem {
  /** Of the claim; of a formula one that no claim has. */
  readonly id: string;
  /** `null` while the answer has not been read. */
  readonly mark: Mark | null;
  /** Markdown: the claim, or the formula. */
  readonly statement: string;
  readonly why: Phrase | null;
  /** In the answer as it is now; words that are gone have none. */
  readonly spans: readonly Span[];
  readonly evidence: KnownEvidence;
  /** What was found, for a dismissal; `null` where there is nothing to dismiss. */
  readonly stance: string | null;
  /** The reason of the dismissal, if there is one. */
  readonly dismissed: string | null;
}

/** What the list beside an answer shows, each group from the gravest item on. */
export interface FindingList {
  readonly items: readonly FindingItem[];
  /** Folded away: what the answer does not speak of; without an answer, all claims. */
  readonly unmentioned: readonly FindingItem[];
  /** Folded away: what a person dismissed. */
  readonly dismissed: readonly FindingItem[];
}

export const NO_FINDINGS: FindingList = { items: [], unmentioned: [], dismissed: [] };

/**
 * @param claims of the assignment, which are the list until the answer is read
 * @param findings `null` while the answer has not been read
 * @param text of the answer as it is now, which may be another one than was read
 */
export function findingList(claims: readonly Claim[], findings: ShownPartFindings | null, text: string): FindingList {
  if (!findings) return { items: claims.map(unread), unmentioned: [], dismissed: [] };
  const all = [
    ...findings.claims.map((finding) => claimItem(finding, text)),
    ...formulaItems(findings.formulas, text),
  ].sort((a, b) => gravity(a) - gravity(b));
  if (!findings.isAnswered) return { items: [], unmentioned: all, dismissed: [] };
  const standing = all.filter(({ dismissed }) => dismissed === null);
  return {
    items: standing.filter(({ mark }) => mark !== 'not-mentioned'),
    unmentioned: standing.filter(({ mark }) => mark === 'not-mentioned'),
    dismissed: all.filter(({ dismissed }) => dismissed !== null),
  };
}

function gravity({ mark }: FindingItem): number {
  return mark === null ? 0 : MARKS.indexOf(mark);
}

function unread({ id, statement }: Claim): FindingItem {
  return { id, mark: null, statement, why: null, spans: [], evidence: null, stance: null, dismissed: null };
}

function claimItem(finding: ShownFinding, text: string): FindingItem {
  const { claim, verdict, statement, why, spans, words, evidence, stance, dismissed } = finding;
  const located = spans.flatMap((span, index) => locateWords(text, span, words[index] ?? '') ?? []);
  return { id: claim, mark: verdict, statement, why, spans: located, evidence, stance, dismissed };
}

/** A formula that is written several times is one item. */
function formulaItems(formulas: readonly ShownFormula[], text: string): FindingItem[] {
  return [...group(formulas, ({ id }) => id)].flatMap(([id, [first, ...others]]) => {
    if (!first) return [];
    const spans = [first, ...others].flatMap(({ span, words }) => locateWords(text, span, words) ?? []);
    const { latex, message, stance, dismissed } = first;
    return [{ id, mark: 'formula', statement: `$${latex}$`, why: message, spans, evidence: null, stance, dismissed }];
  });
}
