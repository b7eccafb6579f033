import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { explainScript } from '../../../src/core/explain/explainFile';
import { ExplanationDocument } from '../../../src/core/explain/explanationDocument';
import { maskSource } from '../../../src/core/explain/python/maskedSource';

const FRAGMENTS = [
  ...[
    'nn.Linear(',
    '3',
    ', ',
    '4',
    ')',
    '\n',
    '\n    ',
    'class A(nn.Module):\n',
    '    def __init__(self, d=3):\n',
    '        super().__init__()\n',
  ],
  ...[
    '        self.a = nn.Linear(d, d)\n',
    'def f(x):\n',
    '    return ',
    'x @ x.T',
    '[',
    ']',
    '{',
    '}',
    '*',
    '**',
    '=',
    'for i in ',
    'range(9):',
    ':',
  ],
  ...[
    'lambda x: ',
    'if ',
    'else:\n',
    'import torch.nn as nn\n',
    'from torch import *\n',
    'f"{x!r:>{w}}"',
    '"""',
    "'",
    '#',
    '\\\n',
    '1.',
    '1.e5',
    '%time\n',
    '!ls\n',
  ],
  ...[
    'while True:\n',
    '    break\n',
    'global d\n',
    'try:\n',
    'except E as e:\n',
    'with a as b:\n',
    'yield ',
    'await ',
    'f(f)',
    'A()',
    'self',
    '.',
    '..',
    'é',
    '𝒙',
    '\0',
  ],
];

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 60 }).map((parts) => parts.join('')),
);

const modules = readFileSync('test/fixtures/explain/modules.py', 'utf8');

describe('any text', function () {
  this.timeout(60_000);

  it('is explained without throwing', () => {
    fc.assert(
      fc.property(text, (source) => {
        const { items } = explainScript('a.py', source);
        for (const { parameters } of items) assert.ok(parameters === null || Number.isSafeInteger(parameters));
      }),
      { numRuns: 400 },
    );
  });
  it('keeps its length when masked', () => {
    fc.assert(fc.property(text, (source) => maskSource(source).length === source.length));
  });
  it('however deep it is nested', () => {
    for (const open of ['(', '[', '{', 'f(', '-', 'not ', 'lambda: ', 'if x:\n ', 'a.', 'x + ']) {
      explainScript('a.py', `import torch\n${open.repeat(5_000)}`);
    }
    explainScript('a.py', 'import torch\n' + Array.from({ length: 900 }, (_, i) => `${' '.repeat(i)}if x:\n`).join(''));
  });
  it('however long it would run', () => {
    const head = 'from torch import nn\n';
    explainScript('a.py', `${head}def f(x):\n    return f(f(x))\nf(1)\n`);
    explainScript(
      'a.py',
      `${head}class A(nn.Module):\n    def __init__(self):\n        self.a = A()\n        self.b = A()\n`,
    );
    explainScript(
      'a.py',
      `${head}${['', '    ', '        ', '            '].map((i) => `${i}for a in range(1000):\n`).join('')}                x = [nn.Linear(1, 1)] * 1000\n`,
    );
    explainScript('a.py', `${head}x = [1]\n${'x = x + x\n'.repeat(100)}${'y = "a" * 10 ** 9\nx = 9 ** 9 ** 9\n'}`);
    explainScript('a.py', `${head}x = "a"\n${'x = x + x\n'.repeat(100)}`);
    explainScript('a.py', `class A(A): pass\nclass B(C): pass\nclass C(B): pass\nA().f()\nC().f()`);
  });
});

describe('masking', () => {
  const masked: readonly (readonly [string, string])[] = [
    ['x = 1.', 'x = 10'],
    ['x = 1. + 2.5', 'x = 10 + 2.5'],
    ['x = 1.e-5', 'x = 10e-5'],
    ['f(1.,)', 'f(10,)'],
    ['x1.y', 'x1.y'],
    ['x[1].y', 'x[1].y'],
    ['"1."', '"1."'],
    ['# 1.', '# 1.'],
    ['%time x\ny', '       \ny'],
    ['x = (a\n% b)', 'x = (a\n% b)'],
    ['x = a \\\n% b', 'x = a \\\n% b'],
    ['"""\n%x\n"""', '"""\n%x\n"""'],
  ];
  for (const [source, expected] of masked) it(JSON.stringify(source), () => assert.equal(maskSource(source), expected));
});

