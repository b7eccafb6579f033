import type { Heading, ListItem, Nodes, Paragraph } from 'mdast';
import type { LineIndex, Span } from '../text';
import { topBlocks } from './markdownTree';

/** The containers around a line, as far as they put something before its text. */
export interface Margin {
  /** Block quotes around it. */
  readonly quotes: number;
  /** List items around it, its own included. */
  readonly depth: number;
  /** Characters before the text of the innermost list item. */
  readonly column: number;
}

/** A line of prose: of a paragraph, a heading or the first line of a list item. Code, formulas and tables have none. */
export interface ProseLine {
  /** From the list marker or `#` on, to the end of the line. */
  readonly start: number;
  readonly end: number;
  readonly place: 'heading' | 'item' | 'paragraph' | 'continuation';
  /** 1 to 6 for a heading, else 0. */
  readonly level: number;
  /** Of a heading, its end with underline; of others, the end of the line. */
  readonly blockEnd: number;
  readonly margin: Margin;
  /** Lines that may count on: the items of one list, the lines of one paragraph. */
  readonly group: number;
  /** Number that Markdown shows for an item of a list in which every item is numbered the same, else `null`. */
  readonly ordinal: number | null;
  /** Whether the text before ends where a sentence may end. */
  readonly afterSentence: boolean;
}

export interface FormulaSpan extends Span {
  readonly display: boolean;
}

/** What the reader needs of a Markdown text; every list is in the order of the text. */
export interface Outline {
  readonly lines: readonly ProseLine[];
  readonly formulas: readonly FormulaSpan[];
  /** Headings and rules: what may stand between two answers. `level` is 0 for a rule. */
  readonly dividers: readonly (Span & { readonly level: number })[];
  /** By the offset of opening emphasis marks, where the closing ones are. */
  readonly emphasis: ReadonlyMap<number, Span>;
}

interface Visit {
  readonly node: Nodes;
  readonly base: number;
  readonly margin: Margin;
  readonly group: number;
  readonly ordinal: number | null;
  /** Start of the list markers before the node in its line, if there are any. */
  readonly lead: { readonly start: number; readonly group: number; readonly ordinal: number | null } | null;
}

const OUTSIDE: Margin = { quotes: 0, depth: 0, column: 0 };

/** @param shadow see shadow.ts; everything is found in it but the words at sentence ends. */
export function outlineOf(shadow: string, index: LineIndex): Outline {
  const outliner = new Outliner(shadow, index);
  for (const { node, base, itemsBefore } of topBlocks(shadow)) outliner.visit(node, base, itemsBefore);
  return outliner;
}

class Outliner implements Outline {
  readonly lines: ProseLine[] = [];
  readonly formulas: FormulaSpan[] = [];
  readonly dividers: (Span & { level: number })[] = [];
  readonly emphasis = new Map<number, Span>();
  private groups = 0;

  constructor(
    private readonly text: string,
    private readonly index: LineIndex,
  ) {}

  /** Walks a block in document order, without recursion: reports may be nested hundreds deep. */
  visit(block: Nodes, base: number, itemsBefore: number): void {
    const stack: Visit[] = [{ node: block, base, margin: OUTSIDE, group: 0, ordinal: null, lead: null }];
    for (let visit = stack.pop(); visit; visit = stack.pop()) {
      const children = this.enter(visit, visit.node === block ? itemsBefore : 0);
      for (let i = children.length - 1; i >= 0; i--) {
        const child = children[i];
        if (child) stack.push(child);
      }
    }
  }

  /** Notes what a node holds; returns what to visit below it. */
  private enter(visit: Visit, itemsBefore: number): Visit[] {
    const { node, base, margin } = visit;
    const span = spanOf(node, base);
    const below = (children: readonly Nodes[], more: Partial<Visit> = {}): Visit[] =>
      children.map((child) => ({ ...visit, lead: null, ordinal: null, ...more, node: child }));
    switch (node.type) {
      case 'list':
        return this.items(visit, node.children, itemsBefore);
      case 'listItem':
        return this.item(visit, node);
      case 'blockquote':
        return below(node.children, { margin: { ...margin, quotes: margin.quotes + 1 } });
      case 'heading':
        this.dividers.push({ ...span, level: node.depth });
        this.prose(visit, node, span);
        return below(node.children);
      case 'thematicBreak':
        this.dividers.push({ ...span, level: 0 });
        return [];
      case 'paragraph':
        this.prose(visit, node, span);
        return below(node.children);
      case 'math':
      case 'inlineMath':
        this.formulas.push({ ...span, display: this.text.startsWith('$$', span.start) });
        return [];
      case 'strong':
      case 'emphasis': {
        const width = node.type === 'strong' ? 2 : 1;
        if (!this.emphasis.has(span.start)) this.emphasis.set(span.start, { start: span.end - width, end: span.end });
        return below(node.children);
      }
      case 'table':
      case 'tableRow':
      case 'tableCell':
        return below(node.children);
      default:
        return [];
    }
  }

