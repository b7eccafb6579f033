import assert from 'node:assert/strict';
import { explainScript } from '../../../src/core/explain/explainFile';
import type { Explanation } from '../../../src/core/explain/explanation';

const TORCH = 'import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n';

const items = (code: string): readonly Explanation[] => explainScript('a.py', code).items;
const symbols = (code: string): string[] => items(code).map(({ symbol }) => symbol);
const parameters = (code: string): (number | null)[] => items(TORCH + code).map((item) => item.parameters);

describe('names are resolved as Python resolves them', () => {
  const spellings: readonly (readonly [string, string])[] = [
    ['import torch\ntorch.nn.Linear(2, 3)', 'torch.nn.Linear'],
    ['import torch as t\nt.nn.Linear(2, 3)', 'torch.nn.Linear'],
    ['import torch.nn as nn\nnn.Linear(2, 3)', 'torch.nn.Linear'],
    ['from torch import nn\nnn.Linear(2, 3)', 'torch.nn.Linear'],
    ['from torch import nn as n\nn.Linear(2, 3)', 'torch.nn.Linear'],
    ['from torch.nn import Linear as L\nL(2, 3)', 'torch.nn.Linear'],
    ['from torch.nn import (\n  Linear,\n  ReLU,\n)\nLinear(2, 3)', 'torch.nn.Linear'],
    ['from torch.nn import *\nLinear(2, 3)', 'torch.nn.Linear'],
    ['from torch.nn.modules.linear import Linear\nLinear(2, 3)', 'torch.nn.Linear'],
    ['import torch.nn.functional as F\nF.softmax(x, dim=1)', 'torch.nn.functional.softmax'],
    ['from torch.nn.functional import softmax\nsoftmax(x, dim=1)', 'torch.nn.functional.softmax'],
    ['import torch\nx.softmax(-1)', 'torch.Tensor.softmax'],
    ['import torch.optim as optim\noptim.Adam(p)', 'torch.optim.Adam'],
    ['from torch.optim import RMSprop\nRMSprop(p)', 'torch.optim.RMSprop'],
    ['from torch import nn\nlayer = nn.Linear\nlayer(2, 3)', 'torch.nn.Linear'],
    ['def f():\n    from torch import nn\n    return nn.Linear(2, 3)', 'torch.nn.Linear'],
    ['from torch import nn\nif x:\n    pass\nelse:\n    while y: nn.Linear(2, 3)', 'torch.nn.Linear'],
    ['from torch import nn\nmodel = f(g([nn.Linear(2, 3)]))', 'torch.nn.Linear'],
    ['from torch import nn\n@decorate(nn.Linear(2, 3))\ndef f(): pass', 'torch.nn.Linear'],
    ['from torch import nn\ndef f(x=nn.Linear(2, 3)): pass', 'torch.nn.Linear'],
    ['from torch import nn\nf = lambda: nn.Linear(2, 3)', 'torch.nn.Linear'],
  ];
  for (const [code, symbol] of spellings) it(JSON.stringify(code), () => assert.deepEqual(symbols(code), [symbol]));

  const silent: readonly string[] = [
    'nn.Linear(2, 3)',
    'from flax import linen as nn\nnn.Linear(2, 3)',
    'from torch import nn\nnn = 3\nnn.Linear(2, 3)',
    'from torch import nn\ndef f(nn):\n    return nn.Linear(2, 3)',
    'from torch import nn\ndef f():\n    nn = g()\n    return nn.Linear(2, 3)',
    'from torch import nn\ndef f():\n    return nn.Linear(2, 3)\nnn = g()',
    'from torch.nn import Linear\nclass Linear: pass\nLinear(2, 3)',
    'from torch.nn import Linear\ndef Linear(a, b): pass\nLinear(2, 3)',
    'from torch import nn\n[nn.Linear(2, 3) for nn in x]',
    'from torch import nn\nfor nn in x: nn.Linear(2, 3)',
    'try:\n    from torch import nn\nexcept ImportError:\n    nn = None\nnn.Linear(2, 3)',
    'import numpy as np\nx.softmax(-1)\nloss.backward()',
    'import torch\nclass A:\n    def backward(self): pass\nA().backward()',
    'import torch\ndef softmax(x): return x\nsoftmax(x)',
    'from torch import nn\n"nn.Linear(2, 3)"  # nn.Linear(2, 3)',
    'from torch import nn\nnn.Linear',
  ];
  for (const code of silent) it(`says nothing: ${JSON.stringify(code)}`, () => assert.deepEqual(symbols(code), []));
});

