import { parseNotebook } from '../notebook';
import { Problem } from '../problem';
import type { CodeUnit } from './codeUnits';

/**
 * The Python code cells of a notebook with their index among all cells.
 * @throws Problem `notebook.json` when it is not JSON, `notebook.format` when it is not a notebook.
 */
export function notebookCells(file: string, json: string): CodeUnit[] {
  const { language, cells } = parseNotebook(file, json);
  if (!language.includes('python')) return [];
  return cells.flatMap(({ type, source }, index) => {
    if (type !== 'code') return [];
    if (!source) throw new Problem('notebook.format', { file, detail: `cell ${index} has no source text` });
    return [{ cell: index, text: source.map(({ value }) => value).join('') }];
  });
}
