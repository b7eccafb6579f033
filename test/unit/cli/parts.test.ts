/** `drylab parts`, as a person or a script calls it. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../../../src/core/report/report';

interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

describe('drylab parts', function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'drylab-parts-'));
  after(() => rm(folder, { recursive: true, force: true }));

  const parts = (...args: string[]): Promise<Result> =>
    new Promise((resolve) => {
      const env = { ...process.env, DRYLAB_CACHE: folder };
      execFile(process.execPath, ['dist/cli.js', 'parts', ...args], { env }, (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
      });
    });

  it('reads a LaTeX report with the files that it takes in', async () => {
    const { code, stdout } = await parts('test/fixtures/reports/inputs/main.tex', '--json');
    assert.equal(code, 0);
    const { format, files, parts: answers, warnings } = JSON.parse(stdout) as Report;
    assert.equal(format, 'latex');
    assert.deepEqual(
      answers.map(({ id, file }) => [id, file === undefined ? '' : files[file]]),
      [
        ['1', ''],
        ['2a', 'parts/two.tex'],
        ['2b', 'parts/two.tex'],
        ['3a', 'parts/three.tex'],
        ['3b', 'parts/three.tex'],
        ['4', 'parts/last.tex'],
      ],
    );
    assert.deepEqual(
      warnings.map((warning) => warning.code).filter((warning) => warning.startsWith('report.input')),
      ['report.input-cycle', 'report.input-outside', 'report.input-outside', 'report.input-missing'],
    );
  });

  it('reads a notebook and plain text, and tells where', async () => {
    const notebook = await parts('test/fixtures/reports/experiments.ipynb');
    assert.match(notebook.stdout, /^7b +line 78 .*\n1 +line 89 .*It rises, then falls\. …$/m);
    const text = await parts('test/fixtures/reports/wrapped.txt');
    assert.match(text.stdout, /^8a +line 37 .*How much\. …$/m);
    assert.match(text.stdout, /^19 parts$/m);
  });

  it('refuses other formats and a damaged notebook in a sentence', async () => {
    for (const [name, content, message] of [
      ['report.pdf', '%PDF', 'Drylab reads reports in Markdown (.md), LaTeX (.tex), plain text (.txt) and Jupyter'],
      ['report.ipynb', '{"cells": [', 'is not JSON'],
      ['list.ipynb', '[]', 'is no Jupyter notebook: it is no JSON object'],
    ] as const) {
      const file = join(folder, name);
      await writeFile(file, content);
      const { code, stdout, stderr } = await parts(file);
      assert.deepEqual([code, stdout], [2, '']);
      assert.ok(stderr.includes(message), stderr);
    }
  });
});
