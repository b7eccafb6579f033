import type { Nodes } from 'mdast';
import { topBlocks } from '../../report/markdownTree';
import { shadowOf } from '../../report/shadow';
import type { Span } from '../../text';
import { plainFormulas, type KnownLetters } from './plainFormulas';

/** A formula of an answer. */
export interface Piece {
  /** TeX without its dollars; of a formula in plain text, what it means in TeX. */
  readonly latex: string;
  /** In the answer's text, dollars included. */
  readonly span: Span;
  /** Where `latex` stands in the answer's text, if it does so as it is. */
  readonly inner: number | null;
  /** Whether it stands in lines of its own. */
  readonly isDisplay: boolean;
  readonly isPlain: boolean;
}

/** A paragraph, heading, cell, or displayed formula. */
export interface TextBlock {
  readonly span: Span;
  readonly isQuote: boolean;
  readonly isListItem: boolean;
  readonly isFormula: boolean;
}

export interface FormulaText {
  readonly blocks: readonly TextBlock[];
  /** Formulas in TeX, in order. */
  readonly pieces: readonly Piece[];
}

/** What stands behind that is not read; no answer is nearly as long. */
const LONGEST = 60_000;

/** The blocks of an answer in Markdown, and its formulas between `$`, `$$`, `\(…\)` and `\[…\]`. Code is left out. */
export function readFormulaText(markdown: string): FormulaText {
  const text = markdown.slice(0, LONGEST);
  const walk = new Walk(text);
  for (const { node, base } of topBlocks(shadowOf(text))) walk.visit(node, base, { isQuote: false, isListItem: false });
  return { blocks: walk.blocks, pieces: walk.pieces.sort((a, b) => a.span.start - b.span.start) };
}

/** The formulas of an answer that stand in its running text as they are, in order. */
export function readPlainFormulas(text: string, { blocks, pieces }: FormulaText, known: KnownLetters): Piece[] {
  const found: Piece[] = [];
  for (const { span, isFormula } of blocks) {
    if (isFormula) continue;
    let from = span.start;
    for (const piece of [...piecesIn(pieces, span), null]) {
      const to = piece?.span.start ?? span.end;
      for (const { latex, span: place } of plainFormulas(text, from, to, known)) {
        found.push({ latex, span: place, inner: null, isDisplay: false, isPlain: true });
      }
      from = piece?.span.end ?? to;
    }
  }
  return found;
}

export function piecesIn(pieces: readonly Piece[], { start, end }: Span): Piece[] {
  return pieces.filter(({ span }) => span.start >= start && span.end <= end);
}

type Where = Pick<TextBlock, 'isQuote' | 'isListItem'>;

class Walk {
  readonly blocks: TextBlock[] = [];
  readonly pieces: Piece[] = [];

  constructor(private readonly text: string) {}

  visit(node: Nodes, base: number, where: Where): void {
    const span = spanOf(node, base);
    if (node.type === 'math' || (node.type === 'code' && node.lang === 'math')) {
      this.blocks.push({ ...where, span, isFormula: true });
      this.addPiece(node.value, span, true);
    } else if (node.type === 'paragraph' || node.type === 'heading' || node.type === 'tableCell') {
      this.addBlock(node, span, base, where);
    } else if ('children' in node) {
      const inside = {
        isQuote: where.isQuote || node.type === 'blockquote',
        isListItem: where.isListItem || node.type === 'listItem',
      };
      for (const child of node.children) this.visit(child, base, inside);
    }
  }

  private addBlock(node: Nodes, span: Span, base: number, where: Where): void {
    const before = this.pieces.length;
    this.addInline(node, base);
    const found = this.pieces.slice(before);
    this.addEscaped(span, found);
    const [only, ...others] = this.pieces.slice(before);
    const isFormula = only !== undefined && others.length === 0 && this.rest(span, only.span) === '';
    if (isFormula) this.pieces[before] = { ...only, isDisplay: true };
    this.blocks.push({ ...where, span, isFormula });
  }

  private addInline(node: Nodes, base: number): void {
    if (node.type === 'inlineMath') {
      const span = spanOf(node, base);
      this.addPiece(node.value, span, this.text.startsWith('$$', span.start));
    } else if ('children' in node) for (const child of node.children) this.addInline(child, base);
  }

  /** `\(…\)` and `\[…\]`, of which Markdown knows nothing. */
  private addEscaped({ start, end }: Span, taken: readonly Piece[]): void {
    for (const match of this.text.slice(start, end).matchAll(/\\\(([^$]{1,2000}?)\\\)|\\\[([^$]{1,2000}?)\\\]/g)) {
      const span = { start: start + match.index, end: start + match.index + match[0].length };
      if (taken.some((piece) => piece.span.start < span.end && span.start < piece.span.end)) continue;
      this.addPiece(match[1] ?? match[2] ?? '', span, match[2] !== undefined);
    }
  }

  private addPiece(latex: string, span: Span, isDisplay: boolean): void {
    const inner = this.text.slice(span.start, span.end).indexOf(latex);
    this.pieces.push({ latex, span, inner: inner < 0 ? null : span.start + inner, isDisplay, isPlain: false });
  }

  /** What a block says beside its one formula. */
  private rest(block: Span, formula: Span): string {
    return (this.text.slice(block.start, formula.start) + this.text.slice(formula.end, block.end)).replace(
      /[\s.,;*_]+/g,
      '',
    );
  }
}

function spanOf({ position }: Nodes, base: number): Span {
  return { start: base + (position?.start.offset ?? 0), end: base + (position?.end.offset ?? 0) };
}
