import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { CheckOptions } from '../../../src/cli/check/checkOptions';
import { CheckRun } from '../../../src/cli/check/checkRun';
import type { FailureJson, ReportJson } from '../../../src/core/check/output/reportJson';
import { Problem, type ProblemCode } from '../../../src/core/problem';
import { ASSIGNMENT } from '../check/output/someResults';
import { someFolder } from './someFolder';
import { SomeLab, type LabWish } from './someLab';

const GOOD =
  '1. a) It costs a lot of time and memory.\n\n   b) The product can be taken otherwise.\n\n2. It is large.\n';

interface Outcome {
  readonly exitCode: number;
  readonly text: string;
  readonly warnings: readonly string[];
  readonly labs: readonly SomeLab[];
  readonly rows: readonly (ReportJson & FailureJson)[];
}

interface Wish extends LabWish, Partial<CheckOptions> {
  /** Called with the run as soon as it exists. */
  started?(run: CheckRun): void;
}

/** Checks the files of a folder, with made-up labs. */
async function checked(folder: string, words: readonly string[], wish: Wish = {}): Promise<Outcome> {
  const out = join(folder, 'out.json');
  const options: CheckOptions = {
    assignment: null,
    format: 'json',
    out,
    jobs: 2,
    shard: { index: 1, count: 1 },
    failOn: [],
    isRecursive: false,
    ...wish,
  };
  const [warnings, labs]: [string[], SomeLab[]] = [[], []];
  const run = new CheckRun(options, ASSIGNMENT, {
    warn: (message) => void warnings.push(message),
    startLab: () => {
      const lab = new SomeLab(wish);
      labs.push(lab);
      return lab;
    },
  });
  wish.started?.(run);
  const names = words.map((word) => join(folder, word));
  const { exitCode } = await run.check(names).finally(() => run.dispose());
  const text = readdirSync(folder).includes('out.json') ? readFileSync(out, 'utf8') : '';
  const rows =
    options.format === 'json'
      ? text
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line) as ReportJson & FailureJson)
      : [];
  return { exitCode, text, warnings, labs, rows };
}

function folderOf(count: number): { folder: string; names: string[] } {
  const names = Array.from({ length: count }, (_, index) => `r${String(index).padStart(2, '0')}.md`);
  return { folder: someFolder(Object.fromEntries(names.map((name) => [name, GOOD]))), names };
}

describe('a check of many reports', () => {
  it('gives results in the order of the arguments, however long each takes', async () => {
    const { folder, names } = folderOf(9);
    const before = (report: string): Promise<void> => delay(report.endsWith('r00.md') ? 60 : Math.random() * 10);
    const { rows, labs, exitCode, warnings } = await checked(folder, names, { before, jobs: 3 });
    assert.deepEqual(
      rows.map(({ report }) => report),
      names.map((name) => join(folder, name)),
    );
    assert.deepEqual([exitCode, warnings], [0, []]);
    assert.equal(labs.length, 3);
    assert.ok(labs.every(({ isDisposed, reports }) => isDisposed && reports.length > 0));
  });

  it('asks for the evidence once, before the first report', async () => {
    const { folder, names } = folderOf(3);
    const order: string[] = [];
    const wish = { evidence: (id: string) => void order.push(id), before: () => void order.push('report') };
    const { rows } = await checked(folder, names, { ...wish, stance: () => 'asserts' });
    assert.deepEqual(order, ['attention-cost', 'report', 'report', 'report']);
    // The made-up evidence is about the claims of the built-in assignment, so it decides none of these.
    assert.equal(rows[0]!.parts[0]!.claims[0]!.evidence, null);
  });

  it('does not run far ahead of what is written', async () => {
    const { folder, names } = folderOf(40);
    let release = (): void => undefined;
    const first = new Promise<void>((resolve) => (release = resolve));
    const begun: string[] = [];
    const before = (report: string): Promise<void> | void => {
      begun.push(report);
      if (begun.length === 1) return first;
    };
    const result = checked(folder, names, { before });
    await delay(200);
    assert.ok(begun.length <= 10, String(begun.length));
    release();
    assert.equal((await result).rows.length, 40);
  });

  for (const format of ['json', 'text', 'markdown'] as const) {
    it(`gives shards that join to the whole in ${format}`, async () => {
      const { folder, names } = folderOf(7);
      const words = [...names, 'gone.md'];
      const whole = await checked(folder, words, { format });
      const shards: string[] = [];
      for (const index of [1, 2, 3])
        shards.push((await checked(folder, words, { format, shard: { index, count: 3 } })).text);
      assert.equal(shards.join(''), whole.text);
      assert.notEqual(shards[0], '');
    });
  }
});

