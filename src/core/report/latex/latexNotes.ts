import type { Span } from '../../text';
import { writeCode } from './latexFormulas';
import type { LatexCursor, LatexNode } from './latexNodes';
import type { LatexWriter } from './latexWriter';

type Write = (nodes: readonly LatexNode[]) => void;
type WriteCommand = (node: LatexNode, cursor: LatexCursor, writer: LatexWriter, write: Write) => void;

const code: WriteCommand = ({ start }, cursor, writer, write) => {
  const group = cursor.group();
  if (group?.nodes.every(isPlain)) writeCode(writer, { start, end: group.end }, group.inside, true);
  else if (group) write(group.nodes);
};

/** The parser gives the code of `\lstinline` as a group, or as three strings that all have the place of the whole. */
const verbatimCode: WriteCommand = ({ name, start }, cursor, writer) => {
  cursor.option();
  if (name !== 'lstinline') cursor.group();
  const found = cursor.next();
  if (!found) return;
  for (let next = cursor.peek(); next?.start === found.start; next = cursor.peek()) cursor.next();
  const inside = { start: found.start + 1, end: found.end - 1 };
  if (inside.end >= inside.start) writeCode(writer, { start, end: found.end }, inside, false);
};

const footnote: WriteCommand = ({ start }, cursor, writer, write) => {
  cursor.option();
  const group = cursor.group();
  if (!group) return;
  writer.gap();
  writer.mark('(', start, group.inside.start);
  writer.inLine(() => write(group.nodes));
  writer.closingMark(')', group.inside.end, group.end);
};

const caption: WriteCommand = (_, cursor, writer, write) => {
  cursor.takes('*');
  cursor.option();
  writer.block();
  write(cursor.group()?.nodes ?? []);
  writer.block();
};

/** Commands whose argument is written in a way of its own. */
export const NOTES: ReadonlyMap<string, WriteCommand> = new Map([
  ...['texttt', 'url', 'path', 'nolinkurl'].map((name) => [name, code] as const),
  ...['lstinline', 'mintinline', 'mint'].map((name) => [name, verbatimCode] as const),
  ...['footnote', 'footnotetext'].map((name) => [name, footnote] as const),
  ['caption', caption],
]);

/** Whether a node may be in code. */
function isPlain({ kind, name }: LatexNode): boolean {
  return (kind === 'string' && name !== '`') || kind === 'blank' || (kind === 'macro' && /^[_%&#${}]$/.test(name));
}

/** Writes `\verb|…|`. */
export function writeVerb(writer: LatexWriter, node: Span & { readonly name: string }): void {
  const start = node.start + 1 + node.name.length + 1;
  writeCode(writer, node, { start, end: Math.max(start, node.end - 1) }, false);
}
