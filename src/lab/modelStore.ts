import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { findRow, parseManifest, type Manifest, type ModelRecord } from '../core/models/manifest';
import type { Models, ModelSession, Tensor } from '../core/ports';
import { Problem } from '../core/problem';
import { sha256 } from '../platform/sha256';
import { decodeUtf8 } from '../platform/utf8';
import type { Collection } from '../protocol/lab';
import type { OpenedModel, Runtime } from './runtime';

const MOST_UNPACKED = 64 * 2 ** 20;
/** Graphs in memory at once. Each keeps what its largest run needed, so all of them together would fill gigabytes. */
const MOST_OPEN = 3;

interface Opening {
  readonly model: Promise<OpenedModel>;
  /** Runs under way; meanwhile it cannot be closed. */
  runs: number;
}

/**
 * Opens the files of a folder with a manifest; every byte is compared with its hash before it is used. A graph that was
 * not run for long is closed, and opened again when its session is run.
 */
export class ModelStore implements Models {
  private manifest: Promise<Manifest> | undefined;
  /** What was used last comes last. */
  private readonly openings = new Map<string, Opening>();

  constructor(
    private readonly folder: string,
    private readonly runtime: () => Promise<Runtime>,
  ) {}

  async session(id: string): Promise<ModelSession> {
    await this.opened(id).model;
    return { run: (inputs) => this.run(id, inputs) };
  }

  async settings(id: string): Promise<Readonly<Record<string, number>>> {
    return (await this.record(id)).settings;
  }

  async parameters(id: string): Promise<number> {
    return (await this.record(id)).parameters;
  }

  async text(id: string, asset: string): Promise<string> {
    const found = (await this.record(id)).assets[asset];
    if (!found) throw new Problem('model.manifest', { file: id, detail: `no asset "${asset}"` });
    return decodeUtf8(await this.verified(found.file, found.sha256), found.file);
  }

  async data(id: string): Promise<Uint8Array> {
    const { file, sha256: hash } = findRow((await this.load()).data, id);
    const bytes = await this.verified(file, hash);
    return file.endsWith('.gz') ? unpacked(bytes, file) : bytes;
  }

  async dataText(id: string): Promise<string> {
    return decodeUtf8(await this.data(id), id);
  }

  /** SHA-256 of a model's or a data file, as the manifest has it. @throws Problem `model.unknown` */
  async hash(kind: 'models' | 'data', id: string): Promise<string> {
    const rows: readonly { readonly id: string; readonly sha256: string }[] = (await this.load())[kind];
    return findRow(rows, id).sha256;
  }

  /** Everything in the manifest; with `verify`, every file is read and compared first. */
  async list(verify: boolean): Promise<Collection> {
    const { families, models, data } = await this.load();
    if (verify) {
      const assets = models.flatMap((model) => Object.values(model.assets));
      for (const { file, sha256: hash } of [...models, ...assets, ...data]) await this.verified(file, hash);
    }
    const checked = { verified: verify || null };
    return {
      families,
      models: models.map((model) => ({ ...model, ...checked })),
      data: data.map((row) => ({ ...row, ...checked })),
    };
  }

  private async run(id: string, inputs: Readonly<Record<string, Tensor>>): Promise<Readonly<Record<string, Tensor>>> {
    const opening = this.opened(id);
    opening.runs += 1;
    try {
      return await (await opening.model).run(inputs);
    } finally {
      opening.runs -= 1;
    }
  }

  private opened(id: string): Opening {
    const opening = this.openings.get(id) ?? { model: this.open(id), runs: 0 };
    this.openings.delete(id);
    this.openings.set(id, opening);
    // A file that is put right is read again.
    opening.model.catch(() => this.openings.delete(id));
    this.closeUnused();
    return opening;
  }

  /** Closes what was used longest ago until few enough are open. */
  private closeUnused(): void {
    const idle = [...this.openings].slice(0, -1).filter(([, { runs }]) => runs === 0);
    for (const [id, { model }] of idle.slice(0, Math.max(0, this.openings.size - MOST_OPEN))) {
      this.openings.delete(id);
      void model.then(
        (open) => open.release(),
        () => undefined,
      );
    }
  }

  private async open(id: string): Promise<OpenedModel> {
    const { file, sha256: hash } = await this.record(id);
    const bytes = await this.verified(file, hash);
    return (await this.runtime()).open(bytes);
  }

  private async record(id: string): Promise<ModelRecord> {
    return findRow((await this.load()).models, id);
  }

  private load(): Promise<Manifest> {
    const file = join(this.folder, 'manifest.json');
    this.manifest ??= readFile(file).then(
      (bytes) => parseManifest(decodeUtf8(bytes, file), file),
      () => {
        throw new Problem('model.missing', { file });
      },
    );
    this.manifest.catch(() => (this.manifest = undefined));
    return this.manifest;
  }

  /** @throws Problem `model.missing`, `model.altered` */
  private async verified(name: string, expected: string): Promise<Uint8Array> {
    const file = join(this.folder, name);
    const bytes = await readFile(file).catch(() => {
      throw new Problem('model.missing', { file });
    });
    const actual = sha256(bytes);
    if (actual !== expected) throw new Problem('model.altered', { file, actual, expected });
    return bytes;
  }
}

/** @throws Problem `data.malformed` when the bytes are no gzip file, or one of more than 64 MiB. */
async function unpacked(bytes: Uint8Array, file: string): Promise<Uint8Array> {
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: MOST_UNPACKED });
  } catch (thrown) {
    throw new Problem('data.malformed', {
      what: file,
      detail: thrown instanceof Error ? thrown.message : String(thrown),
    });
  }
}
