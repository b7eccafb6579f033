import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import * as vscode from 'vscode';
import { anchorAt } from '../../core/annotation/anchor';
import type { Annotation, PlacedAnnotation } from '../../core/annotation/annotation';
import * as noteBook from '../../core/annotation/noteBook';
import { Placements } from '../../core/annotation/placements';
import { SidecarKeeper } from '../../core/annotation/sidecarKeeper';
import { Problem, type ProblemReport } from '../../core/problem';
import type { Span } from '../../core/text';
import { fileName, SidecarStorage, sidecarUri } from './sidecarStorage';

export interface NoteStoreOptions {
  readonly author: () => string;
  readonly log: vscode.LogOutputChannel;
}

export interface AddedNote {
  /** In the source of the report. */
  readonly span: Span;
  readonly part: string | null;
  readonly body: string;
}

/** Milliseconds without typing before surfaces hear that places moved. */
const TYPING_PAUSE = 150;
/** Milliseconds for other programs to finish writing the file of notes. */
const WRITING_PAUSE = 100;

/**
 * The notes of one report: kept in the file beside it, placed in its document as it is now. All changes are made in
 * turn. A method that cannot write because the file of notes is damaged or newer throws that problem and changes
 * nothing; when writing itself fails, the change stays in memory, `problem` tells, and the next change tries again.
 */
