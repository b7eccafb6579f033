import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Problem } from '../../../src/core/problem';
import { inputsOf, resolveInput } from '../../../src/core/report/latex/inputs';
import { readReport } from '../../../src/core/report/readReport';
import type { Report } from '../../../src/core/report/report';
import { answerAt, sourceSpan, textSpan } from '../../../src/core/report/sourceMap';
import { assertPlaces } from './assertPlaces';

const FOLDER = 'test/fixtures/reports/inputs';
const FILES = ['macros.tex', 'parts/two.tex', 'parts/three.tex', 'parts/last.tex'];

function read(parts = '1 2a 2b 3a 3b 4'.split(' ')): { report: Report; sources: readonly string[] } {
  const text = (path: string): string => readFileSync(`${FOLDER}/${path}`, 'utf8');
  const files = Object.fromEntries(FILES.map((path) => [path, text(path)]));
  const report = readReport('essays/main.tex', text('main.tex'), parts, { ...files, 'far.tex': null });
  return { report, sources: ['main.tex', ...FILES].map(text) };
}

describe('the files that LaTeX takes in', () => {
  it('are named in commands, but not in comments and code', () => {
    const text =
      '\\input{part2} \\include{ a/b }\\input c \\subfile{d.tex}\n% \\input{e}\n\\verb|\\input{f}| \\includegraphics{g}\n' +
      '\\begin{verbatim}\\input{h}\\end{verbatim} \\\\input{i} \\input{} \\inputx{j}';
    const found = inputsOf(text);
    assert.deepEqual(
      found.map(({ path }) => path),
      ['part2', 'a/b', 'c', 'd.tex'],
    );
    assert.deepEqual(
      found.map(({ span }) => text.slice(span.start, span.end)),
      ['\\input{part2}', '\\include{ a/b }', '\\input c', '\\subfile{d.tex}'],
    );
  });

  it('are found from the folder of the report', () => {
    for (const [path, expected] of [
      ['part2', 'part2.tex'],
      ['part2.tex', 'part2.tex'],
      ['./a/./b/../part2', 'a/part2.tex'],
      ['a\\b', 'a/b.tex'],
      ['"with blank"', 'with blank.tex'],
      ['v1.2', 'v1.2.tex'],
      ['../part2', null],
      ['a/../../part2', null],
      ['/etc/passwd', null],
      ['C:\\part2', null],
      ['c:part2', null],
      ['~/part2', null],
      ['file:///etc/passwd', null],
      ['a\0b', null],
    ] as const) {
      assert.equal(resolveInput(path), expected, path);
    }
  });

  it('are read where they are taken in', () => {
    const { report, sources } = read();
    assertPlaces(sources, report);
    assert.deepEqual(report.files, ['essays/main.tex', ...FILES]);
    assert.deepEqual(
      report.parts.map(({ id, file, range, text }) => [id, file, range.start.line + 1, text]),
      [
        ['1', undefined, 5, 'It rises.'],
        ['2a', 2, 2, 'Any continuous\nfunction.'],
        ['2b', 2, 4, 'Depth is cheaper,\nit costs $O(n^2 d)$.'],
        ['3a', 3, 1, 'Bob.'],
        ['3b', 3, 1, 'Locality.'],
        ['4', 4, 2, 'Slower.'],
      ],
    );
  });

  it('are missed, refused and not read again with a warning at the command', () => {
    const { report } = read();
    assert.deepEqual(
      report.warnings.map(({ code, data, file, range }) => [code, data.file, file, range.start.line + 1]),
      [
        ['report.input-cycle', 'parts/two.tex', 2, 5],
        ['report.input-outside', '../outside', undefined, 10],
        ['report.input-outside', '/etc/outside', undefined, 11],
        ['report.input-missing', 'absent.tex', undefined, 12],
      ],
    );
  });

  it('may take the report in only once', () => {
    const { warnings } = readReport('a/main.tex', '1. Yes. \\input{main}', ['1'], { 'main.tex': '2. No.' });
    assert.deepEqual(
      warnings.map(({ code }) => code),
      ['report.input-cycle'],
    );
  });

  it('are refused where the caller found them outside, and no name is taken for one of an object', () => {
    const text = '1. Yes. \\input{link} \\input{constructor} \\input{__proto__}';
    const { warnings } = readReport('r.tex', text, ['1'], { 'link.tex': null });
    assert.deepEqual(
      warnings.map(({ code, data }) => [code, data.file]),
      [
        ['report.input-outside', 'link.tex'],
        ['report.input-missing', 'constructor.tex'],
        ['report.input-missing', '__proto__.tex'],
      ],
    );
  });

  it('are nested ten deep and no deeper', () => {
    const files = Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => [`f${i}.tex`, `\n\n(${'abcdefghijkl'[i] ?? ''}) x\n\n\\input{f${i + 1}}`]),
    );
    const parts = Array.from('abcdefghijkl', (letter) => `1${letter}`);
    const { parts: answers, warnings } = readReport('r.tex', '1. \\input{f0}', parts, files);
    assert.equal(answers.at(-1)?.id, '1j');
    assert.deepEqual(
      warnings
        .filter(({ code }) => code !== 'report.missing-part')
        .map(({ code, data, file }) => [code, data.file, file]),
      [['report.input-depth', 'f10.tex', 10]],
    );
  });

  it('are counted as often as they are read', function () {
    // Eight megabytes are read before the limit is reached.
    this.timeout(60_000);
    const files = { 'a.tex': '\\input{b}'.repeat(100), 'b.tex': '\\input{c}'.repeat(100), 'c.tex': 'x'.repeat(2_000) };
    assert.throws(
      () => readReport('r.tex', '1. \\input{a}', ['1'], files),
      (thrown) => thrown instanceof Problem && thrown.code === 'file.too-large' && thrown.data.file === 'r.tex',
    );
  });

  it('have places of their own', () => {
    const main = '1. Here \\input{more} and here.';
    const { parts } = readReport('r.tex', main, ['1'], { 'more.tex': 'there' });
    const [answer] = parts;
    assert.ok(answer);
    assert.equal(answer.text, 'Here there and here.');
    assert.deepEqual(sourceSpan(answer, { start: 5, end: 10 }), { start: 0, end: 5, file: 1 });
    assert.deepEqual(sourceSpan(answer, { start: 0, end: 20 }), { start: 3, end: main.length });
    assert.deepEqual(sourceSpan(answer, { start: 6, end: 20 }), { start: 1, end: 5, file: 1 });
    assert.deepEqual(textSpan(answer, { start: 0, end: 5, file: 1 }), { start: 5, end: 10 });
    assert.deepEqual(textSpan(answer, { start: 3, end: 7 }), { start: 0, end: 4 });
    assert.equal(textSpan(answer, { start: 0, end: 5, file: 2 }), null);
  });

  it('hold none of the answers of the main file', () => {
    const { report } = read();
    const answers = report.parts;
    const offset = answers.find(({ id }) => id === '1')?.span.start ?? 0;
    assert.equal(answerAt(answers, offset)?.id, '1');
    assert.equal(answerAt(answers, 30), undefined);
  });
});
