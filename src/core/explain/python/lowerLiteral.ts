import { opaque, type SourceContext, spanOf, textOf } from './lowering';
import type { PlainNode } from './plainTree';
import type { Expression } from './syntax';

/** Complex numbers become opaque. */
export function lowerNumber(node: PlainNode, source: SourceContext): Expression {
  const text = textOf(source, node).replaceAll('_', '').toLowerCase();
  const span = spanOf(source, node);
  const value = Number(text);
  const hexadecimal = text.startsWith('0x');
  if (Number.isNaN(value) || (!hexadecimal && text.endsWith('j'))) return opaque(span);
  const float = !hexadecimal && (text.includes('.') || text.includes('e'));
  return { kind: 'literal', value, float, span };
}

/** The characters between the quotes; escapes stay as they are written, since no name that matters has any. */
function stringContent(text: string): string {
  const start = Math.min(...['"', "'"].map((quote) => text.indexOf(quote)).filter((index) => index >= 0), text.length);
  const quote = text.charAt(start);
  const width = text.startsWith(quote.repeat(3), start) && text.length - start >= 6 ? 3 : 1;
  return text.slice(start + width, Math.max(start + width, text.length - width));
}

export function lowerString(node: PlainNode, source: SourceContext): Expression {
  const value = stringContent(textOf(source, node));
  return { kind: 'literal', value, float: false, span: spanOf(source, node) };
}

/** Format strings and strings side by side, as the pieces that they join. */
export function lowerFormatString(
  node: PlainNode,
  source: SourceContext,
  lower: (node: PlainNode, source: SourceContext) => Expression,
): Expression {
  const pieces: Expression[] = [];
  if (node.name === 'ContinuedString') pieces.push(...node.children.map((child) => lower(child, source)));
  else collectPieces(node, source, lower, pieces);
  return { kind: 'format', pieces, span: spanOf(source, node) };
}

function collectPieces(
  node: PlainNode,
  source: SourceContext,
  lower: (node: PlainNode, source: SourceContext) => Expression,
  pieces: Expression[],
): void {
  const whole = textOf(source, node);
  const content = stringContent(whole);
  const start = node.from + whole.indexOf(content, whole.search(/["']/) + 1);
  let at = start;
  const text = (to: number): void => {
    if (to <= at) return;
    const value = source.text.slice(at, to);
    pieces.push({ kind: 'literal', value, float: false, span: spanOf(source, { from: at, to }) });
  };
  for (const child of node.children.filter(({ name }) => name === 'FormatReplacement')) {
    text(child.from);
    const [value, ...others] = child.children.slice(1, -1);
    const plain = value !== undefined && others.length === 0 && !child.damaged;
    pieces.push(
      plain ? lower(value, source) : opaque(spanOf(source, child), value === undefined ? [] : [lower(value, source)]),
    );
    at = child.to;
  }
  text(start + content.length);
}
