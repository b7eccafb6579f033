import * as vscode from 'vscode';
import { Problem } from '../../core/problem';
import { shortened } from '../comments/shortened';
import { COMMANDS } from '../contributions';
import { problemText, showProblem } from '../problems';
import type { ReportSession } from '../reports/reportSession';
import type { Services } from '../services';
import { activeReport } from './activeReport';
import type { FindingPlaces, PlacedNotice } from './findingPlaces';
import { targetOf } from './findingTarget';
import { askReason, pickDismissals } from './dismissalQuestions';
import { say } from './saying';
import type { TrackedPlace } from './trackedPlace';

/** Scheme of the documents of notebook cells. */
const CELL = 'vscode-notebook-cell';

/** A finding that a command is about, in its report. */
interface Meant {
  readonly session: ReportSession;
  readonly part: string;
  /** `undefined` for a part as a whole, and for a finding that the answer does not give rise to any more. */
  readonly placed: PlacedNotice | undefined;
}

/** What code actions, links and lenses run. */
export function registerFindingCommands(services: Services, places: FindingPlaces): vscode.Disposable {
  const register = (id: string, run: (meant: Meant) => Promise<unknown>): vscode.Disposable =>
    vscode.commands.registerCommand(id, async (argument: unknown) => {
      try {
        const meant = await find(services, places, argument);
        if (meant) await run(meant);
      } catch (thrown) {
        void showProblem(thrown, services.log);
      }
    });
  return vscode.Disposable.from(
    register(COMMANDS.showEvidence, showEvidence),
    register(COMMANDS.showFinding, async ({ session, part, placed }) =>
      services.panels.show(session, { part, annotation: null, finding: placed?.notice.id ?? null }),
    ),
    register(COMMANDS.noteFinding, (meant) => addNote(services, places, meant)),
    register(COMMANDS.dismissFinding, (meant) => dismiss(services, meant)),
    vscode.commands.registerCommand(COMMANDS.restoreFindings, () => restore(services)),
  );
}

async function find({ reports }: Services, places: FindingPlaces, argument: unknown): Promise<Meant | undefined> {
  const target = targetOf(argument);
  if (!target) return undefined;
  const session = await reports.open(vscode.Uri.parse(target.report));
  const placed = places.notices(session).find(({ notice }) => notice.id === target.id);
  return { session, part: target.part, placed };
}

async function showEvidence({ session, part }: Meant): Promise<void> {
  const question = session.assignment.questions.find(({ parts }) => parts.some(({ id }) => id === part));
  if (!question?.experiment) throw new Problem('experiment.none', { question: question?.id ?? part });
  await vscode.commands.executeCommand(COMMANDS.runExperiment, question.experiment);
}

/** The claim and why it is found stand in the field already: whoever agrees presses Enter. */
async function addNote(services: Services, places: FindingPlaces, { session, part, placed }: Meant): Promise<void> {
  const [place] = placed?.places ?? [];
  const words = place && (await wordsAt(place));
  if (!placed || !words) throw new Problem('annotation.no-selection');
  const { id, statement, why, spans } = placed.notice;
  const body = await vscode.window.showInputBox({
    title: vscode.l10n.t('Note on “{0}”', shortened(words)),
    prompt: vscode.l10n.t('Write a note…'),
    value: `${statement} ${say(why)}`,
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? problemText({ code: 'annotation.empty', data: {} }) : undefined),
  });
  if (body === undefined) return;
  if (place.uri.scheme === CELL) {
    // Notes on a notebook are kept with its file, in which the words of its cells stand too.
    const span = session.sourceOf(part, spans[0] ?? null);
    if (!span || !session.notes) throw new Problem('annotation.no-selection');
    await session.notes.add({ span, part, body });
    return;
  }
  // The text may have changed while the note was written.
  const span = places.notices(session).find(({ notice }) => notice.id === id)?.places[0]?.span ?? place.span;
  if (!span) throw new Problem('annotation.no-selection');
  const store = await services.notes.forDocument(await vscode.workspace.openTextDocument(place.uri));
  await store.add({ span, part, body });
}

async function wordsAt({ uri, span }: TrackedPlace): Promise<string> {
  const document = await vscode.workspace.openTextDocument(uri);
  return span ? document.getText().slice(span.start, span.end).trim() : '';
}

async function dismiss({ checks }: Services, { session, placed }: Meant): Promise<void> {
  if (!placed) return;
  const { notice } = placed;
  const reason = await askReason(notice);
  if (reason === undefined) return;
  checks.dismissals.dismiss(session.uri, { claim: notice.id, stance: notice.stance, reason });
}

/** Of the report in front, or of the one that was last looked at. */
async function restore(services: Services): Promise<void> {
  const { checks, reports } = services;
  const session = activeReport(services) ?? reports.active;
  const dismissed = session ? checks.dismissals.all(session.uri) : [];
  if (!session || dismissed.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No finding of this report is dismissed.'));
    return;
  }
  for (const { claim } of await pickDismissals(dismissed, session.assignment)) {
    checks.dismissals.restore(session.uri, claim);
  }
}
