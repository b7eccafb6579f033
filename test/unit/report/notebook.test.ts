import assert from 'node:assert/strict';
import { Problem } from '../../../src/core/problem';
import { readReport } from '../../../src/core/report/readReport';
import { sourceSpan, textSpan } from '../../../src/core/report/sourceMap';
import { LineIndex } from '../../../src/core/text';

interface Cell {
  readonly cell_type: string;
  readonly source?: unknown;
}

const notebook = (cells: readonly Cell[], more: object = {}): string => JSON.stringify({ ...more, cells });

describe('a notebook', () => {
  it('maps every character to how it is written in JSON', () => {
    const json = String.raw`{"cells": [{"cell_type": "markdown", "source": ["7. (b) Say \"x\"\n", "\u00e9\ud83d\ude42 \\alpha"]}]}`;
    const [answer] = readReport('r.ipynb', json, ['7a', '7b']).parts;
    assert.ok(answer);
    assert.equal(answer.text, 'Say "x"\né🙂 \\alpha');
    const written = (words: string): string => {
      const start = answer.text.indexOf(words);
      const span = sourceSpan(answer, { start, end: start + words.length });
      assert.deepEqual(textSpan(answer, span), { start, end: start + words.length });
      return json.slice(span.start, span.end);
    };
    assert.equal(written('Say'), 'Say');
    assert.equal(written('"x"'), '\\"x\\"');
    assert.equal(written('\né'), '\\n", "\\u00e9');
    assert.equal(written('🙂'), '\\ud83d\\ude42');
    assert.equal(written('\\alpha'), '\\\\alpha');
    assert.equal(written('alpha'), 'alpha');
    assert.equal(
      json.slice(answer.span.start, answer.span.end),
      json.slice(json.indexOf('Say'), json.indexOf('"]}]}')),
    );
  });

  it('gives formulas with their place in the JSON text', () => {
    const json = notebook([{ cell_type: 'markdown', source: '7. (b) $\\alpha$' }]);
    const [formula] = readReport('r.ipynb', json, ['7a', '7b']).parts[0]?.formulas ?? [];
    assert.ok(formula);
    assert.equal(formula.latex, '\\alpha');
    const { start, end } = new LineIndex(json).spanOf(formula.range);
    assert.equal(json.slice(start, end), '$\\\\alpha$');
  });

  it('has its code in the answer in which it stands, and nothing of outputs and raw cells', () => {
    const json = notebook(
      [
        { cell_type: 'markdown', source: '## 7' },
        { cell_type: 'markdown', source: ['**(a)** See:'] },
        { cell_type: 'code', source: ['x <- 1\n', '# (b) no marker'] },
        { cell_type: 'raw', source: '(b) no answer' },
        { cell_type: 'code', source: '' },
        { cell_type: 'markdown', source: '**(b)** No.' },
      ],
      { metadata: { language_info: { name: 'R' } } },
    );
    assert.deepEqual(
      readReport('r.ipynb', json, ['7a', '7b']).parts.map(({ text }) => text),
      ['See:\n\n```r\nx <- 1\n# (b) no marker\n```', 'No.'],
    );
  });

  it('does not let one cell run into the next', () => {
    const cells = ['7. (a) Code:\n```\nx', '(b) No.\n\n$$\nx', '8. (a) Yes.'];
    const json = notebook(cells.map((source) => ({ cell_type: 'markdown', source })));
    assert.deepEqual(
      readReport('r.ipynb', json, ['7a', '7b', '8a', '8b']).parts.map(({ id }) => id),
      ['7a', '7b', '8a'],
    );
  });

  it('is read in older formats, and with a byte order mark', () => {
    const cells = [{ cell_type: 'markdown', source: '1. Yes.' }];
    for (const json of [JSON.stringify({ worksheets: [{ cells }] }), `\uFEFF${notebook(cells)}`]) {
      const [answer] = readReport('r.ipynb', json, ['1']).parts;
      assert.equal(answer && json.slice(answer.span.start, answer.span.end), 'Yes.');
    }
  });

  it('without answers is no report', () => {
    for (const json of [notebook([]), notebook([{ cell_type: 'code', source: '1. x' }])]) {
      assert.deepEqual(
        readReport('r.ipynb', json, ['1']).warnings.map(({ code }) => code),
        ['report.no-parts'],
      );
    }
  });

  const refused: readonly (readonly [json: string, code: string])[] = [
    ['', 'file.empty'],
    ['{"cells": [', 'notebook.json'],
    ['{"cells": [] // x\n}', 'notebook.json'],
    ['{"cells": [{"cell_type": "markdown", "source": "7. \\x"}]}', 'notebook.json'],
    ['1. Markdown', 'notebook.json'],
    ['[]', 'notebook.format'],
    ['"cells"', 'notebook.format'],
    ['{"metadata": {}}', 'notebook.format'],
    ['{"cells": {}}', 'notebook.format'],
    ['{"cells": [3]}', 'notebook.format'],
    ['{"cells": [{"cell_type": "markdown"}]}', 'notebook.format'],
    ['{"cells": [{"cell_type": "markdown", "source": [1]}]}', 'notebook.format'],
    [`{"cells": [], "x": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'notebook.format'],
  ];
  for (const [json, code] of refused) {
    it(`that is ${JSON.stringify(json.slice(0, 60))} is refused`, () => {
      assert.throws(
        () => readReport('bad.ipynb', json, ['1']),
        (thrown) => thrown instanceof Problem && thrown.code === code && thrown.data.file === 'bad.ipynb',
      );
    });
  }
});
