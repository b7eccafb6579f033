/** `drylab check`, as a person or a script calls it. Experiments run once, for all tests together. */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, parseDocument, visit } from 'yaml';
import type { FailureJson, PartJson, ReportJson } from '../../../src/core/check/output/reportJson';
import type { Verdict } from '../../../src/core/check/finding';
import { LineIndex } from '../../../src/core/text';
import { someFolder } from './someFolder';

interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const GOOD = 'samples/report-good.md';
const FLAWED = 'samples/report-flawed.md';

/** Experiments that take the most time of all. */
const SLOW = ['latent-dimension', 'inductive-bias', 'ae-vs-vae'];

/** The built-in assignment, with the words alone to decide what slow experiments would. */
function quickAssignment(file: string): void {
  const document = parseDocument(readFileSync('assignments/deep-learning.yaml', 'utf8'));
  visit(document, {
    Map(_, question) {
      if (!SLOW.includes(String(question.get('experiment')))) return;
      question.set('experiment', null);
      visit(question, {
        Map: (__, claim) => {
          if (isMap(claim) && claim.has('predicate')) claim.set('predicate', null);
        },
      });
    },
  });
  writeFileSync(file, document.toString());
}

describe('drylab check', function () {
  // Some experiments measure for a while, and a busy machine takes longer.
  this.timeout(600_000);
  const cache = someFolder();
  const assignment = join(cache, 'quick.yaml');
  quickAssignment(assignment);
  const script = join(process.cwd(), 'dist', 'cli.js');
  const env = { ...process.env, DRYLAB_CACHE: cache };

  function check(...args: string[]): Promise<Result> {
    return new Promise((resolve) => {
      const all = args.includes('--assignment') ? args : [...args, '--assignment', assignment];
      execFile(process.execPath, [script, 'check', ...all], { env, maxBuffer: 64e6 }, (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
      });
    });
  }

  /** @throws AssertionError when anything but JSON Lines is on standard output */
  async function checkJson(
    ...args: string[]
  ): Promise<{ rows: (ReportJson & FailureJson)[]; stderr: string; code: number }> {
    const { code, stdout, stderr } = await check(...args, '--json');
    const lines = stdout.split('\n');
    assert.equal(lines.pop(), '');
    return { code, stderr, rows: lines.map((line) => JSON.parse(line) as ReportJson & FailureJson) };
  }

  function verdictOf(parts: readonly PartJson[], claim: string): Verdict | undefined {
    return parts.flatMap(({ claims }) => claims).find(({ id }) => id === claim)?.verdict;
  }

  before('runs the experiments', () => check(GOOD, '--json'));

  it('gives one object a report, with the fields of the contract and places that hold the words', async () => {
    const { code, rows, stderr } = await checkJson(GOOD, FLAWED);
    assert.deepEqual([code, stderr], [0, '']);
    assert.deepEqual(
      rows.map(({ report, assignment }) => [report, assignment]),
      [
        [GOOD, 'deep-learning'],
        [FLAWED, 'deep-learning'],
      ],
    );
    for (const { report, parts } of rows) {
      assert.equal(parts.length, 21);
      const text = readFileSync(report, 'utf8');
      const index = new LineIndex(text);
      const claims = parts.flatMap((part) => part.claims);
      for (const { id, stance, confidence, spans, evidence, verdict, why } of claims) {
        assert.ok(['asserts', 'denies', 'silent'].includes(stance));
        assert.ok(confidence >= 0 && confidence <= 1);
        assert.equal(spans.length === 0, stance === 'silent', id);
        assert.match(why, /^[A-Z][^{}]*\.$/);
        if (evidence) assert.ok(evidence.interval[0] <= evidence.effect && evidence.effect <= evidence.interval[1]);
        assert.notEqual(verdict, undefined);
        for (const span of spans) {
          const words = text.slice(index.offsetAt(span.start), index.offsetAt(span.end));
          // The source of some words may be indented, where they are not.
          assert.equal(words.replace(/\s+/g, ' '), span.text.replace(/\s+/g, ' '));
        }
      }
    }
  });

  it('tells a good report from a flawed one', async () => {
    const { rows } = await checkJson(GOOD, FLAWED);
    const [good, flawed] = rows.map(({ parts }) => parts);
    assert.equal(verdictOf(flawed ?? [], '3b.m-invariance'), 'misconception');
    assert.notEqual(verdictOf(good ?? [], '3b.m-invariance'), 'misconception');
    const points = [good, flawed].map((parts) => (parts ?? []).reduce((sum, { suggested }) => sum + suggested, 0));
    assert.ok((points[0] ?? 0) > (points[1] ?? 0), String(points));
  });

  it('gives the same whatever the number of jobs, and shards that join to the whole', async () => {
    const folder = someFolder();
    for (let copy = 0; copy < 5; copy++) cpSync(copy % 2 ? GOOD : FLAWED, join(folder, `${copy}.md`));
    const whole = await check(folder, '--format', 'json', '--jobs', '1');
    assert.equal((await check(folder, '--format', 'json', '--jobs', '3')).stdout, whole.stdout);
    const shards = await Promise.all(
      ['1/2', '2/2'].map((shard) => check(folder, '--format', 'json', '--shard', shard)),
    );
    assert.equal(shards.map(({ stdout }) => stdout).join(''), whole.stdout);
  });

  it('goes on after a report that cannot be checked, and ends with 2', async () => {
    const { code, rows, stderr } = await checkJson('samples/gone.md', FLAWED, '--fail-on', 'misconception');
    assert.equal(code, 2);
    assert.equal(stderr, 'drylab: samples/gone.md: no such file. Check the path.\n');
    assert.deepEqual(rows[0]?.error.code, 'file.missing');
    assert.equal(rows[1]?.parts.length, 21);
  });

  it('ends with 1 for findings that are asked to fail', async () => {
    assert.equal((await check(FLAWED, '--fail-on', 'misconception')).code, 1);
  });

  it('writes a file and says nothing', async () => {
    const out = join(someFolder(), 'findings.html');
    assert.deepEqual(await check(FLAWED, '--format', 'html', '--out', out), { code: 0, stdout: '', stderr: '' });
    assert.match(readFileSync(out, 'utf8'), /^<!doctype html>[\s\S]*<\/html>\n$/);
  });

  it('ends quietly when nobody reads its output any more', async () => {
    const child = spawn(process.execPath, [script, 'check', FLAWED, GOOD, '--assignment', assignment], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
    const code = await new Promise((resolve) => child.once('exit', resolve));
    assert.equal(code, 141);
    assert.doesNotMatch(stderr, /Error| {4}at /);
  });

  it('ends with 130 on Ctrl+C, with what was finished', async () => {
    const folder = someFolder();
    for (let copy = 0; copy < 200; copy++) cpSync(GOOD, join(folder, `${String(copy).padStart(3, '0')}.md`));
    const args = [script, 'check', folder, '--format', 'json', '--jobs', '1', '--assignment', assignment];
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    child.stdout.on('data', (data: Buffer) => {
      if (stdout === '') child.kill('SIGINT');
      stdout += data.toString();
    });
    const code = await new Promise((resolve) => child.once('close', resolve));
    assert.equal(code, 130);
    const rows = stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as ReportJson);
    assert.ok(rows.length >= 1 && rows.length < 200, String(rows.length));
  });

  const refused: [args: string[], message: RegExp][] = [
    [[], /^drylab: Say which reports to check/],
    [[GOOD, '--format', 'pdf'], /^drylab: There is no format "pdf"/],
    [[GOOD, '--shard', '3/2'], /^drylab: --shard takes I\/N/],
    [[GOOD, '--out', 'samples'], /^drylab: samples cannot be written/],
    [[GOOD, '--assignment', 'samples/gone.yaml'], /samples\/gone\.yaml: no such file/],
  ];
  for (const [args, message] of refused) {
    it(`ends with 2 and one clear line for ${args.join(' ') || 'no report'}`, async () => {
      const { code, stdout, stderr } = await check(...args);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, message);
      assert.equal(stderr.trimEnd().split('\n').length, 1, stderr);
    });
  }

  it('tells all that is wrong in an assignment, each with its line', async () => {
    const text = 'id: x\ntitle: X\nquestions:\n  - id: "1"\n    titel: One\n    parts: []\n';
    const file = join(someFolder({ 'course.yaml': text }), 'course.yaml');
    const { code, stdout, stderr } = await check(GOOD, '--assignment', file, '--json');
    assert.deepEqual([code, stdout], [2, '']);
    const lines = stderr.split('\n').filter((line) => line.startsWith(`${file}:`));
    assert.ok(lines.length >= 2, stderr);
    for (const line of lines) assert.match(line.slice(file.length), /^:[4-6]:\d+: ./);
  });
});
