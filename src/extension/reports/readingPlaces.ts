import type * as vscode from 'vscode';

const KEY = 'drylab.readingPlaces';
const MOST_KEPT = 100;

/**
 * The part at which reading stopped, by report. VS Code stores what a webview itself remembers seconds late, and not at
 * all once the panel is closed; this is stored at once and for good.
 */
export class ReadingPlaces {
  constructor(private readonly memento: vscode.Memento) {}

  /** `null` for a report that was not read yet. */
  get(uri: vscode.Uri): string | null {
    return this.all().find(([key]) => key === uri.toString())?.[1] ?? null;
  }

  set(uri: vscode.Uri, part: string): void {
    const others = this.all().filter(([key]) => key !== uri.toString());
    void this.memento.update(KEY, [[uri.toString(), part], ...others].slice(0, MOST_KEPT));
  }

  private all(): readonly (readonly [uri: string, part: string])[] {
    return this.memento.get(KEY, []);
  }
}
