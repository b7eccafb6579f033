import assert from 'node:assert/strict';
import fc from 'fast-check';
import { statedCosts, type FormulaContext } from '../../../../src/core/check/formulas/checkFormulas';
import { ON_ATTENTION, type CostAnswer } from './attentionAnswers';
import { texLike } from './texLike';
import { ON_VARIANT } from './variantAnswers';

const tex = String.raw;
const SYMBOLS = { Q: ['n', 'd'], K: ['n', 'd'], V: ['n', 'd'] };
/** From here on, a reader would be told. */
const SURE = 0.5;

const context = (...rates: string[]): FormulaContext => ({
  symbols: SYMBOLS,
  costs: rates.map((growth) => ({ claim: growth, growth })),
});

function checkAnswer({ text, result }: CostAnswer, expected: string, other: string): void {
  const stated = statedCosts({ text }, context(result ?? expected, other));
  if (result === null) {
    for (const { confidence } of stated) assert.ok(confidence <= SURE, `taken for a result with ${confidence}`);
    return;
  }
  const [own, foreign] = stated;
  assert.equal(own?.stance, 'asserts');
  assert.ok(own.confidence >= SURE, `its result is taken for one with ${own.confidence}`);
  if (result !== other) assert.equal(foreign?.stance, 'denies');
  for (const { start, end } of own.spans) assert.match(text.slice(start, end), /[nNTLd²^]|linear|quadratic/i);
  assert.ok(own.spans.length > 0);
}

describe('formula costs that an answer states', () => {
  for (const answer of ON_ATTENTION) {
    it(`on attention: ${answer.text.replace(/\s+/g, ' ')}`, () => checkAnswer(answer, 'n^2 d', 'n^4 d'));
  }
  for (const answer of ON_VARIANT) {
    it(`on the variant: ${answer.text.replace(/\s+/g, ' ')}`, () => checkAnswer(answer, 'n d^2', 'n^4 d'));
  }

  it('are those of the end, not of the steps', () => {
    const text = tex`First $O(n^2 d)$, then $O(n^2)$. Altogether $\Theta(n^2 d)$.`;
    const [stated] = statedCosts({ text }, context('n^2 d'));
    assert.deepEqual(
      stated?.spans.map(({ start, end }) => text.slice(start, end)),
      [tex`$\Theta(n^2 d)$`],
    );
  });

  it('deny a claim of another rate', () => {
    const [stated] = statedCosts({ text: 'In total this costs $O(nd)$.' }, context('n d^2'));
    assert.equal(stated?.stance, 'denies');
    assert.ok(stated.confidence > 0.8);
  });

  it('are less sure where letters are guessed, and surer where they are declared', () => {
    const confidence = (text: string): number => statedCosts({ text }, context('n^2 d'))[0]?.confidence ?? 0;
    const [guessed, variant, declared] = [
      'The total is $O(L^2 E)$.',
      'The total is $O(N^2 d)$.',
      'Let $L$ be the sequence length and $E$ the embedding size. The total is $O(L^2 E)$.',
    ].map(confidence);
    assert.ok(guessed !== undefined && variant !== undefined && declared !== undefined);
    assert.ok(0 < guessed && guessed <= SURE);
    assert.ok(guessed < variant && variant < declared);
  });

  it('are not read from the memory that it takes, from questions of others or from what it is not', () => {
    for (const text of [
      'It needs $O(n^2)$ memory.',
      'The score matrix takes $O(n^2)$ space.',
      '> It costs $O(n^2 d)$.',
      'Somebody wrote "it costs $O(n^2 d)$".',
      'It is not $O(n^2 d)$.',
      'It is faster than $O(n^2 d)$.',
      'It needs less than the original $O(n^2 d)$.',
      '`for i in range(n): f(i, d)`',
      '```\nO(n^2 d)\n```',
      'I have no idea.',
      '',
    ]) {
      assert.deepEqual(statedCosts({ text }, context('n^2 d')), [], text);
    }
  });

  it('say nothing without a claim', () => {
    assert.deepEqual(statedCosts({ text: '$O(n^2 d)$' }, context()), []);
    assert.deepEqual(statedCosts({ text: '$O(n^2 d)$' }, context('2^n')), []);
  });

  it('never throw, and lie within the answer', () => {
    fc.assert(
      fc.property(texLike, (text) => {
        for (const { confidence, spans } of statedCosts({ text }, context('n^2 d', 'n d^2'))) {
          assert.ok(confidence >= 0 && confidence <= 1);
          for (const { start, end } of spans) assert.ok(0 <= start && start < end && end <= text.length);
        }
      }),
      { numRuns: 250 },
    );
  });
});
