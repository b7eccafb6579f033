import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Part, Question } from '../../core/assignment/assignment';
import { opinionRequest, readOpinions } from '../../core/check/secondOpinion';
import { Problem } from '../../core/problem';
import { COMMANDS } from '../contributions';
import { problemText, showProblem } from '../problems';
import { fileLabel } from '../reports/reportFile';
import type { ReportSession } from '../reports/reportSession';
import type { Services } from '../services';
import { setting } from '../settings';
import { activeReport, isShown, reportFor } from './activeReport';
import type { Given, GivenByPart } from './secondOpinions';
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
  const register = (id: string, run: (argument: unknown) => Promise<void>): vscode.Disposable =>
    vscode.commands.registerCommand(id, async (argument?: unknown) => {
      try {
        await run(argument);
      } catch (thrown) {
        void showProblem(thrown, services.log);
      }
    });
  return vscode.Disposable.from(
    register(COMMANDS.askLanguageModel, async (argument) => {
      if (!isEnabled()) return offerSetting();
      const uri = await reportFor(services, argument);
      const key = uri?.toString() ?? '';
      if (!uri || running.has(key)) return;
      running.add(key);
      await askAbout(services, uri).finally(() => running.delete(key));
    }),
    register(COMMANDS.discardOpinions, () => discard(services)),
  );
}

function isEnabled(): boolean {
  return setting('drylab.languageModel.enabled');
}

async function offerSetting(): Promise<void> {
  const open = vscode.l10n.t('Open Setting');
  const chosen = await vscode.window.showInformationMessage(problemText(new Problem('opinion.off')), open);
  if (chosen === open)
    await vscode.commands.executeCommand('workbench.action.openSettings', 'drylab.languageModel.enabled');
}

async function askAbout(services: Services, uri: vscode.Uri): Promise<void> {
  const { checks, panels, reports } = services;
  const session = await reports.open(uri);
  const holding = reports.hold(session);
  try {
    if (!isShown(uri) && !panels.of(session)) await vscode.commands.executeCommand('vscode.open', uri);
    const model = await chosenModel();
    if (!model || !(await consents(model, fileLabel(uri)))) return;
    const location = vscode.ProgressLocation.Notification;
    const title = vscode.l10n.t('{0} reads {1}', model.name, fileLabel(uri));
    await vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
      await session.settled();
      const parts = askedParts(session);
      const given = await askAll(services, model, parts, token, (index, part) =>
        progress.report({
          message: vscode.l10n.t('part {0}, {1} of {2}', part, index + 1, parts.length),
          increment: index === 0 ? 0 : 100 / parts.length,
        }),
      );
      checks.opinions.give(uri, given);
      await checks.readAnswers(session, tokenCancellation(token));
      tell(services, session, model, given.size, parts.length);
    });
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

/** `undefined` when the person changes their mind. @throws Problem `opinion.no-model` */
async function chosenModel(): Promise<vscode.LanguageModelChat | undefined> {
  const models = await vscode.lm.selectChatModels();
  if (models.length === 0) throw new Problem('opinion.no-model');
  const items = models.map((model) => ({ label: model.name, description: model.vendor, model }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Second Opinion'),
    placeHolder: vscode.l10n.t('Choose the language model to ask'),
  });
  return chosen?.model;
}

/** Asked for every report anew, since every report has another author. */
async function consents(model: vscode.LanguageModelChat, file: string): Promise<boolean> {
  const send = vscode.l10n.t('Send Answers');
  const title = vscode.l10n.t('Send the answers of {0} to {1} ({2})?', file, model.name, model.vendor);
  const detail = vscode.l10n.t(
    'The text of the answers, the questions and the claims leave this machine as the provider of the model decides; notes do not. Where the model reads an answer otherwise than Drylab, Drylab takes back what it holds against the answer. No finding becomes graver, and suggested points stay as they are.',
  );
  return (await vscode.window.showWarningMessage(title, { modal: true, detail }, send)) === send;
}

/**
 * Opinions by part, without those parts whose reply makes no sense or that are too long for the model.
 * @throws Problem `cancelled`, `opinion.failed`, `opinion.off`; of the first part if none was answered
 */
