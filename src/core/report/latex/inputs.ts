import type { Span } from '../../text';
import { latexTokens } from './latexTokens';

/** Files that may be taken in by one another. */
export const MOST_NESTED = 10;

export interface LatexInput {
  /** As it is written. */
  readonly path: string;
  readonly span: Span;
}

/** The files that a LaTeX source takes in by `\input`, `\include` or `\subfile`, in order; comments do not count. */
export function inputsOf(text: string): LatexInput[] {
  if (!/\\(?:input|include|subfile)(?![A-Za-z])/.test(text)) return [];
  const inputs: LatexInput[] = [];
  const argument = /[ \t]*(?:\{([^{}\r\n]*)\}|([^\s{}%\\]+))/y;
  for (const { kind, name, start, end } of latexTokens(text)) {
    if (kind !== 'command' || !/^(?:input|include|subfile)$/.test(name)) continue;
    argument.lastIndex = end;
    const [whole, braced, bare] = argument.exec(text) ?? [];
    const path = (braced ?? bare ?? '').trim();
    if (whole !== undefined && path !== '') inputs.push({ path, span: { start, end: end + whole.length } });
  }
  return inputs;
}

/**
 * The path of a file that a report takes in, from the folder of the report, with `/` between its parts and its ending.
 * TeX understands all paths from there, in files of files as well. `null` for a path that leaves the folder.
 */
export function resolveInput(path: string): string | null {
  const written = path
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .replaceAll('\\', '/');
  if (/^(?:\/|~|[a-z][a-z\d+.-]*:)|\0/i.test(written)) return null;
  const parts: string[] = [];
  for (const part of written.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  const found = parts.join('/');
  return /\.[a-z]{1,6}$/i.test(found) ? found : `${found}.tex`;
}
