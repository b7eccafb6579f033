/** A small manifest with everything that one may have. */
import type { DataRecord, Manifest, ModelRecord } from '../../../src/core/models/manifest';
import { sha256 } from '../../../src/platform/sha256';

export const MODEL: ModelRecord = {
  id: 'line-8',
  family: 'lines',
  title: 'A line',
  file: 'line-8.onnx',
  sha256: sha256(Buffer.from('no graph')),
  bytes: 8,
  opset: 18,
  parameters: 2,
  inputs: [{ name: 'x', type: 'float32', dims: ['batch', 1] }],
  outputs: [{ name: 'y', type: 'float32', dims: ['batch', 1] }],
  metrics: { testMse: 0.25, testSignature: 'mean' },
  settings: { slope: 3 },
  trainedBy: 'python -m training.lines.train',
  data: 'Points on a line',
  licence: 'MIT (weights)',
  assets: {},
};

export function dataRow(id: string, file: string, content: Uint8Array): DataRecord {
  return {
    id,
    family: 'lines',
    title: `Held-out ${id}`,
    file: `data/${file}`,
    sha256: sha256(content),
    bytes: content.length,
    source: 'https://example.org/points',
    licence: 'CC BY 4.0',
  };
}

export function manifestOf(change: Partial<Manifest> = {}): Manifest {
  return {
    version: 1,
    families: { lines: 'Lines', circles: 'Circles' },
    models: [MODEL],
    data: [dataRow('points', 'points.tsv', Uint8Array.of(1))],
    ...change,
  };
}
