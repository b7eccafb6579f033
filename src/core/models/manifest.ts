import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import { Problem } from '../problem';
import { MANIFEST_FORMATS, MANIFEST_SCHEMA } from './manifestSchema';

const MOST_CHARACTERS = 4_000_000;

export interface TensorDeclaration {
  readonly name: string;
  readonly type: string;
  /** Numbers where fixed, names where free. */
  readonly dims: readonly (number | string)[];
}

/** What the manifest says of every file. */
interface FileRecord {
  readonly id: string;
  /** A key of the manifest's `families`. */
  readonly family: string;
  readonly title: string;
  /** Relative to the folder of the manifest, and inside it. */
  readonly file: string;
  /** Of the file as it is, in lower-case hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
  readonly licence: string;
}

/** One model file of `models/manifest.json`. */
export interface ModelRecord extends FileRecord {
  readonly opset: number;
  readonly parameters: number;
  readonly inputs: readonly TensorDeclaration[];
  readonly outputs: readonly TensorDeclaration[];
  /** On held-out data; names carry their unit. */
  readonly metrics: Readonly<Record<string, number | string>>;
  /** Numbers that code needs, such as the size of the latent or the ids of special tokens. */
  readonly settings: Readonly<Record<string, number>>;
  /** The exact command. */
  readonly trainedBy: string;
  readonly data: string;
  /** Further files of the model by name, such as its tokenizer. */
  readonly assets: Readonly<Record<string, { readonly file: string; readonly sha256: string }>>;
}

/** Held-out data that experiments evaluate on; a name that ends in `.gz` is packed. */
export interface DataRecord extends FileRecord {
  readonly source: string;
}

export interface Manifest {
  readonly version: 1;
  /** Titles by id, in the order in which people read them. */
  readonly families: Readonly<Record<string, string>>;
  readonly models: readonly ModelRecord[];
  readonly data: readonly DataRecord[];
}

let compiled: ValidateFunction<Manifest> | undefined;

/** @throws Problem `model.manifest` with the first thing that is wrong when the text is no manifest of version 1. */
export function parseManifest(text: string, file: string): Manifest {
  const refuse = (detail: string): never => {
    throw new Problem('model.manifest', { file, detail });
  };
  if (text.length > MOST_CHARACTERS) return refuse(`${text.length} characters; the most is ${MOST_CHARACTERS}`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
  compiled ??= new Ajv({ allowUnionTypes: true, formats: MANIFEST_FORMATS }).compile<Manifest>(MANIFEST_SCHEMA);
  if (!compiled(value)) return refuse(flaw(value, compiled.errors?.[0]));
  const contradiction = contradictionIn(value);
  return contradiction === null ? value : refuse(contradiction);
}

/** What is wrong and where; a row is named by its id where it has one. */
function flaw(manifest: unknown, error: ErrorObject | undefined): string {
  const [kind = '', index = '', ...rest] = (error?.instancePath ?? '').split('/').slice(1);
  const rows = (manifest as Readonly<Record<string, Readonly<Record<string, { id?: unknown } | null>>>> | null)?.[kind];
  const id = index === '' ? undefined : rows?.[index]?.id;
  const row = index === '' ? '' : `[${index}]${typeof id === 'string' ? ` "${id}"` : ''}`;
  const allowed: unknown = error?.params.allowedValue ?? error?.params.allowedValues;
  const choices = allowed === undefined ? '' : ` ${JSON.stringify(allowed)}`;
  return `${[`${kind}${row}`, ...rest].filter(Boolean).join('/') || 'it'} ${error?.message ?? 'is wrong'}${choices}`;
}

/** What a schema cannot say. */
function contradictionIn({ families, models, data }: Manifest): string | null {
  for (const [kind, rows] of Object.entries({ models, data })) {
    const seen = new Set<string>();
    for (const { id, family } of rows) {
      if (seen.has(id)) return `${kind}: "${id}" is there twice`;
      seen.add(id);
      if (!Object.hasOwn(families, family)) return `${kind}: "${id}" is of the family "${family}", which has no title`;
    }
  }
  return null;
}

/** The row of an id. @throws Problem `model.unknown` */
export function findRow<Row extends { readonly id: string }>(rows: readonly Row[], id: string): Row {
  const found = rows.find((row) => row.id === id);
  if (!found) throw new Problem('model.unknown', { model: id, known: rows.map((row) => row.id).join(', ') });
  return found;
}
