import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Evidence } from '../core/experiments/evidence';
import type { Logger } from '../core/ports';
import { sha256 } from '../platform/sha256';

const ENDING = '.evidence';
const DIGEST_CHARACTERS = 64;

/** Evidence that was computed before, as what it is (`evidence`) and how long that took. */
export interface KeptEvidence {
  readonly evidence: Evidence;
  readonly seconds: number;
}

/**
 * A folder with one file for each key: the SHA-256 of the rest, then the evidence. A damaged file counts as absent. What
 * cannot be read or written is logged and never stops an experiment: without a cache it is merely computed again.
 */
export class EvidenceCache {
  constructor(
    private readonly folder: string,
    private readonly logger: Logger,
    private readonly mostBytes = 64e6,
  ) {}

  async read(key: string): Promise<KeptEvidence | null> {
    const file = this.file(key);
    const bytes = await readFile(file).catch(() => null);
    if (!bytes) return null;
    const body = bytes.subarray(DIGEST_CHARACTERS);
    const kept = bytes.subarray(0, DIGEST_CHARACTERS).toString('latin1') === sha256(body) ? deserialized(body) : null;
    if (!kept) {
      this.logger.warn(`the cached evidence ${file} is damaged and is computed again`);
      return null;
    }
    // What was used last is kept longest.
    await utimes(file, new Date(), new Date()).catch(() => undefined);
    return kept;
  }

  async write(key: string, kept: KeptEvidence): Promise<void> {
    const body = serialize(kept);
    const [file, written] = [this.file(key), `${this.file(key)}.${process.pid}.tmp`];
    try {
      await mkdir(this.folder, { recursive: true });
      await writeFile(written, Buffer.concat([Buffer.from(sha256(body), 'latin1'), body]));
      // Whole or not at all, also when two processes write.
      await rename(written, file);
      await this.prune();
    } catch (error) {
      this.logger.warn(`evidence could not be cached in ${this.folder}: ${String(error)}`);
    }
  }

  private file(key: string): string {
    return join(this.folder, `${key}${ENDING}`);
  }

  /** Deletes what was used longest ago until the rest fits. */
  private async prune(): Promise<void> {
    const names = (await readdir(this.folder)).filter((name) => name.endsWith(ENDING));
    const files = await Promise.all(
      names.map(async (name) => {
        const { size, mtimeMs } = await stat(join(this.folder, name));
        return { name, size, mtimeMs };
      }),
    );
    files.sort((a, b) => b.mtimeMs - a.mtimeMs);
    let total = 0;
    for (const { name, size } of files) {
      total += size;
      if (total > this.mostBytes) await rm(join(this.folder, name), { force: true });
    }
  }
}

/** Null for what another version of V8 has written in a newer format. */
function deserialized(body: Buffer): KeptEvidence | null {
  try {
    return deserialize(body) as KeptEvidence;
  } catch {
    return null;
  }
}
