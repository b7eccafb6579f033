import { parseTree, type Node } from 'jsonc-parser';
import { Problem } from './problem';

/** A string as it stands in the JSON text of a notebook. */
export interface NotebookString {
  readonly value: string;
  /** Offset in the JSON text behind the opening quote. */
  readonly start: number;
  /** Offset in the JSON text of the closing quote. */
  readonly end: number;
}

export interface NotebookCell {
  readonly type: string;
  /** Of one string, or of one for each line; `null` for a cell without source text. */
  readonly source: readonly NotebookString[] | null;
}

export interface Notebook {
  /** Of the code cells, in lower case; `python` where the notebook does not say. */
  readonly language: string;
  readonly cells: readonly NotebookCell[];
}

/**
 * A notebook in any of the formats that nbformat has had.
 * @throws Problem `notebook.json` when it is not JSON, `notebook.format` when it is not a notebook.
 */
export function parseNotebook(file: string, json: string): Notebook {
  const wrong = (detail: string): Problem => new Problem('notebook.format', { file, detail });
  const root = parse(file, json);
  if (root?.type !== 'object') throw wrong('it is no JSON object');
  const cells = cellsOf(root);
  if (!cells) throw wrong('it has no list of cells');
  const read = cells.map((cell, index): NotebookCell => {
    if (cell.type !== 'object') throw wrong(`cell ${index} is no JSON object`);
    const type = textOf(property(cell, 'cell_type'));
    return { type, source: sourceOf(json, property(cell, 'source') ?? property(cell, 'input')) };
  });
  return { language: languageOf(root), cells: read };
}

function parse(file: string, json: string): Node | undefined {
  try {
    // The parser with places lets many faults pass.
    JSON.parse(json);
  } catch (error) {
    throw new Problem('notebook.json', { file, detail: error instanceof Error ? error.message : String(error) });
  }
  try {
    return parseTree(json);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Problem('notebook.format', { file, detail: 'its lists are nested too deeply' });
  }
}

/** The last one of that name, as `JSON.parse` has it. */
function property(object: Node | undefined, name: string): Node | undefined {
  if (object?.type !== 'object') return undefined;
  return object.children?.findLast(({ children }) => children?.[0]?.value === name)?.children?.[1];
}

function textOf(node: Node | undefined): string {
  return node?.type === 'string' ? String(node.value) : '';
}

/** Since nbformat 4 the cells are in the notebook, before that in worksheets. */
function cellsOf(root: Node): readonly Node[] | null {
  const cells = property(root, 'cells');
  if (cells?.type === 'array') return cells.children ?? [];
  const sheets = property(root, 'worksheets');
  if (sheets?.type !== 'array') return null;
  return (sheets.children ?? []).flatMap((sheet) => {
    const inside = property(sheet, 'cells');
    return inside?.type === 'array' ? (inside.children ?? []) : [];
  });
}

function sourceOf(json: string, source: Node | undefined): NotebookString[] | null {
  const nodes = source?.type === 'array' ? (source.children ?? []) : source ? [source] : [];
  if (!source || !nodes.every(({ type }) => type === 'string')) return null;
  return nodes.map((node) => {
    const isClosed = json[node.offset + node.length - 1] === '"';
    return { value: textOf(node), start: node.offset + 1, end: node.offset + node.length - (isClosed ? 1 : 0) };
  });
}

function languageOf(root: Node): string {
  const metadata = property(root, 'metadata');
  const info = textOf(property(property(metadata, 'language_info'), 'name'));
  const kernel = textOf(property(property(metadata, 'kernelspec'), 'language'));
  return (info || kernel || 'python').toLowerCase();
}
