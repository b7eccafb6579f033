import * as vscode from 'vscode';
import type { AttentionHostMethods, AttentionViewMethods } from '../../protocol/modelViews';
import { COMMANDS, VIEWS } from '../contributions';
import { showProblem } from '../problems';
import type { Services } from '../services';
import { savePng } from './savePng';
import { SinglePanel } from './singlePanel';

/** *Show Attention Map*: the panel and the command that opens it, with a sentence if one is given. */
export function registerAttentionPanel(services: Services): vscode.Disposable {
  const { lab, log } = services;
  const panel = new SinglePanel<AttentionHostMethods, AttentionViewMethods>(
    services,
    { type: VIEWS.attention, title: vscode.l10n.t('Attention Map'), bundle: 'attention' },
    {
      translate: (request, { cancellation, progress }) =>
        lab.call('translate', request, { cancellation, onProgress: progress }),
      exportPng: savePng,
      showLog: () => void vscode.commands.executeCommand(COMMANDS.showLog),
    },
  );
  const open = vscode.commands.registerCommand(COMMANDS.showAttentionMap, (sentence?: unknown) => {
    const rpc = panel.open();
    if (typeof sentence !== 'string') return;
    rpc.call('show', { sentence }).catch((thrown: unknown) => showProblem(thrown, log));
  });
  return vscode.Disposable.from(panel, open);
}
