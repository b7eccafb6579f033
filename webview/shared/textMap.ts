import type { Span } from '../../src/core/text';

/** A text node, or an element that is taken as a whole such as a formula, and the characters that it shows. */
interface Leaf {
  readonly node: Text | Element;
  readonly start: number;
  readonly end: number;
  /** Offset of every character and of the end; `null` where they follow one another, or for a whole element. */
  readonly offsets: Uint32Array | null;
}

/** Converts between places in rendered Markdown and offsets in its text. Leaves are added in document order. */
export class TextMap {
  private readonly leaves: Leaf[] = [];
  private readonly byNode = new Map<Node, Leaf>();

  addText(node: Text, start: number, end: number, offsets: Uint32Array): void {
    const linear = offsets.every((offset, i) => offset === start + i);
    this.add({ node, start: offsets[0] ?? start, end: offsets.at(-1) ?? end, offsets: linear ? null : offsets });
  }

  addWhole(node: Element, start: number, end: number): void {
    this.add({ node, start, end, offsets: null });
  }

  /** The span that a selection covers, without white space at its ends; `null` if it covers no text. */
  spanOf(selection: AbstractRange, text: string): Span | null {
    const range = new Range();
    range.setStart(selection.startContainer, selection.startOffset);
    range.setEnd(selection.endContainer, selection.endOffset);
    const touched = this.leaves.filter(({ node }) => range.intersectsNode(node) && !touchesOnlyTheEdge(range, node));
    const [first, last] = [touched[0], touched.at(-1)];
    if (first === undefined || last === undefined) return null;
    let start = this.isInside(first, range.startContainer)
      ? this.offsetIn(first, range.startContainer, range.startOffset, 'start')
      : first.start;
    let end = this.isInside(last, range.endContainer)
      ? this.offsetIn(last, range.endContainer, range.endOffset, 'end')
      : last.end;
    while (start < end && /\s/.test(text.charAt(start))) start++;
    while (end > start && /\s/.test(text.charAt(end - 1))) end--;
    return start < end ? { start, end } : null;
  }

  /** The offset at a place in the document, or `null` outside all text. */
  offsetAt(node: Node, offset: number): number | null {
    for (let at: Node | null = node; at !== null; at = at.parentNode) {
      const leaf = this.byNode.get(at);
      if (leaf) return this.offsetIn(leaf, node, offset, 'start');
    }
    return null;
  }

  /** What a span covers: parts of text nodes as ranges, and whole elements. */
  placesOf(span: Span): { ranges: StaticRange[]; elements: Element[] } {
    const ranges: StaticRange[] = [];
    const elements: Element[] = [];
    for (const leaf of this.leaves) {
      if (leaf.end <= span.start || leaf.start >= span.end) continue;
      if (leaf.node instanceof Element) {
        elements.push(leaf.node);
        continue;
      }
      const startOffset = this.characterAt(leaf, span.start);
      const endOffset = this.characterAt(leaf, span.end);
      if (startOffset < endOffset) {
        ranges.push(new StaticRange({ startContainer: leaf.node, startOffset, endContainer: leaf.node, endOffset }));
      }
    }
    return { ranges, elements };
  }

  private add(leaf: Leaf): void {
    this.leaves.push(leaf);
    this.byNode.set(leaf.node, leaf);
  }

  private isInside(leaf: Leaf, node: Node): boolean {
    return leaf.node.contains(node);
  }

  private offsetIn(leaf: Leaf, node: Node, offset: number, side: 'start' | 'end'): number {
    if (leaf.node instanceof Element || node !== leaf.node) return side === 'start' ? leaf.start : leaf.end;
    return leaf.offsets?.[offset] ?? Math.min(leaf.start + offset, leaf.end);
  }

  /** The first character of the leaf that begins at or after an offset of the text. */
  private characterAt(leaf: Leaf, offset: number): number {
    const length = leaf.node.textContent?.length ?? 0;
    if (leaf.offsets === null) return Math.min(Math.max(offset - leaf.start, 0), length);
    let [low, high] = [0, length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((leaf.offsets[middle] ?? Infinity) >= offset) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** A selection that ends before the first character of a text, or begins after its last, takes nothing of it. */
function touchesOnlyTheEdge(range: Range, node: Node): boolean {
  if (!(node instanceof Text)) return false;
  return (
    (node === range.endContainer && range.endOffset === 0) ||
    (node === range.startContainer && range.startOffset === node.length)
  );
}
