import * as vscode from 'vscode';
import { anchorAt } from '../../core/annotation/anchor';
import { findPlace } from '../../core/annotation/placement';
import { NotebookPlaces } from '../../core/notebookPlaces';
import type { SourceSpan } from '../../core/report/report';
import type { Span } from '../../core/text';
import type { ReportSession } from '../reports/reportSession';

/** Words in a document that an editor can show. */
export interface DocumentPlace {
  readonly document: vscode.TextDocument;
  readonly span: Span;
}

/** Where a person sees what stands in the files of a report. */
export interface SourcePlaces {
  /** The main file as text. */
  readonly main: vscode.TextDocument;
  /** `null` for what is not shown, such as words of a cell that was deleted since the notebook was saved. */
  placeOf(span: SourceSpan): DocumentPlace | null;
}

/**
 * The places of a report that has been read. Of a notebook that is open, words are in the cells and not in the JSON text.
 * @throws Error of VS Code when the file is gone
 */
export async function sourcePlaces({ uri, report }: ReportSession): Promise<SourcePlaces> {
  const main = await vscode.workspace.openTextDocument(uri);
  if (report?.format === 'notebook') {
    const notebook = vscode.workspace.notebookDocuments.find((open) => open.uri.toString() === uri.toString());
    return notebook ? inCells(main, notebook) : inFiles([{ document: main, saved: null }]);
  }
  const further = report?.files.slice(1) ?? [];
  const files = further.map((path) => furtherFile(vscode.Uri.joinPath(uri, '..', path)));
  return inFiles([{ document: main, saved: null }, ...(await Promise.all(files))]);
}

interface OpenFile {
  readonly document: vscode.TextDocument;
  /** What was read of it, where that is not the document's text; the session minds edits of the main file itself. */
  readonly saved: string | null;
}

/** Further files are read from the disk; `null` for one that is gone by now. */
async function furtherFile(uri: vscode.Uri): Promise<OpenFile | null> {
  try {
    const document = await vscode.workspace.openTextDocument(uri);
    const saved = document.isDirty ? new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)) : null;
    return { document, saved };
  } catch {
    return null;
  }
}

function inFiles(files: readonly [OpenFile, ...(OpenFile | null)[]]): SourcePlaces {
  return {
    main: files[0].document,
    placeOf: ({ start, end, file = 0 }) => {
      const open = files[file];
      if (!open) return null;
      const { document, saved } = open;
      const span = saved === null ? { start, end } : spanNow(saved, { start, end }, document.getText());
      return span && { document, span };
    },
  };
}

function inCells(main: vscode.TextDocument, notebook: vscode.NotebookDocument): SourcePlaces {
  const places = new NotebookPlaces(main.fileName, main.getText());
  return {
    main,
    placeOf: (source) => {
      const saved = places.placeOf(source);
      if (!saved) return null;
      const cell = cellWith(notebook, saved.cell, saved.text);
      const span = cell && spanNow(saved.text, saved.span, cell.document.getText());
      return cell && span ? { document: cell.document, span } : null;
    },
  };
}

/** The cell that was saved with an index and a text: others may have come before it since. */
function cellWith(notebook: vscode.NotebookDocument, index: number, text: string): vscode.NotebookCell | undefined {
  const cells = notebook.getCells();
  const saved = cells[index];
  if (saved?.document.getText() === text) return saved;
  return cells.find(({ document }) => document.getText() === text) ?? saved;
}

/** Words of a text that was saved, looked for in the text as it is now. */
function spanNow(saved: string, span: Span, text: string): Span | null {
  if (saved === text) return span;
  if (saved.slice(span.start, span.end).trim() === '') return null;
  return findPlace(text, anchorAt(saved, span))?.span ?? null;
}