describe('a report that cannot be checked', () => {
  const folder = someFolder({
    'good.md': GOOD,
    'empty.md': '  \n',
    'latin.md': Uint8Array.from([49, 46, 32, 0xe9, 0x20, 0x61]),
    'prose.md': 'Nothing is numbered here.',
    'broken.ipynb': '{"cells": [',
    'table.csv': 'a,b',
    'huge.md': 'x'.repeat(8 * 1024 * 1024 + 1),
  });

  it('is told on standard error and in its place, and keeps no other from being checked', async () => {
    const words = [
      'empty.md',
      'latin.md',
      'good.md',
      'prose.md',
      'broken.ipynb',
      'table.csv',
      'huge.md',
      'gone.md',
      'good.md',
    ];
    const { exitCode, rows, warnings } = await checked(folder, words);
    const codes = rows.map((row) => ('error' in row ? row.error.code : null));
    const expected: (ProblemCode | null)[] = [
      'file.empty',
      'file.not-utf8',
      null,
      'report.no-parts',
      'notebook.json',
      'file.format',
      'file.too-large',
      'file.missing',
      null,
    ];
    assert.deepEqual(codes, expected);
    assert.equal(exitCode, 2);
    const failed = rows.filter((row) => 'error' in row);
    assert.deepEqual(
      warnings,
      failed.map(({ error }) => `drylab: ${error.message}`),
    );
    for (const { report, error } of failed) assert.ok(error.message.startsWith(report), error.message);
  });

  it('is read again when the process that read it died, and given up when it dies again', async () => {
    let deaths = 0;
    const dying = (most: number) => (report: string) => {
      if (report.endsWith('good.md') && deaths < most) {
        deaths += 1;
        throw new Problem('lab.died', { detail: 'signal SIGKILL' });
      }
    };
    const once = await checked(folder, ['good.md'], { before: dying(1), jobs: 1 });
    assert.deepEqual([once.exitCode, once.labs.length], [0, 1]);
    deaths = 0;
    const twice = await checked(folder, ['good.md', 'good.md'], { before: dying(2), jobs: 1 });
    assert.deepEqual([twice.exitCode, twice.labs.length], [2, 2]);
    assert.deepEqual(
      twice.rows.map((row) => ('error' in row ? row.error.code : null)),
      ['lab.died', null],
    );
  });

  it('stops the whole check when the fault is Drylab’s own, and leaves no file', async () => {
    const before = (): never => {
      throw new Problem('model.missing', { file: 'stance-reader.onnx' });
    };
    const fresh = someFolder({ 'good.md': GOOD });
    await assert.rejects(checked(fresh, ['good.md'], { before }), { code: 'model.missing' });
    assert.deepEqual(readdirSync(fresh), ['good.md']);
  });
});

describe('a report in LaTeX', () => {
  it('is read with the files that it takes in, and places name the file', async () => {
    const folder = someFolder({
      'main.tex': '\\section*{Question 1}\n\\input{parts/one}\n\\section*{Question 2}\nIt is large.\n',
      'parts/one.tex': '(a) It costs a lot of time and memory.\n\n(b) The product can be taken otherwise.\n',
    });
    const { exitCode, rows, warnings } = await checked(folder, ['main.tex'], { stance: () => 'asserts' });
    assert.deepEqual([exitCode, warnings], [0, []]);
    const places = rows[0]!.parts.map(({ id, claims }) => {
      const [span] = claims[0]!.spans;
      return [id, span?.file, span?.start.line, span?.start.character];
    });
    assert.deepEqual(places, [
      ['1a', 'parts/one.tex', 0, 4],
      ['1b', 'parts/one.tex', 2, 4],
      ['2', undefined, 3, 0],
    ]);
  });

  it('takes nothing in from outside of its folder', async () => {
    const outer = someFolder({
      'secret.tex': 'secret',
      'in/main.tex': '1. a) x \\input{../secret} y\n\n2. It is large.\n',
    });
    const { rows, text } = await checked(outer, ['in/main.tex'], { stance: () => 'asserts' });
    assert.doesNotMatch(text, /"text":"[^"]*secret/);
    assert.ok(rows[0]!.warnings.some(({ code }) => code === 'report.input-outside'));
  });
});

