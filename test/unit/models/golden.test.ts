import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { Translator } from '../../../src/core/models/translator';
import { clock } from '../../../src/platform/clock';
import { bundledModels, golden, largestDifference, MODELS, tensor, type GoldenTensor } from './bundled';

interface Case {
  inputs: Record<string, GoldenTensor>;
  outputs: Record<string, GoldenTensor>;
}

const IDS = ['ae-decoder', 'ae-encoder', 'vae-decoder', 'vae-encoder', 'translator-encoder', 'translator-decoder'];

for (const runtime of ['native', 'wasm'] as const) {
  describe(`golden vectors from training, ${runtime} runtime`, function () {
    this.timeout(60_000);
    const models = bundledModels(runtime);
    for (const id of IDS) {
      it(`${id} gives what PyTorch gave, within 1e-4`, async () => {
        const session = await models.session(id);
        for (const { inputs, outputs } of golden<Case[]>(id)) {
          const feeds = Object.entries(inputs).map(([name, value]) => [name, tensor(value)]);
          const results = await session.run(Object.fromEntries(feeds));
          for (const [name, expected] of Object.entries(outputs)) {
            const result = results[name];
            assert.ok(result?.type === 'float32', name);
            assert.deepEqual(result.dims, expected.dims, name);
            const difference = largestDifference(result.data, tensor(expected).data as Float32Array);
            assert.ok(difference <= 1e-4, `${name} differs by ${difference}`);
          }
        }
      });
    }
  });
}

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
