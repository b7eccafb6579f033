import type { DataRecord, Manifest, ModelRecord } from './manifest';

const MOST_MAIN = 3;

/** The files of one family; `Model` and `Data` may carry more than the manifest, such as whether a file was checked. */
export interface Family<Model extends ModelRecord = ModelRecord, Data extends DataRecord = DataRecord> {
  readonly id: string;
  readonly title: string;
  readonly models: readonly Model[];
  readonly data: readonly Data[];
}

/** In the order of the manifest, without families that have no files. */
export function filesByFamily<Model extends ModelRecord, Data extends DataRecord>(
  families: Manifest['families'],
  models: readonly Model[],
  data: readonly Data[],
): Family<Model, Data>[] {
  return Object.entries(families)
    .map(([id, title]) => ({
      id,
      title,
      models: models.filter(({ family }) => family === id),
      data: data.filter(({ family }) => family === id),
    }))
    .filter((family) => family.models.length + family.data.length > 0);
}

/** The numbers that the manifest names first, up to three: what a summary has room for. */
export function mainMetrics({ metrics }: ModelRecord): [name: string, value: number][] {
  return Object.entries(metrics)
    .filter((metric): metric is [string, number] => typeof metric[1] === 'number')
    .slice(0, MOST_MAIN);
}

/** Sum of the files' sizes; assets of models are not counted. */
export function totalBytes(files: readonly { readonly bytes: number }[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
