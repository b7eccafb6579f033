import { parseNotebook, type NotebookString } from './notebook';
import type { Span } from './text';

export interface CellPlace {
  /** Index among all cells. */
  readonly cell: number;
  /** The cell's source, and where in it the span stands. */
  readonly text: string;
  readonly span: Span;
}

/** Finds the cells that stretches of a notebook's JSON text belong to. */
export class NotebookPlaces {
  private readonly cells: readonly (readonly NotebookString[])[];

  /** @throws Problem `notebook.json`, `notebook.format` */
  constructor(
    file: string,
    private readonly json: string,
  ) {
    this.cells = parseNotebook(file, json).cells.map(({ source }) => source ?? []);
  }

  /** What of a stretch stands in the cell that it begins in; `null` when it begins in none. */
  placeOf({ start, end }: Span): CellPlace | null {
    const cell = this.cells.findIndex((strings) => strings.some((string) => isIn(string, start)));
    const strings = this.cells[cell];
    if (!strings) return null;
    const text = strings.map(({ value }) => value).join('');
    const to = strings.some((string) => isIn(string, end)) ? this.offsetIn(strings, end) : text.length;
    return { cell, text, span: { start: this.offsetIn(strings, start), end: to } };
  }

  private offsetIn(strings: readonly NotebookString[], offset: number): number {
    let before = 0;
    for (const string of strings) {
      if (isIn(string, offset)) return before + this.lengthOf(string.start, offset);
      before += string.value.length;
    }
    return before;
  }

  /** Characters that a piece of a JSON string stands for. */
  private lengthOf(start: number, end: number): number {
    return this.json.slice(start, end).replace(/\\(?:u[0-9a-f]{4}|[^u])/gi, '.').length;
  }
}

/** A string's closing quote still belongs to it: a stretch may end there. */
function isIn({ start, end }: NotebookString, offset: number): boolean {
  return offset >= start && offset <= end;
}
