/** Nothing is tied to the built-in assignment: everything works with another one, and with one that somebody writes. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { partIds, type Assignment } from '../../../src/core/assignment/assignment';
import { BUNDLED, bundledFile } from '../../../src/core/assignment/bundled';
import type { Verdict } from '../../../src/core/check/finding';
import { judgeReport } from '../../../src/core/check/judge';
import type { StanceKind } from '../../../src/core/check/stance';
import { readReport } from '../../../src/core/report/readReport';
import type { Report } from '../../../src/core/report/report';
import { LabClient } from '../../../src/lab/client';
import { questionStates, reportModel } from '../../../webview/report/partModel';
import { MODELS } from '../models/bundled';
import { load, SMALL, warningsOf } from './someAssignment';

const CLASSICAL = readFileSync('assignments/classical-ml.yaml', 'utf8');
const GOOD = 'samples/classical-good.md';
const FLAWED = 'samples/classical-flawed.md';

type Labels = Readonly<Record<string, { readonly asserts: readonly string[]; readonly denies: readonly string[] }>>;
/** What the sample reports say about each claim, as a person reads them; silent on all else. */
const LABELS = JSON.parse(readFileSync('test/fixtures/stances/classical.json', 'utf8')) as Labels;

const assignment = load(CLASSICAL);
const claims = assignment.questions.flatMap(({ parts }) => parts.flatMap((part) => part.claims));

function report(name: string): Report {
  return readReport(name, readFileSync(name, 'utf8'), partIds(assignment));
}

function labelled(name: string, claim: string): StanceKind {
  const { asserts, denies } = LABELS[name] ?? assert.fail(`${name} has labels`);
  return asserts.includes(claim) ? 'asserts' : denies.includes(claim) ? 'denies' : 'silent';
}

/** Findings for the labelled stances. */
function judged(name: string): ReturnType<typeof judgeReport> {
  const readings = assignment.questions.flatMap(({ parts }) =>
    parts.map((part) => ({
      part: part.id,
      stances: part.claims.map(({ id }) => ({ claim: id, stance: labelled(name, id), confidence: 1, spans: [] })),
      formulas: [],
    })),
  );
  return judgeReport(assignment, readings, new Map());
}

describe('the bundled assignments', () => {
  it('are the files of their folder, and no other name is one', () => {
    const files = readdirSync('assignments').filter((name) => /(?<!\.drylab)\.yaml$/.test(name));
    assert.deepEqual(BUNDLED.map((name) => `${name}.yaml`).sort(), files.sort());
    assert.equal(bundledFile(''), 'deep-learning.yaml');
    assert.equal(bundledFile('classical-ml'), 'classical-ml.yaml');
    for (const path of ['classical-ml.yaml', './classical-ml', 'a/b']) assert.equal(bundledFile(path), null);
    assert.throws(() => bundledFile('toString'), {
      code: 'assignment.unknown',
      message: /deep-learning, classical-ml/,
    });
  });

  for (const name of ['deep-learning.yaml', 'classical-ml.yaml', 'example.drylab.yaml']) {
    it(`have nothing to warn of: ${name}`, () => {
      assert.deepEqual(warningsOf(readFileSync(join('assignments', name), 'utf8')), []);
    });
  }

  for (const name of BUNDLED) {
    it(`have cues on both sides of every claim: ${name}`, () => {
      const { questions } = load(readFileSync(join('assignments', `${name}.yaml`), 'utf8'));
      for (const { id, cues } of questions.flatMap(({ parts }) => parts.flatMap((part) => part.claims))) {
        assert.ok((cues?.asserts?.length ?? 0) >= 2 && (cues?.denies?.length ?? 0) >= 2, id);
      }
    });
  }
});

describe('another assignment', function () {
  this.timeout(30_000);

  it('has four questions whose claims the text alone decides', () => {
    assert.deepEqual(partIds(assignment), '1a 1b 1c 2a 2b 3a 3b 4'.split(' '));
    assert.ok(assignment.questions.every(({ experiment }) => experiment === null));
    assert.ok(claims.every(({ predicate }) => predicate === null));
    assert.deepEqual([...new Set(claims.map(({ kind }) => kind))].sort(), ['E', 'M', 'O']);
  });

  for (const name of [GOOD, FLAWED]) {
    it(`finds every answer of ${name}`, () => {
      const { parts, warnings } = report(name);
      assert.deepEqual(
        parts.map(({ id }) => id),
        partIds(assignment),
      );
      assert.deepEqual(warnings, []);
    });

    it(`shows ${name} beside its questions`, () => {
      const { parts: answers, warnings } = report(name);
      const nothing = { annotations: [], notesProblem: null, problem: null };
      const model = reportModel({ uri: 'file:///r.md', name, assignment, answers, warnings, ...nothing }, new Map());
      assert.deepEqual(
        model.questions.map(({ title }) => title),
        assignment.questions.map(({ title }) => title),
      );
      assert.ok(
        questionStates(model).every(({ parts }) => parts.every(({ answered, words }) => answered && words > 20)),
      );
    });
  }

  it('has labels for its own claims only', () => {
    const ids = claims.map(({ id }) => id);
    for (const { asserts, denies } of Object.values(LABELS)) {
      const all = [...asserts, ...denies];
      assert.deepEqual(
        all.filter((id) => !ids.includes(id)),
        [],
      );
      assert.equal(new Set(all).size, all.length);
    }
  });

  it('is judged by the text alone', () => {
    const verdicts = (name: string): [string, Verdict][] =>
      judged(name).flatMap((part) => part.claims.map(({ claim, verdict }): [string, Verdict] => [claim, verdict]));
    const idsOf = (name: string, wanted: Verdict): string[] =>
      verdicts(name).flatMap(([claim, verdict]) => (verdict === wanted ? [claim] : []));
    assert.deepEqual([...new Set(verdicts(GOOD).map(([, verdict]) => verdict))].sort(), ['stated', 'supported']);
    assert.deepEqual(idsOf(FLAWED, 'misconception'), [
      '1b.m-final-model',
      '2b.m-chooses-k',
      '3a.m-scale',
      '3b.m-forest-overfits',
      '4.m-intercept',
    ]);
    assert.deepEqual(idsOf(FLAWED, 'contradicted'), [
      '1a.u-shape',
      '1c.leak',
      '2a.cost',
      '2b.local',
      '3a.stop',
      '4.sparse',
    ]);
    assert.deepEqual(idsOf(FLAWED, 'unverified'), []);
    const points = (name: string): number => judged(name).reduce((sum, { suggested }) => sum + suggested, 0);
    assert.equal(points(GOOD), 40);
    assert.ok(points(FLAWED) < 20, String(points(FLAWED)));
  });
});

