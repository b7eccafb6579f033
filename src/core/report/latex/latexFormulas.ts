import type { Span } from '../../text';
import { fenceAround } from '../notebookTranscript';
import { MATHEMATICS } from './commands';
import type { LatexWriter } from './latexWriter';
import type { LatexMacros } from './macros';

/** What is not shown in a formula, and what has to stay in one piece to tell it apart. */
const PIECE =
  /(?<left>\\(?:label[ \t]*\{[^{}]*\}|(?:nonumber|notag)(?![A-Za-z])))|\\(?<command>[A-Za-z]+)|(?<escape>\\[^])|(?<comment>%[^\n]*\n?)|(?<gap>\s+)|(?<bar>\|)/g;

interface Formula {
  readonly body: Span;
  readonly isDisplayed: boolean;
  /** The environment of KaTeX that the body needs, or none. */
  readonly wrapper: string;
}

/**
 * Writes a formula between dollars, in lines of its own if it is displayed.
 * @param macros the report's own commands, which nobody else knows
 */
export function writeFormula(writer: LatexWriter, span: Span, macros: LatexMacros): void {
  const { body, isDisplayed, wrapper } = formulaIn(writer.source, span);
  const text = writer.source.slice(body.start, body.end);
  if (text.trim() === '') return writer.gap();
  if (isDisplayed && !writer.isInLine) {
    writer.block();
    writer.stand('$$', span.start, body.start);
    writer.nextLine();
    if (wrapper !== '') writer.add(`\\begin{${wrapper}}`);
    if (wrapper !== '' && !/^\s*\{/.test(text)) writer.nextLine();
    writeBody(writer, body, macros, () => writer.nextLine());
    if (wrapper !== '') {
      writer.nextLine();
      writer.add(`\\end{${wrapper}}`);
    }
    writer.nextLine();
    writer.stand('$$', body.end, span.end);
    writer.block();
    return;
  }
  // A formula in the words of a formula has dollars of its own.
  const dollars = /(?<!\\)\$/.test(text) ? '$$' : '$';
  writer.stand(dollars, span.start, body.start);
  if (wrapper !== '') writer.add(`\\begin{${wrapper}} `);
  writeBody(writer, body, macros, () => writer.add(' '));
  if (wrapper !== '') writer.add(` \\end{${wrapper}}`);
  writer.stand(dollars, body.end, span.end);
}

function formulaIn(source: string, { start, end }: Span): Formula {
  const raw = source.slice(start, end);
  const [begin, name = ''] = /^\\begin[ \t]*\{\s*([^{}\s]*)\s*\}/.exec(raw) ?? [];
  if (begin !== undefined) {
    const skipped = name.startsWith('IEEE') ? (/^\s*\{[^{}]*\}/.exec(raw.slice(begin.length))?.[0].length ?? 0) : 0;
    const bodyStart = start + begin.length + skipped;
    const body = trimmed(source, { start: bodyStart, end: Math.max(bodyStart, start + raw.lastIndexOf('\\end')) });
    return { body, isDisplayed: name !== 'math', wrapper: MATHEMATICS.get(name.replace(/\*$/, '')) ?? '' };
  }
  const opening = /^(?:\$\$|\$|\\[[(])/.exec(raw)?.[0] ?? '';
  const inside = { start: start + opening.length, end: Math.max(start + opening.length, end - opening.length) };
  return { body: trimmed(source, inside), isDisplayed: opening === '$$' || opening === '\\[', wrapper: '' };
}

function trimmed(source: string, { start, end }: Span): Span {
  const text = source.slice(start, end);
  const first = start + (text.length - text.trimStart().length);
  return { start: first, end: Math.max(first, start + text.trimEnd().length) };
}

function writeBody(writer: LatexWriter, { start, end }: Span, macros: LatexMacros, lineEnd: () => void): void {
  const text = writer.source.slice(start, end);
  let at = start;
  let gap: 'none' | 'blank' | 'line' = 'none';
  let isFirst = true;
  const write = (own: () => void): void => {
    if (gap !== 'none' && !isFirst) (gap === 'line' ? lineEnd : () => writer.add(' '))();
    [gap, isFirst] = ['none', false];
    own();
  };
  const copy = (to: number): void => {
    if (to > at) write(() => writer.copy(at, to));
  };
  for (const { groups = {}, index: offset, 0: piece } of text.matchAll(PIECE)) {
    const index = start + offset;
    // It is among the arguments of a command that was written already.
    if (index < at) continue;
    const { escape, command, bar, gap: blanks } = groups;
    const expansion = command === undefined ? undefined : macros.expand(command, text, offset + piece.length);
    if (escape !== undefined || (command !== undefined && expansion === undefined)) continue;
    if (bar !== undefined && !writer.isInTable) continue;
    copy(index);
    at = expansion ? start + expansion.end : index + piece.length;
    if (blanks?.includes('\n')) gap = 'line';
    else if (blanks !== undefined && gap === 'none') gap = 'blank';
    if (expansion) write(() => writer.stand(writer.isInTable ? inCell(expansion.text) : expansion.text, index, at));
    if (bar !== undefined) write(() => writer.stand(inCell(bar), index, at));
  }
  copy(end);
}

/** A bar would end the cell of a table. */
function inCell(formula: string): string {
  return formula.replace(/(\\[^])|\|/g, (_, escape: string | undefined) => escape ?? '\\vert ');
}

/** Writes verbatim text as a block of code. */
export function writeVerbatim(writer: LatexWriter, { start, end }: Span): void {
  const raw = writer.source.slice(start, end);
  const head = /^\\begin\{(\w+)\*?\}(?:\[((?:[^[\]]|\[[^\]]*\])*)\])?/.exec(raw);
  const [opening = '', name = '', options = ''] = head ?? [];
  const [braced = '', minted = ''] = (name === 'minted' && /^\{([^{}]*)\}/.exec(raw.slice(opening.length))) || [];
  const language = minted || (/language\s*=\s*\{?(\w+)/.exec(options)?.[1] ?? '');
  const first = opening.length + braced.length;
  const body = raw.slice(first, raw.lastIndexOf('\\end')).replace(/\s+$/, '');
  const skipped = /^[ \t]*\r?\n/.exec(body)?.[0].length ?? 0;
  const fence = fenceAround(body);
  writer.block();
  writer.add(fence + language.toLowerCase().replace(/[^\w+#-]/g, ''));
  for (const line of body.slice(skipped).matchAll(/[^\r\n]*(?:\r\n|\n|\r|$)/g)) {
    if (line[0] === '') break;
    const at = start + first + skipped + line.index;
    writer.nextLine();
    writer.copy(at, at + line[0].replace(/[\r\n]+$/, '').length);
  }
  writer.nextLine();
  writer.add(fence);
  writer.block();
}

/**
 * Writes characters of the source as code in a line.
 * @param isEscaped whether backslashes before signs are left out
 */
export function writeCode(writer: LatexWriter, whole: Span, inside: Span, isEscaped: boolean): void {
  const code = writer.source.slice(inside.start, inside.end);
  if (code.trim() === '' || /[\r\n]/.test(code)) return writer.text(inside.start, inside.end);
  let longest = 0;
  for (const [found] of code.matchAll(/`+/g)) longest = Math.max(longest, found.length);
  const ticks = '`'.repeat(longest + 1);
  const gap = longest > 0 ? ' ' : '';
  writer.mark(ticks + gap, whole.start, inside.start);
  let at = inside.start;
  for (const { index } of isEscaped ? code.matchAll(/\\(?=[_%&#${}])/g) : []) {
    writer.copy(at, inside.start + index);
    at = inside.start + index + 1;
  }
  writer.copy(at, inside.end);
  writer.mark(gap + ticks, inside.end, whole.end);
}
