import assert from 'node:assert/strict';
import fc from 'fast-check';
import { NotebookPlaces } from '../../../src/core/notebookPlaces';

const notebook = (cells: readonly (string | string[])[]): string =>
  JSON.stringify(
    { nbformat: 4, metadata: {}, cells: cells.map((source) => ({ cell_type: 'markdown', source })) },
    null,
    1,
  );

/** A word of a notebook in its JSON text. */
function placed(json: string, word: string) {
  const start = json.indexOf(word);
  assert.ok(start >= 0);
  return new NotebookPlaces('n.ipynb', json).placeOf({ start, end: start + word.length });
}

describe('places in notebooks', () => {
  it('are in the cell that holds the words, at their offset in its source', () => {
    const place = placed(notebook(['# Title', ['First line.\n', 'The answer.']]), 'answer');
    assert.deepEqual(place, { cell: 1, text: 'First line.\nThe answer.', span: { start: 16, end: 22 } });
  });

  it('count an escape for the one character that it stands for', () => {
    const place = placed(
      notebook([['"Quoted" \\alpha\n', 'd\u00e9j\u00e0 "vu" word']]).replaceAll('é', '\\u00e9'),
      'word',
    );
    assert.equal(place?.text.slice(place.span.start, place.span.end), 'word');
  });

  it('end with their cell', () => {
    const json = notebook(['One word', 'Two words']);
    const places = new NotebookPlaces('n.ipynb', json);
    const found = places.placeOf({ start: json.indexOf('word'), end: json.length - 1 });
    assert.deepEqual(found, { cell: 0, text: 'One word', span: { start: 4, end: 8 } });
  });

  it('are none outside the cells', () => {
    assert.equal(placed(notebook(['One']), 'nbformat'), null);
  });

  it('lead from every string of every cell back to its text', () => {
    const cells = fc.array(fc.array(fc.string({ unit: 'binary' }), { maxLength: 4 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(cells, (sources) => {
        const marked = sources.map((lines, cell) => [...lines, `<<${cell}>>`]);
        const json = notebook(marked);
        marked.forEach((lines, cell) => {
          const place = placed(json, `<<${cell}>>`);
          // A random text may hold the mark of another cell.
          if (sources.flat().some((line) => line.includes('<<'))) return;
          assert.equal(place?.cell, cell);
          assert.equal(place?.text, lines.join(''));
          assert.equal(place?.text.slice(place.span.start, place.span.end), `<<${cell}>>`);
        });
      }),
    );
  });
});
