import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { explainScript } from '../../../src/core/explain/explainFile';

interface Golden {
  readonly constructors: readonly { readonly text: string; readonly parameters: number }[];
  readonly classes: Readonly<Record<string, number>>;
  readonly builders: Readonly<Record<string, number>>;
}

const FIXTURES = 'test/fixtures/explain';
const golden = JSON.parse(readFileSync(`${FIXTURES}/parameters.json`, 'utf8')) as Golden;
const HEADER = 'import torch\nimport torch.nn as nn\nfrom collections import OrderedDict\n';

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
      if (item !== undefined) assert.equal(item.parameters, parameters);
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