describe('a document that changes', function () {
  this.timeout(60_000);

  it('says after any edits, when the syntax is right again, what a fresh one says', () => {
    const edit = fc.record({ at: fc.nat(modules.length), length: fc.nat(400), by: fc.constantFrom(...FRAGMENTS, '') });
    const lines = modules.split('\n');
    const tops = lines.flatMap((line, i) => (line.startsWith('class ') || line.startsWith('def ') ? [i] : []));
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 5 }), fc.constantFrom(...tops), fc.boolean(), (edits, top, remove) => {
        let source = modules;
        const document = new ExplanationDocument([{ cell: null, text: source }]);
        document.advance(() => true);
        for (const { at, length, by } of edits) {
          source = source.slice(0, at) + by + source.slice(at + length);
          document.update([{ cell: null, text: source }]);
          document.advance(() => at % 2 === 0);
        }
        const next = tops[tops.indexOf(top) + 1] ?? lines.length;
        const final = remove
          ? lines.toSpliced(top, next - top)
          : lines.toSpliced(top, 0, 'LAYER = nn.Linear(1, 1.)', '');
        document.update([{ cell: null, text: final.join('\n') }]);
        document.advance(() => false);
        assert.deepEqual(document.explainAll('a.py'), explainScript('a.py', final.join('\n')));
      }),
      { numRuns: 25 },
    );
  });

  it('works in slices and says nothing before it is done', () => {
    const document = new ExplanationDocument([{ cell: null, text: modules }]);
    let slices = 1;
    while (!document.advance(() => true)) {
      slices++;
      assert.equal(document.explainAt(0, modules.indexOf('nn.Linear(784')), null);
    }
    assert.ok(slices > 100, String(slices));
    const at = document.explainAt(0, modules.indexOf('nn.Linear(784') + 3);
    assert.equal(at?.explanation.parameters, 784 * 256 + 256);
    assert.equal(modules.slice(at.span.start, at.span.end), 'nn.Linear(784, 256)');
  });

  it('explains the innermost thing under the pointer, and attention at all its lines', () => {
    const source = 'import torch\ndef f(q, k, v):\n    s = q @ k.T / 8\n    w = s.softmax(-1)\n    return w @ v\n';
    const document = new ExplanationDocument([{ cell: null, text: source }]);
    document.advance(() => false);
    const symbolAt = (needle: string): string | undefined =>
      document.explainAt(0, source.indexOf(needle))?.explanation.symbol;
    assert.equal(symbolAt('@ k.T'), 'scaled-dot-product-attention');
    assert.equal(symbolAt('softmax'), 'torch.Tensor.softmax');
    assert.equal(symbolAt('@ v'), 'scaled-dot-product-attention');
    assert.equal(symbolAt('import'), undefined);
  });

  it('knows offsets by unit', () => {
    const units = ['from torch import nn', 'x = 3', 'nn.Linear(x, 4)'].map((code, cell) => ({ cell, text: code }));
    const document = new ExplanationDocument(units);
    document.advance(() => false);
    assert.equal(document.explainAt(2, 0)?.explanation.parameters, 16);
    assert.deepEqual(document.explainAt(2, 5)?.span, { start: 0, end: 15 });
    assert.equal(document.explainAt(1, 0), null);
  });
});

describe('templates', () => {
  it('are translated as whole sentences', () => {
    const seen = new Set<string>();
    const { items } = explainScript('a.py', 'import torch\ntorch.optim.Adam(p)', (template) => {
      seen.add(template);
      return template.toUpperCase().replaceAll(/\{(\w+)\}/g, (whole) => whole.toLowerCase());
    });
    assert.match(items[0]?.summary ?? '', /6\.6 STEPS/);
    assert.ok([...seen].every((template) => !/\d\.\d steps/.test(template)));
  });
});
