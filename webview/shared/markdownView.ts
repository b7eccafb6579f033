import type {
  Code,
  Definition,
  Html,
  InlineCode,
  Nodes,
  Parents,
  PhrasingContent,
  RootContent,
  Table,
  Text,
} from 'mdast';
// Adds formulas to the types of mdast.
import type {} from 'mdast-util-math';
import { alignText } from '../../src/core/markdown/alignment';
import { leafOffsets } from '../../src/core/markdown/leafOffsets';
import { parseMarkdown } from '../../src/core/markdown/parseMarkdown';
import type { Span } from '../../src/core/text';
import { element } from './element';
import { formula } from './formula';
import { t } from './host';
import { icon } from './icon';
import { TextMap } from './textMap';

export interface MarkdownOptions {
  openLink(href: string): void;
}

const LINKS = new Set(['http:', 'https:', 'mailto:']);

/**
 * Markdown as elements, made one by one: nothing of the text is ever read as HTML, no image is loaded, and links only
 * report that they were chosen. Formulas count as whole; every other character is mapped.
 */
export function renderMarkdown(text: string, options: MarkdownOptions): DocumentFragment {
  const content = document.createDocumentFragment();
  for (const nodes of renderPieces(text, options, new TextMap())) content.append(...nodes);
  return content;
}

/** The same piece by piece, for texts that would take too long at once; the map grows with the pieces. */
export function* renderPieces(text: string, options: MarkdownOptions, map: TextMap): Generator<Node[]> {
  const renderer = new Renderer(text, options, map);
  for (const { nodes, base } of parseMarkdown(text)) yield renderer.blocks(nodes, base);
}

class Renderer {
  private base = 0;
  private readonly definitions = new Map<string, Definition>();

  constructor(
    private readonly text: string,
    private readonly options: MarkdownOptions,
    private readonly map: TextMap,
  ) {}

  blocks(nodes: readonly RootContent[], base: number): Node[] {
    this.base = base;
    for (const node of nodes) this.collectDefinitions(node);
    return nodes.flatMap((node) => this.node(node));
  }

  private spanOf(node: Nodes): [number, number] {
    return [this.base + (node.position?.start.offset ?? 0), this.base + (node.position?.end.offset ?? 0)];
  }

  private collectDefinitions(node: Nodes): void {
    if (node.type === 'definition' && !this.definitions.has(node.identifier)) {
      this.definitions.set(node.identifier, node);
    }
    if ('children' in node) for (const child of node.children) this.collectDefinitions(child);
  }

  private children(node: Parents): Node[] {
    return node.children.flatMap((child) => this.node(child));
  }

  private wrap(tag: keyof HTMLElementTagNameMap, node: Parents): HTMLElement {
    return element(tag, {}, ...this.children(node));
  }

  private node(node: Nodes): Node[] {
    switch (node.type) {
      case 'paragraph':
        return [this.wrap('p', node)];
      case 'heading':
        return [this.wrap(node.depth <= 2 ? 'h4' : node.depth === 3 ? 'h5' : 'h6', node)];
      case 'blockquote':
        return [this.wrap('blockquote', node)];
      case 'emphasis':
        return [this.wrap('em', node)];
      case 'strong':
        return [this.wrap('strong', node)];
      case 'delete':
        return [this.wrap('del', node)];
      case 'list':
        return [element(node.ordered ? 'ol' : 'ul', { start: node.start ?? undefined }, ...this.children(node))];
      case 'listItem':
        return [this.wrap('li', node)];
      case 'table':
        return [this.table(node)];
      case 'thematicBreak':
        return [element('hr')];
      case 'break':
        return [element('br')];
      case 'definition':
        return [];
      default:
        return this.leaf(node);
    }
  }

