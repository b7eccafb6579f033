import type { PartState, QuestionState } from '../../src/protocol/questionsView';
import { t } from './host';
import { tallyWords } from './markText';
import { partLabel } from './partLabel';

/** The state of a part in words, the most important first; what a filter and a screen reader get. */
export function stateWords(part: PartState): string[] {
  return [...answerWords(part), ...(part.findings ? tallyWords(part.findings.tally) : [])];
}

/** The same without what was found. */
export function answerWords(part: PartState): string[] {
  const words = [part.answered ? t('answered') : t('empty')];
  if (part.answered) words.push(part.words === 1 ? t('1 word') : t('{count} words', { count: part.words }));
  if (part.notes > 0) words.push(part.notes === 1 ? t('1 note') : t('{count} notes', { count: part.notes }));
  if (part.notes > 0) words.push(t('annotated'));
  if (part.warnings > 0)
    words.push(part.warnings === 1 ? t('1 warning') : t('{count} warnings', { count: part.warnings }));
  return words;
}

/** Ids of the parts in whose id, question or state every word of the filter occurs. */
export function matchingParts(questions: readonly QuestionState[], filter: string): Set<string> {
  const terms = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const found = new Set<string>();
  for (const question of questions) {
    for (const part of question.parts) {
      const text = [part.id, partLabel(part.id), `q${question.id}`, question.title, ...stateWords(part)]
        .join(' ')
        .toLowerCase();
      if (terms.every((term) => text.includes(term))) found.add(part.id);
    }
  }
  return found;
}
