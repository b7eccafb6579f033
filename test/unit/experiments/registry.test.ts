import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAssignment } from '../../../src/core/assignment/loadAssignment';
import { EXPERIMENTS, findExperiment } from '../../../src/core/experiments/registry';

const FILE = join(process.cwd(), 'assignments', 'deep-learning.yaml');
const loaded = loadAssignment(readFileSync(FILE, 'utf8'), FILE);
if ('errors' in loaded) throw new Error(loaded.errors.map(({ message }) => message).join('\n'));
const { questions } = loaded.assignment;

describe('the experiments', () => {
  it('are those that the questions name, in their order', () => {
    assert.deepEqual(
      EXPERIMENTS.map(({ id }) => id),
      questions.map(({ experiment }) => experiment),
    );
    assert.equal(EXPERIMENTS.length, 10);
  });

  for (const { id: question, experiment, parts } of questions) {
    it(`decide of question ${question} every claim with a predicate, and no other`, () => {
      const decidable = parts.flatMap(({ claims }) => claims.filter(({ predicate }) => predicate !== null));
      assert.deepEqual([...findExperiment(experiment ?? '').claims].sort(), decidable.map(({ id }) => id).sort());
      assert.ok(decidable.length > 0);
    });
  }

  it('decide no claim twice', () => {
    const claims = EXPERIMENTS.flatMap((experiment) => experiment.claims);
    assert.equal(new Set(claims).size, claims.length);
  });

  it('are found by their ids alone; for others, all are named', () => {
    for (const experiment of EXPERIMENTS) assert.equal(findExperiment(experiment.id), experiment);
    for (const id of ['', 'toString', 'scalar', 'Scalar-Loss']) {
      assert.throws(() => findExperiment(id), { code: 'experiment.unknown', message: /latent-dimension.*ae-vs-vae/ });
    }
  });
});
