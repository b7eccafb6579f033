import { phrase } from '../../explain/phrase';
import { exactly, type Figure, type LineSeries } from '../../figure';
import { readImages } from '../../models/heldOut';
import { above, atMost, allOf, exact, opposite, type Measured, type Outcome } from '../evidence';
import type { Experiment, ExperimentLab } from '../experiment';
import type { Random } from '../random';
import { bootstrapMean } from '../statistics';
import {
  drawForwardPath,
  elbo,
  elboTerms,
  forwardPath,
  keptSignal,
  klFromStandardNormal,
  klOfGaussians,
  logDensity,
  logEvidence,
  logForwardPath,
  logWeight,
  modelPosterior,
  type GaussianDiffusion,
} from './gaussianChain';
import { SCHEDULES, type ScheduleName } from './schedules';
import { tiny } from '../wording';

interface Settings {
  readonly [name: string]: string | number;
  readonly schedule: ScheduleName;
  readonly steps: number;
}

const CHAINS = 200;
const LONGEST_CHAIN = 10;
const EXACT = 1e-6; // nats
const TINY = 1e-3; // nats per pixel
const PATHS = 4_000;
const IMAGES = 200;
const PROBE = 1e-3;
const LENGTHS = [5, 10, 20, 50, 100, 200, 500, 1_000, 2_000];

/** A chain with random noise and a model that is near the true reverse process, but not on it. */
function randomChain(random: Random): { diffusion: GaussianDiffusion; x0: number } {
  const steps = 1 + random.index(LONGEST_CHAIN);
  const betas = Array.from({ length: steps }, () => 0.02 + 0.5 * random.uniform());
  const reverse = betas.map((beta) => ({
    slope: Math.sqrt(1 - beta) + 0.1 * random.normal(),
    offset: 0.1 * random.normal(),
    variance: beta * (0.5 + random.uniform()),
  }));
  return { diffusion: { betas, reverse }, x0: random.normal() };
}

interface ChainCheck {
  /** log p(x₀) − ELBO, in nats. */
  readonly gap: number;
  /** KL of the posteriors by their covariances, in nats. */
  readonly kl: number;
  /** Between log q of a drawn path step by step and by its covariance, in nats. */
  readonly deviation: number;
  /** Of the prior term, over a small change of each parameter of the model. */
  readonly priorSlope: number;
  /** The same of the whole ELBO: it must not be zero, or the check shows nothing. */
  readonly elboSlope: number;
}

function checkChain(random: Random): ChainCheck {
  const { diffusion, x0 } = randomChain(random);
  const { betas } = diffusion;
  const path = drawForwardPath(betas, x0, random.normals(betas.length));
  const terms = elboTerms(diffusion, x0);
  const moved = movedModels(diffusion).map((model) => elboTerms(model, x0));
  const steepest = (of: (t: typeof terms) => number): number =>
    Math.max(...moved.map((changed) => Math.abs(of(changed) - of(terms)) / PROBE));
  return {
    gap: logEvidence(diffusion, x0) - elbo(terms),
    kl: klOfGaussians(forwardPath(betas, x0), modelPosterior(diffusion, x0)),
    deviation: Math.abs(logForwardPath(betas, x0, path) - logDensity(forwardPath(betas, x0), path)),
    priorSlope: steepest(({ prior }) => prior),
    elboSlope: steepest(elbo),
  };
}

/** The model with one parameter of one step moved a little, for every parameter. */
function movedModels({ betas, reverse }: GaussianDiffusion): GaussianDiffusion[] {
  return reverse.flatMap((step, moved) =>
    (['slope', 'offset', 'variance'] as const).map((parameter) => ({
      betas,
      reverse: reverse.map((other, index) =>
        index === moved ? { ...step, [parameter]: step[parameter] + PROBE } : other,
      ),
    })),
  );
}

/** KL(q(x_T | x₀) ‖ N(0, 1)) in nats per pixel, for grey levels in [−1, 1]: mean of each image. */
function priorNats(betas: readonly number[], pixels: Uint8Array, size: number): Float64Array {
  const kept = keptSignal(betas).at(-1) ?? 1;
  // Of each of the 256 levels once.
  const ofLevel = Float64Array.from({ length: 256 }, (_, level) =>
    klFromStandardNormal(Math.sqrt(kept) * ((level / 255) * 2 - 1), 1 - kept),
  );
  return Float64Array.from({ length: pixels.length / size }, (_, image) => {
    let sum = 0;
    for (let index = image * size; index < (image + 1) * size; index++) sum += ofLevel[pixels[index] ?? 0] ?? 0;
    return sum / size;
  });
}

function boundFigure(gap: readonly ChainCheck[]): Figure {
  const points = gap.map(({ kl, gap: difference }) => [kl, difference] as const);
  return {
    kind: 'scatter',
    title: phrase('What the bound leaves out is the KL'),
    description: phrase('{chains} random models: log p − ELBO against the KL between the posteriors, both in nats.', {
      chains: gap.length,
    }),
    x: { label: phrase('KL between the posteriors, nats'), scale: 'linear' },
    y: { label: phrase('log p − ELBO, nats'), scale: 'linear' },
    groups: [{ name: phrase('one model each'), points }],
  };
}

