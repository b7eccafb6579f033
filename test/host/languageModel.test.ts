import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { COMMANDS } from '../../src/extension/contributions';
import type { ReportSession } from '../../src/extension/reports/reportSession';
import { answering, CheckedReports, MISCONCEPTION, misconception } from './checkedReports';
import { until } from './sandbox';

const ENABLED = 'drylab.languageModel.enabled';

/** A model that replies as it is told, and remembers what it was asked. */
class FakeModel {
  readonly asked: string[] = [];
  readonly name = 'Parrot';
  readonly vendor = 'acme';
  maxInputTokens = 100_000;

  constructor(private readonly reply: (request: string) => unknown) {}

  countTokens(text: string): Promise<number> {
    return Promise.resolve(text.length / 4);
  }

  async sendRequest(messages: readonly vscode.LanguageModelChatMessage[]): Promise<{ text: AsyncIterable<string> }> {
    const [message] = messages;
    const [part] = message?.content ?? [];
    const request = part instanceof vscode.LanguageModelTextPart ? part.value : '';
    this.asked.push(request);
    const reply = await this.reply(request);
    if (reply instanceof Error) throw reply;
    async function* text(): AsyncGenerator<string> {
      const whole = `Here it is:\n${typeof reply === 'string' ? reply : JSON.stringify({ claims: reply })}`;
      yield await Promise.resolve(whole.slice(0, 9));
      yield whole.slice(9);
    }
    return { text: text() };
  }
}

describe('a language model of the editor', () => {
  const selectChatModels = vscode.lm.selectChatModels;
  let reports: CheckedReports;
  let shown: string[];

  const enable = (value: boolean | undefined): Thenable<void> =>
    vscode.workspace.getConfiguration().update(ENABLED, value, vscode.ConfigurationTarget.Global);

  const offering = (models: readonly FakeModel[]): void => {
    vscode.lm.selectChatModels = (() => Promise.resolve(models)) as never;
  };

  /** Runs the command; chooses the first model, and answers the question whether to send. */
  const ask = async (uri: vscode.Uri, agrees: boolean): Promise<void> => {
    const say = (message: string): Promise<undefined> => {
      shown.push(message);
      return Promise.resolve(undefined);
    };
    await answering(
      {
        showQuickPick: ((items: readonly vscode.QuickPickItem[]) => Promise.resolve(items[0])) as never,
        showWarningMessage: ((message: string, _: unknown, send: string) => {
          shown.push(message);
          return Promise.resolve(agrees ? send : undefined);
        }) as never,
        showInformationMessage: say as never,
        showErrorMessage: say as never,
      },
      () => vscode.commands.executeCommand(COMMANDS.askLanguageModel, uri),
    );
  };

  const finding = (session: ReportSession) =>
    reports.api.checks
      .of(session)
      ?.parts.flatMap(({ claims }) => claims)
      .find(({ claim }) => claim === MISCONCEPTION);

  const denying = (request: string): unknown =>
    request.includes(MISCONCEPTION)
      ? [{ id: MISCONCEPTION, stance: 'denies', quotes: ['Really: the very same mixture.'] }]
      : [];

  beforeEach(async () => {
    reports = await CheckedReports.begin();
    shown = [];
  });

  afterEach(async () => {
    vscode.lm.selectChatModels = selectChatModels;
    await enable(undefined);
    await reports.end();
  });

  it('is never asked as long as the setting is off, even if the command is run', async () => {
    const model = new FakeModel(denying);
    offering([model]);
    const { document } = await reports.open('off.md');
    await ask(document.uri, true);
    assert.deepEqual(model.asked, []);
    assert.match(shown.join(), /drylab\.languageModel\.enabled/);
  });

  it('is not asked when a person does not agree to this report being sent', async () => {
    const model = new FakeModel(denying);
    offering([model]);
    await enable(true);
    const { document } = await reports.open('refused.md');
    await ask(document.uri, false);
    assert.deepEqual(model.asked, []);
    assert.deepEqual(shown, ['Send the answers of refused.md to Parrot (acme)?']);
  });

  it('is sent each answer with its claims, and what it disputes is held against nobody', async () => {
    const model = new FakeModel(denying);
    offering([model]);
    await enable(true);
    const { document, session } = await reports.open('disputed.md');
    await misconception(document.uri);
    assert.equal(finding(session)?.verdict, 'misconception');
    await ask(document.uri, true);
    assert.equal(model.asked.length, 2);
    assert.match(model.asked[1] ?? '', /7b\.m-same-for-all: .*<answer-[\da-f-]{36}>\n.*It is linear in n/s);
    assert.equal(finding(session)?.verdict, 'unverified');
    assert.match(finding(session)?.why.template ?? '', /\{reader\} reads “\{quote\}” as denying it/);
    assert.equal(shown.at(-1), 'Parrot read 1 of 2 answers. Findings taken back: 1.');
    const undo = (_: string, button: string): Promise<string> => Promise.resolve(button);
    await answering({ showInformationMessage: undo as never }, () =>
      vscode.commands.executeCommand(COMMANDS.discardOpinions),
    );
    assert.equal(finding(session)?.verdict, 'unverified', 'the opinions are back');
    await answering({ showInformationMessage: (() => Promise.resolve(undefined)) as never }, () =>
      vscode.commands.executeCommand(COMMANDS.discardOpinions),
    );
    assert.equal(finding(session)?.verdict, 'misconception');
  });

  it('has no say on an answer that was changed since', async () => {
    offering([new FakeModel(denying)]);
    await enable(true);
    const { document, session } = await reports.open('changed.md');
    await misconception(document.uri);
    await ask(document.uri, true);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, document.lineAt(document.lineCount - 1).range.end, ' Indeed.');
    await vscode.workspace.applyEdit(edit);
    await until('the answer is read again', () => finding(session)?.verdict === 'misconception');
  });

  it('is told of in words when it cannot be asked, and leaves everything as it was', async () => {
    await enable(true);
    const { document, session } = await reports.open('broken.md');
    await misconception(document.uri);
    offering([new FakeModel((request) => (request.includes(MISCONCEPTION) ? new Error('quota') : denying(request)))]);
    await ask(document.uri, true);
    assert.equal(shown.at(-1), 'Parrot could not be asked: quota');
    const switchOff = async (request: string): Promise<unknown> => {
      await enable(false);
      return denying(request);
    };
    assert.equal(finding(session)?.verdict, 'misconception');
    offering([new FakeModel(() => 'no JSON {')]);
    await ask(document.uri, true);
    assert.match(shown.at(-1) ?? '', /did not reply in the form/);
    const model = new FakeModel(switchOff);
    offering([model]);
    await ask(document.uri, true);
    assert.equal(model.asked.length, 1, 'nothing is sent once the setting is off');
    await enable(true);
    offering([]);
    await ask(document.uri, true);
    assert.match(shown.at(-1) ?? '', /offers no language model/);
  });
});
