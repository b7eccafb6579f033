/** Reading a report: the sample, one a hundred times its size, and two megabytes in every other format. */
import { readFileSync } from 'node:fs';
import { readReport } from '../src/core/report/readReport';
import { printRow, summarise } from './measure';

const sample = readFileSync('samples/report-good.md', 'utf8');

function timed(text: string, repetitions: number): number[] {
  return Array.from({ length: repetitions }, () => {
    const started = performance.now();
    readReport('report.md', text, null);
    return performance.now() - started;
  });
}

timed(sample, 5);
const one = summarise('read the sample report', timed(sample, 30), 'ms');
const hundred = summarise('read a report of 100 times its size', timed(sample.repeat(100), 5), 'ms');
printRow(one);
printRow(hundred);
printRow({
  name: 'time for 100 times the size ÷ 100 × the time',
  median: hundred.median / one.median / 100,
  p95: NaN,
  unit: '×',
});

/** A text of at least two megabytes with a piece again and again. */
const large = (piece: string): string => piece.repeat(Math.ceil(2_000_000 / piece.length));
const latex = readFileSync('test/fixtures/reports/enumerate.tex', 'utf8').replace(
  /[^]*\\maketitle|\\end\{document\}[^]*/g,
  '',
);
const cell = { cell_type: 'markdown', source: sample.split(/(?<=\n)/) };
const files: Readonly<Record<string, string>> = {
  'report.tex': `\\begin{document}${large(latex)}\\end{document}`,
  'report.ipynb': JSON.stringify(
    { cells: Array.from({ length: Math.ceil(2_000_000 / sample.length) }, () => cell) },
    null,
    1,
  ),
  'report.txt': large(sample),
};
for (const [name, text] of Object.entries(files)) {
  const started = performance.now();
  readReport(name, text, null);
  printRow(summarise(`read 2 MB of ${name}`, [performance.now() - started], 'ms'));
}
