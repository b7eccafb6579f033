import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findModel, parseManifest, type Manifest, type ModelRecord } from '../core/models/manifest';
import type { Models, ModelSession } from '../core/ports';
import { Problem } from '../core/problem';
import { sha256 } from '../platform/sha256';
import { decodeUtf8 } from '../platform/utf8';
import type { ModelCheck } from '../protocol/lab';
import type { Runtime } from './runtime';

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

  async text(id: string, asset: string): Promise<string> {
    const found = (await this.record(id)).assets[asset];
    if (!found) throw new Problem('model.manifest', { file: id, detail: `no asset "${asset}"` });
    return decodeUtf8(await this.verified(found.file, found.sha256), found.file);
  }

  /** All models of the manifest; with `verify`, every file is read and compared first. */
  async list(verify: boolean): Promise<ModelCheck[]> {
    const { models } = await this.load();
    const checks: ModelCheck[] = [];
    for (const model of models) {
      if (verify) {
        for (const { file, sha256: hash } of [model, ...Object.values(model.assets)]) await this.verified(file, hash);
      }
      checks.push({ ...model, verified: verify || null });
    }
    return checks;
  }

  private async open(id: string): Promise<ModelSession> {
    const { file, sha256: hash } = await this.record(id);
    const bytes = await this.verified(file, hash);
    return (await this.runtime()).open(bytes);
  }

  private async record(id: string): Promise<ModelRecord> {
    return findModel(await this.load(), id);
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
