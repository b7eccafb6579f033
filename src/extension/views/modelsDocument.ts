import * as vscode from 'vscode';
import { filesByFamily, mainMetrics, totalBytes, type Family } from '../../core/models/family';
import type { TensorDeclaration } from '../../core/models/manifest';
import type { ProblemReport } from '../../core/problem';
import type { Collection, DataCheck, ModelCheck } from '../../protocol/lab';
import { problemText } from '../problems';

/** Literal text in Markdown, also within a table. */
function literal(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#+\-.!|~&]/g, '\\$&').replace(/\s+/g, ' ');
}

function number(value: number): string {
  // An error of 10⁻⁷ is not 0.
  const isTiny = value !== 0 && Math.abs(value) < 1e-3;
  const options = isTiny ? ({ notation: 'scientific' } as const) : { maximumFractionDigits: 4 };
  return value.toLocaleString(vscode.env.language, options);
}

function size(bytes: number): string {
  return bytes < 1e6
    ? vscode.l10n.t('{0} KB', number(bytes < 1e4 ? Math.round(bytes / 1e2) / 10 : Math.round(bytes / 1e3)))
    : vscode.l10n.t('{0} MB', number(Math.round(bytes / 1e5) / 10));
}

/** `testPixelMse` → `test pixel MSE`; names in the list of models are camel case with their unit last. */
function spaced(name: string): string {
  return name
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ')
    .toLowerCase()
    .replace(/\b(?:mse|kl|elbo|bleu)\b/g, (acronym) => acronym.toUpperCase());
}

function metric([name, value]: [string, number | string]): string {
  return `${literal(spaced(name))} ${typeof value === 'number' ? `**${number(value)}**` : literal(value)}`;
}

function tensors(declarations: readonly TensorDeclaration[]): string {
  return declarations
    .map(({ name, type, dims }) => `\`${name}\` ${type} [${dims.map(String).map(literal).join(', ')}]`)
    .join('; ');
}

function check({ verified }: ModelCheck | DataCheck): string {
  return verified ? vscode.l10n.t('✓ as built') : vscode.l10n.t('not checked');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function list(facts: readonly (readonly [string, string])[]): string {
  return facts
    .filter(([, text]) => text !== '')
    .map(([name, text]) => `- ${name}: ${text}`)
    .join('\n');
}

type Checked = Family<ModelCheck, DataCheck>;

function modelTable(models: readonly ModelCheck[]): string {
  return table(
    [
      vscode.l10n.t('Model'),
      vscode.l10n.t('What it is'),
      vscode.l10n.t('Size'),
      vscode.l10n.t('Parameters'),
      vscode.l10n.t('Held-out metrics'),
      vscode.l10n.t('SHA-256 check'),
    ],
    models.map((model) => [
      `\`${model.id}\``,
      literal(model.title),
      size(model.bytes),
      number(model.parameters),
      mainMetrics(model).map(metric).join('; '),
      check(model),
    ]),
  );
}

function dataTable(data: readonly DataCheck[]): string {
  return table(
    [
      vscode.l10n.t('Data'),
      vscode.l10n.t('What it is'),
      vscode.l10n.t('Size'),
      vscode.l10n.t('Source'),
      vscode.l10n.t('Licence'),
      vscode.l10n.t('SHA-256 check'),
    ],
    data.map((row) => [
      `\`${row.id}\``,
      literal(row.title),
      size(row.bytes),
      literal(row.source),
      literal(row.licence),
      check(row),
    ]),
  );
}

function modelDetails(model: ModelCheck): string {
  const facts = [
    [vscode.l10n.t('File'), `\`${model.file}\``],
    [vscode.l10n.t('SHA-256'), `\`${model.sha256}\``],
    [vscode.l10n.t('Held-out metrics'), Object.entries(model.metrics).map(metric).join('; ')],
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
  ] as const;
  return `### \`${model.id}\`\n\n${list(facts)}`;
}

function dataDetails({ id, file, sha256 }: DataCheck): string {
  const facts = [
    [vscode.l10n.t('File'), `\`${file}\``],
    [vscode.l10n.t('SHA-256'), `\`${sha256}\``],
  ] as const;
  return `### \`${id}\`\n\n${list(facts)}`;
}

/** What one looks at first: a table for each family, then one of the held-out data. */
function overview(families: readonly Checked[], data: readonly DataCheck[]): string[] {
  const tables = families
    .filter(({ models }) => models.length > 0)
    .map(({ title, models }) => `## ${literal(title)}\n\n${modelTable(models)}`);
  return data.length > 0 ? [...tables, `## ${vscode.l10n.t('Held-out Data')}\n\n${dataTable(data)}`] : tables;
}

/** What was brought along, as Markdown; `problem` is what the check of the files met, if anything. */
export function modelsDocument(collection: Collection, folder: string, problem: ProblemReport | null): string {
  const { models, data } = collection;
  const families = filesByFamily(collection.families, models, data);
  const state = problem
    ? `> ⚠ ${literal(problemText(problem))}`
    : vscode.l10n.t(
        '{0} models ({1}) and {2} files of held-out data ({3}), used by the lab process only while they are the ones that Drylab was built with.',
        models.length,
        size(totalBytes(models)),
        data.length,
        size(totalBytes(data)),
      );
  const details = families.flatMap((family) => [...family.models.map(modelDetails), ...family.data.map(dataDetails)]);
  return (
    [
      `# ${vscode.l10n.t('Bundled Models')}`,
      state,
      vscode.l10n.t('Folder: {0}', `\`${folder}\``),
      ...overview(families, data),
      `## ${vscode.l10n.t('Every File in Full')}`,
      ...details,
    ].join('\n\n') + '\n'
  );
}
