import { EigenvalueDecomposition } from 'ml-matrix';
import { phrase, type Phrase } from '../../explain/phrase';
import { exactly, type Figure, type LinePoint } from '../../figure';
import { above, allOf, atLeast, exact, type Measured, type Measurement, type Outcome } from '../evidence';
import type { Experiment, ExperimentLab } from '../experiment';
import { moments } from '../frechet';
import { heldOutImages, type HeldOut } from '../images/heldOutImages';
import { bootstrap } from '../statistics';
import { rightAnswers, row, rowCount, rowsTensor, runRows, type Rows } from '../tensors';

type Settings = Readonly<Record<never, never>>;

const LATENTS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512] as const;
const [SMALLEST, USUAL, LARGEST] = [1, 16, 512];
const IMAGES = 2_000;
const DECODED = 500;
const MUCH = 10; // points
const REGIMES = { few: phrase('ten labels a class'), all: phrase('all 60,000 labels') };
type Regime = keyof typeof REGIMES;

/** Everything about one size of the latent, for each image. */
interface Size {
  readonly latent: number;
  /** Share of the classifiers of a regime that are right, [image]. */
  readonly right: Readonly<Record<Regime, Float64Array>>;
  /** Mean squared error a pixel, [image] of the first DECODED. */
  readonly errors: Float64Array;
  /** (Σλ)² / Σλ² of the latents' covariance: how many directions are in use, 1 to d. */
  readonly participation: number;
}

export function participationRatio(eigenvalues: readonly number[]): number {
  const sum = eigenvalues.reduce((total, value) => total + value, 0);
  return sum ** 2 / eigenvalues.reduce((total, value) => total + value ** 2, 0);
}

async function classify(lab: ExperimentLab, latent: number, latents: Rows, labels: Uint8Array): Promise<Size['right']> {
  const session = await lab.models.session(`latent-${latent}-classifiers`);
  const results = await session.run({ latent: rowsTensor(latents) });
  const [few, all] = [results.few_logits, results.all_logits];
  if (few?.type !== 'float32' || all?.type !== 'float32') throw new RangeError('the classifiers gave no logits');
  const [draws = 0, count = 0, classes = 0] = few.dims;
  const answers = Array.from({ length: draws }, (_, draw) => {
    const values = few.data.subarray(draw * count * classes, (draw + 1) * count * classes);
    return rightAnswers({ values, width: classes }, labels);
  });
  const share = Float64Array.from(
    labels,
    (_, image) => answers.reduce((sum, right) => sum + (right[image] ?? 0), 0) / draws,
  );
  return { few: share, all: Float64Array.from(rightAnswers({ values: all.data, width: classes }, labels)) };
}

function squaredErrors(decoded: Rows, pixels: Float32Array): Float64Array {
  return Float64Array.from({ length: rowCount(decoded) }, (_, image) => {
    const start = image * decoded.width;
    return (
      row(decoded, image).reduce((sum, value, j) => sum + (value - (pixels[start + j] ?? 0)) ** 2, 0) / decoded.width
    );
  });
}

async function measure(lab: ExperimentLab, latent: number, held: HeldOut, between: () => Promise<void>): Promise<Size> {
  const encoder = await lab.models.session(`latent-${latent}-encoder`);
  const [latents = { values: new Float32Array(), width: latent }] = await runRows(
    encoder,
    'pixels',
    held.pixels,
    ['latent'],
    between,
  );
  const some = { values: latents.values.subarray(0, DECODED * latent), width: latent };
  const decoder = await lab.models.session(`latent-${latent}-decoder`);
  const [decoded = latents] = await runRows(decoder, 'latent', rowsTensor(some), ['pixels'], between);
  const { realEigenvalues } = new EigenvalueDecomposition(moments(latents).covariance, { assumeSymmetric: true });
  return {
    latent,
    right: await classify(lab, latent, latents, held.labels),
    errors: squaredErrors(decoded, held.pixels.data),
    participation: participationRatio(realEigenvalues),
  };
}

/** Differences of accuracy between sizes, paired over images. */
class Accuracies {
  constructor(
    private readonly lab: ExperimentLab,
    private readonly sizes: readonly Size[],
    private readonly regime: Regime,
  ) {}

  private of(latent: number): Float64Array {
    return this.sizes.find((size) => size.latent === latent)?.right[this.regime] ?? new Float64Array();
  }

  /**
   * The size that is best on the even images: what it is compared with is measured on the odd ones, so that choosing
   * the best does not flatter it.
   */
  get best(): number {
    const mean = (values: Float64Array): number =>
      values.reduce((sum, value, i) => (i % 2 === 0 ? sum + value : sum), 0);
    return LATENTS.reduce<number>(
      (best, latent) => (mean(this.of(latent)) > mean(this.of(best)) ? latent : best),
      SMALLEST,
    );
  }

  /** Accuracy at one size minus that at another, in points, on the odd images. */
  gap(high: number, low: number): Measurement {
    const [a, b] = [this.of(high), this.of(low)];
    return bootstrap(Math.floor(a.length / 2), this.lab.random(`${this.regime} ${high} ${low}`), 'points', (items) => {
      let sum = 0;
      for (const item of items) sum += (a[2 * item + 1] ?? 0) - (b[2 * item + 1] ?? 0);
      return (100 * sum) / items.length;
    });
  }

  at(latent: number): Measurement {
    const values = this.of(latent);
    return bootstrap(values.length, this.lab.random(`${this.regime} at ${latent}`), '%', (items) => {
      let sum = 0;
      for (const item of items) sum += values[item] ?? 0;
      return (100 * sum) / items.length;
    });
  }
}

