import assert from 'node:assert/strict';
import { Translator, type AttentionMaps } from '../../../src/core/models/translator';
import { clock } from '../../../src/platform/clock';
import { CancellationSource } from '../../../src/protocol/rpc';
import { bundledModels } from './bundled';

function assertRowsSumToOne(maps: AttentionMaps): void {
  for (const row of maps.flat(2)) {
    const sum = row.reduce((total, weight) => total + weight, 0);
    assert.ok(Math.abs(sum - 1) <= 1e-5, `a row sums to ${sum}`);
    assert.ok(row.every((weight) => weight >= 0));
  }
}

describe('the translator', function () {
  this.timeout(20_000);
  const translator = new Translator(bundledModels(), clock);

  for (const beams of [1, 4]) {
    it(`gives all maps of all layers and heads as distributions, ${beams} beams`, async () => {
      const { source, target, attention } = await translator.translate({ sentence: 'My brother has two cats.', beams });
      const shape = (maps: AttentionMaps): number[] => [
        maps.length,
        maps[0]!.length,
        maps[0]![0]!.length,
        maps[0]![0]![0]!.length,
      ];
      assert.deepEqual(shape(attention.encoder), [3, 4, source.length, source.length]);
      assert.deepEqual(shape(attention.decoder), [3, 4, target.length, target.length]);
      assert.deepEqual(shape(attention.cross), [3, 4, target.length, source.length]);
      Object.values(attention).forEach(assertRowsSumToOne);
      assert.equal(source.at(-1), '</s>');
      assert.equal(target.at(-1), '</s>');
    });
  }

  it('never looks ahead in the decoder', async () => {
    const { attention } = await translator.translate({ sentence: 'I am very tired today.', beams: 2 });
    for (const map of attention.decoder.flat()) {
      map.forEach((row, t) => assert.ok(row.slice(t + 1).every((weight) => weight === 0)));
    }
  });

  it('finds with more beams nothing less likely than greedily', async () => {
    for (const sentence of ['Where did you buy this?', 'She reads a book every evening.']) {
      const [greedy, beam] = [
        await translator.translate({ sentence, beams: 1 }),
        await translator.translate({ sentence, beams: 8 }),
      ];
      assert.ok(beam.logProbability >= greedy.logProbability - 1e-3 || beam.target.length !== greedy.target.length);
    }
  });

  const refused: [string, string, string][] = [
    ['an empty sentence', '  ', 'sentence.empty'],
    ['500 words', 'word '.repeat(500), 'sentence.too-long'],
    ['one word of a million letters', 'a'.repeat(1_000_000), 'sentence.too-long'],
    ['unknown characters', 'I like 日本 very much.', 'sentence.unknown-characters'],
  ];
  for (const [what, sentence, code] of refused) {
    it(`refuses ${what} with one clear message`, async () => {
      await assert.rejects(translator.translate({ sentence, beams: 1 }), { code });
    });
  }

  it('stops when cancelled', async () => {
    const source = new CancellationSource();
    source.cancel();
    await assert.rejects(translator.translate({ sentence: 'Good morning.', beams: 1 }, source), { code: 'cancelled' });
  });
});
