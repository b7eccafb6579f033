/** All experiments on the bundled models: what must be true of any evidence, whatever it says. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { Evidence, Outcome } from '../../../src/core/experiments/evidence';
import { EXPERIMENTS } from '../../../src/core/experiments/registry';
import { runExperiment } from '../../../src/core/experiments/runExperiment';
import { IN_ENGLISH, sayPhrase, type Phrase } from '../../../src/core/explain/phrase';
import type { Estimate, Figure } from '../../../src/core/figure';
import { NEVER_CANCELLED } from '../../../src/core/ports';
import { clock } from '../../../src/platform/clock';
import { bundledModels, MANIFEST } from '../models/bundled';

const models = bundledModels();

function run(id: string, seed: number): Promise<Evidence> {
  const experiment = EXPERIMENTS.find((one) => one.id === id);
  assert.ok(experiment);
  const surroundings = {
    models,
    clock,
    processorClock: clock,
    modelHash: (model: string) => models.hash('models', model),
    dataHash: (data: string) => models.hash('data', data),
    runtime: () => Promise.resolve('a runtime'),
    turn: () => setImmediate(),
  };
  return runExperiment(experiment, surroundings, {
    seed,
    settings: {},
    cancellation: NEVER_CANCELLED,
    onProgress: (done, total) => assert.ok(done >= 0 && done <= total, `${done} of ${total} is done`),
  });
}

const evidence = new Map<string, Promise<Evidence>>();

/** With seed 1; run once for all tests. */
function evidenceOf(id: string): Promise<Evidence> {
  const found = evidence.get(id) ?? run(id, 1);
  evidence.set(id, found);
  return found;
}

/** Measure time: their effects, and sentences with them, differ from run to run. */
const TIMED: Readonly<Record<string, readonly string[]>> = {
  'attention-cost': ['7a.cost', '7b.cost', '7b.cheaper'],
  'scalar-loss': ['5.jacobian'],
};

/** Of the seed, only intervals depend: which sentences and images are read does not. */
const RESAMPLING_ONLY = ['latent-dimension', 'cnn-vs-mlp', 'attention-map'];

/** A sentence whose places are all filled, by numbers that are numbers. */
function checkWords(text: Phrase): void {
  const said = sayPhrase(text, IN_ENGLISH);
  assert.ok(said.length > 0);
  assert.doesNotMatch(said, /\{\w+\}|NaN|undefined|Infinity|\[object/, said);
}

function checkOutcome(id: string, { outcome, effect, interval, unit, detail }: Outcome): void {
  const [low, high] = interval;
  assert.ok([effect, low, high].every(Number.isFinite), `${id}: ${effect} in ${low} to ${high}`);
  assert.ok(low <= effect && effect <= high, `${id}: ${effect} is not in ${low} to ${high}`);
  assert.ok(['holds', 'fails', 'inconclusive'].includes(outcome));
  assert.notEqual(unit, '');
  checkWords(detail);
}

function checkEstimate({ value, low, high }: Estimate, scale: 'linear' | 'log'): void {
  assert.ok(Number.isFinite(value));
  if (scale === 'log') assert.ok(value > 0, `${value} on a logarithmic axis`);
  assert.equal(low === null, high === null);
  if (low !== null && high !== null) assert.ok(low <= value && value <= high, `${value} is not in ${low} to ${high}`);
}

function checkTable(rows: number, columns: number, cells: readonly (readonly unknown[])[]): void {
  assert.ok(cells.length > 0);
  if (rows > 0) assert.equal(cells.length, rows);
  for (const row of cells) assert.equal(row.length, columns > 0 ? columns : cells[0]?.length);
}

function checkFigure(figure: Figure): void {
  checkWords(figure.title);
  checkWords(figure.description);
  switch (figure.kind) {
    case 'lines':
      assert.ok(figure.series.length > 0);
      for (const { name, points } of figure.series) {
        checkWords(name);
        assert.ok(points.length > 0, `${name.template} has no points`);
        points.forEach((point) => checkEstimate(point, figure.y.scale));
        points.forEach(({ x }) => assert.ok(figure.x.scale === 'log' ? x > 0 : Number.isFinite(x)));
        points.slice(1).forEach(({ x }, index) => assert.ok(x > (points[index]?.x ?? NaN), 'x does not ascend'));
      }
      return;
    case 'bars':
      assert.ok(figure.bars.length > 0);
      figure.bars.forEach((bar) => checkEstimate(bar, figure.y.scale));
      return;
    case 'scatter':
      for (const { points } of figure.groups) {
        assert.ok(points.length > 0);
        assert.ok(points.flat().every(Number.isFinite));
      }
      return;
    case 'heatmap':
      checkTable(figure.rows.length, figure.columns.length, figure.values);
      assert.ok(figure.values.flat().every(Number.isFinite));
      return;
    case 'matrix':
      checkTable(figure.rows.length, figure.columns.length, figure.cells);
      return;
    case 'images':
      for (const { pixels } of figure.groups) {
        assert.ok(pixels.length > 0);
        assert.equal(pixels.length % (figure.height * figure.width), 0);
        assert.ok(new Set(pixels).size > 2, 'all pixels are alike');
      }
  }
}

const COLLECTED = JSON.parse(readFileSync('l10n/bundle.l10n.json', 'utf8')) as Readonly<Record<string, string>>;
/** Said by a sign or not at all. */
const WORDLESS = ['%', '1'];

/** Every text and unit that a surface translates. */
function textsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  if ('template' in value) return [(value as Phrase).template];
  const unit = 'unit' in value && typeof value.unit === 'string' && !WORDLESS.includes(value.unit) ? [value.unit] : [];
  return [...unit, ...Object.values(value).flatMap(textsIn)];
}

