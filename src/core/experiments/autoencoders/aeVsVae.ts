import { phrase, type Phrase } from '../../explain/phrase';
import type { Figure, ImageGroup } from '../../figure';
import { imagesTensor, readImages } from '../../models/heldOut';
import { above, atMost, opposite, type Measured, type Measurement, type Outcome } from '../evidence';
import type { Experiment, ExperimentLab } from '../experiment';
import { FrechetReference, moments } from '../frechet';
import { bootstrap, bootstrapMean, jackknife } from '../statistics';
import { firstRows, rowCount, type Rows } from '../tensors';
import type { Unit } from '../units';
import { Gallery, type Encoded, type Judged } from './gallery';
import { aggregatedNats, fittedLatents, klOfDimensions } from './latents';

interface Settings {
  readonly [name: string]: number;
  readonly samples: number;
}

const SHOWN = 32;
/** "Well under" means at most this share of the other distance. */
const WELL_UNDER = 0.5;

const KINDS = {
  real: phrase('real images'),
  vae: phrase('VAE, N(0, I)'),
  fitted: phrase('AE, normal distribution fitted to its latents'),
  ae: phrase('AE, N(0, I)'),
} as const satisfies Record<string, Phrase>;
type Kind = keyof typeof KINDS;

interface Distances {
  readonly of: Readonly<Record<Kind, Measurement>>;
  /** First kind over second, from the same jackknife groups. */
  ratio(a: Kind, b: Kind): Measurement;
  difference(a: Kind, b: Kind): Measurement;
}

function distances(reference: FrechetReference, judged: Readonly<Record<Kind, Judged>>, unit: Unit): Distances {
  const count = rowCount(judged.real.features);
  const distance = (kind: Kind, items: Uint32Array): number =>
    reference.distanceTo(moments(judged[kind].features, items));
  const of = (kind: Kind): Measurement => jackknife(count, unit, (items) => distance(kind, items));
  return {
    of: { real: of('real'), vae: of('vae'), fitted: of('fitted'), ae: of('ae') },
    ratio: (a, b) => jackknife(count, '1', (items) => distance(a, items) / distance(b, items)),
    difference: (a, b) => jackknife(count, unit, (items) => distance(a, items) - distance(b, items)),
  };
}

function samplesFigure(judged: Readonly<Record<Kind, Judged>>, side: { height: number; width: number }): Figure {
  const group = (kind: Kind): ImageGroup => ({
    name: KINDS[kind],
    pixels: Uint8Array.from(firstRows(judged[kind].pixels, SHOWN).values, (value) => Math.round(value * 255)),
  });
  return {
    kind: 'images',
    title: phrase('Decoded random vectors beside real images'),
    description: phrase('The first {shown} images of each kind; AE and VAE decode the same random vectors.', {
      shown: SHOWN,
    }),
    ...side,
    groups: (Object.keys(KINDS) as Kind[]).map(group),
  };
}

function distanceFigure(found: Distances['of'], judged: Readonly<Record<Kind, Judged>>): Figure {
  return {
    kind: 'bars',
    title: phrase('Fréchet distance to held-out images'),
    description: phrase('In the features of the bundled classifier, {count} images of each kind; lower is nearer.', {
      count: rowCount(judged.real.features),
    }),
    y: { label: phrase('Fréchet distance'), scale: 'log' },
    bars: (Object.keys(KINDS) as Kind[]).map((kind) => {
      const { effect, interval } = found[kind];
      return { name: KINDS[kind], value: effect, low: interval[0], high: interval[1] };
    }),
  };
}