describe('the reader of stances, with another assignment', function () {
  this.timeout(60_000);
  let lab: LabClient;
  before(() => {
    const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const cache = mkdtempSync(join(tmpdir(), 'drylab-other-'));
    lab = new LabClient({ script: 'dist/lab.js', models: MODELS, cache, runtime: () => 'auto', logger: silent });
  });
  after(() => lab.dispose());

  async function read(course: Assignment, name: string): Promise<[expected: StanceKind, actual: StanceKind][]> {
    const readings = await lab.call('readAnswers', { report: report(name), assignment: course });
    return readings.flatMap(({ stances }) =>
      stances.map(({ claim, stance }): [StanceKind, StanceKind] => [labelled(name, claim), stance]),
    );
  }

  /** Over both sample reports. */
  async function macroF1(course: Assignment): Promise<number> {
    const pairs = [...(await read(course, GOOD)), ...(await read(course, FLAWED))];
    const scores = (['asserts', 'denies', 'silent'] as const).map((kind) => {
      const right = pairs.filter(([expected, actual]) => expected === kind && actual === kind).length;
      const given = pairs.filter(([expected, actual]) => expected === kind || actual === kind).length;
      return (2 * right) / (right + given);
    });
    return scores.reduce((sum, score) => sum + score, 0) / scores.length;
  }

  it('reads answers on a subject that it was hardly trained on, better than by always saying the same', async () => {
    const f1 = await macroF1(assignment);
    assert.ok(f1 >= 0.3, `macro-F1 ${f1.toFixed(3)}`);
  });
});

describe('drylab with another assignment', function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'drylab-course-'));
  after(() => rm(folder, { recursive: true, force: true }));

  function parts(choice: string): Promise<{ code: number; stdout: string; stderr: string }> {
    const args = [join('dist', 'cli.js'), 'parts', GOOD, '--json', '--assignment', choice];
    return new Promise((resolve) => {
      execFile(process.execPath, args, (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
      });
    });
  }

  it('takes the name of a bundled one, or a path', async () => {
    for (const choice of ['classical-ml', join('assignments', 'classical-ml.yaml')]) {
      const { code, stdout, stderr } = await parts(choice);
      assert.deepEqual([code, stderr], [0, '']);
      assert.equal((JSON.parse(stdout) as Report).parts.length, 8);
    }
  });

  it('tells every error, one a line, with its place', async () => {
    const file = join(folder, 'broken.yaml');
    writeFileSync(file, SMALL.replace('kind: E', 'kind: Q').replace('points: 1.5', 'points: many'));
    const { code, stdout, stderr } = await parts(file);
    assert.deepEqual([code, stdout], [2, '']);
    const [first, second, last, ...others] = stderr.trimEnd().split('\n');
    assert.equal(first, `${file}:12:19: questions[1].parts[1].claims[1].kind must be one of E, O, M`);
    assert.equal(second, `${file}:17:17: questions[1].parts[2].points must be a number`);
    assert.match(last ?? '', /^drylab: .*broken\.yaml has 2 errors\. /);
    assert.deepEqual(others, []);
  });

  it('warns, and goes on', async () => {
    const file = join(folder, 'odd.yaml');
    writeFileSync(file, SMALL.replace('predicate: null', 'predicate: It is measured.'));
    const { code, stderr } = await parts(file);
    assert.equal(code, 0);
    assert.match(stderr, /^\S*odd\.yaml:14:24: warning: nothing tests this/);
  });

  it('lists what there is for a name that there is not', async () => {
    const { code, stderr } = await parts('quantum-ml');
    assert.equal(code, 2);
    assert.match(stderr, /no assignment "quantum-ml"\. Choose one of deep-learning, classical-ml/);
  });
});