async function askAll(
  { log }: Services,
  model: vscode.LanguageModelChat,
  parts: readonly AskedPart[],
  token: vscode.CancellationToken,
  onPart: (index: number, part: string) => void,
): Promise<GivenByPart> {
  const given = new Map<string, Given>();
  let first: Problem | undefined;
  for (const [index, asked] of parts.entries()) {
    const { question, part, answer } = asked;
    onPart(index, part.id);
    try {
      const opinions = readOpinions(await reply(model, asked, token), part.claims, answer);
      given.set(part.id, { reader: model.name, request: opinionRequest(question, part, answer), opinions });
    } catch (thrown) {
      const problem = Problem.from(thrown);
      if (problem.code !== 'opinion.unreadable' && problem.code !== 'opinion.too-long') throw thrown;
      log.warn(`${part.id}: ${problem.message}`);
      first ??= problem;
    }
  }
  if (given.size === 0 && first) throw first;
  return given;
}

/** @throws Problem `cancelled`, `opinion.off`, `opinion.too-long`, `opinion.unreadable`, `opinion.failed` */
async function reply(
  model: vscode.LanguageModelChat,
  { question, part, answer }: AskedPart,
  token: vscode.CancellationToken,
): Promise<string> {
  if (token.isCancellationRequested) throw new Problem('cancelled');
  if (!isEnabled()) throw new Problem('opinion.off');
  const source = new vscode.CancellationTokenSource();
  const listening = token.onCancellationRequested(() => source.cancel());
  const request = opinionRequest(question, part, answer, `-${randomUUID()}`);
  try {
    if ((await model.countTokens(request, source.token)) > model.maxInputTokens)
      throw new Problem('opinion.too-long', { part: part.id, model: model.name });
    const justification = vscode.l10n.t('Drylab compares its reading of an answer with that of the model.');
    const messages = [vscode.LanguageModelChatMessage.User(request)];
    const response = await model.sendRequest(messages, { justification }, source.token);
    let text = '';
    for await (const piece of response.text) {
      text += piece;
      if (text.length > LONGEST_REPLY) throw new Problem('opinion.unreadable');
    }
    return text;
  } catch (thrown) {
    if (token.isCancellationRequested) throw new Problem('cancelled');
    if (thrown instanceof Problem) throw thrown;
    const detail = thrown instanceof Error ? thrown.message : String(thrown);
    throw new Problem('opinion.failed', { model: model.name, detail });
  } finally {
    // Whatever the model still writes is not wanted.
    source.cancel();
    listening.dispose();
    source.dispose();
  }
}

/** What came out; not awaited, for the message may stay for long. */
function tell(
  { checks, log, panels, reports }: Services,
  { uri }: ReportSession,
  { name }: vscode.LanguageModelChat,
  read: number,
  asked: number,
): void {
  const session = reports.get(uri);
  const claims = session ? (checks.of(session)?.parts.flatMap((part) => part.claims) ?? []) : [];
  const taken = claims.filter(({ undisputed }) => undisputed !== undefined).length;
  const message = vscode.l10n.t('{0} read {1} of {2} answers. Findings taken back: {3}.', name, read, asked, taken);
  const open = vscode.l10n.t('Open Report');
  const discarding = vscode.l10n.t('Discard Opinions');
  const show = async (): Promise<void> => {
    const chosen = await vscode.window.showInformationMessage(message, open, discarding);
    if (chosen === open) panels.show(await reports.open(uri));
    if (chosen === discarding) checks.opinions.take(uri);
  };
  show().catch((thrown: unknown) => showProblem(thrown, log));
}

/** Of the report in front, or of the one that was last looked at. */
async function discard(services: Services): Promise<void> {
  const { checks, reports } = services;
  const session = activeReport(services) ?? reports.active;
  const taken = session && checks.opinions.take(session.uri);
  if (!session || !taken) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No language model was asked about this report.'));
    return;
  }
  const undo = vscode.l10n.t('Undo');
  const message = vscode.l10n.t('Opinions of language models on {0} were discarded.', fileLabel(session.uri));
  if ((await vscode.window.showInformationMessage(message, undo)) === undo) checks.opinions.restore(session.uri, taken);
}