type Regimes = Readonly<Record<Regime, Accuracies>>;

function ofBoth(
  { few, all }: Regimes,
  of: (accuracies: Accuracies) => Measurement,
  test: typeof above,
  threshold: number,
  words: Phrase,
): Outcome {
  const [a, b] = [of(few), of(all)];
  const data = { few: a.effect.toFixed(1), all: b.effect.toFixed(1), fewBest: few.best, allBest: all.best };
  const detail = { ...words, data };
  return allOf(detail, test(threshold, a, detail), test(threshold, b, detail));
}

function compressionOutcome(lab: ExperimentLab, sizes: readonly Size[]): Outcome {
  const of = (latent: number): Size | undefined => sizes.find((size) => size.latent === latent);
  const [usual, before, largest] = [of(USUAL), of(LARGEST / 2), of(LARGEST)];
  const share = (size: Size | undefined): number => (size ? size.participation / size.latent : NaN);
  const gain = bootstrap(DECODED, lab.random('saturation'), 'share of the error', (items) => {
    const mean = (errors: Float64Array = new Float64Array()): number =>
      items.reduce((sum, item) => sum + (errors[item] ?? 0), 0);
    return 1 - mean(largest?.errors) / mean(before?.errors);
  });
  const gained = (100 * gain.effect).toFixed(1);
  const detail = phrase(
    'Of 16 latent numbers {usual} directions are in use, of 512 only {largest}; doubling d from 256 to 512 lowers the reconstruction error by {gained} %.',
    { usual: (usual?.participation ?? NaN).toFixed(1), largest: (largest?.participation ?? NaN).toFixed(1), gained },
  );
  const falls = share(usual) - share(largest);
  const unused = above(0, exact(falls, 'share of directions in use'), detail);
  // Saturated: doubling the latent removes less than a tenth of the error.
  const saturates = above(-0.1, { ...gain, interval: [-gain.interval[1], -gain.interval[0]] }, detail);
  return allOf(detail, unused, saturates);
}

function accuracyFigure(regimes: Regimes): Figure {
  const points = (accuracies: Accuracies): LinePoint[] =>
    LATENTS.map((latent) => {
      const { effect, interval } = accuracies.at(latent);
      return { x: latent, value: effect, low: interval[0], high: interval[1] };
    });
  return {
    kind: 'lines',
    title: phrase('Accuracy of a classifier on the latent'),
    description: phrase(
      '{images} held-out images; linear classifiers, with ten labels a class (mean of ten draws) and with all.',
      {
        images: IMAGES,
      },
    ),
    x: { label: phrase('size of the latent d'), scale: 'log' },
    y: { label: phrase('accuracy, %'), scale: 'linear' },
    series: (Object.keys(REGIMES) as Regime[]).map((regime) => ({
      name: REGIMES[regime],
      points: points(regimes[regime]),
    })),
  };
}

function sizesFigure(title: Phrase, label: Phrase, value: (size: Size) => number, sizes: readonly Size[]): Figure {
  return {
    kind: 'lines',
    title,
    description: phrase('{images} held-out images.', { images: IMAGES }),
    x: { label: phrase('size of the latent d'), scale: 'log' },
    y: { label, scale: 'log' },
    series: [{ name: label, points: sizes.map((size) => ({ x: size.latent, ...exactly(value(size)) })) }],
  };
}

async function run(lab: ExperimentLab): Promise<Measured> {
  const held = await heldOutImages(lab.models, IMAGES);
  const sizes: Size[] = [];
  for (const latent of LATENTS) {
    sizes.push(await measure(lab, latent, held, () => lab.step(sizes.length, LATENTS.length)));
  }
  const regimes: Regimes = { few: new Accuracies(lab, sizes, 'few'), all: new Accuracies(lab, sizes, 'all') };
  const meanError = ({ errors }: Size): number => errors.reduce((sum, error) => sum + error, 0) / errors.length;
  const falls = ofBoth(
    regimes,
    (accuracies) => accuracies.gap(accuracies.best, LARGEST),
    above,
    0,
    phrase(
      'Accuracy at d = 512 is {few} points below the best (d = {fewBest}) with few labels, {all} points below the best (d = {allBest}) with all.',
    ),
  );
  return {
    outcomes: {
      '1.small-loses': ofBoth(
        regimes,
        (accuracies) => accuracies.gap(accuracies.best, SMALLEST),
        atLeast,
        MUCH,
        phrase('Accuracy at d = 1 is {few} points below the best with few labels, {all} points with all.'),
      ),
      '1.rises': ofBoth(
        regimes,
        (accuracies) => accuracies.gap(USUAL, SMALLEST),
        above,
        0,
        phrase('From d = 1 to d = 16, accuracy rises by {few} points with few labels, by {all} points with all.'),
      ),
      '1.falls': falls,
      '1.stops-compressing': compressionOutcome(lab, sizes),
    },
    figures: [
      accuracyFigure(regimes),
      sizesFigure(phrase('Reconstruction error'), phrase('mean squared error a pixel'), meanError, sizes),
      sizesFigure(
        phrase('Directions of the latent that are in use'),
        phrase('participation ratio'),
        ({ participation }) => participation,
        sizes,
      ),
    ],
    summary: [
      phrase('Autoencoders with 1 to 512 latent numbers were trained alike; linear classifiers read their latents.'),
      falls.detail,
    ],
  };
}

/** Question 1: what the size of the latent does to a classifier that reads it. */
export const latentDimension: Experiment<Settings> = {
  id: 'latent-dimension',
  title: phrase('The size of the latent vector'),
  settings: {},
  claims: ['1.small-loses', '1.rises', '1.falls', '1.stops-compressing'],
  run,
};
