import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { Translator } from '../../../src/core/models/translator';
import { clock } from '../../../src/platform/clock';
import type { OpenedModel } from '../../../src/lab/runtime';
import {
  bundledModels,
  golden,
  GOLDEN,
  largestDifference,
  MANIFEST,
  MODELS,
  runtimeOf,
  tensor,
  type GoldenTensor,
} from './bundled';

interface Case {
  inputs: Record<string, GoldenTensor>;
  outputs: Record<string, GoldenTensor>;
}

/** Golden files that belong to no one graph. */
const OTHERS = ['tokenizer', 'translations'];
const TOLERANCE = 1e-4;
/** Of logits of graphs that compute in 8 bits: where single precision rounds otherwise, values fall to the next of 256 steps. */
const TOLERANCES: Readonly<Record<string, number>> = { 'stance-reader': 1.5 };

/** Says what is wrong with a model's outputs for a case, if anything. */
async function differences(model: OpenedModel, { inputs, outputs }: Case, tolerance: number): Promise<string[]> {
  const feeds = Object.entries(inputs).map(([name, value]) => [name, tensor(value)]);
  const results = await model.run(Object.fromEntries(feeds));
  return Object.entries(outputs).flatMap(([name, expected]) => {
    const result = results[name];
    if (result?.type !== 'float32' || expected.type !== 'float32') return [`${name} is no float32 tensor`];
    if (String(result.dims) !== String(expected.dims)) return [`${name} is [${result.dims}], not [${expected.dims}]`];
    const difference = largestDifference(result.data, tensor(expected).data as Float32Array);
    return difference <= tolerance ? [] : [`${name} differs by ${difference}`];
  });
}

for (const choice of ['native', 'wasm'] as const) {
  describe(`golden vectors from training, ${choice} runtime`, function () {
    this.timeout(60_000);
    for (const { id, file, inputs, outputs } of MANIFEST.models) {
      const tolerance = TOLERANCES[id] ?? TOLERANCE;
      it(`${id} is declared as in the manifest and gives what PyTorch gave, within ${tolerance}`, async () => {
        const cases = golden<Case[]>(id);
        assert.ok(cases.length > 0, 'no golden case');
        const model = await (await runtimeOf(choice)).open(readFileSync(join(MODELS, file)));
        try {
          assert.deepEqual({ inputs: model.inputs, outputs: model.outputs }, { inputs, outputs });
          for (const golden of cases) {
            const names = (rows: readonly { name: string }[]): string[] => rows.map(({ name }) => name).sort();
            assert.deepEqual(Object.keys(golden.inputs).sort(), names(inputs));
            assert.deepEqual(Object.keys(golden.outputs).sort(), names(outputs));
            assert.deepEqual(await differences(model, golden, tolerance), []);
          }
        } finally {
          // Otherwise the memory of all models together is taken until the end.
          await model.release();
        }
      });
    }
  });
}

describe('golden vectors', () => {
  it('are there for the models of the manifest and for nothing else', () => {
    const files = readdirSync(GOLDEN).filter((name) => name.endsWith('.json'));
    const expected = [...MANIFEST.models.map(({ id }) => id), ...OTHERS].map((name) => `${name}.json`);
    assert.deepEqual(files.sort(), expected.sort());
  });

  it('are told from numbers that are off by more than the tolerance', () => {
    const [a, b] = [Float32Array.of(1, Infinity, 2), Float32Array.of(1, Infinity, 2.001)];
    assert.equal(largestDifference(a, a), 0);
    assert.ok(largestDifference(a, b) > TOLERANCE);
    assert.equal(largestDifference(a, Float32Array.of(1, 2, 2)), Infinity);
    assert.equal(largestDifference(a, Float32Array.of(1, Infinity, NaN)), Infinity);
    assert.equal(largestDifference(a, Float32Array.of(1, Infinity)), Infinity);
  });
});

describe('the tokenizer of the translator', () => {
  it('agrees with the one used in training on every held-out sentence', () => {
    const json = JSON.parse(readFileSync(join(MODELS, 'translator-tokenizer.json'), 'utf8')) as object;
    const tokenizer = new Tokenizer(json, {});
    const rows = golden<[string, number[], string][]>('tokenizer');
    assert.ok(rows.length > 4000);
    for (const [sentence, ids, decoded] of rows) {
      assert.deepEqual(tokenizer.encode(sentence).ids, ids, sentence);
      const text = tokenizer.decode(ids, { skip_special_tokens: true, clean_up_tokenization_spaces: false });
      assert.equal(text, decoded);
    }
  });
});

describe('greedy decoding', function () {
  this.timeout(60_000);

  it('translates held-out sentences as PyTorch does', async () => {
    const translator = new Translator(bundledModels(), clock);
    const pairs = golden<[string, string][]>('translations');
    const different: string[] = [];
    for (const [sentence, expected] of pairs) {
      const { text } = await translator.translate({ sentence, beams: 1 });
      if (text !== expected) different.push(`${sentence}: "${text}" instead of "${expected}"`);
    }
    // Two tokens may be so nearly equal that the last bit decides: one sentence in a hundred may differ.
    assert.ok(different.length <= pairs.length / 100, different.join('\n'));
  });
});
