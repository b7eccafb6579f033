import * as vscode from 'vscode';
import { trackSpanThrough, type TextChange } from '../../core/annotation/tracking';
import type { Assignment } from '../../core/assignment/assignment';
import { Problem } from '../../core/problem';
import type { Answer, Report } from '../../core/report/report';
import { formatOf } from '../../core/report/format';
import { checkSize } from '../../core/report/size';
import { answerAt, sourceSpan } from '../../core/report/sourceMap';
import type { Span } from '../../core/text';
import type { LabClient } from '../../lab/client';
import { readInputFiles, type FurtherBytes } from '../../platform/readReportFile';
import { CancellationSource } from '../../protocol/rpc';
import type { NoteStore } from '../notes/noteStore';
import type { NoteStores } from '../notes/noteStores';
import { NO_ASSIGNMENT, type Assignments } from './assignments';
import { fileLabel, openReportFile } from './reportFile';
import { watchReport } from './reportWatch';

/** Milliseconds without typing before the report is parsed again. */
const TYPING_PAUSE = 200;
/** Milliseconds for programs that save by deleting and creating. */
const SAVING_PAUSE = 300;

export interface SessionSources {
  readonly lab: LabClient;
  readonly notes: NoteStores;
  readonly assignments: Assignments;
  readonly log: vscode.LogOutputChannel;
}

