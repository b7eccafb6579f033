import type { ElementContent } from 'hast';
import { h } from 'hastscript';
import katex from 'katex';
import type { Code, Heading, Html, Image, ImageReference, InlineCode, Link, LinkReference, Nodes, Text } from 'mdast';
import type { InlineMath, Math } from 'mdast-util-math';
import { toHast, type Handlers } from 'mdast-util-to-hast';
import { leafOffsets } from '../../markdown/leafOffsets';
import { parseMarkdown } from '../../markdown/parseMarkdown';
import type { Span } from '../../text';

/** Makes what stands for some characters of a text into what is shown; called from the text's beginning to its end. */
export interface Marker {
  /** @param offsets of each character of the value in the text, and of its end */
  text(value: string, offsets: Uint32Array): ElementContent[];
  /** Something that is shown as a whole, such as a formula. */
  whole(shown: ElementContent, span: Span): ElementContent[];
}

const UNMARKED: Marker = {
  text: (value) => [{ type: 'text', value }],
  whole: (shown) => [shown],
};

const LINKS = /^(?:https?|mailto):/i;

/**
 * Markdown as HTML that loads nothing and runs nothing: raw HTML is shown as its source, pictures as their description,
 * and formulas become MathML.
 */
export function htmlOfMarkdown(text: string, marker: Marker = UNMARKED): ElementContent[] {
  const converted: ElementContent[] = [];
  for (const { nodes, base } of parseMarkdown(text)) {
    const tree = toHast({ type: 'root', children: [...nodes] }, { handlers: handlers(text, base, marker) });
    if (tree.type === 'root') converted.push(...tree.children.filter((node) => node.type !== 'doctype'));
  }
  return converted;
}

function handlers(text: string, base: number, marker: Marker): Handlers {
  const spanOf = ({ position }: Nodes): Span => ({
    start: base + (position?.start.offset ?? 0),
    end: base + (position?.end.offset ?? 0),
  });
  const whole = (node: Nodes, shown: ElementContent): ElementContent[] => marker.whole(shown, spanOf(node));
  const characters = (node: Text | InlineCode | Code | Html): ElementContent[] =>
    marker.text(node.value, leafOffsets(text, node, spanOf(node)));
  return {
    text: (_, node: Text) => characters(node),
    inlineCode: (_, node: InlineCode) => h('code', characters(node)),
    code: (_, node: Code) => h('pre', h('code', characters(node))),
    html: (_, node: Html) => {
      const source = h('code', characters(node));
      return node.value.includes('\n') ? h('pre', source) : source;
    },
    heading: (state, node: Heading) => h(node.depth <= 2 ? 'h4' : node.depth === 3 ? 'h5' : 'h6', state.all(node)),
    inlineMath: (_, node: InlineMath) => whole(node, formula(node.value, text.startsWith('$$', spanOf(node).start))),
    math: (_, node: Math) => whole(node, formula(node.value, true)),
    link: (state, node: Link) =>
      LINKS.test(node.url) ? h('a', { href: node.url, rel: 'noopener noreferrer' }, state.all(node)) : state.all(node),
    linkReference: (state, node: LinkReference) => state.all(node),
    image: (_, node: Image) => whole(node, picture(node.alt, node.url)),
    imageReference: (_, node: ImageReference) => whole(node, picture(node.alt, node.identifier)),
  };
}

function picture(alt: string | null | undefined, url: string): ElementContent {
  return h('span.picture', `[${alt ? `${alt} (${url})` : url}]`);
}

/** What KaTeX cannot read stays as it was written. */
export function formula(latex: string, displayMode: boolean): ElementContent {
  try {
    const value = katex.renderToString(latex, {
      displayMode,
      output: 'mathml',
      throwOnError: true,
      trust: false,
      strict: 'ignore',
      maxSize: 20,
      maxExpand: 300,
    });
    return { type: 'raw', value };
  } catch {
    return h('code', displayMode ? `$$${latex}$$` : `$${latex}$`);
  }
}
