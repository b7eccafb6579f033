import * as vscode from 'vscode';
import { Problem } from '../../core/problem';
import { sourceSpan } from '../../core/report/sourceMap';
import type { Span } from '../../core/text';
import type { ReportHostMethods } from '../../protocol/reportView';
import type { Handlers } from '../../protocol/rpc';
import { sourcePlaces, type DocumentPlace } from '../checks/sourcePlaces';
import type { NoteStore } from '../notes/noteStore';
import type { ReportSession } from '../reports/reportSession';
import type { EvidenceMethods } from './evidenceHandlers';
import type { FindingMethods } from './findingHandlers';
import { openLink } from './openLink';

type PanelMethods = 'ready' | 'partShown';

/** What the webview of a report may ask for, as far as it does not concern the panel itself or evidence. */
export function reportHandlers(
  session: () => ReportSession,
  editorColumn: () => vscode.ViewColumn,
): Omit<Handlers<ReportHostMethods>, PanelMethods | EvidenceMethods | FindingMethods> {
  const notes = (): NoteStore => {
    const { notes, problem } = session();
    if (!notes) throw problem ?? new Problem('annotation.unknown');
    return notes;
  };
  return {
    reload: () => session().reload(),
    revealInSource: ({ part, span }) => revealInSource(session(), editorColumn(), part, span),
    openLink: ({ href }) => openLink(href),
    addAnnotation: ({ part, span, body }) => {
      const source = session().sourceOf(part, span);
      if (!source || source.start === source.end) throw new Problem('annotation.no-selection');
      return notes().add({ part, span: source, body });
    },
    editAnnotation: ({ id, body }) => notes().edit(id, body),
    resolveAnnotation: ({ id, resolved }) => notes().setResolved(id, resolved),
    deleteAnnotation: ({ id }) => notes().remove(id),
    undoDelete: () => notes().undoRemove(),
    addReply: ({ id, body }) => notes().reply(id, body),
    editReply: ({ id, reply, body }) => notes().editReply(id, reply, body),
    deleteReply: ({ id, reply }) => notes().removeReply(id, reply),
  };
}

async function revealInSource(
  session: ReportSession,
  otherColumn: vscode.ViewColumn,
  part: string,
  span: Span | null,
): Promise<void> {
  const main = await session.textDocument();
  const source = session.sourceOf(part, span) ?? session.sourceOf(part, null);
  const place = source ? { document: main, span: source } : await placeElsewhere(session, part, span);
  const document = place?.document ?? main;
  const options: vscode.TextDocumentShowOptions = { viewColumn: columnOf(document) ?? otherColumn };
  if (place) {
    const start = document.positionAt(place.span.start);
    // Of a whole answer only the first place: selecting pages of text helps nobody.
    options.selection = new vscode.Range(start, span ? document.positionAt(place.span.end) : start);
  }
  const editor = await vscode.window.showTextDocument(document, options);
  if (options.selection) editor.revealRange(options.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Words of an answer in a file that the report takes in. */
async function placeElsewhere(session: ReportSession, part: string, span: Span | null): Promise<DocumentPlace | null> {
  const answer = session.report?.parts.find(({ id }) => id === part);
  if (!answer) return null;
  const source = sourceSpan(answer, span ?? { start: 0, end: answer.text.length });
  return source.file === undefined ? null : (await sourcePlaces(session)).placeOf(source);
}

/** The column in which an editor or a hidden tab has the document. */
function columnOf(document: vscode.TextDocument): vscode.ViewColumn | undefined {
  const key = document.uri.toString();
  const group = vscode.window.tabGroups.all.find(({ tabs }) =>
    tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === key),
  );
  return group?.viewColumn;
}