/** One open report: its answers and notes, kept up to date with its document and its file. */
export class ReportSession implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly watching: vscode.Disposable;
  private current: { report: Report | null; problem: Problem | null } = { report: null, problem: null };
  /** What changed in the document since the text that was parsed. */
  private changes: TextChange[] = [];
  /** The same since the text that is being parsed; one list with `changes` when none is. */
  private unparsed = this.changes;
  private document: vscode.TextDocument | undefined;
  private course = NO_ASSIGNMENT;
  private store: NoteStore | undefined;
  private listeningToNotes: vscode.Disposable | undefined;
  private opening: Promise<void>;
  private reading = new CancellationSource();
  private settling: Promise<void>;
  private disposed = false;
  private timer: NodeJS.Timeout | undefined;

  /** The report, its notes or its assignment changed. */
  readonly onDidChange = this.changed.event;

  constructor(
    readonly uri: vscode.Uri,
    private readonly sources: SessionSources,
  ) {
    this.opening = this.open();
    this.settling = this.refresh(this.opening);
    const saving = vscode.workspace.onDidSaveTextDocument((document) => {
      if (this.takesIn(document.uri)) this.refreshAfter(0, () => this.refresh());
    });
    const watching = watchReport(uri, {
      edited: (changes) => this.edited(changes),
      opened: (document) => this.reopened(document),
      // An open document follows its file by itself, unless it has changes that are not saved.
      written: () => {
        if (!this.document || this.document.isClosed || this.problem)
          this.refreshAfter(SAVING_PAUSE, () => this.reload());
      },
      deleted: () => this.refreshAfter(SAVING_PAUSE, () => this.reload()),
    });
    this.watching = vscode.Disposable.from(saving, watching);
  }

  /** `null` until it is read, and while there is a problem. */
  get report(): Report | null {
    return this.current.report;
  }

  /** Why there is no report. */
  get problem(): Problem | null {
    return this.current.problem;
  }

  get assignment(): Assignment {
    return this.course;
  }

  /** The notes; `undefined` while the file cannot be opened. */
  get notes(): NoteStore | undefined {
    return this.store;
  }

  /** Settles when the file has passed its checks. @throws Problem of a file that is no report. */
  opened(): Promise<void> {
    return this.opening;
  }

  /** Settles when what was asked for up to now is read, well or badly. */
  async settled(): Promise<void> {
    let last: Promise<void>;
    do await (last = this.settling);
    while (last !== this.settling);
  }

  /** Reads the file anew, after a change that the session does not see itself. */
  reload(): Promise<void> {
    this.opening = this.open();
    return this.refresh(this.opening);
  }

  /** The document, opened again when VS Code has let go of it. @throws Problem of `openReportFile`. */
  async textDocument(): Promise<vscode.TextDocument> {
    await this.opening;
    if (!this.document || this.document.isClosed) await this.reload();
    if (!this.document) throw this.current.problem ?? new Problem('file.missing', { file: fileLabel(this.uri) });
    return this.document;
  }

  /** Offsets in the document of words in an answer's text, or of the whole answer; `null` when they are gone. */
  sourceOf(part: string, span: Span | null): Span | null {
    const answer = this.report?.parts.find(({ id }) => id === part);
    if (!answer) return null;
    const { start, end, file } = span ? sourceSpan(answer, span) : { ...answer.span, file: answer.file };
    // The document is the main file of the report.
    return file === undefined ? trackSpanThrough({ start, end }, this.changes) : null;
  }

  /** The answers that begin in the document, with their spans in it as it is now. */
  answers(): readonly Answer[] {
    const parts = this.report?.parts.filter(({ file }) => file === undefined) ?? [];
    if (this.changes.length === 0) return parts;
    return parts.flatMap((answer) => {
      const span = trackSpanThrough(answer.span, this.changes);
      return span ? [{ ...answer, span }] : [];
    });
  }

  /** The part that an offset of the document belongs to. */
  partAt(offset: number): string | null {
    return answerAt(this.answers(), offset)?.id ?? null;
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.timer);
    this.reading.cancel();
    this.listeningToNotes?.dispose();
    this.watching.dispose();
    this.changed.dispose();
  }

  private async open(): Promise<void> {
    const { lab, assignments } = this.sources;
    const opening = openReportFile(this.uri, lab);
    // Awaited below, after the assignment, which a file that is no report has too.
    opening.catch(() => undefined);
    this.course = await assignments.for(this.uri);
    this.document = await opening;
    await this.openNotes(this.document);
  }

  private async openNotes(document: vscode.TextDocument): Promise<void> {
    try {
      const store = await this.sources.notes.forDocument(document);
      if (store === this.store || this.disposed) return;
      this.listeningToNotes?.dispose();
      this.store = store;
      this.listeningToNotes = store.onDidChange(() => {
        // Notes are placed in the document as it is now; the answers will be, as soon as they are parsed again.
        if (this.changes.length === 0) this.changed.fire();
      });
    } catch (thrown) {
      // A report can be read without its notes.
      this.sources.log.error(Problem.from(thrown).message);
    }
  }

  /** Parses the document again; an older reading that still runs is given up. Never rejects: see `problem`. */
  private refresh(opening = this.opening): Promise<void> {
    clearTimeout(this.timer);
    this.reading.cancel();
    const reading = new CancellationSource();
    this.reading = reading;
    this.settling = this.read(opening, reading);
    return this.settling;
  }

  private async read(opening: Promise<void>, reading: CancellationSource): Promise<void> {
    try {
      await opening;
      if (reading.isCancelled) return;
      await this.parse(reading);
    } catch (thrown) {
      if (reading.isCancelled) return;
      const problem = Problem.from(thrown);
      // Someone restarted the lab meanwhile.
      if (problem.code === 'cancelled') return this.refresh();
      this.sources.log.error(problem.message);
      this.current = { report: null, problem };
    }
    if (!reading.isCancelled) this.changed.fire();
  }

  private async parse(reading: CancellationSource): Promise<void> {
    if (!this.document) return;
    const name = fileLabel(this.uri);
    const bytes = new TextEncoder().encode(this.document.getText());
    checkSize(bytes.length, name);
    const parts = this.course.questions.flatMap((question) => question.parts.map(({ id }) => id));
    const changes: TextChange[] = [];
    this.unparsed = changes;
    const files = await this.furtherFiles(this.document.getText());
    if (reading.isCancelled) return;
    const report = await this.sources.lab.call('readReport', { name, bytes, parts, files }, { cancellation: reading });
    this.changes = changes;
    this.current = { report, problem: null };
  }

  /** What a LaTeX report takes in from its folder. Other places than the disk have no links to see through. */
  private async furtherFiles(text: string): Promise<FurtherBytes> {
    const isLatex = this.uri.scheme === 'file' && formatOf(this.uri.path) === 'latex';
    return isLatex ? readInputFiles(this.uri.fsPath, text) : {};
  }

  /** Whether the report takes in a file. */
  private takesIn(uri: vscode.Uri): boolean {
    const files = this.report?.files.slice(1) ?? [];
    return files.some((path) => vscode.Uri.joinPath(this.uri, '..', path).toString() === uri.toString());
  }

  /** VS Code lets go of documents that no editor shows, and opens them again as new objects. */
  private reopened(document: vscode.TextDocument): void {
    const before = this.document;
    if (!before || before === document) return;
    this.document = document;
    void this.openNotes(document);
    if (document.getText() !== before.getText()) this.refreshAfter(0, () => this.refresh());
  }

  private edited(changes: readonly TextChange[]): void {
    this.changes.push(...changes);
    if (this.unparsed !== this.changes) this.unparsed.push(...changes);
    this.refreshAfter(TYPING_PAUSE, () => this.refresh());
  }

  private refreshAfter(milliseconds: number, refresh: () => Promise<void>): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void refresh(), milliseconds);
  }
}