  private items(visit: Visit, items: readonly ListItem[], itemsBefore: number): Visit[] {
    const group = ++this.groups;
    const numbers = items.map((item) => {
      const { start } = spanOf(item, visit.base);
      return /^\d+/.exec(this.text.slice(start, start + 9))?.[0];
    });
    const first = numbers[0];
    const isSame = first !== undefined && items.length + itemsBefore > 1 && numbers.every((number) => number === first);
    return items.map((node, index) => ({
      ...visit,
      node,
      lead: index === 0 ? visit.lead : null,
      group,
      ordinal: isSame ? Number(first) + itemsBefore + index : null,
    }));
  }

  private item(visit: Visit, item: ListItem): Visit[] {
    const span = spanOf(item, visit.base);
    const lineStart = this.lineStart(span.start);
    const first = item.children[0];
    const firstStart = first ? spanOf(first, visit.base).start : span.end;
    const isSameLine = first !== undefined && this.lineStart(firstStart) === lineStart;
    const marker = /^(?:[-+*]|\d+[.)])/.exec(this.text.slice(span.start, span.start + 12))?.[0] ?? '-';
    const margin = {
      quotes: visit.margin.quotes,
      depth: visit.margin.depth + 1,
      column: isSameLine ? firstStart - lineStart : span.start - lineStart + marker.length + 1,
    };
    const own = { start: span.start, group: visit.group, ordinal: visit.ordinal };
    // Of several markers in one line, such as `- 7. (b)`, the outermost starts the line and the numbered one counts.
    const lead = visit.lead ? { ...own, start: visit.lead.start } : own;
    const takesLead = isSameLine && (first.type === 'paragraph' || first.type === 'heading' || first.type === 'list');
    if (!takesLead) {
      const end = isSameLine ? firstStart : this.lineEnd(span.start);
      this.lines.push({ ...lead, end, place: 'item', level: 0, blockEnd: end, margin, afterSentence: true });
    }
    return item.children.map((node, index) => ({
      ...visit,
      node,
      margin,
      lead: takesLead && index === 0 ? lead : null,
    }));
  }

  /** The lines of a paragraph or heading. */
  private prose({ margin, lead, base }: Visit, node: Paragraph | Heading, span: Span): void {
    const inside = node.children
      .filter(({ type }) => type === 'inlineMath' || type === 'inlineCode' || type === 'html')
      .map((child) => spanOf(child, base));
    const group = ++this.groups;
    const firstEnd = this.lineEnd(span.start);
    const isHeading =
      node.type === 'heading' && (this.text[span.start] === '#' || this.lineEnd(this.nextLine(firstEnd)) >= span.end);
    this.lines.push({
      start: lead?.start ?? span.start,
      end: Math.min(firstEnd, span.end),
      place: isHeading ? 'heading' : lead ? 'item' : 'paragraph',
      level: isHeading ? node.depth : 0,
      blockEnd: isHeading ? span.end : Math.min(firstEnd, span.end),
      margin,
      group: lead?.group ?? group,
      ordinal: lead?.ordinal ?? null,
      afterSentence: true,
    });
    if (isHeading) return;
    let code = 0;
    for (let at = this.nextLine(firstEnd); at < span.end; at = this.nextLine(this.lineEnd(at))) {
      const start = skipMargin(this.text, at, margin.quotes);
      while (code < inside.length && (inside[code]?.end ?? 0) <= start) code += 1;
      if (start >= span.end || (inside[code]?.start ?? Infinity) < start) continue;
      const end = Math.min(this.lineEnd(start), span.end);
      const afterSentence = /[.!?:;…)$][*_"'”’)\]]*\s*$/.test(this.text.slice(Math.max(0, at - 40), at));
      this.lines.push({
        start,
        end,
        place: 'continuation',
        level: 0,
        blockEnd: end,
        margin,
        group,
        ordinal: null,
        afterSentence,
      });
    }
  }

  private lineStart(offset: number): number {
    return offset - this.index.positionAt(offset).character;
  }

  private nextLine(offset: number): number {
    return this.index.offsetAt({ line: this.index.positionAt(offset).line + 1, character: 0 });
  }

  /** Offset of the line's end mark, or of the text's end. */
  private lineEnd(offset: number): number {
    let end = this.nextLine(offset);
    while (end > offset && /[\r\n]/.test(this.text.charAt(end - 1))) end -= 1;
    return end;
  }
}

/** Offset behind the blanks and quote marks that a line begins with. */
function skipMargin(text: string, offset: number, quotes: number): number {
  let at = offset;
  for (let left = quotes; ; at++) {
    const character = text[at];
    if (character === '>' && left > 0) left -= 1;
    else if (character !== ' ' && character !== '\t') return at;
  }
}

function spanOf({ position }: Nodes, base: number): Span {
  return { start: base + (position?.start.offset ?? 0), end: base + (position?.end.offset ?? 0) };
}
