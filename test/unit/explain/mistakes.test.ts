import assert from 'node:assert/strict';
import { explainScript } from '../../../src/core/explain/explainFile';

const TORCH = 'import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\nimport torch.optim as optim\n';

function mistakes(code: string): [string, string][] {
  return explainScript('a.py', TORCH + code).items.flatMap(({ symbol, mistake }) =>
    mistake === null ? [] : [[symbol, mistake]],
  );
}

const loop = (...lines: readonly string[]): string =>
  `model = nn.Linear(2, 3)\nopt = optim.SGD(model.parameters(), lr=0.1)\nfor x, y in loader:\n${lines.map((l) => `    ${l}`).join('\n')}\n`;

describe('mistakes that are certain', () => {
  const wrong: readonly (readonly [string, readonly string[], RegExp])[] = [
    [
      'F.cross_entropy(F.softmax(x, dim=1), y)',
      ['torch.nn.functional.cross_entropy', 'torch.nn.functional.softmax'],
      /softmax twice/,
    ],
    [
      'model = nn.Sequential(nn.Linear(2, 3), nn.Softmax(dim=1))\nloss = nn.CrossEntropyLoss()(model(x), y)',
      ['torch.nn.Softmax', 'torch.nn.CrossEntropyLoss'],
      /softmax twice/,
    ],
    [
      'class M(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.a = nn.Linear(2, 3)\n    def forward(self, x):\n        return F.softmax(self.a(x), dim=1)\nnet = M()\nloss = F.cross_entropy(net(x), y)',
      ['torch.nn.functional.softmax', 'torch.nn.functional.cross_entropy'],
      /softmax twice/,
    ],
    [
      'class M(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.a = nn.Linear(2, 3)\n        self.loss = nn.CrossEntropyLoss()\n    def step(self, x, y):\n        p = torch.softmax(self.a(x), -1)\n        return self.loss(p, y)',
      ['torch.nn.CrossEntropyLoss', 'torch.softmax'],
      /softmax twice/,
    ],
    [
      'F.cross_entropy(F.log_softmax(x, dim=1), y)',
      ['torch.nn.functional.cross_entropy', 'torch.nn.functional.log_softmax'],
      /changes nothing/,
    ],
    ['F.nll_loss(torch.softmax(x, 1), y)', ['torch.nn.functional.nll_loss', 'torch.softmax'], /log-probabilities/],
    ['F.softmax(x)', ['torch.nn.functional.softmax'], /dim/],
    ['nn.Softmax()', ['torch.nn.Softmax'], /dim/],
    ['F.cross_entropy(x, y, reduction="none").backward()', ['torch.Tensor.backward'], /scalar/],
    ['c = nn.MSELoss(reduction="none")\nl = c(x, y)\nl.backward()', ['torch.Tensor.backward'], /scalar/],
    [loop('loss = F.mse_loss(model(x), y)', 'loss.backward()', 'opt.step()'), ['torch.Tensor.backward'], /zero_grad/],
    [
      'def train(model, loader, optimizer):\n    for e in range(9):\n        for x, y in loader:\n            loss = F.mse_loss(model(x), y)\n            loss.backward()\n            optimizer.step()',
      ['torch.Tensor.backward'],
      /zero_grad/,
    ],
  ];
  for (const [code, symbols, message] of wrong) {
    it(JSON.stringify(code), () => {
      const found = mistakes(code);
      assert.deepEqual(found.map(([symbol]) => symbol).toSorted(), [...symbols].toSorted());
      for (const [, text] of found) assert.match(text, message);
    });
  }
});

describe('what is right, or not certain, is no mistake', () => {
  const right: readonly string[] = [
    'F.cross_entropy(model(x), y)',
    'F.nll_loss(F.log_softmax(x, dim=1), y)',
    'p = F.softmax(x, dim=1)\nloss = F.cross_entropy(x, y)',
    'F.softmax(x, 1)',
    'F.softmax(x, **options)',
    'F.softmax(x, dim=d)',
    'F.cross_entropy(x, y, reduction="none").mean().backward()',
    'F.cross_entropy(x, y, reduction="none").backward(gradient=w)',
    'F.cross_entropy(x, y, reduction=r).backward()',
    loop('opt.zero_grad()', 'loss = F.mse_loss(model(x), y)', 'loss.backward()', 'opt.step()'),
    loop('loss = F.mse_loss(model(x), y)', 'loss.backward()', 'opt.step()', 'opt.zero_grad()'),
    loop('loss = F.mse_loss(model(x), y)', 'loss.backward()', 'opt.step()', 'model.zero_grad()'),
    loop('for p in model.parameters(): p.grad = None', 'F.mse_loss(model(x), y).backward()', 'opt.step()'),
    loop('clear(opt)', 'F.mse_loss(model(x), y).backward()', 'opt.step()'),
    loop('F.mse_loss(model(x), y).backward()', 'scheduler.step()'),
    `def reset():\n    opt.zero_grad()\n${loop('reset()', 'F.mse_loss(model(x), y).backward()', 'opt.step()')}`,
    'loss.backward()\nopt.step()',
    'out = F.softmax(x, dim=1)\nif flag:\n    out = x\nF.cross_entropy(out, y)',
  ];
  for (const code of right) it(JSON.stringify(code), () => assert.deepEqual(mistakes(code), []));
});
