import * as vscode from 'vscode';
import type { CodeUnit } from '../../core/explain/codeUnits';
import { ExplanationDocument } from '../../core/explain/explanationDocument';

/** Longest stretch of work between two turns of the event loop, in milliseconds. */
const SLICE = 12;
/** Code beyond this many characters is not explained: an editor does not colour it either. */
const MAX_CHARACTERS = 4_000_000;

/** Where hovers look: the document that a cell or script belongs to, and which unit of it that is. */
export interface Explanations {
  readonly document: ExplanationDocument;
  readonly unit: number;
}

interface Entry {
  readonly document: ExplanationDocument;
  /** Which versions of which texts it explains. */
  state: string;
}

/** The code units that a text document stands in: itself, or the Python cells of its notebook. */
interface Origin {
  readonly key: string;
  readonly documents: readonly { readonly document: vscode.TextDocument; readonly cell: number | null }[];
}

function originOf(document: vscode.TextDocument): Origin {
  const notebook = vscode.workspace.notebookDocuments.find((one) =>
    one
      .getCells()
      .some((cell) => cell.document === document || cell.document.uri.toString() === document.uri.toString()),
  );
  if (!notebook) return { key: document.uri.toString(), documents: [{ document, cell: null }] };
  const cells = notebook.getCells().filter((cell) => cell.document.languageId === 'python');
  return {
    key: notebook.uri.toString(),
    documents: cells.map((cell) => ({ document: cell.document, cell: cell.index })),
  };
}

const stateOf = ({ documents }: Origin): string =>
  documents.map(({ document, cell }) => `${cell ?? ''} ${document.uri.toString()} ${document.version}`).join('\n');

const unitsOf = ({ documents }: Origin): CodeUnit[] =>
  documents.map(({ document, cell }) => ({ cell, text: document.getText() }));

/** Explanations of open Python code, kept up to date once somebody has hovered over it. */
export class ExplanationCache implements vscode.Disposable {
  private readonly entries = new Map<string, Entry>();
  private readonly subscriptions: vscode.Disposable;

  constructor() {
    this.subscriptions = vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument(({ document }) => void this.refresh(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.entries.delete(document.uri.toString())),
      vscode.workspace.onDidCloseNotebookDocument((notebook) => this.entries.delete(notebook.uri.toString())),
    );
  }

  /** Explains the present text, between turns of the event loop; `null` when it was cancelled or is too large. */
  async get(document: vscode.TextDocument, token?: vscode.CancellationToken): Promise<Explanations | null> {
    const origin = originOf(document);
    const unit = origin.documents.findIndex((one) => one.document.uri.toString() === document.uri.toString());
    const entry = unit < 0 ? null : this.entryFor(origin);
    if (entry === null) return null;
    const { state } = entry;
    while (!advance(entry.document)) {
      await new Promise((resolve) => setImmediate(resolve));
      if (token?.isCancellationRequested === true || entry.state !== state) return null;
    }
    return { document: entry.document, unit };
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.entries.clear();
  }

  private entryFor(origin: Origin): Entry | null {
    const state = stateOf(origin);
    const known = this.entries.get(origin.key);
    if (known?.state === state) return known;
    const units = unitsOf(origin);
    if (units.reduce((sum, { text }) => sum + text.length, 0) > MAX_CHARACTERS) return null;
    if (known !== undefined) {
      known.state = state;
      known.document.update(units);
      return known;
    }
    const entry = { document: new ExplanationDocument(units), state };
    this.entries.set(origin.key, entry);
    return entry;
  }

  /** Only code that was hovered over before is followed while it is typed. */
  private async refresh(document: vscode.TextDocument): Promise<void> {
    if (document.languageId !== 'python' || this.entries.size === 0) return;
    if (this.entries.has(originOf(document).key)) await this.get(document);
  }
}

function advance(document: ExplanationDocument): boolean {
  const start = performance.now();
  return document.advance(() => performance.now() - start > SLICE);
}