describe('the exit code of a check', () => {
  const folder = someFolder({ 'good.md': GOOD, 'prose.md': 'Nothing.' });
  const stance = (claim: string): 'asserts' | 'silent' => (claim === '1a.m-linear' ? 'asserts' : 'silent');

  it('is 0 whatever is found, unless a verdict is asked to fail', async () => {
    assert.equal((await checked(folder, ['good.md'])).exitCode, 0);
  });

  it('is 1 for findings at least as grave as asked', async () => {
    assert.equal((await checked(folder, ['good.md'], { failOn: ['missing'] })).exitCode, 1);
    assert.equal((await checked(folder, ['good.md'], { failOn: ['misconception'] })).exitCode, 0);
    // Evidence is absent, so that the misconception cannot be held against the answer.
    const accused = await checked(folder, ['good.md'], { failOn: ['unverified'], stance });
    assert.equal(accused.exitCode, 0);
  });

  it('is 2 when a report failed, also beside such findings', async () => {
    assert.equal((await checked(folder, ['good.md', 'prose.md'], { failOn: ['missing'] })).exitCode, 2);
  });
});

describe('a report that hardly can be understood', () => {
  const french =
    "1. a) Le coût de l'attention est quadratique, parce que chaque mot regarde tous les autres mots de la phrase, et il " +
    "faut calculer le produit pour toutes les paires.\n\n   b) Sans la fonction softmax, on peut changer l'ordre des " +
    "produits, ce qui est beaucoup moins cher quand la phrase est longue.\n\n2. C'est grand.\n";
  const folder = someFolder({ 'french.md': french, 'hollow.md': '1. a)\n\n   b)\n\n2.\n', 'good.md': GOOD });

  it('is checked, with a warning, when it is in another language', async () => {
    const { exitCode, rows, warnings } = await checked(folder, ['french.md', 'good.md']);
    assert.equal(exitCode, 0);
    assert.match(warnings.join('\n'), /^drylab: .*french\.md seems to be written in French, .*$/);
    assert.deepEqual(
      rows.map(({ warnings: own }) => own.filter(({ code }) => code === 'report.language').length),
      [1, 0],
    );
  });

  it('is checked, with a warning, when it has numbers and no answers', async () => {
    const { exitCode, rows, warnings } = await checked(folder, ['hollow.md']);
    assert.equal(exitCode, 0);
    assert.match(warnings.join('\n'), /^drylab: .*hollow\.md numbers its answers, but none has any words\..*$/);
    const verdicts = rows[0]!.parts.flatMap(({ claims }) => claims.map(({ id, verdict }) => [id, verdict]));
    assert.deepEqual(verdicts, [
      ['1a.cost', 'missing'],
      ['1a.softmax', 'not-mentioned'],
      ['1a.m-linear', 'not-mentioned'],
      ['1b.order', 'missing'],
      ['2.size', 'missing'],
    ]);
  });
});

describe('a check that is stopped', () => {
  it('ends with 130 and what was finished, in order', async () => {
    const { folder, names } = folderOf(12);
    const stop = (report: string): Promise<void> | void => {
      if (report.endsWith('r05.md')) {
        process.emit('SIGINT');
        return new Promise(() => undefined);
      }
    };
    const { exitCode, rows, warnings, labs } = await checked(folder, names, { before: stop });
    assert.equal(exitCode, 130);
    const done = rows.map(({ report }) => report);
    assert.deepEqual(done, [...done].sort());
    assert.ok(done.length >= 4 && done.length < 12, String(done.length));
    assert.equal(warnings.at(-1), `drylab: Stopped: ${done.length} of 12 reports are written.`);
    assert.ok(labs.every(({ isDisposed }) => isDisposed));
  });
});