describe('the evidence of', function () {
  this.timeout(30_000);

  for (const { id, claims } of EXPERIMENTS) {
    describe(id, () => {
      it('has for each claim an effect within its interval, a unit and a sentence', async () => {
        const { outcomes, summary } = await evidenceOf(id);
        assert.deepEqual(Object.keys(outcomes).sort(), [...claims].sort());
        Object.entries(outcomes).forEach(([claim, outcome]) => checkOutcome(claim, outcome));
        assert.ok(summary.length >= 2 && summary.length <= 3, `${summary.length} sentences`);
        summary.forEach(checkWords);
      });

      it('has one to four figures whose lengths and scales fit', async () => {
        const { figures } = await evidenceOf(id);
        assert.ok(figures.length >= 1 && figures.length <= 4, `${figures.length} figures`);
        figures.forEach(checkFigure);
      });

      it('says nothing that is not collected for translation, but the words of its settings', async () => {
        const { outcomes, figures, summary, provenance } = await evidenceOf(id);
        const own = Object.values(provenance.settings);
        const missing = textsIn([outcomes, figures, summary]).filter((text) => !(text in COLLECTED));
        assert.deepEqual(
          missing.filter((text) => !own.includes(text)),
          [],
        );
      });

      it('says what it rests on: files of the manifest by their hashes, seed and settings', async () => {
        const { provenance, experiment } = await evidenceOf(id);
        assert.equal(experiment, id);
        for (const [hashes, files] of [
          [provenance.models, MANIFEST.models],
          [provenance.data, MANIFEST.data],
        ] as const) {
          for (const [file, hash] of Object.entries(hashes))
            assert.equal(files.find((row) => row.id === file)?.sha256, hash);
        }
        assert.equal(provenance.seed, 1);
        assert.equal(provenance.runtime === null, Object.keys(provenance.models).length === 0);
      });

      it('is the same for the same seed, times excepted', async () => {
        const [first, second] = [await evidenceOf(id), await run(id, 1)];
        const timed = TIMED[id];
        if (!timed) return assert.deepEqual(second, first);
        const untimed = ({ outcomes, provenance }: Evidence): unknown => [
          Object.entries(outcomes).filter(([claim]) => !timed.includes(claim)),
          provenance,
        ];
        assert.deepEqual(untimed(second), untimed(first));
        const still = ({ figures }: Evidence): unknown => figures.filter(({ kind }) => kind !== 'lines');
        assert.deepEqual(still(second), still(first));
      });

      // The seed of bootstraps has tests of its own; running these once more would take long and show nothing else.
      if (RESAMPLING_ONLY.includes(id)) return;

      it('changes with the seed', async () => {
        const [first, other] = [await evidenceOf(id), await run(id, 2)];
        const timed = TIMED[id] ?? [];
        const numbers = ({ outcomes }: Evidence): unknown =>
          Object.entries(outcomes).flatMap(([claim, { effect, interval }]) =>
            timed.includes(claim) ? [] : [effect, ...interval],
          );
        assert.notDeepEqual(numbers(other), numbers(first));
        assert.deepEqual(other.provenance.models, first.provenance.models);
      });
    });
  }
});
