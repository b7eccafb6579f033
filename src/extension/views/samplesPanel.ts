import * as vscode from 'vscode';
import { SAMPLE_LIMIT, SEED_LIMIT } from '../../core/models/sampler';
import type { SamplesHostMethods, SamplesSettings, SamplesViewMethods } from '../../protocol/modelViews';
import type { CallContext } from '../../protocol/rpc';
import { COMMANDS, VIEWS } from '../contributions';
import { showProblem } from '../problems';
import type { Services } from '../services';
import { savePng } from './savePng';
import { SinglePanel } from './singlePanel';

/** *Sample AE and VAE*: the panel and the command that opens it. */
export function registerSamplesPanel(services: Services): vscode.Disposable {
  const { lab, log } = services;
  const sample = async (settings: SamplesSettings, { cancellation, progress }: CallContext) => {
    progress({ done: 0, total: 2, stage: 'ae' });
    const ae = await lab.call('sample', { model: 'ae', ...settings }, { cancellation });
    progress({ done: 1, total: 2, stage: 'vae' });
    const vae = await lab.call('sample', { model: 'vae', ...settings }, { cancellation });
    return { ae, vae };
  };
  const panel = new SinglePanel<SamplesHostMethods, SamplesViewMethods>(
    services,
    { type: VIEWS.samples, title: vscode.l10n.t('AE and VAE Samples'), bundle: 'latent' },
    { sample, exportPng: savePng, showLog: () => void vscode.commands.executeCommand(COMMANDS.showLog) },
  );
  const open = vscode.commands.registerCommand(COMMANDS.sampleModels, (argument?: unknown) => {
    const rpc = panel.open();
    const settings = samplesSettings(argument);
    if (settings) rpc.call('show', settings).catch((thrown: unknown) => showProblem(thrown, log));
  });
  return vscode.Disposable.from(panel, open);
}

/** Command links may carry `{seed, count}`; anything else opens the panel as it was left. */
function samplesSettings(argument: unknown): SamplesSettings | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const { seed, count } = argument as Partial<SamplesSettings>;
  const isWithin = (value: unknown, low: number, high: number): value is number =>
    Number.isInteger(value) && Number(value) >= low && Number(value) <= high;
  return isWithin(seed, 0, SEED_LIMIT) && isWithin(count, 1, SAMPLE_LIMIT) ? { seed, count } : undefined;
}