describe('parameters are counted when all arguments that matter are literal', () => {
  const counted: readonly (readonly [string, number | null])[] = [
    ['d = 8\nnn.Linear(d, 2 * d)', 144],
    ['d = 8\nd = 9\nnn.Linear(d, 1)', null],
    ['d = 8\nnn.Linear(d, 1)\nd += 1', null],
    ['d = 8\ndef f():\n    global d\n    d = 9\nnn.Linear(d, 1)', null],
    ['d = input()\nnn.Linear(d, 1)', null],
    ['nn.Linear(3, n)', null],
    ['nn.Linear(3)', null],
    ['nn.Linear(3, 4, 5, 6, 7, 8)', null],
    ['nn.Linear(3, 4, colour=1)', null],
    ['nn.Linear(3, 4, in_features=3)', null],
    ['nn.Linear(3.0, 4)', null],
    ['nn.Linear(3 / 1, 4)', null],
    ['nn.Linear(-3, 4)', null],
    ['nn.Linear(*sizes)', null],
    ['nn.Linear(3, 4, **options)', null],
    ['sizes = (3, 4)\nnn.Linear(*sizes)', 16],
    ['options = dict(bias=False)\nnn.Linear(3, 4, **options)', 12],
    ['nn.Linear(3, 4, bias=flag)', null],
    ['nn.Conv2d(3, 4, 3, groups=2)', null],
    ['nn.MultiheadAttention(10, 3)', null],
    ['class C:\n    d = 5\n    def f(self):\n        return nn.Linear(self.d, 1)', 6],
    ['def f(d=5):\n    return nn.Linear(d, 1)', 6],
    ['def f(d):\n    return nn.Linear(d, 1)', null],
    ['for i in range(3):\n    nn.Linear(i + 1, 1)', null],
    ['for i in range(3):\n    nn.Linear(4, 1)', 5],
    ['nn.LayerNorm((1., 2.))', null],
  ];
  for (const [code, expected] of counted) {
    it(`${JSON.stringify(code)} has ${expected}`, () => assert.deepEqual(parameters(code), [expected]));
  }

  it('says how the count comes about', () => {
    const [item] = items(`${TORCH}nn.Conv2d(32, 64, 3)`);
    assert.equal(item?.parametersFormula, '64·32·3·3 + 64');
    assert.deepEqual([item.inputShape, item.outputShape], ['(N, 32, H, W)', '(N, 64, H − 2, W − 2)']);
    assert.ok(item.cost);
  });

  it('gives ranges of the whole call', () => {
    const [item] = items('from torch import nn\nx = [\n  nn.Linear(2,\n    3)]');
    assert.deepEqual(item?.range, { start: { line: 2, character: 2 }, end: { line: 3, character: 6 } });
    assert.equal(item.cell, null);
  });
});

describe('classes and builders say what they could not resolve', () => {
  const classOf = (body: string, parameters = 'self'): unknown => {
    const code = `${TORCH}class M(nn.Module):\n    def __init__(${parameters}):\n        super().__init__()\n${body}`;
    const [{ parameters: count, exact, unresolved } = {}] = explainScript('a.py', code).classes;
    return [count, exact, unresolved];
  };

  it('an unknown size', () => {
    assert.deepEqual(
      classOf('        self.n = n\n        self.a = nn.Linear(n, 3)\n        self.b = nn.Linear(2, 3)', 'self, n'),
      [9, false, ['nn.Linear(n, 3)']],
    );
  });
  it('a module of another library', () => {
    assert.deepEqual(classOf('        self.a = resnet18()\n        self.b = nn.Linear(2, 3)'), [
      9,
      false,
      ['resnet18()'],
    ]);
  });
  it('a layer that is there under an unknown condition', () => {
    assert.deepEqual(classOf('        if flag:\n            self.a = nn.Linear(2, 3)'), [
      0,
      false,
      ['nn.Linear(2, 3)'],
    ]);
  });
  it('a list that grows in an unknown loop', () => {
    const [count, exact] = classOf(
      '        layers = []\n        for n in sizes:\n            layers.append(nn.Linear(2, 3))\n        self.a = nn.Sequential(*layers)',
    ) as [number, boolean];
    assert.deepEqual([count, exact], [0, false]);
  });
  it('a loop that is far too long', () => {
    const [, exact] = classOf('        self.a = nn.ModuleList([nn.Linear(2, 3) for i in range(10 ** 9)])') as [
      number,
      boolean,
    ];
    assert.equal(exact, false);
  });
  it('what is no module is no matter', () => {
    assert.deepEqual(
      classOf('        self.name = "x"\n        self.t = torch.zeros(3)\n        self.a = nn.Linear(2, 3)'),
      [9, true, []],
    );
  });
  it('layers in a plain list are not registered', () => {
    assert.deepEqual(classOf('        self.a = [nn.Linear(2, 3)]'), [0, true, []]);
  });
  it('classes that are no modules are left out', () => {
    assert.deepEqual(explainScript('a.py', `${TORCH}class A:\n    pass\ndef f(): return 3\n`).classes, []);
  });
  it('a function that returns one of two modules is not exact', () => {
    const code = `${TORCH}def f(big):\n    if big:\n        return nn.Linear(9, 9)\n    return nn.Linear(2, 3)\n`;
    const [builder] = explainScript('a.py', code).builders;
    assert.deepEqual([builder?.name, builder?.exact], ['f', false]);
  });
});

describe('optimizers tell how long they remember', () => {
  // ln 0.5 / ln β, by hand: 0.9 → 6.58, 0.999 → 692.8, 0.99 → 68.97, 0.5 → 1.
  const summaries: readonly (readonly [string, readonly string[]])[] = [
    ['torch.optim.Adam(p)', ['6.6 steps', '693 steps']],
    ['torch.optim.AdamW(p, betas=(0.5, 0.99))', ['1.0 steps', '69.0 steps']],
    ['torch.optim.RMSprop(p)', ['69.0 steps']],
    ['torch.optim.RMSprop(p, alpha=0.9)', ['6.6 steps']],
  ];
  for (const [code, parts] of summaries) {
    it(code, () => {
      const summary = items(TORCH + code)[0]?.summary ?? '';
      for (const part of parts) assert.ok(summary.includes(part), summary);
    });
  }
  it('and say nothing when betas are not known', () => {
    assert.ok(!(items(`${TORCH}torch.optim.Adam(p, betas=b)`)[0]?.summary ?? '').includes('steps ('));
  });
});
