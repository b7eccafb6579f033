import type { Span } from '../../text';
import type { Piece, TextBlock } from './formulaText';

/** What a sentence is made of, in order. */
export type Item =
  /** As it stands in the text. */
  | { readonly kind: 'word'; readonly text: string; readonly span: Span }
  /** Punctuation within the sentence. */
  | { readonly kind: 'mark'; readonly text: string; readonly span: Span }
  | { readonly kind: 'piece'; readonly piece: Piece; readonly span: Span };

export interface Sentence {
  readonly items: readonly Item[];
  readonly isQuote: boolean;
  readonly isListItem: boolean;
}

const ABBREVIATION =
  /^(?:e\.?g|i\.?e|vs|approx|resp|eq|fig|cf|etc|incl|w\.?r\.?t|ca|mult|mults|dim|comp|seq|max|min)$/i;
const TOKEN =
  /(?<word>\p{L}[\p{L}\p{M}\d]*(?:[-'’_.](?=[\p{L}\d])[\p{L}\p{M}\d]+)*|\d+(?:[.,]\d+)*)|(?<mark>[.!?;:,()"“”«»—–=→⇒~≈×])/gu;

/**
 * The sentences of an answer with its formulas as items. A displayed formula belongs to the sentence before it where that
 * has no full stop; every list item, cell and heading is a sentence or several of its own.
 * @param pieces all formulas in order, without overlap
 */
export function sentencesOf(text: string, blocks: readonly TextBlock[], pieces: readonly Piece[]): Sentence[] {
  const sentences: Sentence[] = [];
  let isOpen = false;
  for (const block of blocks) {
    const found = splitSentences(itemsOf(text, block.span, pieces), block);
    const last = sentences.at(-1);
    const [first, ...others] = found;
    if (block.isFormula && isOpen && last && first) {
      sentences[sentences.length - 1] = { ...last, items: [...last.items, ...first.items] };
      sentences.push(...others);
    } else sentences.push(...found);
    isOpen = !/[.!?]["”)*_]*$/.test(text.slice(block.span.start, block.span.end).trimEnd());
  }
  return sentences;
}

function itemsOf(text: string, span: Span, pieces: readonly Piece[]): Item[] {
  const items: Item[] = [];
  let from = span.start;
  for (const piece of pieces) {
    if (piece.span.start < span.start || piece.span.end > span.end) continue;
    items.push(...wordsOf(text, from, piece.span.start), { kind: 'piece', piece, span: piece.span });
    from = piece.span.end;
  }
  return [...items, ...wordsOf(text, from, span.end)];
}

function wordsOf(text: string, from: number, to: number): Item[] {
  return [...text.slice(from, to).matchAll(TOKEN)].map((match): Item => {
    const span = { start: from + match.index, end: from + match.index + match[0].length };
    return { kind: match.groups?.['word'] === undefined ? 'mark' : 'word', text: match[0], span };
  });
}

function splitSentences(items: readonly Item[], { isQuote, isListItem }: TextBlock): Sentence[] {
  const sentences: Item[][] = [[]];
  for (const [index, item] of items.entries()) {
    sentences.at(-1)?.push(item);
    if (item.kind === 'mark' && /[.!?]/.test(item.text) && isEnd(items, index)) sentences.push([]);
  }
  return sentences.filter((list) => list.length > 0).map((list) => ({ items: list, isQuote, isListItem }));
}

function isEnd(items: readonly Item[], index: number): boolean {
  const [before, next] = [items[index - 1], items[index + 1]];
  if (!next) return true;
  const isSpaced = next.span.start > (items[index]?.span.end ?? 0);
  return isSpaced && !(before?.kind === 'word' && ABBREVIATION.test(before.text));
}