async function priorFigure(lab: ExperimentLab, pixels: Uint8Array, size: number): Promise<Figure> {
  const series: LineSeries[] = Object.entries(SCHEDULES).map(([name, schedule]) => ({
    name: name === 'linear' ? phrase('linear schedule') : phrase('cosine schedule'),
    points: LENGTHS.map((steps) => {
      const nats = priorNats(schedule(steps), pixels, size);
      return { x: steps, ...exactly(nats.reduce((sum, value) => sum + value, 0) / nats.length) };
    }),
  }));
  const limit = { name: phrase('10⁻³ nats per pixel'), isDashed: true };
  await lab.step(3, 4);
  return {
    kind: 'lines',
    title: phrase('How near the forward process ends to N(0, I)'),
    description: phrase('Mean KL(q(x_T | x₀) ‖ N(0, I)) of {images} held-out images, over the number of steps T.', {
      images: pixels.length / size,
    }),
    x: { label: phrase('steps T'), scale: 'log' },
    y: { label: phrase('nats per pixel'), scale: 'log' },
    series: [...series, { ...limit, points: [LENGTHS[0], LENGTHS.at(-1)].map((x = 1) => ({ x, ...exactly(TINY) })) }],
  };
}

/** Claims 9a and 9b, and the derivative of 9c: all exact, up to rounding. */
function chainOutcomes(checks: readonly ChainCheck[]): Record<string, Outcome> {
  const most = (of: (check: ChainCheck) => number): number => Math.max(...checks.map(of));
  const worst = most(({ gap, kl }) => Math.abs(gap - kl));
  const least = Math.min(...checks.map(({ gap }) => gap));
  const deviation = most((check) => check.deviation);
  const priorSlope = most((check) => check.priorSlope);
  const elboSlope = Math.min(...checks.map((check) => check.elboSlope));
  const nonnegative = phrase(
    'In {chains} random models, log p − ELBO equals the KL to within {worst} nats, and its least value is {least} nats.',
    { chains: checks.length, worst: tiny(worst), least: least.toPrecision(2) },
  );
  return {
    '9a.nonnegative': allOf(
      nonnegative,
      atMost(EXACT, exact(worst, 'nats'), nonnegative),
      above(-EXACT, exact(least, 'nats'), nonnegative),
    ),
    '9b.m-q-intractable': opposite(
      atMost(
        EXACT,
        exact(deviation, 'nats'),
        phrase('log q(x₁…x_T | x₀) was evaluated in closed form in two ways; they agree to within {deviation} nats.', {
          deviation: tiny(deviation),
        }),
      ),
    ),
    '9c.no-parameters': atMost(
      EXACT,
      exact(elboSlope > EXACT ? priorSlope : Infinity, 'nats'),
      phrase(
        'Moving any parameter of the model changes the last term by {prior}, the whole ELBO by at least {elbo} nats.',
        {
          prior: priorSlope,
          elbo: elboSlope.toPrecision(2),
        },
      ),
    ),
  };
}

async function run(lab: ExperimentLab, { schedule, steps }: Settings): Promise<Measured> {
  const random = lab.random('chains');
  const checks = Array.from({ length: CHAINS }, () => checkChain(random));
  await lab.step(1, 4);
  const images = readImages(await lab.models.data('test-images'));
  const size = images.height * images.width;
  const pixels = images.pixels.subarray(0, IMAGES * size);
  const nats = priorNats(SCHEDULES[schedule](steps), pixels, size);
  const near = bootstrapMean(nats, lab.random('images'), 'nats per pixel');
  await lab.step(2, 4);
  const { diffusion, x0 } = randomChain(lab.random('example'));
  const drawn = lab.random('paths');
  const weights = Array.from({ length: PATHS }, () =>
    logWeight(diffusion, x0, drawForwardPath(diffusion.betas, x0, drawn.normals(diffusion.betas.length))),
  );
  const estimate = bootstrapMean(weights, lab.random('resampling'), 'nats');
  const outcomes = chainOutcomes(checks);
  const data = { steps, nats: tiny(near.effect), images: nats.length };
  return {
    outcomes: {
      ...outcomes,
      '9c.near-prior': atMost(
        TINY,
        near,
        schedule === 'linear'
          ? phrase(
              'With the linear schedule and T = {steps}, the term is {nats} nats per pixel on {images} images.',
              data,
            )
          : phrase(
              'With the cosine schedule and T = {steps}, the term is {nats} nats per pixel on {images} images.',
              data,
            ),
      ),
    },
    figures: [boundFigure(checks), await priorFigure(lab, pixels, size)],
    summary: [
      phrase('{chains} diffusions in one dimension, whose log p, ELBO and KL are exact, were drawn at random.', {
        chains: CHAINS,
      }),
      phrase('In one of them the ELBO is {exact} nats; {paths} sampled paths estimate {low} to {high}.', {
        exact: elbo(elboTerms(diffusion, x0)).toFixed(3),
        paths: PATHS,
        low: estimate.interval[0].toFixed(3),
        high: estimate.interval[1].toFixed(3),
      }),
      phrase('The forward process has no parameters and ends {nats} nats per pixel from the prior.', {
        nats: tiny(near.effect),
      }),
    ],
  };
}

/** Question 9: why the KL may be dropped, why it must be, and why the last term is ignored. */
export const diffusionElbo: Experiment<Settings> = {
  id: 'diffusion-elbo',
  title: phrase('The lower bound of diffusion models'),
  settings: {
    schedule: {
      kind: 'choice',
      label: phrase('Noise schedule'),
      choices: { linear: phrase('linear'), cosine: phrase('cosine') },
      initial: 'linear',
    },
    steps: { kind: 'number', label: phrase('Steps T'), least: 1, greatest: 4_000, initial: 1_000, isWhole: true },
  },
  claims: ['9a.nonnegative', '9b.m-q-intractable', '9c.near-prior', '9c.no-parameters'],
  run,
};
