import { parseMinimal } from '@unified-latex/unified-latex-util-parse';
import type { Span } from '../../text';

type ParsedNode = ReturnType<typeof parseMinimal>['content'][number];

/**
 * What is left to tell apart; environments are commands named `Begin` and `End`, see latexWindows.ts. An argument is what
 * stands for `#1` in a definition.
 */
export type LatexNodeKind =
  'macro' | 'string' | 'blank' | 'paragraph' | 'comment' | 'group' | 'math' | 'verbatim' | 'argument';

/** A node with its place in the source. */
export interface LatexNode extends Span {
  readonly kind: LatexNodeKind;
  /** Of a command without its backslash, of verbatim text that of its environment or command, of a string itself. */
  readonly name: string;
  /** Of a group or an argument, else none; those of an argument have places in the text that the definition is used in. */
  readonly children: readonly LatexNode[];
  /** Where an argument ends in that text, if it stands there behind those before it, and for the first time. */
  readonly placedEnd?: number;
}

/** The nodes of a window; one string where the parser gives up. */
export function latexNodes(shadow: string, { start, end }: Span): LatexNode[] {
  // Of these characters the parser takes one for two line ends, and gives no node for the other.
  const text = shadow.slice(start, end).replaceAll('\r\n', ' \n').replace(/\0/g, ' ');
  try {
    return parseMinimal(text).content.map((node) => plain(node, start));
  } catch (thrown) {
    // What opens a formula hundreds of times in one paragraph leads the parser too deep.
    if (!(thrown instanceof RangeError)) throw thrown;
    return [{ kind: 'string', name: text, start, end, children: [] }];
  }
}

function plain(node: ParsedNode, base: number): LatexNode {
  const start = base + (node.position?.start.offset ?? 0);
  const end = base + (node.position?.end.offset ?? 0);
  const leaf = (kind: LatexNodeKind, name = ''): LatexNode => ({ kind, name, start, end, children: [] });
  switch (node.type) {
    case 'macro':
      return leaf('macro', node.content);
    case 'string':
      return leaf('string', node.content);
    case 'whitespace':
      return leaf('blank');
    case 'parbreak':
      return leaf('paragraph');
    case 'comment':
      return leaf('comment');
    case 'inlinemath':
    case 'displaymath':
    case 'mathenv':
      return leaf('math');
    case 'verb':
    case 'verbatim':
    case 'environment':
      return leaf('verbatim', String(node.env));
    case 'group': {
      // The parser gives the text of `\lstinline{…}` as one string.
      const children = Array.isArray(node.content) ? node.content : [node.content as ParsedNode];
      return { kind: 'group', name: '', start, end, children: children.map((child) => plain(child, base)) };
    }
    case 'root':
      return leaf('comment');
  }
}

/** An argument of a command: the nodes in it, and its place with its braces or brackets. */
export interface LatexArgument extends Span {
  readonly nodes: readonly LatexNode[];
  /** Offsets of what is inside. */
  readonly inside: Span;
}

/** A place in a row of nodes; what takes an argument moves on if there is one. */
export class LatexCursor {
  private at = 0;

  constructor(readonly nodes: readonly LatexNode[]) {}

  next(): LatexNode | undefined {
    return this.nodes[this.at++];
  }

  peek(): LatexNode | undefined {
    return this.nodes[this.at];
  }

  /** The first of the nodes ahead for which `test` holds. */
  find(test: (node: LatexNode) => boolean): LatexNode | undefined {
    return this.nodes.slice(this.at).find(test);
  }

  /** A place of its own behind a node. */
  after(node: LatexNode): LatexCursor {
    return new LatexCursor(this.nodes.slice(this.nodes.indexOf(node) + 1));
  }

  /** Passes over the nodes that end up to an offset of the source. */
  moveTo(offset: number): void {
    while ((this.nodes[this.at]?.end ?? Infinity) <= offset) this.at += 1;
  }

  /** Whether the next node is this string, such as the star of `\section*`. */
  takes(string: string): LatexNode | undefined {
    const node = this.nodes[this.at];
    if (node?.kind !== 'string' || node.name !== string) return undefined;
    this.at += 1;
    return node;
  }

  /** A group, or without braces the next command or string. */
  argument(): LatexArgument | undefined {
    const from = this.skipBlanks();
    const node = this.nodes[from];
    if (!node || (node.kind !== 'group' && node.kind !== 'macro' && node.kind !== 'string')) return undefined;
    this.at = from + 1;
    const { start, end } = node;
    if (node.kind !== 'group') return { nodes: [node], start, end, inside: { start, end } };
    return { nodes: node.children, start, end, inside: { start: start + 1, end: end - 1 } };
  }

  /** A group only. */
  group(): LatexArgument | undefined {
    return this.nodes[this.skipBlanks()]?.kind === 'group' ? this.argument() : undefined;
  }

  /** What stands between brackets, which may not hold a paragraph's end. */
  option(): LatexArgument | undefined {
    const from = this.skipBlanks();
    const opening = this.nodes[from];
    if (opening?.kind !== 'string' || opening.name !== '[') return undefined;
    let depth = 0;
    for (let at = from; at < this.nodes.length; at++) {
      const node = this.nodes[at];
      if (!node || node.kind === 'paragraph') return undefined;
      if (node.kind !== 'string') continue;
      if (node.name === '[') depth += 1;
      else if (node.name === ']') depth -= 1;
      if (depth > 0) continue;
      this.at = at + 1;
      const inside = { start: opening.end, end: node.start };
      return { nodes: this.nodes.slice(from + 1, at), start: opening.start, end: node.end, inside };
    }
    return undefined;
  }

  /** Stays where it is if nothing comes of it. */
  attempt<T>(read: () => T | undefined): T | undefined {
    const { at } = this;
    const result = read();
    if (result === undefined) this.at = at;
    return result;
  }

  /** Index of the next node that is neither a blank nor a comment. */
  private skipBlanks(): number {
    let at = this.at;
    while (this.nodes[at]?.kind === 'blank' || this.nodes[at]?.kind === 'comment') at += 1;
    return at;
  }
}
