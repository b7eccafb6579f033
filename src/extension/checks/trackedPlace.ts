import * as vscode from 'vscode';
import { trackSpanThrough, type TextChange } from '../../core/annotation/tracking';
import type { Span } from '../../core/text';
import type { DocumentPlace } from './sourcePlaces';

/** Words that keep their place while their document is edited. */
export class TrackedPlace {
  readonly uri: vscode.Uri;
  private readonly key: string;
  private current: Span | null;
  private shown: vscode.Range;

  constructor({ document, span }: DocumentPlace) {
    this.uri = document.uri;
    this.key = document.uri.toString();
    this.current = span;
    this.shown = rangeIn(document, span);
  }

  /** Offsets in the document; `null` when the words are gone. */
  get span(): Span | null {
    return this.current;
  }

  get location(): vscode.Location | null {
    return this.current && new vscode.Location(this.uri, this.shown);
  }

  /** @returns whether the document is its own */
  follow(document: vscode.TextDocument, changes: readonly TextChange[]): boolean {
    if (document.uri.toString() !== this.key) return false;
    this.current = this.current && trackSpanThrough(this.current, changes);
    if (this.current) this.shown = rangeIn(document, this.current);
    return true;
  }
}

function rangeIn(document: vscode.TextDocument, { start, end }: Span): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}
