import assert from 'node:assert/strict';
import { csvParseRows } from 'd3-dsv';
import fc from 'fast-check';
import { IN_ENGLISH, phrase, sayPhrase } from '../../../src/core/explain/phrase';
import { exactly, type Figure, type HeatMapFigure } from '../../../src/core/figure';
import { figureTable, type FigureTable, type TableCell } from '../../../src/core/figureTable';
import { figureCsv } from '../../../webview/shared/figures/figureCsv';
import { SOME_FIGURES } from './someFigures';

function said(cell: TableCell): string | number | null {
  return cell !== null && typeof cell === 'object' ? sayPhrase(cell, IN_ENGLISH) : cell;
}

function plain(figure: Figure): { columns: unknown[]; rows: unknown[][] } {
  const { columns, rows } = figureTable(figure);
  return { columns: columns.map(said), rows: rows.map((row) => row.map(said)) };
}

function heatMap(rows: number, columns: number): HeatMapFigure {
  const values = Array.from({ length: rows }, (_, r) => Array.from({ length: columns }, (_, c) => r + c));
  return { ...SOME_FIGURES.heatmap, rows: [], columns: [], values };
}

describe('the table of a figure', () => {
  it('has a row for each point of lines with intervals', () => {
    assert.deepEqual(plain(SOME_FIGURES.lines), {
      columns: ['Group', 'tokens n', 'milliseconds', 'Lower end', 'Upper end'],
      rows: [
        ['softmax(QKᵀ/√d)V', 256, 0.25, 0.2, 0.3],
        ['softmax(QKᵀ/√d)V', 512, 1.125, 1, 1.5],
        ['softmax(QKᵀ/√d)V', 1024, 4.5, null, null],
        ['counted', 256, 0.256, null, null],
        ['counted', 1024, 1.024, null, null],
      ],
    });
  });

  it('has a column for each of the lines over the same x', () => {
    const points = (factor: number) => [1, 2].map((x) => ({ x, ...exactly(factor * x) }));
    const series = [1, 10].map((factor) => ({ name: phrase(`times ${factor}`), points: points(factor) }));
    assert.deepEqual(plain({ ...SOME_FIGURES.lines, series }), {
      columns: ['tokens n', 'times 1', 'times 10'],
      rows: [
        [1, 1, 10],
        [2, 2, 20],
      ],
    });
  });

  it('has a row for each bar', () => {
    const { columns, rows } = plain(SOME_FIGURES.bars);
    assert.deepEqual(columns, ['Name', 'ratio of steps', 'Lower end', 'Upper end']);
    assert.deepEqual(rows.slice(1), [
      ['Adam', -0.875, -1.5, -0.25],
      ['nothing', 1e-7, null, null],
    ]);
  });

  it('has a row for each point of a scatter plot', () => {
    assert.deepEqual(plain(SOME_FIGURES.scatter).rows, [
      ['names', 0.5, 0.75],
      ['names', 1.25, 0.5],
      ['verbs', 2.5, 0.125],
    ]);
  });

  it('is the matrix itself', () => {
    assert.deepEqual(plain(SOME_FIGURES.matrix), {
      columns: ['', 'shape', 'numbers'],
      rows: [
        ['gradient', 'as the parameters', 2656],
        ['Jacobian', '16 × 2656', 42_496],
      ],
    });
  });

  it('counts the rows and columns of a heat map that have no names', () => {
    assert.deepEqual(plain(SOME_FIGURES.heatmap).columns, ['Row', 'a', 'red', 'car']);
    const { columns, rows } = plain(heatMap(2, 2));
    assert.deepEqual(
      [columns, ...rows],
      [
        ['Row', '1', '2'],
        [1, 0, 1],
        [2, 1, 2],
      ],
    );
  });

  it('sums up the rows of a heat map of more than 4,096 values', () => {
    assert.equal(plain(heatMap(64, 64)).columns.length, 65);
    const { columns, rows } = plain(heatMap(3, 1_501));
    assert.deepEqual(columns, ['Row', 'Least', 'Mean', 'Greatest']);
    assert.deepEqual(rows, [
      [1, 0, 750, 1500],
      [2, 1, 751, 1501],
      [3, 2, 752, 1502],
    ]);
  });

  it('counts pictures and tells how bright they are', () => {
    assert.deepEqual(plain(SOME_FIGURES.images).rows, [
      ['AE', 2, 68.75],
      ['VAE', 1, 101],
    ]);
  });

  it('has as many cells in each row as it has columns', () => {
    for (const figure of Object.values<Figure>(SOME_FIGURES)) {
      const { columns, rows } = figureTable(figure);
      assert.ok(rows.length > 0);
      for (const row of rows) assert.equal(row.length, columns.length, figure.kind);
    }
  });
});

describe('a figure as CSV', () => {
  it('quotes commas, quotation marks and line ends', () => {
    const table: FigureTable = {
      columns: [phrase('a,b'), phrase('say "x"')],
      rows: [
        ['two\nlines', 1.5],
        ['', null],
      ],
    };
    assert.equal(figureCsv(table, IN_ENGLISH), '"a,b","say ""x"""\r\n"two\nlines",1.5\r\n,\r\n');
  });

  it('translates phrases', () => {
    const csv = figureCsv(figureTable(SOME_FIGURES.matrix), (text) => (text === 'numbers' ? 'nombres' : text));
    assert.equal(csv.split('\r\n')[0], ',shape,nombres');
  });

  it('reads back as the table, every number unrounded', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 }).map((value) => value.replaceAll(/[{}]/g, ''));
    const cell = fc.oneof(
      text,
      fc.double({ noNaN: true }),
      fc.integer(),
      text.map((value) => phrase(value)),
    );
    const tables = fc.integer({ min: 2, max: 5 }).chain((width) => {
      const row = fc.array(cell, { minLength: width, maxLength: width });
      const columns = fc.array(
        text.map((value) => phrase(value)),
        { minLength: width, maxLength: width },
      );
      return fc.record({ columns, rows: fc.array(row, { maxLength: 6 }) });
    });
    fc.assert(
      fc.property(tables, (table) => {
        const read = csvParseRows(figureCsv(table, IN_ENGLISH));
        const rows = [table.columns, ...table.rows];
        assert.deepEqual(
          read,
          rows.map((row) => row.map((value) => String(said(value)))),
        );
        table.rows.forEach((row, r) =>
          row.forEach((value, c) => {
            if (typeof value === 'number') assert.equal(Number(read[r + 1]?.[c]), value === 0 ? 0 : value);
          }),
        );
      }),
    );
  });
});
