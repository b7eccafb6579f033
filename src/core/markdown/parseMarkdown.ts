import type { RootContent } from 'mdast';
import { fromMarkdown, type Options } from 'mdast-util-from-markdown';
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { mathFromMarkdown } from 'mdast-util-math';
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough';
import { gfmTable } from 'micromark-extension-gfm-table';
import { math } from 'micromark-extension-math';

const OPTIONS: Options = {
  extensions: [gfmTable(), gfmStrikethrough({ singleTilde: false }), math()],
  mdastExtensions: [gfmTableFromMarkdown(), gfmStrikethroughFromMarkdown(), mathFromMarkdown()],
};

/** Longer texts are parsed in pieces: the parser's time grows faster than the text. */
const WINDOW = 24 * 1024;

/** Blocks that follow one another; offsets of their nodes are relative to `base`. */
export interface MarkdownBlocks {
  readonly nodes: readonly RootContent[];
  readonly base: number;
}

/**
 * Markdown with tables, strikethrough and formulas, piece by piece; every text is valid Markdown, so this never fails.
 * A block is final once another begins after it, so the last one of a piece is parsed again in the next.
 */
export function* parseMarkdown(text: string): Generator<MarkdownBlocks> {
  let base = 0;
  let size = WINDOW;
  while (base < text.length) {
    const lineEnd = text.indexOf('\n', base + size);
    const end = lineEnd < 0 ? text.length : lineEnd + 1;
    const { children } = fromMarkdown(text.slice(base, end), OPTIONS);
    const last = children.at(-1);
    if (end === text.length || !last) {
      yield { nodes: children, base };
      base = end;
    } else if (children.length === 1) {
      size *= 2;
    } else {
      yield { nodes: children.slice(0, -1), base };
      base += (last.position?.start.offset ?? 0) - (last.position?.start.column ?? 1) + 1;
      size = WINDOW;
    }
  }
}

/** The characters that an entity such as `&amp;` stands for; an unknown one stands for itself. */
export function decodeEntity(entity: string): string {
  const [paragraph] = fromMarkdown(entity).children;
  const [text] = paragraph?.type === 'paragraph' ? paragraph.children : [];
  return text?.type === 'text' ? text.value : entity;
}
