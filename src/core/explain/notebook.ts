import { Problem } from '../problem';
import type { CodeUnit } from './codeUnits';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** nbformat keeps source as one string or as a list of lines. */
function sourceText(source: unknown): string | null {
  if (typeof source === 'string') return source;
  return Array.isArray(source) && source.every((line) => typeof line === 'string') ? source.join('') : null;
}

function parse(file: string, json: string): Readonly<Record<string, unknown>> {
  let notebook: unknown;
  try {
    notebook = JSON.parse(json);
  } catch (error) {
    throw new Problem('notebook.json', { file, detail: error instanceof Error ? error.message : String(error) });
  }
  if (!isRecord(notebook)) throw new Problem('notebook.format', { file, detail: 'it is no JSON object' });
  return notebook;
}

/** Language of the code cells; notebooks that do not say are taken for Python. */
function language({ metadata }: Readonly<Record<string, unknown>>): string {
  if (!isRecord(metadata)) return 'python';
  const { language_info: info, kernelspec } = metadata;
  if (isRecord(info) && typeof info['name'] === 'string') return info['name'].toLowerCase();
  return isRecord(kernelspec) && typeof kernelspec['language'] === 'string'
    ? kernelspec['language'].toLowerCase()
    : 'python';
}

/** Lists cells in all formats that nbformat has had: since 4 directly, before in worksheets. */
function cellsOf(file: string, notebook: Readonly<Record<string, unknown>>): readonly unknown[] {
  if (Array.isArray(notebook['cells'])) return notebook['cells'];
  const { worksheets } = notebook;
  if (Array.isArray(worksheets)) {
    return worksheets.flatMap((sheet) => (isRecord(sheet) && Array.isArray(sheet['cells']) ? sheet['cells'] : []));
  }
  throw new Problem('notebook.format', { file, detail: 'it has no list of cells' });
}

/**
 * The Python code cells of a notebook with their index among all cells.
 * @throws Problem `notebook.json` when it is not JSON, `notebook.format` when it is not a notebook.
 */
export function notebookCells(file: string, json: string): CodeUnit[] {
  const notebook = parse(file, json);
  const cells = cellsOf(file, notebook);
  if (!language(notebook).includes('python')) return [];
  return cells.flatMap((cell, index) => {
    if (!isRecord(cell)) throw new Problem('notebook.format', { file, detail: `cell ${index} is no JSON object` });
    if (cell['cell_type'] !== 'code') return [];
    const text = sourceText(cell['source'] ?? cell['input']);
    if (text === null) throw new Problem('notebook.format', { file, detail: `cell ${index} has no source text` });
    return [{ cell: index, text }];
  });
}