function klFigure(nats: readonly number[]): Figure {
  return {
    kind: 'bars',
    title: phrase('KL of each latent dimension of the VAE'),
    description: phrase('Mean over held-out images, {total} nats in all; a dimension at 0 carries nothing.', {
      total: nats.reduce((sum, value) => sum + value, 0).toFixed(1),
    }),
    y: { label: phrase('nats per image'), scale: 'linear' },
    bars: nats.map((value, index) => ({ name: phrase('{index}', { index: index + 1 }), value, low: null, high: null })),
  };
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function distanceOutcomes(found: Distances, judged: Readonly<Record<Kind, Judged>>): Record<string, Outcome> {
  const { ae, vae, real } = found.of;
  const sure = (kind: Kind): string => (100 * meanOf(judged[kind].confidence)).toFixed(0);
  return {
    '10a.not-generative': above(
      0,
      found.difference('ae', 'vae'),
      phrase(
        'From standard normal vectors, AE images are {ae} from real ones, VAE images {vae}; from vectors like its own, AE images are {fitted}.',
        {
          ae: ae.effect.toFixed(1),
          vae: vae.effect.toFixed(1),
          fitted: found.of.fitted.effect.toFixed(1),
        },
      ),
    ),
    '10b.samples': atMost(
      WELL_UNDER,
      found.ratio('vae', 'ae'),
      phrase(
        'The VAE’s distance is {ratio} of the AE’s; the classifier is {vae} % sure of VAE images, {ae} % of AE images, {real} % of real ones.',
        {
          ratio: (vae.effect / ae.effect).toFixed(2),
          vae: sure('vae'),
          ae: sure('ae'),
          real: sure('real'),
        },
      ),
    ),
    '10b.m-perfect': opposite(
      above(
        0,
        found.difference('vae', 'real'),
        phrase('VAE images are {vae} from real ones, other real images {real}.', {
          vae: vae.effect.toFixed(1),
          real: real.effect.toFixed(1),
        }),
      ),
    ),
  };
}

function posteriorOutcomes(lab: ExperimentLab, { ae, vaeMean, vaeLogVariance }: Encoded): Record<string, Outcome> {
  const count = rowCount(ae);
  const all = Uint32Array.from({ length: count }, (_, index) => index);
  const variances = Float64Array.from(all, (image) => {
    const own = vaeLogVariance.values.subarray(image * vaeMean.width, (image + 1) * vaeMean.width);
    return own.reduce((sum, log) => sum + Math.exp(log), 0) / own.length;
  });
  const variance = bootstrapMean(variances, lab.random('variance'), 'variance');
  const gap = bootstrap(
    count,
    lab.random('posterior'),
    'nats',
    (items) => aggregatedNats(ae, null, items) - aggregatedNats(vaeMean, vaeLogVariance, items),
  );
  return {
    '10b.distribution': above(
      0,
      variance,
      phrase('The encoder of the VAE gives each image a normal distribution; its mean variance is {variance}.', {
        variance: variance.effect.toFixed(3),
      }),
    ),
    '10b.kl': above(
      0,
      gap,
      phrase('All codes of the VAE together are {vae} nats from N(0, I), those of the AE {ae} nats.', {
        vae: aggregatedNats(vaeMean, vaeLogVariance, all).toFixed(2),
        ae: aggregatedNats(ae, null, all).toFixed(2),
      }),
    ),
  };
}

async function run(lab: ExperimentLab, { samples }: Settings): Promise<Measured> {
  const images = readImages(await lab.models.data('test-images'));
  const side = { height: images.height, width: images.width };
  const size = side.height * side.width;
  const half = Math.floor(images.count / 2);
  const part = (start: number, end: number): Rows => ({
    values: imagesTensor(images, start, end).data as Float32Array,
    width: size,
  });
  const gallery = new Gallery(lab, side, Math.ceil((samples / 250) * 10) + 14);
  const encoded = await gallery.encode(part(0, half));
  const { width } = encoded.ae;
  const noise = lab.random('latents').normals(samples * width);
  const latents: Rows = { values: Float32Array.from(noise), width };
  const judged = {
    real: await gallery.judge(part(half, half + samples)),
    vae: await gallery.decode('vae', latents),
    fitted: await gallery.decode('ae', fittedLatents(encoded.ae, noise)),
    ae: await gallery.decode('ae', latents),
  };
  const held = await gallery.judge(part(0, half));
  const found = distances(new FrechetReference(moments(held.features)), judged, 'squared feature units');
  const { vae, ae, real } = found.of;
  return {
    outcomes: { ...distanceOutcomes(found, judged), ...posteriorOutcomes(lab, encoded) },
    figures: [samplesFigure(judged, side), distanceFigure(found.of, judged), klFigure(klOfDimensions(encoded))],
    summary: [
      phrase(
        '{samples} random vectors were decoded by the AE and by the VAE and compared with {half} held-out images.',
        {
          samples,
          half,
        },
      ),
      phrase('Distances: AE {ae}, VAE {vae}, other real images {real}.', {
        ae: ae.effect.toFixed(1),
        vae: vae.effect.toFixed(1),
        real: real.effect.toFixed(1),
      }),
    ],
  };
}

/** Question 10: what the decoders of an AE and of a VAE make of random vectors. */
export const aeVsVae: Experiment<Settings> = {
  id: 'ae-vs-vae',
  title: phrase('Sampling from an autoencoder'),
  settings: {
    samples: { kind: 'number', label: phrase('Samples'), least: 200, greatest: 1_000, initial: 1_000, isWhole: true },
  },
  claims: ['10a.not-generative', '10b.distribution', '10b.kl', '10b.samples', '10b.m-perfect'],
  run,
};
