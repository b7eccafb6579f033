import type { Root, RootContent } from 'mdast';
import { fromMarkdown, type Options } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { mathFromMarkdown } from 'mdast-util-math';
import { gfmTable } from 'micromark-extension-gfm-table';
import { math } from 'micromark-extension-math';

const WINDOW = 8 * 1024;
/** Longer paragraphs come in pieces: nobody writes them, and the parser's time grows with the square of their lines. */
const LONGEST_PARAGRAPH = 32 * 1024;

/** Links are of no use here, and a definition such as `[7b]: …` may well be an answer. */
const UNUSED = ['labelStartLink', 'labelStartImage', 'labelEnd', 'definition', 'autolink', 'characterReference'];

const OPTIONS: Options = {
  extensions: [math(), gfmTable(), { disable: { null: UNUSED } }],
  mdastExtensions: [mathFromMarkdown(), gfmTableFromMarkdown()],
};

/** A block that stands in no other; offsets of its nodes are relative to `base`. */
export interface TopBlock {
  readonly node: RootContent;
  readonly base: number;
  /** Of a list: items of the same list that came in blocks before. */
  readonly itemsBefore: number;
}

/**
 * The blocks of a Markdown text in order. The text is parsed window by window, because the parser's time grows faster
 * than the text's length. A block is final once another begins after it, so the last one of a window is parsed again
 * in the next; a list longer than a window comes in several blocks.
 */
export function* topBlocks(markdown: string): Generator<TopBlock> {
  let base = 0;
  let size = WINDOW;
  let itemsBefore = 0;
  while (base < markdown.length) {
    const end = windowEnd(markdown, base + size);
    const { children }: Root = fromMarkdown(markdown.slice(base, end), OPTIONS);
    const last = children.at(-1);
    if (end === markdown.length || !last) {
      for (const node of children) yield { node, base, itemsBefore: node === children[0] ? itemsBefore : 0 };
      base = end;
      continue;
    }
    for (const node of children.slice(0, -1)) {
      yield { node, base, itemsBefore: node === children[0] ? itemsBefore : 0 };
    }
    if (children.length > 1) {
      base += lineStart(last);
      itemsBefore = 0;
      size = WINDOW;
    } else if (last.type === 'list' && last.children.length > 1) {
      const open = last.children.pop();
      yield { node: last, base, itemsBefore };
      itemsBefore += last.children.length;
      base += open ? lineStart(open) : 0;
      size = WINDOW;
    } else if (last.type === 'paragraph' && size >= LONGEST_PARAGRAPH) {
      yield { node: last, base, itemsBefore: 0 };
      base = end;
      size = WINDOW;
    } else size *= 2;
  }
}

function windowEnd(markdown: string, atLeast: number): number {
  const lineEnd = /\r\n|\n|\r/g;
  lineEnd.lastIndex = atLeast;
  return lineEnd.test(markdown) ? lineEnd.lastIndex : markdown.length;
}

function lineStart({ position }: RootContent): number {
  return position ? (position.start.offset ?? 0) - position.start.column + 1 : 0;
}