  private leaf(node: Nodes): Node[] {
    const [start, end] = this.spanOf(node);
    switch (node.type) {
      case 'text':
        return [this.characters(node)];
      case 'inlineCode':
        return [element('code', {}, this.characters(node))];
      case 'code':
        return [element('pre', { tabindex: 0 }, element('code', {}, this.characters(node)))];
      case 'html':
        return [this.rawHtml(node)];
      case 'math':
      case 'inlineMath':
        return [this.whole(formula(node.value, node.type === 'math' || this.isDisplayed(start)), start, end)];
      case 'link':
        return [this.link(node.url, this.children(node))];
      case 'linkReference':
        return [this.link(this.definitions.get(node.identifier)?.url ?? '', this.children(node))];
      case 'image':
        return [this.whole(imageChip(node.alt, node.url), start, end)];
      case 'imageReference':
        return [this.whole(imageChip(node.alt, this.definitions.get(node.identifier)?.url ?? ''), start, end)];
      default:
        return 'children' in node ? this.children(node) : [this.source({ start, end })];
    }
  }

  /** Two dollars inside a line mean a formula of its own as well. */
  private isDisplayed(start: number): boolean {
    return this.text.startsWith('$$', start);
  }

  private characters(node: Text | InlineCode | Code | Html): globalThis.Text {
    const [start, end] = this.spanOf(node);
    return this.mapped(node.value, start, end, leafOffsets(this.text, node, { start, end }));
  }

  /** As it was written. */
  private source({ start, end }: Span): globalThis.Text {
    const value = this.text.slice(start, end);
    return this.mapped(value, start, end, alignText(this.text, start, end, value, true));
  }

  private mapped(value: string, start: number, end: number, offsets: Uint32Array): globalThis.Text {
    const made = document.createTextNode(value);
    this.map.addText(made, start, end, offsets);
    return made;
  }

  private whole(made: HTMLElement, start: number, end: number): HTMLElement {
    this.map.addWhole(made, start, end);
    return made;
  }

  private rawHtml(node: Html): HTMLElement {
    const title = t('HTML is shown as text; nothing in it runs');
    const code = element('code', { class: 'raw-html', title }, this.characters(node));
    return node.value.includes('\n') ? element('pre', { tabindex: 0 }, code) : code;
  }

  private link(url: string, children: Node[]): HTMLElement {
    const protocol = URL.parse(url)?.protocol ?? '';
    if (!LINKS.has(protocol)) {
      return element(
        'span',
        { class: 'dead-link', title: t('{url} is not opened: only web and mail links are', { url }) },
        ...children,
      );
    }
    // Without an href, no click, key or drag can lead anywhere but through the extension.
    const link = element('a', { role: 'link', tabindex: 0, class: 'link', title: url }, ...children);
    const open = (event: Event): void => {
      event.preventDefault();
      event.stopPropagation();
      this.options.openLink(url);
    };
    link.addEventListener('click', open);
    link.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') open(event);
    });
    return link;
  }

  private table(node: Table): HTMLElement {
    const [head, ...rows] = node.children;
    const cells = (tag: 'th' | 'td', row: { children: { children: PhrasingContent[] }[] }): HTMLElement =>
      element(
        'tr',
        {},
        ...row.children.map((cell, column) =>
          element(
            tag,
            { class: `align-${node.align?.[column] ?? 'start'}`, scope: tag === 'th' ? 'col' : undefined },
            ...cell.children.flatMap((child) => this.node(child)),
          ),
        ),
      );
    return element(
      'div',
      { class: 'table', tabindex: 0 },
      element(
        'table',
        {},
        head && element('thead', {}, cells('th', head)),
        element('tbody', {}, ...rows.map((row) => cells('td', row))),
      ),
    );
  }
}

function imageChip(alt: string | null | undefined, url: string): HTMLElement {
  const name = alt ? `${alt} (${url})` : url;
  return element(
    'span',
    { class: 'image-chip', title: t('Pictures are not loaded here: {url}', { url }) },
    icon('file-media'),
    name,
  );
}
