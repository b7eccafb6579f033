import * as vscode from 'vscode';
import type { Annotation, PlacedAnnotation } from '../../core/annotation/annotation';
import type { NoteStore } from '../notes/noteStore';
import { NoteComment } from './noteComment';
import { shortened } from './shortened';

/** The comment threads of one report's notes. */
export class NoteThreads implements vscode.Disposable {
  private readonly threads = new Map<string, { thread: vscode.CommentThread; shown: string }>();

  constructor(
    private readonly controller: vscode.CommentController,
    readonly store: NoteStore,
  ) {
    this.render();
  }

  /** The note that a thread shows. */
  noteOf(thread: vscode.CommentThread): string | undefined {
    return [...this.threads].find(([, own]) => own.thread === thread)?.[0];
  }

  get all(): readonly vscode.CommentThread[] {
    return [...this.threads.values()].map(({ thread }) => thread);
  }

  /** Shows a note anew even if nothing about it changed, as after editing without a change. */
  redraw(note: string): void {
    const known = this.threads.get(note);
    if (known) known.shown = '';
    this.render();
  }

  /** Makes the threads show the notes as they are; what is the same is left alone, and so is what is being edited. */
  render(): void {
    const placed = this.store.placed;
    const ids = new Set(placed.map(({ annotation }) => annotation.id));
    for (const [id, { thread }] of this.threads) {
      if (ids.has(id)) continue;
      thread.dispose();
      this.threads.delete(id);
    }
    for (const note of placed) this.renderNote(note);
  }

  dispose(): void {
    for (const { thread } of this.threads.values()) thread.dispose();
    this.threads.clear();
  }

  private renderNote(placed: PlacedAnnotation): void {
    const { annotation } = placed;
    const range = this.rangeOf(placed);
    const known = this.threads.get(annotation.id);
    // With its comments at once: VS Code's list of comments leaves out a thread that is empty at first.
    const thread =
      known?.thread ?? this.controller.createCommentThread(this.store.uri, range, this.comments(annotation, []));
    if (!thread.range?.isEqual(range)) thread.range = range;
    const { readOnly, problem } = this.store;
    const shown = JSON.stringify([annotation, placed.span === null, readOnly, problem?.code]);
    if (shown === known?.shown) return;
    this.threads.set(annotation.id, { thread, shown });
    thread.label = this.label(placed);
    thread.canReply = !readOnly;
    thread.state = annotation.resolved ? vscode.CommentThreadState.Resolved : vscode.CommentThreadState.Unresolved;
    thread.contextValue = readOnly ? 'readonly' : annotation.resolved ? 'resolved' : 'open';
    if (known) thread.comments = this.comments(annotation, thread.comments);
  }

  private comments(annotation: Annotation, before: readonly vscode.Comment[]): NoteComment[] {
    const editing = before.filter(
      (comment): comment is NoteComment =>
        comment instanceof NoteComment && comment.mode === vscode.CommentMode.Editing,
    );
    const { id, replies } = annotation;
    return [
      new NoteComment(this.store, id, null, annotation),
      ...replies.map((reply) => new NoteComment(this.store, id, reply.id, reply)),
    ].map((comment) => editing.find(({ reply }) => reply === comment.reply) ?? comment);
  }

  private rangeOf({ span }: PlacedAnnotation): vscode.Range {
    if (!span) return new vscode.Range(0, 0, 0, 0);
    const document = this.store.textDocument;
    return new vscode.Range(document.positionAt(span.start), document.positionAt(span.end));
  }

  private label({ annotation, span }: PlacedAnnotation): string {
    if (!span) return vscode.l10n.t('The words of this note are gone: “{0}”', shortened(annotation.anchor.exact));
    const { problem } = this.store;
    if (problem?.code === 'sidecar.write') return vscode.l10n.t('Note, not saved yet');
    if (problem) return vscode.l10n.t('Note, read-only');
    if (annotation.resolved) return vscode.l10n.t('Resolved note');
    return annotation.part === null ? vscode.l10n.t('Note') : vscode.l10n.t('Note on {0}', annotation.part);
  }
}
