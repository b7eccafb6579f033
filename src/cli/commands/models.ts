import { filesByFamily, mainMetrics, totalBytes } from '../../core/models/family';
import { Problem } from '../../core/problem';
import type { Collection, DataCheck, ModelCheck } from '../../protocol/lab';
import type { Command } from '../command';

export const models: Command = {
  name: 'models',
  usage: '[--verify]',
  summary: 'List the bundled models and held-out data; with --verify, compare every file with its hash.',
  options: { verify: { type: 'boolean' } },
  async run(words, options, { lab }) {
    if (words.length > 0) throw new Problem('usage', { detail: `models takes no "${words.join(' ')}".` });
    const collection = await lab.call('models', { verify: options.verify === true });
    return { json: collection.models, text: listing(collection) };
  },
};

const kilobytes = (bytes: number): string =>
  `${bytes < 1e4 ? (bytes / 1e3).toFixed(1) : Math.round(bytes / 1e3).toLocaleString('en')} kB`;
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
const mark = ({ verified }: ModelCheck | DataCheck): string[] => (verified ? ['verified'] : []);

/** A table for each family, then the held-out data, then the sums. */
function listing({ families, models, data }: Collection): string {
  const sections = filesByFamily(families, models, data)
    .filter((family) => family.models.length > 0)
    .map((family) => [family.title, ...aligned(family.models.map(modelCells))]);
  if (data.length > 0) sections.push(['Held-out data', ...aligned(data.map(dataCells))]);
  const sums = [
    `${models.length} models, ${megabytes(totalBytes(models))}`,
    `${data.length} data files, ${megabytes(totalBytes(data))}`,
  ];
  return [...sections.map((lines) => lines.join('\n')), sums.join('; ')].join('\n\n');
}

function modelCells(model: ModelCheck): string[] {
  const metrics = mainMetrics(model).map(([name, value]) => `${name} ${value}`);
  const parameters = `${model.parameters.toLocaleString('en')} parameters`;
  return [model.id, kilobytes(model.bytes), parameters, ...mark(model), [model.title, ...metrics].join(' · ')];
}

function dataCells(row: DataCheck): string[] {
  return [row.id, kilobytes(row.bytes), ...mark(row), `${row.title} · ${row.licence}`];
}

/** Columns of one width, the first and the last to the left, those between to the right. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widthOf = (column: number): number => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows.map((row) => {
    const cells = row.map((cell, column) => {
      if (column === row.length - 1) return cell;
      return column === 0 ? cell.padEnd(widthOf(column)) : cell.padStart(widthOf(column));
    });
    return `  ${cells.join('  ')}`;
  });
}