export class NoteStore implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly keeper: SidecarKeeper;
  private readonly placements = new Placements(performance, () => setImmediate());
  private readonly subscriptions: vscode.Disposable[];
  private readonly removed: noteBook.Removed[] = [];
  private readonly pen: noteBook.Pen;
  private queue: Promise<unknown> = Promise.resolve();
  private typing: NodeJS.Timeout | undefined;
  private writing: NodeJS.Timeout | undefined;
  /** Whether text came in that may hold words that were gone, as an undo brings them. */
  private mayReturn = false;

  private listening = 0;

  /** Notes, places or the problem changed. */
  readonly onDidChange: vscode.Event<void> = (listener, thisArgs, disposables) => {
    const subscription = this.changed.event(listener, thisArgs);
    let active = 1;
    this.listening++;
    const counted = new vscode.Disposable(() => {
      subscription.dispose();
      this.listening -= active;
      active = 0;
    });
    disposables?.push(counted);
    return counted;
  };

  /** The notes of a document, read and placed. Does not reject for a bad file of notes; see `problem`. */
  static async open(document: vscode.TextDocument, options: NoteStoreOptions): Promise<NoteStore> {
    const store = new NoteStore(document, options);
    await store.inTurn(async () => {
      await store.keeper.load();
      await store.placements.update(store.document.getText(), store.keeper.annotations);
    });
    return store;
  }

  private constructor(
    private document: vscode.TextDocument,
    { author, log }: NoteStoreOptions,
  ) {
    const file = sidecarUri(document.uri);
    this.keeper = new SidecarKeeper(new SidecarStorage(file), fileName(document.uri));
    this.pen = { newId: randomUUID, now: () => new Date().toISOString(), author };
    const watcher = vscode.workspace.createFileSystemWatcher(
      // Any other name would have to be escaped: a report's name may hold what a pattern gives a meaning to.
      new vscode.RelativePattern(vscode.Uri.joinPath(file, '..'), '*.drylab.json'),
    );
    const written = (uri: vscode.Uri): void => {
      if (uri.toString() === file.toString()) this.reloadSoon(log);
    };
    const own = ({ uri }: vscode.TextDocument): boolean => uri.toString() === this.uri.toString();
    this.subscriptions = [
      this.changed,
      watcher,
      watcher.onDidChange(written),
      watcher.onDidCreate(written),
      watcher.onDidDelete(written),
      vscode.workspace.onDidChangeTextDocument((event) => {
        if (own(event.document)) this.edited(event.contentChanges);
      }),
      vscode.workspace.onDidSaveTextDocument((saved) => {
        if (own(saved))
          void this.inTurn(() => this.refreshAnchors()).catch((thrown: unknown) => log.error(String(thrown)));
      }),
    ];
  }

  /** How many listen to changes. */
  get listeners(): number {
    return this.listening;
  }

  /** As it was last seen; `isClosed` when VS Code has let go of it. */
  get textDocument(): vscode.TextDocument {
    return this.document;
  }

  get uri(): vscode.Uri {
    return this.document.uri;
  }

  /** All notes, by id, where they stand now; orphans included. */
  get placed(): readonly PlacedAnnotation[] {
    return this.placements.placed(this.keeper.annotations);
  }

  /** Why notes are not written, or `null`. */
  get problem(): ProblemReport | null {
    return this.keeper.problem;
  }

  /** Whether the notes can be shown but not changed. */
  get readOnly(): boolean {
    return this.keeper.readOnly;
  }

  /** Follows another document of the same file, which VS Code opened after it let go of the one before. */
  async follow(document: vscode.TextDocument): Promise<void> {
    if (document === this.document) return;
    this.document = document;
    await this.inTurn(() => this.placements.update(document.getText(), this.keeper.annotations, 'all'));
    this.changed.fire();
  }

  /** @throws Problem `annotation.no-selection`, `annotation.empty`, `annotation.untitled`, `sidecar.*`. */
  async add({ span, part, body }: AddedNote): Promise<Annotation> {
    if (this.document.isUntitled) throw new Problem('annotation.untitled');
    const note = noteBook.newNote({ anchor: anchorAt(this.document.getText(), span), part, body }, this.pen);
    this.placements.set(note.id, note.anchor);
    try {
      await this.change((notes) => noteBook.addNote(notes, note));
    } catch (thrown) {
      this.placements.delete(note.id);
      throw thrown;
    }
    return note;
  }

  /** @throws Problem `annotation.empty`, `annotation.unknown`, `sidecar.*`; so do the methods below. */
  edit(id: string, body: string): Promise<void> {
    return this.change((notes) => noteBook.editNote(notes, id, body, this.pen));
  }

  setResolved(id: string, resolved: boolean): Promise<void> {
    return this.change((notes) => noteBook.resolveNote(notes, id, resolved, this.pen));
  }

  remove(id: string): Promise<void> {
    return this.takeOut((notes) => noteBook.removeNote(notes, id));
  }

  async reply(id: string, body: string): Promise<void> {
    const reply = noteBook.newReply(body, this.pen);
    await this.change((notes) => noteBook.addReply(notes, id, reply));
  }

  editReply(id: string, replyId: string, body: string): Promise<void> {
    return this.change((notes) => noteBook.editReply(notes, id, replyId, body, this.pen));
  }

  removeReply(id: string, replyId: string): Promise<void> {
    return this.takeOut((notes) => noteBook.removeReply(notes, id, replyId));
  }

  /** Puts back the note or reply that was taken out last. @throws Problem `annotation.unknown` if there is none. */
  async undoRemove(): Promise<void> {
    const last = this.removed.at(-1);
    if (!last) throw new Problem('annotation.unknown');
    await this.change((notes) => noteBook.restore(notes, last));
    this.removed.splice(this.removed.lastIndexOf(last), 1);
  }

  dispose(): void {
    clearTimeout(this.typing);
    clearTimeout(this.writing);
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.queue.then(work);
    this.queue = result.catch(() => undefined);
    return result;
  }

  private change(change: (notes: noteBook.Notes) => noteBook.Notes): Promise<void> {
    return this.inTurn(async () => {
      try {
        await this.keeper.change(change);
      } finally {
        await this.placements.update(this.document.getText(), this.keeper.annotations);
        this.changed.fire();
      }
    });
  }

  private async takeOut(
    remove: (notes: noteBook.Notes) => { notes: noteBook.Notes; removed: noteBook.Removed },
  ): Promise<void> {
    let removed: noteBook.Removed | undefined;
    await this.change((before) => {
      const result = remove(before);
      removed = result.removed;
      return result.notes;
    });
    if (removed) this.removed.push(removed);
  }

  private edited(changes: readonly vscode.TextDocumentContentChangeEvent[]): void {
    if (changes.length === 0) return;
    this.placements.edited(
      changes.map(({ rangeOffset, rangeLength, text }) => ({
        start: rangeOffset,
        end: rangeOffset + rangeLength,
        text,
      })),
    );
    this.mayReturn ||= changes.some(({ text }) => text.length > 1);
    clearTimeout(this.typing);
    this.typing = setTimeout(() => void this.inTurn(() => this.settle()), TYPING_PAUSE);
  }

  private async settle(): Promise<void> {
    if (this.mayReturn) await this.findLost();
    this.changed.fire();
  }

  private async findLost(): Promise<void> {
    this.mayReturn = false;
    await this.placements.update(this.document.getText(), this.keeper.annotations, 'lost');
  }

  /** The saved text is what the anchors describe from now on. */
  private async refreshAnchors(): Promise<void> {
    await this.findLost();
    if (!this.keeper.readOnly) {
      const anchors = this.placements.refreshed(this.document.getText(), this.keeper.annotations);
      if (anchors.size > 0 || this.problem) await this.keeper.change((notes) => noteBook.withAnchors(notes, anchors));
    }
    this.changed.fire();
  }

  private reloadSoon(log: vscode.LogOutputChannel): void {
    clearTimeout(this.writing);
    this.writing = setTimeout(() => {
      void this.inTurn(() => this.reload()).catch((thrown: unknown) => log.error(String(thrown)));
    }, WRITING_PAUSE);
  }

  private async reload(): Promise<void> {
    const { annotations, problem } = this.keeper;
    await this.keeper.load();
    if (this.keeper.annotations === annotations && this.keeper.problem === problem) return;
    await this.placements.update(this.document.getText(), this.keeper.annotations);
    this.changed.fire();
  }
}
