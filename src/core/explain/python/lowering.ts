import type { Span } from '../../text';
import type { Expression } from './syntax';
import type { PlainNode } from './plainTree';

/** A span that moves when text before it changes. */
interface MovingSpan {
  start: number;
  end: number;
}

/** The text that nodes point into, and where it lies among all code units of the file. */
export interface SourceContext {
  readonly text: string;
  readonly base: number;
  /** Every span that was made, so that all can be moved together. */
  readonly spans: MovingSpan[];
}

export const textOf = ({ text }: SourceContext, node: PlainNode): string => text.slice(node.from, node.to);

export function spanOf({ base, spans }: SourceContext, node: { from: number; to: number }): Span {
  const span = { start: base + node.from, end: base + node.to };
  spans.push(span);
  return span;
}

export const opaque = (span: Span, parts: readonly Expression[] = []): Expression => ({ kind: 'opaque', span, parts });

/** Runs of nodes between separators of one kind; an empty run stays, so that `a[:, 1]` has two. */
export function separated(nodes: readonly PlainNode[], separator: string): PlainNode[][] {
  const runs: PlainNode[][] = [[]];
  for (const node of nodes) {
    if (node.name === separator) runs.push([]);
    else runs.at(-1)?.push(node);
  }
  return runs;
}

/** Children without the first and last when these are the given brackets. */
export function inside(node: PlainNode, open: string, close: string): readonly PlainNode[] {
  const { children } = node;
  const from = children[0]?.name === open ? 1 : 0;
  const to = children.at(-1)?.name === close ? children.length - 1 : children.length;
  return children.slice(from, Math.max(from, to));
}
