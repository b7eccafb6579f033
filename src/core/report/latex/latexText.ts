import { accented, symbolOf } from './characters';
import type { LatexCursor, LatexNode } from './latexNodes';
import type { LatexWriter } from './latexWriter';

const LIGATURE = /``|''|---?|`|'(?![A-Za-z])|~/g;
const SIGNS: Readonly<Record<string, string>> = { '``': '“', "''": '”', '---': '—', '--': '–', '`': '‘', '~': ' ' };

/** Writes running text, with the characters that LaTeX makes of several. */
export class LatexText {
  private hasOpenQuote = false;

  constructor(private readonly writer: LatexWriter) {}

  endParagraph(): void {
    this.hasOpenQuote = false;
  }

  prose(start: number, end: number): void {
    let at = start;
    for (const { index, 0: ligature } of this.writer.source.slice(start, end).matchAll(LIGATURE)) {
      const sign = this.sign(ligature);
      if (sign === undefined) continue;
      this.writer.text(at, start + index);
      at = start + index + ligature.length;
      if (sign === ' ') this.writer.blank(start + index, at);
      else this.writer.stand(sign, start + index, at);
    }
    this.writer.text(at, end);
  }

  /** A letter with the accent of a command. @returns what is left of the command's argument */
  accent({ name, start }: LatexNode, cursor: LatexCursor): readonly LatexNode[] {
    const argument = cursor.argument();
    const [first, ...rest] = argument?.nodes ?? [];
    if (!argument || !first) return [];
    const isCommand = first.kind === 'macro';
    const letter = isCommand ? (symbolOf(first.name) ?? '') : first.name.charAt(0);
    if (!/^\p{L}$/u.test(letter)) return argument.nodes;
    const letterEnd = isCommand ? first.end : first.start + 1;
    const isWhole = letterEnd === first.end && rest.length === 0;
    this.writer.stand(accented(name, letter), start, isWhole ? argument.end : letterEnd);
    this.prose(letterEnd, first.end);
    return rest;
  }

  symbol(symbol: string, { name, start, end }: LatexNode, cursor: LatexCursor): void {
    if (name === symbol) this.writer.copy(start + 1, end);
    else this.writer.stand(symbol, start, end);
    // An empty group only ends the command.
    if (cursor.peek()?.kind === 'group' && cursor.peek()?.children.length === 0) cursor.next();
  }

  /** A mark after an opening one ends a quotation; any other is an apostrophe. */
  private sign(ligature: string): string | undefined {
    if (ligature !== "'") {
      if (ligature === '`') this.hasOpenQuote = true;
      return SIGNS[ligature];
    }
    const closes = this.hasOpenQuote;
    this.hasOpenQuote = false;
    return closes ? '’' : undefined;
  }
}
