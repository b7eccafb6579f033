import assert from 'node:assert';
import fc from 'fast-check';
import type { Nodes } from 'mdast';
import { alignLines, alignText } from '../../../src/core/markdown/alignment';
import { parseMarkdown } from '../../../src/core/markdown/parseMarkdown';

interface Leaf {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

function texts(markdown: string): Leaf[] {
  const leaves: Leaf[] = [];
  const walk = (node: Nodes, base: number): void => {
    if (node.type === 'text') {
      leaves.push({
        value: node.value,
        start: base + (node.position?.start.offset ?? 0),
        end: base + (node.position?.end.offset ?? 0),
      });
    }
    if ('children' in node) for (const child of node.children) walk(child, base);
  };
  for (const { nodes, base } of parseMarkdown(markdown)) for (const node of nodes) walk(node, base);
  return leaves;
}

/** What stands in the source for a run of characters of the first text. */
function sourceOf(markdown: string, words: string): string {
  for (const { value, start, end } of texts(markdown)) {
    const at = value.indexOf(words);
    if (at < 0) continue;
    const offsets = alignText(markdown, start, end, value);
    return markdown.slice(offsets[at], offsets[at + words.length]);
  }
  throw new Error(`no text holds ${words}`);
}

describe('alignment of rendered text with its source', () => {
  it('maps plain words to themselves', () => {
    assert.equal(sourceOf('one two three', 'two'), 'two');
  });

  it('maps an entity and an escape to all of their characters', () => {
    assert.equal(sourceOf('a &amp; b', '&'), '&amp;');
    assert.equal(sourceOf('a &amp;amp; b', '&amp;'), '&amp;amp;');
    assert.equal(sourceOf('a \\*b\\* c', '*b*'), '\\*b\\*');
    assert.equal(sourceOf('x &#x1F600; y', '\u{1F600}'), '&#x1F600;');
    assert.equal(sourceOf('x &nosuch; y', '&nosuch;'), '&nosuch;');
  });

  it('passes over the quote marks and indentation of later lines', () => {
    assert.equal(sourceOf('> one\n> two three', 'two'), 'two');
    assert.equal(sourceOf('- one\n  two three', 'two three'), 'two three');
    assert.equal(sourceOf('one  \r\n   two', 'two'), 'two');
  });

  it('maps every letter to the same letter, whatever stands between them', function () {
    this.timeout(20_000);
    const piece = fc.constantFrom(
      'alpha',
      'Beta',
      ' ',
      '\n',
      '&lt;',
      '\\_',
      '**',
      '*',
      '`c`',
      '> ',
      '- ',
      '$x$',
      '\\',
      '&',
      '<b>',
      '\r\n',
      '| ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const markdown = pieces.join('');
        for (const { value, start, end } of texts(markdown)) {
          const offsets = alignText(markdown, start, end, value);
          for (let i = 0; i < value.length; i++) {
            assert.ok((offsets[i] ?? -1) <= (offsets[i + 1] ?? -1), 'offsets never decrease');
            assert.ok((offsets[i] ?? -1) >= start && (offsets[i + 1] ?? Infinity) <= end, 'offsets stay inside');
            if (/[a-zA-Z]/.test(value.charAt(i))) assert.equal(markdown.charAt(offsets[i] ?? -1), value.charAt(i));
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  it('maps the lines of fenced code behind their fence and indentation', () => {
    const markdown = '> ```py\n> a = 1\n>   b = 2\n> ```';
    const value = 'a = 1\n  b = 2';
    const offsets = alignLines(markdown, 2, markdown.length, value, 1);
    assert.equal(markdown.slice(offsets[0], offsets[5]), 'a = 1');
    assert.equal(markdown.slice(offsets[8], offsets[13]), 'b = 2');
  });
});

describe('Markdown in pieces', function () {
  this.timeout(20_000);

  it('gives the blocks of a long text once each, at their offsets', () => {
    const paragraphs = Array.from({ length: 1200 }, (_, i) => `paragraph number ${i} of a long text`);
    const markdown = paragraphs.join('\n\n');
    const pieces = [...parseMarkdown(markdown)];
    assert.ok(pieces.length > 1);
    assert.deepEqual(
      texts(markdown).map(({ start, end }) => markdown.slice(start, end)),
      paragraphs,
    );
  });

  it('keeps a block that is longer than a piece whole', () => {
    const code = `\`\`\`\n${'x = 1\n'.repeat(6_000)}\`\`\``;
    const nodes = [...parseMarkdown(`${code}\n\nafter`)].flatMap((piece) => piece.nodes);
    assert.deepEqual(
      nodes.map(({ type }) => type),
      ['code', 'paragraph'],
    );
  });
});
