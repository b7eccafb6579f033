import assert from 'node:assert/strict';
import { explainNotebook } from '../../../src/core/explain/explainFile';
import { Problem } from '../../../src/core/problem';

interface Cell {
  readonly type?: string;
  readonly source: string | readonly string[];
}

const notebook = (cells: readonly Cell[], metadata: unknown = {}): string =>
  JSON.stringify({
    nbformat: 4,
    metadata,
    cells: cells.map(({ type = 'code', source }) => ({ cell_type: type, metadata: {}, source })),
  });

const found = (json: string): unknown[] =>
  explainNotebook('a.ipynb', json).items.map(({ cell, symbol, parameters, range }) => [
    cell,
    symbol,
    parameters,
    range.start,
  ]);

describe('notebooks', () => {
  it('share names between cells and count all cells', () => {
    const json = notebook([
      { type: 'markdown', source: ['# nn.Linear(2, 3)\n'] },
      { source: ['import torch.nn as nn\n', 'd = 4'] },
      { source: 'x = 1\nnn.Linear(d, 2)' },
    ]);
    assert.deepEqual(found(json), [[2, 'torch.nn.Linear', 10, { line: 1, character: 0 }]]);
  });
  it('keep a cell with an open bracket from swallowing the next', () => {
    const json = notebook([{ source: 'from torch import nn\nprint((1,' }, { source: 'nn.Linear(1, 2)' }]);
    assert.deepEqual(found(json), [[1, 'torch.nn.Linear', 4, { line: 0, character: 0 }]]);
  });
  it('skip magics, shell lines and help, but read on', () => {
    const json = notebook([
      {
        source:
          '%matplotlib inline\n!pip install (torch\nnn?\nfrom torch import nn\nfor i in x:\n    %time\n    !ls\n    nn.Linear(1, 2)',
      },
      { source: '%%bash\nnn.Linear(3, 4)' },
      { source: '%%time\nnn.Linear(3, 4)' },
    ]);
    assert.deepEqual(found(json), [
      [0, 'torch.nn.Linear', 4, { line: 7, character: 4 }],
      [2, 'torch.nn.Linear', 16, { line: 1, character: 0 }],
    ]);
  });
  it('say nothing of other languages', () => {
    const cells = [{ source: 'from torch import nn\nnn.Linear(1, 2)' }];
    assert.deepEqual(found(notebook(cells, { language_info: { name: 'julia' } })), []);
    assert.equal(found(notebook(cells, { kernelspec: { language: 'python' } })).length, 1);
  });
  it('find a class in its cell', () => {
    const json = notebook([{ source: 'from torch import nn' }, { source: '\nclass A(nn.Module):\n    pass' }]);
    const [summary] = explainNotebook('a.ipynb', json).classes;
    assert.deepEqual([summary?.name, summary?.cell, summary?.range.start.line], ['A', 1, 1]);
  });

  const bad: readonly (readonly [string, string])[] = [
    ['', 'notebook.json'],
    ['{"cells": [', 'notebook.json'],
    ['[]', 'notebook.format'],
    ['null', 'notebook.format'],
    ['{"metadata": {}}', 'notebook.format'],
    ['{"cells": [3]}', 'notebook.format'],
    ['{"cells": [{"cell_type": "code"}]}', 'notebook.format'],
    ['{"cells": [{"cell_type": "code", "source": [1]}]}', 'notebook.format'],
  ];
  for (const [json, code] of bad) {
    it(`${JSON.stringify(json)} is a problem that names the file`, () => {
      assert.throws(
        () => explainNotebook('bad.ipynb', json),
        (thrown) => thrown instanceof Problem && thrown.code === code && thrown.message.includes('bad.ipynb'),
      );
    });
  }
});
