import * as vscode from 'vscode';
import type { Part, Question } from '../../core/assignment/assignment';
import { opinionRequest, readOpinions, type Opinion } from '../../core/check/secondOpinion';
import type { Cancellation } from '../../core/ports';
import { Problem } from '../../core/problem';
import { isReportName } from '../../core/report/format';
import { pickReport } from '../commands/pickReport';
import { COMMANDS } from '../contributions';
import { problemText, showProblem } from '../problems';
import { fileLabel } from '../reports/reportFile';
import type { ReportSession } from '../reports/reportSession';
import type { Services } from '../services';
import { setting } from '../settings';
import { activeFile, activeReport } from './activeReport';
import { tokenCancellation } from './tokenCancellation';

/** Characters; a reply quotes an answer a few times at most. */
const LONGEST_REPLY = 100_000;

interface AskedPart {
  readonly question: Question;
  readonly part: Part;
  readonly answer: string;
}

/**
 * *Ask a Language Model for a Second Opinion*: sends the answers of one report to a language model of the editor, once a
 * person has turned that on, chosen the model, and agreed to this report being sent.
 */
export function registerLanguageModel(services: Services): vscode.Disposable {
  const running = new Set<string>();
  return vscode.Disposable.from(
    vscode.commands.registerCommand(COMMANDS.askLanguageModel, async (argument?: unknown) => {
      try {
        if (!setting('drylab.languageModel.enabled')) return await offerSetting();
        const uri = await fileOf(services, argument);
        const key = uri?.toString() ?? '';
        if (!uri || running.has(key)) return;
        running.add(key);
        await askAbout(services, uri).finally(() => running.delete(key));
      } catch (thrown) {
        void showProblem(thrown, services.log);
      }
    }),
    vscode.commands.registerCommand(COMMANDS.discardOpinions, () => {
      const session = activeReport(services) ?? services.reports.active;
      if (session) services.checks.opinions.discard(session.uri);
    }),
  );
}

async function offerSetting(): Promise<void> {
  const open = vscode.l10n.t('Open Setting');
  const chosen = await vscode.window.showInformationMessage(problemText(new Problem('opinion.off')), open);
  if (chosen === open)
    await vscode.commands.executeCommand('workbench.action.openSettings', 'drylab.languageModel.enabled');
}

async function fileOf(services: Services, argument: unknown): Promise<vscode.Uri | undefined> {
  if (argument instanceof vscode.Uri) return argument;
  const active = activeFile(services);
  return active && isReportName(active.path) ? active : pickReport();
}

async function askAbout(services: Services, uri: vscode.Uri): Promise<void> {
  const { checks, log, reports } = services;
  const session = await reports.open(uri);
  const holding = reports.hold(session);
  try {
    await session.settled();
    const parts = askedParts(session);
    const model = await chosenModel(await vscode.lm.selectChatModels());
    if (!model || !(await consents(model, fileLabel(uri), parts.length))) return;
    const failures = await withNotification(model, uri, async (report, cancellation) => {
      const failed: Problem[] = [];
      for (const [index, asked] of parts.entries()) {
        report(index, parts.length, asked.part.id);
        try {
          const opinions = await ask(model, asked, cancellation);
          checks.opinions.give(uri, asked.part.id, asked.answer, model.name, opinions);
        } catch (thrown) {
          const problem = problemOf(thrown, model, cancellation);
          // A reply that makes no sense is a matter of one answer; anything else would fail for all.
          if (problem.code !== 'opinion.unreadable' && problem.code !== 'opinion.too-long') throw problem;
          log.warn(`${asked.part.id}: ${problem.message}`);
          failed.push(problem);
        }
      }
      return failed;
    });
    const [first] = failures;
    if (first && failures.length === parts.length) throw first;
    tell(services, session, model, parts.length - failures.length);
  } finally {
    holding.dispose();
  }
}

/** Parts with an answer and claims. @throws Problem of the report; `report.no-answers` */
function askedParts({ report, assignment, problem, uri }: ReportSession): AskedPart[] {
  if (problem) throw problem;
  const answers = new Map(report?.parts.map(({ id, text }) => [id, text]));
  const asked = assignment.questions.flatMap((question) =>
    question.parts.map((part): AskedPart => ({ question, part, answer: answers.get(part.id) ?? '' })),
  );
  const parts = asked.filter(({ part, answer }) => part.claims.length > 0 && answer.trim() !== '');
  if (parts.length === 0) throw new Problem('report.no-answers', { file: fileLabel(uri) });
  return parts;
}

