import type { Tree, TreeCursor } from '@lezer/common';

/** A syntax node without the parser's machinery; comments and error marks are left out. */
export interface PlainNode {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly children: readonly PlainNode[];
  /** Whether something is missing or superfluous directly in it. */
  readonly damaged: boolean;
  /** Whether that is so nowhere in it. */
  readonly sound: boolean;
}

/** Nesting beyond this is read as empty, so that no text exhausts the stack. */
const MAX_DEPTH = 400;

function read(cursor: TreeCursor, depth: number): PlainNode {
  const { name, from, to } = cursor;
  const children: PlainNode[] = [];
  let damaged = depth > MAX_DEPTH;
  if (!damaged && cursor.firstChild()) {
    do {
      if (cursor.type.isError) damaged = true;
      else if (cursor.name !== 'Comment') children.push(read(cursor, depth + 1));
    } while (cursor.nextSibling());
    cursor.parent();
  }
  return { name, from, to, children, damaged, sound: !damaged && children.every((child) => child.sound) };
}

/** A statement at the top of a script, read when it is asked for. */
export interface TopLevelNode {
  readonly from: number;
  readonly to: number;
  read(): PlainNode;
}

/** The top-level statements of a script, one at a time, so that a caller can pause between them. */
export function* topLevelNodes(tree: Tree): Generator<TopLevelNode> {
  const cursor = tree.cursor();
  if (!cursor.firstChild()) return;
  do {
    const { from, to } = cursor;
    if (!cursor.type.isError && cursor.name !== 'Comment') yield { from, to, read: () => read(cursor, 0) };
  } while (cursor.nextSibling());
}
