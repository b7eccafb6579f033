import { Problem } from '../problem';

export interface TensorDeclaration {
  readonly name: string;
  readonly type: string;
  /** Numbers where fixed, names where free. */
  readonly dims: readonly (number | string)[];
}

/** One model file of `models/manifest.json`. */
export interface ModelRecord {
  readonly id: string;
  readonly title: string;
  /** Relative to the folder of the manifest. */
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
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
  readonly licence: string;
  /** Further files of the model by name, such as its tokenizer. */
  readonly assets: Readonly<Record<string, { readonly file: string; readonly sha256: string }>>;
}

export interface Manifest {
  readonly version: 1;
  readonly models: readonly ModelRecord[];
}

/** @throws Problem `model.manifest` when the text is no manifest of version 1. */
export function parseManifest(text: string, file: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Problem('model.manifest', { file, detail: Problem.from(error).data.detail ?? '' });
  }
  const manifest = value as Partial<Manifest> | null;
  if (manifest?.version !== 1 || !Array.isArray(manifest.models)) {
    throw new Problem('model.manifest', { file, detail: 'expected {"version": 1, "models": […]}' });
  }
  for (const model of manifest.models as Partial<ModelRecord>[]) {
    const isRelative = typeof model.file === 'string' && !/(^|[\\/])\.\.([\\/]|$)|^[\\/]|:/.test(model.file);
    if (typeof model.id !== 'string' || !isRelative || typeof model.sha256 !== 'string') {
      throw new Problem('model.manifest', { file, detail: 'a model needs id, file inside the folder, and sha256' });
    }
  }
  return manifest as Manifest;
}

/** @throws Problem `model.unknown` */
export function findModel(manifest: Manifest, id: string): ModelRecord {
  const found = manifest.models.find((model) => model.id === id);
  if (!found) throw new Problem('model.unknown', { model: id, known: manifest.models.map((m) => m.id).join(', ') });
  return found;
}
