import type { Range } from '../../text';
import type { Place } from './places';

type Line = Pick<Place, 'start' | 'file'>;

/** Such as `line 3`, `lines 3, 5`, `parts/one.tex, line 3`; lines count from one, and each stands once. */
export function lineWords(places: readonly Line[]): string {
  const byFile = new Map<string | undefined, Set<number>>();
  for (const { start, file } of places) {
    const lines = byFile.get(file) ?? new Set();
    byFile.set(file, lines.add(start.line + 1));
  }
  const words = [...byFile].map(([file, lines]) => {
    const noun = lines.size === 1 ? 'line' : 'lines';
    return `${file === undefined ? '' : `${file}, `}${noun} ${[...lines].join(', ')}`;
  });
  return words.join('; ');
}

/** Where something begins, in the same words. */
export function beginWords({ range: { start }, file }: { readonly range: Range; readonly file?: string }): string {
  return lineWords([{ start, ...(file !== undefined && { file }) }]);
}
