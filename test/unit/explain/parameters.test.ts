import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { explainNotebook, explainScript } from '../../../src/core/explain/explainFile';

interface Golden {
  readonly constructors: readonly { readonly text: string; readonly parameters: number }[];
  readonly shapes: readonly { readonly text: string; readonly size: readonly number[] }[];
  readonly classes: Readonly<Record<string, number>>;
  readonly builders: Readonly<Record<string, number>>;
}

const FIXTURES = 'test/fixtures/explain';
const golden = JSON.parse(readFileSync(`${FIXTURES}/parameters.json`, 'utf8')) as Golden;
const HEADER = 'import torch\nimport torch.nn as nn\nfrom collections import OrderedDict\n';

/** The value of a formula as it is written for people. */
function calculate(formula: string, letters: Readonly<Record<string, number>> = {}): number {
  const code = formula
    .replaceAll('·', '*')
    .replaceAll('²', '**2')
    .replaceAll('−', '-')
    .replaceAll('⌊', 'Math.floor(')
    .replaceAll('⌋', ')')
    .replaceAll(/(\d)([A-Z])/g, '$1*$2');
  return Function(...Object.keys(letters), `return ${code}`)(...Object.values(letters)) as number;
}

describe('parameter counts agree with PyTorch', () => {
  for (const { text, parameters } of golden.constructors) {
    it(text, () => {
      if (text.startsWith('nn.Parameter')) {
        const code = `${HEADER}class M(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.p = ${text}\n`;
        const [summary] = explainScript('a.py', code).classes;
        assert.deepEqual([summary?.parameters, summary?.exact], [parameters, true]);
        return;
      }
      const [item] = explainScript('a.py', `${HEADER}layer = ${text}\n`).items;
      const builders = explainScript('a.py', `${HEADER}def build():\n    return ${text}\n`).builders;
      assert.equal(builders[0]?.parameters, parameters);
      assert.equal(builders[0]?.exact, true);
      if (item === undefined) return;
      assert.equal(item.parameters, parameters);
      if (item.parametersFormula !== null) assert.equal(calculate(item.parametersFormula), parameters);
    });
  }

  const summaries = explainScript('modules.py', readFileSync(`${FIXTURES}/modules.py`, 'utf8'));

  for (const [kind, expected] of [
    ['classes', golden.classes],
    ['builders', golden.builders],
  ] as const) {
    it(`finds the ${kind} of modules.py and no others`, () => {
      assert.deepEqual(summaries[kind].map(({ name }) => name).toSorted(), Object.keys(expected).toSorted());
    });
    for (const [name, parameters] of Object.entries(expected)) {
      it(`${kind}: ${name}`, () => {
        const summary = summaries[kind].find((one) => one.name === name);
        assert.deepEqual(summary?.unresolved, []);
        assert.deepEqual([summary.parameters, summary.exact], [parameters, true]);
      });
    }
  }
});

describe('shapes agree with PyTorch', () => {
  for (const { text, size } of golden.shapes) {
    it(text, () => {
      const shape = explainScript('a.py', `${HEADER}${text}\n`).items[0]?.outputShape ?? '';
      const sizes = shape.slice('(N, '.length, -1).split(', ');
      assert.deepEqual(
        sizes.map((one) => calculate(one, { H: 17, W: 22 })),
        size,
      );
    });
  }
});

describe('the samples', () => {
  // Counted by PyTorch: sum(p.numel() for p in model.parameters()).
  const counted = { Encoder: 133952, Decoder: 86625, Autoencoder: 220577, classifier: 101770 };
  it('model.py has every class counted, and no mistake', () => {
    const { items, classes, builders } = explainScript('model.py', readFileSync('samples/model.py', 'utf8'));
    const sizes = [...classes, ...builders].map(({ name, parameters, exact }) => [name, exact ? parameters : null]);
    assert.deepEqual(Object.fromEntries(sizes), counted);
    assert.deepEqual(
      items.filter(({ mistake }) => mistake !== null),
      [],
    );
    const symbols = new Set(items.map(({ symbol }) => symbol));
    for (const symbol of ['kl-divergence', 'reparameterisation', 'torch.Tensor.backward'])
      assert.ok(symbols.has(symbol));
  });
  it('attention.ipynb has attention in both orders', () => {
    const { items, classes } = explainNotebook('attention.ipynb', readFileSync('samples/attention.ipynb', 'utf8'));
    assert.deepEqual(
      classes.map(({ name, parameters, exact }) => [name, parameters, exact]),
      [['Encoder', 1428992, true]],
    );
    const symbols = items.map(({ symbol }) => symbol);
    for (const symbol of ['scaled-dot-product-attention', 'linear-attention']) assert.ok(symbols.includes(symbol));
    assert.deepEqual(
      items.filter(({ mistake }) => mistake !== null),
      [],
    );
  });
});