/** @throws Problem `opinion.no-model` */
async function chosenModel(models: readonly vscode.LanguageModelChat[]): Promise<vscode.LanguageModelChat | undefined> {
  if (models.length === 0) throw new Problem('opinion.no-model');
  const items = models.map((model) => ({ label: model.name, description: model.vendor, model }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Second Opinion'),
    placeHolder: vscode.l10n.t('Choose the language model to ask'),
  });
  return chosen?.model;
}

/** Asked for every report anew, since every report has another author. */
async function consents(model: vscode.LanguageModelChat, file: string, answers: number): Promise<boolean> {
  const send = vscode.l10n.t('Send Answers');
  const title = vscode.l10n.t('Send {0} answers of {1} to {2} ({3})?', answers, file, model.name, model.vendor);
  const detail = vscode.l10n.t(
    'The text of the answers, the questions and the claims leave this machine as the provider of the model decides. Notes are not sent. What the model replies is compared with what Drylab reads: where both agree, findings become surer; where they differ, nothing is held against the answer.',
  );
  return (await vscode.window.showWarningMessage(title, { modal: true, detail }, send)) === send;
}

async function withNotification<T>(
  model: vscode.LanguageModelChat,
  uri: vscode.Uri,
  run: (report: (done: number, total: number, part: string) => void, cancellation: Cancellation) => Promise<T>,
): Promise<T> {
  const location = vscode.ProgressLocation.Notification;
  const title = vscode.l10n.t('{0} reads {1}', model.name, fileLabel(uri));
  return vscode.window.withProgress({ location, title, cancellable: true }, (progress, token) =>
    run((done, total, part) => {
      progress.report({ message: part, increment: done === 0 ? 0 : 100 / total });
    }, tokenCancellation(token)),
  );
}

/** @throws Problem `cancelled`, `opinion.too-long`, `opinion.unreadable`; whatever the model throws */
async function ask(
  model: vscode.LanguageModelChat,
  { question, part, answer }: AskedPart,
  cancellation: Cancellation,
): Promise<Opinion[]> {
  if (cancellation.isCancelled) throw new Problem('cancelled');
  const source = new vscode.CancellationTokenSource();
  const listening = cancellation.onCancel(() => source.cancel());
  try {
    const request = opinionRequest(question, part, answer);
    if ((await model.countTokens(request, source.token)) > model.maxInputTokens)
      throw new Problem('opinion.too-long', { part: part.id, model: model.name });
    const justification = vscode.l10n.t('Drylab compares its reading of an answer with that of the model.');
    const messages = [vscode.LanguageModelChatMessage.User(request)];
    const response = await model.sendRequest(messages, { justification }, source.token);
    let reply = '';
    for await (const piece of response.text) {
      reply += piece;
      if (reply.length > LONGEST_REPLY) throw new Problem('opinion.unreadable');
    }
    return readOpinions(reply, part.claims, answer);
  } finally {
    listening.dispose();
    source.dispose();
  }
}

function problemOf(thrown: unknown, model: vscode.LanguageModelChat, cancellation: Cancellation): Problem {
  if (cancellation.isCancelled) return new Problem('cancelled');
  if (thrown instanceof Problem) return thrown;
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return new Problem('opinion.failed', { model: model.name, detail });
}

/** What came out; not awaited, for the message may stay for long. */
function tell(
  { checks, log, panels }: Services,
  session: ReportSession,
  model: vscode.LanguageModelChat,
  asked: number,
): void {
  const disputed = checks
    .of(session)
    ?.parts.flatMap(({ claims }) => claims)
    .filter(({ dispute }) => dispute).length;
  const message = vscode.l10n.t(
    '{0}: {1} answers read, {2} claims disputed.',
    model.name,
    asked,
    disputed ?? 0,
  );
  const open = vscode.l10n.t('Open Report');
  const discard = vscode.l10n.t('Discard Opinions');
  const show = async (): Promise<void> => {
    const chosen = await vscode.window.showInformationMessage(message, open, discard);
    if (chosen === open) panels.show(session);
    if (chosen === discard) checks.opinions.discard(session.uri);
  };
  show().catch((thrown: unknown) => showProblem(thrown, log));
}
