import * as vscode from 'vscode';
import type { TensorDeclaration } from '../../core/models/manifest';
import type { ProblemReport } from '../../core/problem';
import type { ModelCheck } from '../../protocol/lab';
import { problemText } from '../problems';

/** Literal text in Markdown, also within a table. */
function literal(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#+\-.!|~&]/g, '\\$&').replace(/\s+/g, ' ');
}

function number(value: number): string {
  return value.toLocaleString(vscode.env.language, { maximumFractionDigits: 4 });
}

function size(bytes: number): string {
  return bytes < 1e6
    ? vscode.l10n.t('{0} KB', number(Math.round(bytes / 1e3)))
    : vscode.l10n.t('{0} MB', number(Math.round(bytes / 1e5) / 10));
}

/** `testPixelMse` → `test pixel MSE`; names in the list of models are camel case with their unit last. */
function spaced(name: string): string {
  return name
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ')
    .toLowerCase()
    .replace(/\b(?:mse|kl|elbo|bleu)\b/g, (acronym) => acronym.toUpperCase());
}

function tensors(declarations: readonly TensorDeclaration[]): string {
  return declarations
    .map(({ name, type, dims }) => `\`${name}\` ${type} [${dims.map(String).map(literal).join(', ')}]`)
    .join('; ');
}

function check({ verified }: ModelCheck): string {
  return verified ? vscode.l10n.t('✓ as built') : vscode.l10n.t('not checked');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function overview(models: readonly ModelCheck[]): string {
  return table(
    [
      vscode.l10n.t('Model'),
      vscode.l10n.t('File'),
      vscode.l10n.t('Size'),
      vscode.l10n.t('Parameters'),
      vscode.l10n.t('SHA-256 check'),
    ],
    models.map((model) => [
      literal(model.title),
      `\`${model.file}\``,
      size(model.bytes),
      number(model.parameters),
      check(model),
    ]),
  );
}

function section(model: ModelCheck): string {
  const metrics = Object.entries(model.metrics).map(
    ([name, value]) =>
      `${literal(spaced(name))} ${typeof value === 'number' ? `**${number(value)}**` : literal(value)}`,
  );
  const facts: [string, string][] = [
    [vscode.l10n.t('Held-out metrics'), metrics.join('; ')],
    [vscode.l10n.t('Data'), literal(model.data)],
    [vscode.l10n.t('Licence'), literal(model.licence)],
    [vscode.l10n.t('Trained by'), `\`${model.trainedBy}\``],
    [vscode.l10n.t('Inputs'), tensors(model.inputs)],
    [vscode.l10n.t('Outputs'), tensors(model.outputs)],
    [
      vscode.l10n.t('Further files'),
      Object.values(model.assets)
        .map(({ file }) => `\`${file}\``)
        .join(', '),
    ],
    [vscode.l10n.t('SHA-256'), `\`${model.sha256}\``],
  ];
  const items = facts.filter(([, text]) => text !== '').map(([name, text]) => `- ${name}: ${text}`);
  return `## ${literal(model.title)}\n\n${items.join('\n')}`;
}

/** The bundled models as Markdown; `problem` is what the check of their files met, if anything. */
export function modelsDocument(models: readonly ModelCheck[], folder: string, problem: ProblemReport | null): string {
  const state = problem
    ? `> ⚠ ${literal(problemText(problem))}`
    : vscode.l10n.t(
        '{0} models, each one run by the lab process only while its file is the one that Drylab was built with.',
        models.length,
      );
  const place = vscode.l10n.t('Folder: {0}', `\`${folder}\``);
  return (
    [`# ${vscode.l10n.t('Bundled Models')}`, state, overview(models), place, ...models.map(section)].join('\n\n') + '\n'
  );
}
