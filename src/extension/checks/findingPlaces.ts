import * as vscode from 'vscode';
import type { PartFindings } from '../../core/check/finding';
import { noticesOf, type Notice } from '../../core/check/notice';
import { Problem } from '../../core/problem';
import { markerSpan } from '../../core/report/markerSpan';
import type { Answer, Report, SourceSpan } from '../../core/report/report';
import { sourceSpan } from '../../core/report/sourceMap';
import type { Span } from '../../core/text';
import type { Reports } from '../reports/reports';
import type { ReportSession } from '../reports/reportSession';
import type { Checks } from './checks';
import { sourcePlaces, type SourcePlaces } from './sourcePlaces';
import { TrackedPlace } from './trackedPlace';

/** A notice with its words as they stand now: those of a notice without any are the answer's marker. */
export interface PlacedNotice {
  readonly notice: Notice;
  readonly places: readonly TrackedPlace[];
}

/** One placing of a report; while it waits for documents a later one may begin, and then it counts for nothing. */
interface Turn {
  done: Promise<void>;
}

interface Placed {
  readonly report: Report;
  /** By part: where an answer begins. */
  readonly answers: ReadonlyMap<string, TrackedPlace>;
  readonly notices: readonly PlacedNotice[];
}

/** Milliseconds without typing before surfaces hear that places moved. */
const TYPING_PAUSE = 150;

/**
 * Where the findings of the open reports stand in the documents that people see, also while these are edited and until the
 * answers are read anew.
 */
export class FindingPlaces implements vscode.Disposable {
  private readonly placed = new Map<ReportSession, Placed>();
  private readonly turns = new Map<ReportSession, Turn>();
  private readonly moved = new Map<ReportSession, NodeJS.Timeout>();
  private readonly changed = new vscode.EventEmitter<ReportSession>();
  private readonly subscriptions: vscode.Disposable[];

  /** Places or findings of a report changed, or it was closed. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly reports: Reports,
    private readonly checks: Checks,
    private readonly log: vscode.LogOutputChannel,
  ) {
    const update = (session: ReportSession): void => this.update(session);
    const updateNotebook = ({ uri }: vscode.NotebookDocument): void => {
      const session = reports.get(uri);
      if (session) update(session);
    };
    this.subscriptions = [
      this.changed,
      reports.onDidChange(update),
      reports.onDidClose((session) => this.forget(session)),
      checks.onDidChange(update),
      vscode.workspace.onDidChangeTextDocument((event) => this.edited(event)),
      vscode.workspace.onDidOpenNotebookDocument(updateNotebook),
      vscode.workspace.onDidCloseNotebookDocument(updateNotebook),
    ];
  }

  /** Reports with places. */
  get sessions(): readonly ReportSession[] {
    return [...this.placed.keys()];
  }

  /** Where an answer begins: at its marker, or in its first line where that only is implied. */
  answer(session: ReportSession, part: string): TrackedPlace | undefined {
    return this.placed.get(session)?.answers.get(part);
  }

  /** Settles when all that is known up to now has its place. */
  async settled(session: ReportSession): Promise<void> {
    let turn: Turn | undefined;
    do await (turn = this.turns.get(session))?.done;
    while (turn !== this.turns.get(session));
  }

  notices(session: ReportSession): readonly PlacedNotice[] {
    return this.placed.get(session)?.notices ?? [];
  }

  /** Those that no person dismissed. */
  standing(session: ReportSession): readonly PlacedNotice[] {
    const isDismissed = this.checks.dismissals.tester(session.uri);
    return this.notices(session).filter(({ notice: { id, stance } }) => !isDismissed({ claim: id, stance }));
  }

