import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { findRow, parseManifest, type Manifest, type ModelRecord } from '../core/models/manifest';
import type { Models, ModelSession } from '../core/ports';
import { Problem } from '../core/problem';
import { sha256 } from '../platform/sha256';
import { decodeUtf8 } from '../platform/utf8';
import type { Collection } from '../protocol/lab';
import type { Runtime } from './runtime';

const MOST_UNPACKED = 64 * 2 ** 20;

/** Opens the files of a folder with a manifest; every byte is compared with its hash before it is used. */
export class ModelStore implements Models {
  private manifest: Promise<Manifest> | undefined;
  private readonly sessions = new Map<string, Promise<ModelSession>>();

  constructor(
    private readonly folder: string,
    private readonly runtime: () => Promise<Runtime>,
  ) {}

  async session(id: string): Promise<ModelSession> {
    const opening = this.sessions.get(id) ?? this.open(id);
    this.sessions.set(id, opening);
    // A file that is put right is read again.
    opening.catch(() => this.sessions.delete(id));
    return opening;
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

  private async open(id: string): Promise<ModelSession> {
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
