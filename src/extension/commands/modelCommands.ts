import * as vscode from 'vscode';
import type { Cancellation } from '../../core/ports';
import { Problem } from '../../core/problem';
import { CancellationSource } from '../../protocol/rpc';
import { COMMANDS } from '../contributions';
import { showProblem } from '../problems';
import type { Services } from '../services';
import { modelsDocument } from '../views/modelsDocument';

const SCHEME = 'drylab-models';

/** Commands about the models and the lab themselves; the views of the models register their own. */
export function registerModelCommands(services: Services): vscode.Disposable {
  const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${vscode.l10n.t('Bundled Models')}.md` });
  const changed = new vscode.EventEmitter<vscode.Uri>();
  let text: string | undefined;
  const provider: vscode.TextDocumentContentProvider = {
    onDidChange: changed.event,
    provideTextDocumentContent: () => text ?? describeModels(services),
  };
  const showModels = async (): Promise<void> => {
    const options = { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Checking the models…') };
    text = await vscode.window.withProgress(options, () => describeModels(services));
    changed.fire(uri);
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  };
  const reporting = (run: () => Promise<void>) => () =>
    run().catch((thrown: unknown) => showProblem(thrown, services.log));
  return vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, provider),
    vscode.commands.registerCommand(COMMANDS.showModels, reporting(showModels)),
    vscode.commands.registerCommand(
      COMMANDS.restartLab,
      reporting(() => restartLab(services)),
    ),
  );
}

/** @throws Problem `model.manifest` and other failures that leave nothing to show. */
async function describeModels({ lab, log, context }: Services): Promise<string> {
  const folder = context.asAbsolutePath('models');
  try {
    return modelsDocument(await lab.call('models', { verify: true }), folder, null);
  } catch (thrown) {
    const problem = Problem.from(thrown);
    if (problem.code !== 'model.altered' && problem.code !== 'model.missing') throw problem;
    log.error(problem.message);
    return modelsDocument(await lab.call('models', { verify: false }), folder, problem);
  }
}

async function restartLab({ lab }: Services): Promise<void> {
  lab.restart();
  const runtime = await withNotification(vscode.l10n.t('Starting the lab…'), (cancellation) =>
    lab.call('runtime', null, { cancellation }),
  );
  void vscode.window.showInformationMessage(vscode.l10n.t('The lab was restarted; it uses {0}.', runtime));
}

/** Progress as a notification with a way to cancel. */
async function withNotification<T>(title: string, run: (cancellation: Cancellation) => Promise<T>): Promise<T> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, (_progress, token) => {
    const source = new CancellationSource();
    token.onCancellationRequested(() => source.cancel());
    return run(source);
  });
}
