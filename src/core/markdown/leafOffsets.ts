import type { Code, Html, InlineCode, Text } from 'mdast';
import type { Span } from '../text';
import { alignLines, alignText } from './alignment';

/**
 * Offsets in a text of every UTF-16 character of a piece of its Markdown, and of the end of the last.
 * @param span of the piece in the text, with its ticks or fences
 */
export function leafOffsets(
  text: string,
  { type, value }: Text | InlineCode | Code | Html,
  { start, end }: Span,
): Uint32Array {
  switch (type) {
    case 'text':
      return alignText(text, start, end, value);
    case 'inlineCode': {
      const ticks = /^`+/.exec(text.slice(start, end))?.[0].length ?? 0;
      return alignText(text, start + ticks, end - ticks, value, true);
    }
    case 'code':
      return alignLines(text, start, end, value, /^[ \t]*(`{3}|~{3})/.test(text.slice(start, end)) ? 1 : 0);
    case 'html':
      return value.includes('\n') ? alignLines(text, start, end, value, 0) : alignText(text, start, end, value, true);
  }
}
