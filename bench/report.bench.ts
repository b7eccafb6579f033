/** Reading a report: the sample, and one a hundred times its size. */
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