  dispose(): void {
    for (const timer of this.moved.values()) clearTimeout(timer);
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private update(session: ReportSession): void {
    const turn: Turn = { done: Promise.resolve() };
    this.turns.set(session, turn);
    turn.done = this.take(session, turn);
  }

  private async take(session: ReportSession, turn: Turn): Promise<void> {
    try {
      const places = session.report && (await sourcePlaces(session));
      // A report that was closed meanwhile has no turn.
      if (this.turns.get(session) !== turn) return;
      const { report } = session;
      if (report && places) this.placed.set(session, this.place(session, report, places));
      else this.placed.delete(session);
    } catch (thrown) {
      if (this.turns.get(session) !== turn) return;
      this.log.warn(`places in ${session.uri.path}: ${Problem.from(thrown).message}`);
      this.placed.delete(session);
    }
    this.changed.fire(session);
  }

  private place(session: ReportSession, report: Report, places: SourcePlaces): Placed {
    const tracked = (answer: Answer, span: Span | null): TrackedPlace | null => {
      const place = placeInSource(session, places, answer, span);
      return place && new TrackedPlace(place);
    };
    const answers = new Map<string, TrackedPlace>();
    for (const answer of report.parts) {
      const place = tracked(answer, null);
      if (place) answers.set(answer.id, place);
    }
    const check = this.checks.of(session);
    // Findings of an older text keep the places that they have followed to.
    if (check && check.report !== report) return { report, answers, notices: this.notices(session) };
    const texts = new Map(report.parts.map((answer) => [answer.id, answer]));
    const notices = (check?.parts ?? []).flatMap((part) => placedNotices(part, texts, answers, tracked));
    return { report, answers, notices };
  }

  private forget(session: ReportSession): void {
    this.turns.delete(session);
    clearTimeout(this.moved.get(session));
    this.moved.delete(session);
    if (this.placed.delete(session)) this.changed.fire(session);
  }

  private edited({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (contentChanges.length === 0) return;
    const changes = contentChanges.map(({ rangeOffset: start, rangeLength, text }) => {
      return { start, end: start + rangeLength, text };
    });
    for (const [session, { answers, notices }] of this.placed) {
      const all = new Set([...answers.values(), ...notices.flatMap(({ places }) => places)]);
      const isOwn = [...all].filter((place) => place.follow(document, changes)).length > 0;
      if (isOwn) this.tellSoon(session);
    }
  }

  private tellSoon(session: ReportSession): void {
    clearTimeout(this.moved.get(session));
    this.moved.set(
      session,
      setTimeout(() => this.changed.fire(session), TYPING_PAUSE),
    );
  }
}

function placedNotices(
  part: PartFindings,
  texts: ReadonlyMap<string, Answer>,
  answers: ReadonlyMap<string, TrackedPlace>,
  tracked: (answer: Answer, span: Span) => TrackedPlace | null,
): PlacedNotice[] {
  const answer = texts.get(part.part);
  const beginning = answers.get(part.part);
  return noticesOf(part).map((notice) => {
    const words = answer ? notice.spans.flatMap((span) => tracked(answer, span) ?? []) : [];
    return { notice, places: notice.spans.length > 0 || !beginning ? words : [beginning] };
  });
}

/** @param span in the answer's text; `null` for where the answer begins */
function placeInSource(
  session: ReportSession,
  places: SourcePlaces,
  answer: Answer,
  span: Span | null,
): ReturnType<SourcePlaces['placeOf']> {
  const source = sourceNow(session, answer, span ?? firstLine(answer));
  if (!source || span) return source && places.placeOf(source);
  const marker = source.file === undefined ? markerSpan(places.main.getText(), answer.heading, source.start) : null;
  return (marker && places.placeOf(marker)) ?? places.placeOf(source);
}

/** The session knows what was typed in the main file since it was read; `null` for words that are gone by now. */
function sourceNow(session: ReportSession, answer: Answer, span: Span): SourceSpan | null {
  const source = sourceSpan(answer, span);
  return source.file === undefined ? session.sourceOf(answer.id, span) : source;
}

function firstLine({ text }: Answer): Span {
  const end = text.search(/[\r\n]/);
  return { start: 0, end: end < 0 ? text.length : end };
}
