import * as vscode from 'vscode';
import type { Assignment } from '../../core/assignment/assignment';
import { isReportName } from '../../core/report/format';
import { COMMANDS } from '../contributions';
import { showProblem } from '../problems';
import type { ReportSession } from '../reports/reportSession';
import type { Services } from '../services';
import { pickReport } from './pickReport';

/** What command links pass on: a question such as `7`, or one of its parts such as `7b`. */
interface QuestionTarget {
  readonly question: string;
}

type Target = vscode.Uri | QuestionTarget | undefined;

export function registerReportCommands(services: Services): vscode.Disposable {
  const { log } = services;
  const register = <A extends unknown[]>(id: string, run: (...args: A) => unknown): vscode.Disposable =>
    vscode.commands.registerCommand(id, async (...args: A) => {
      try {
        await run(...args);
      } catch (thrown) {
        void showProblem(thrown, log);
      }
    });
  return vscode.Disposable.from(
    register(COMMANDS.openReport, (target?: Target) => openReport(services, target)),
    register(COMMANDS.showInReport, () => showInReport(services)),
    register(COMMANDS.nextPart, () => move(services, 1)),
    register(COMMANDS.previousPart, () => move(services, -1)),
    register(COMMANDS.showLog, () => log.show()),
  );
}

async function openReport({ reports, panels }: Services, target: Target): Promise<void> {
  const question = target && !(target instanceof vscode.Uri) ? target.question : undefined;
  if (question !== undefined && reports.active) return goToQuestion(panels, reports.active, question);
  const uri = target instanceof vscode.Uri ? target : (reportEditor()?.document.uri ?? (await pickReport()));
  if (!uri) return;
  const session = await reports.open(uri);
  if (question === undefined) panels.show(session);
  else await goToQuestion(panels, session, question);
}

async function goToQuestion(panels: Services['panels'], session: ReportSession, question: string): Promise<void> {
  await session.settled();
  const part = partOf(session.assignment, question, new Set(session.report?.parts.map(({ id }) => id)));
  panels.show(session, part === undefined ? undefined : { part, annotation: null });
}

/** A part is itself; of a question the first part that is answered, or else the first. */
function partOf({ questions }: Assignment, id: string, answered: ReadonlySet<string>): string | undefined {
  const parts = questions.find((question) => question.id === id)?.parts ?? [];
  const known = questions.flatMap((question) => question.parts).find((part) => part.id === id);
  return (known ?? parts.find((part) => answered.has(part.id)) ?? parts.at(0))?.id;
}

/** The active editor if its file may be a report; one that was never saved has no ending yet. */
function reportEditor(): vscode.TextEditor | undefined {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return undefined;
  const { languageId, uri } = editor.document;
  return languageId === 'markdown' || isReportName(uri.path) ? editor : undefined;
}

/** From the cursor in the editor to the same place in the report's panel. */
async function showInReport({ reports, panels }: Services): Promise<void> {
  const editor = reportEditor();
  if (!editor) return;
  const offset = editor.document.offsetAt(editor.selection.active);
  const session = await reports.open(editor.document.uri);
  await session.settled();
  const part = session.partAt(offset) ?? neighbour(session, offset, -1)?.id ?? session.answers().at(0)?.id;
  const note = session.notes?.placed.find(({ span }) => span && span.start <= offset && offset <= span.end);
  panels.show(session, part === undefined ? undefined : { part, annotation: note?.annotation.id ?? null });
}

/** The answer that begins next behind an offset, or last before it. */
function neighbour(session: ReportSession, offset: number, by: 1 | -1): { id: string; start: number } | undefined {
  const places = session.answers().map(({ id, span }) => ({ id, start: span.start }));
  return by === 1 ? places.find(({ start }) => start > offset) : places.findLast(({ start }) => start < offset);
}

async function move({ reports, panels }: Services, by: 1 | -1): Promise<void> {
  const panel = panels.active;
  if (panel) return panel.move(by);
  const editor = reportEditor();
  if (!editor) return reports.active && panels.of(reports.active)?.move(by);
  const session = await reports.open(editor.document.uri);
  await session.settled();
  const { document } = editor;
  const offset = document.offsetAt(editor.selection.active);
  const here = session.answers().find(({ span }) => span.start <= offset && offset <= span.end);
  // Back from inside an answer means the part before, not the beginning of this one.
  const from = by === -1 && here ? here.span.start : offset;
  const place = neighbour(session, from, by);
  if (!place) return;
  const position = document.positionAt(place.start);
  editor.selection = new vscode.Selection(position, position);
  editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
