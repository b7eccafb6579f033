import * as vscode from 'vscode';
import { authorName } from './author';
import { NoteStore } from './noteStore';

/** The notes of all reports in use, one store each: the same for panels and editors. */
export class NoteStores implements vscode.Disposable {
  private readonly opening = new Map<string, Promise<NoteStore>>();
  private readonly stores = new Map<string, NoteStore>();
  private readonly opened = new vscode.EventEmitter<NoteStore>();
  private readonly changed = new vscode.EventEmitter<NoteStore>();
  private readonly closed = new vscode.EventEmitter<NoteStore>();
  private readonly subscriptions: vscode.Disposable[];

  readonly onDidOpen = this.opened.event;
  /** Notes, places or the problem of a store changed. */
  readonly onDidChange = this.changed.event;
  readonly onDidClose = this.closed.event;

  constructor(private readonly log: vscode.LogOutputChannel) {
    this.subscriptions = [
      this.opened,
      this.changed,
      this.closed,
      vscode.workspace.onDidOpenTextDocument((document) => void this.get(document.uri)?.follow(document)),
      vscode.workspace.onDidCloseTextDocument(() => this.closeUnused()),
    ];
  }

  get all(): readonly NoteStore[] {
    return [...this.stores.values()];
  }

  get(uri: vscode.Uri): NoteStore | undefined {
    return this.stores.get(uri.toString());
  }

  /**
   * The notes of a document, the same object for everyone. It stays while the document is open or somebody listens to
   * its changes, and must not be disposed of by its users.
   */
  async forDocument(document: vscode.TextDocument): Promise<NoteStore> {
    const key = document.uri.toString();
    const opening = this.opening.get(key) ?? this.open(key, document);
    this.opening.set(key, opening);
    const store = await opening;
    await store.follow(document);
    return store;
  }

  dispose(): void {
    for (const store of this.all) store.dispose();
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private async open(key: string, document: vscode.TextDocument): Promise<NoteStore> {
    try {
      const store = await NoteStore.open(document, { author: authorName, log: this.log });
      this.stores.set(key, store);
      store.onDidChange(() => this.changed.fire(store));
      this.opened.fire(store);
      return store;
    } catch (thrown) {
      this.opening.delete(key);
      throw thrown;
    }
  }

  /** One listener is our own. */
  private closeUnused(): void {
    for (const [key, store] of this.stores) {
      if (!store.textDocument.isClosed || store.listeners > 1) continue;
      this.stores.delete(key);
      this.opening.delete(key);
      this.closed.fire(store);
      store.dispose();
    }
  }
}
