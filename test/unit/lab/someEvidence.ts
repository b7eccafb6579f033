/** Folders, logs and evidence for the tests of the evidence cache. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from '../../../src/core/ports';
import type { KeptEvidence } from '../../../src/lab/evidenceCache';

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'drylab-evidence-'));
}

export function recordingLogger(): Logger & { readonly messages: string[] } {
  const messages: string[] = [];
  const record = (message: string): void => void messages.push(message);
  return { messages, info: record, warn: record, error: record };
}

/** Evidence with everything that has to survive: bytes, null, what is no finite number. */
export function someEvidence(pixels = 4, effect = 1): KeptEvidence {
  const text = { template: 'It is {number}.', data: { number: effect } };
  return {
    seconds: 1.5,
    evidence: {
      experiment: 'trial',
      outcomes: { a: { outcome: 'holds', effect, interval: [-Infinity, NaN], unit: '1', detail: text } },
      figures: [
        {
          kind: 'images',
          title: text,
          description: text,
          height: 1,
          width: 1,
          groups: [{ name: text, pixels: Uint8Array.from({ length: pixels }, (_, index) => index) }],
        },
      ],
      summary: [text],
      provenance: { models: { m: 'hash' }, data: {}, seed: 3, settings: { n: 2, f: 'x' }, runtime: null },
    },
  };
}
