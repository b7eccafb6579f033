import { phrase } from '../../explain/phrase';
import type { Figure, LinePoint } from '../../figure';
import { above, allOf, atMost, exact, type Measured, type Measurement, type Outcome } from '../evidence';
import type { Experiment, ExperimentLab } from '../experiment';
import { bootstrap, bootstrapMean } from '../statistics';
import { ConvolutionLayer, invarianceOutcome } from './convolutionLayer';
import { heldOutImages, rightShares, type HeldOut, type Pixels } from './heldOutImages';
import { tiny } from '../wording';

type Settings = Readonly<Record<never, never>>;

const IMAGES = 1_000;
const SIZES = [100, 300, 1_000, 3_000, 10_000, 60_000] as const;
const FEW = [100, 300, 1_000] as const;
const QUADRANTS = {
  'quadrant-cnn-circular': phrase('CNN, wrapped around'),
  'quadrant-cnn': phrase('CNN, zeros around'),
  'quadrant-mlp': phrase('MLP'),
};
const CHANCE = 25; // % of four quadrants
const NEAR_CHANCE = 10; // points
const FAR = 20; // points
const EQUIVARIANT = 1e-4;

type Shares = ReadonlyMap<string, Float64Array>;

/** Mean of some numbers of each image, in %, with its interval over draws of images. */
function percent(lab: ExperimentLab, name: string, count: number, ofImage: (image: number) => number): Measurement {
  return bootstrap(count, lab.random(name), 'points', (items) => {
    let sum = 0;
    for (const item of items) sum += ofImage(item);
    return (100 * sum) / items.length;
  });
}

class LearningCurves {
  constructor(
    private readonly lab: ExperimentLab,
    private readonly shares: Shares,
  ) {}

  private of(network: 'cnn' | 'mlp', size: number): Float64Array {
    return this.shares.get(`${network}-${size}`) ?? new Float64Array();
  }

  private get count(): number {
    return this.of('cnn', SIZES[0]).length;
  }

  /** CNN − MLP in points at one number of images. */
  gap(size: number): Measurement {
    const [cnn, mlp] = [this.of('cnn', size), this.of('mlp', size)];
    return percent(this.lab, `gap ${size}`, this.count, (image) => (cnn[image] ?? 0) - (mlp[image] ?? 0));
  }

  fewData(): Outcome {
    const gap = percent(this.lab, 'few', this.count, (image) => {
      const gaps = FEW.map((size) => (this.of('cnn', size)[image] ?? 0) - (this.of('mlp', size)[image] ?? 0));
      return gaps.reduce((sum, value) => sum + value, 0) / gaps.length;
    });
    return above(
      0,
      gap,
      phrase(
        'With 100, 300 and 1,000 training images the CNN is {gap} points ahead of the MLP (mean; three seeds each).',
        {
          gap: gap.effect.toFixed(1),
        },
      ),
    );
  }

  moreData(): Outcome {
    const [few, all] = [300, 60_000];
    const shrinks = percent(this.lab, 'more', this.count, (image) => {
      const at = (size: number): number => (this.of('cnn', size)[image] ?? 0) - (this.of('mlp', size)[image] ?? 0);
      return at(few) - at(all);
    });
    return above(
      0,
      shrinks,
      phrase('The CNN is {few} points ahead with 300 images and {all} with 60,000.', {
        few: this.gap(few).effect.toFixed(1),
        all: this.gap(all).effect.toFixed(1),
      }),
    );
  }

  figure(): Figure {
    const points = (network: 'cnn' | 'mlp'): LinePoint[] =>
      SIZES.map((size) => {
        const shares = this.of(network, size);
        const { effect, interval } = percent(
          this.lab,
          `${network} ${size}`,
          shares.length,
          (image) => shares[image] ?? 0,
        );
        return { x: size, value: effect, low: interval[0], high: interval[1] };
      });
    return {
      kind: 'lines',
      title: phrase('Accuracy over the number of training images'),
      description: phrase('{images} held-out images; means over three seeds up to 3,000 training images.', {
        images: this.count,
      }),
      x: { label: phrase('training images'), scale: 'log' },
      y: { label: phrase('accuracy, %'), scale: 'linear' },
      series: [
        { name: phrase('CNN'), points: points('cnn') },
        { name: phrase('MLP'), points: points('mlp') },
      ],
    };
  }
}

/** What the quadrant networks were trained on: an image halved by 2×2 means, at a random place of one quadrant. */
async function quadrantTask(lab: ExperimentLab, held: HeldOut): Promise<{ pixels: Pixels; quadrants: Uint8Array }> {
  const { objectSize = 0, firstStart = 0, secondStart = 0, jitter = 1 } = await lab.models.settings('quadrant-mlp');
  const random = lab.random('places');
  const { width, height, labels } = held;
  const data = new Float32Array(held.pixels.data.length);
  const quadrants = Uint8Array.from(labels, (_, image) => {
    const [lower, right] = [random.index(2), random.index(2)];
    const top = (lower ? secondStart : firstStart) + random.index(jitter);
    const left = (right ? secondStart : firstStart) + random.index(jitter);
    for (let y = 0; y < 2 * objectSize; y++) {
      for (let x = 0; x < 2 * objectSize; x++) {
        const place = (image * height + top + (y >> 1)) * width + left + (x >> 1);
        data[place] = (data[place] ?? 0) + (held.pixels.data[(image * height + y) * width + x] ?? 0) / 4;
      }
    }
    return 2 * lower + right;
  });
  return { pixels: { type: 'float32', data, dims: held.pixels.dims }, quadrants };
}

async function quadrantAccuracies(lab: ExperimentLab, held: HeldOut): Promise<Map<string, Measurement>> {
  const { pixels, quadrants } = await quadrantTask(lab, held);
  const found = new Map<string, Measurement>();
  for (const model of Object.keys(QUADRANTS)) {
    const shares = await rightShares(lab.models, model, pixels, quadrants, (done, total) => lab.step(done, total));
    found.set(
      model,
      bootstrapMean(
        shares.map((share) => 100 * share),
        lab.random(model),
        '%',
      ),
    );
  }
  return found;
}

function quadrantFigure(found: ReadonlyMap<string, Measurement>): Figure {
  return {
    kind: 'bars',
    title: phrase('Which quadrant holds the object?'),
    description: phrase('Accuracy on held-out images; {chance} % is chance.', { chance: CHANCE }),
    y: { label: phrase('accuracy, %'), scale: 'linear' },
    bars: Object.entries(QUADRANTS).map(([model, name]) => {
      const { effect = NaN, interval = [NaN, NaN] } = found.get(model) ?? {};
      return { name, value: effect, low: interval[0], high: interval[1] };
    }),
  };
}

function wrongBias(found: ReadonlyMap<string, Measurement>): Outcome {
  const none = exact(NaN, '%');
  const of = (model: keyof typeof QUADRANTS): Measurement => found.get(model) ?? none;
  const [cnn, padded, mlp] = [of('quadrant-cnn-circular'), of('quadrant-cnn'), of('quadrant-mlp')];
  const detail = phrase(
    'Where the position decides, the CNN with global average pooling reaches {cnn} % on images that wrap around and {padded} % with zeros around them, which give the border away; the MLP {mlp} %; chance is {chance} %.',
    {
      cnn: cnn.effect.toFixed(0),
      padded: padded.effect.toFixed(0),
      mlp: mlp.effect.toFixed(0),
      chance: CHANCE,
    },
  );
  const ahead: Measurement = {
    effect: mlp.effect - cnn.effect,
    // The widest difference that both intervals allow.
    interval: [mlp.interval[0] - cnn.interval[1], mlp.interval[1] - cnn.interval[0]],
    unit: 'points',
  };
  return allOf(detail, above(FAR, ahead, detail), atMost(CHANCE + NEAR_CHANCE, cnn, detail));
}

async function layer(lab: ExperimentLab, held: HeldOut): Promise<Record<string, Outcome>> {
  const first = new ConvolutionLayer(await lab.models.session('cnn-first-layer'));
  const some = {
    ...held.pixels,
    data: held.pixels.data.subarray(0, 16 * held.width * held.height),
    dims: [16, 1, held.height, held.width],
  };
  const effects = await first.shiftEffects(some);
  const share = await first.receptiveShare(held.width);
  return {
    '6b.locality': atMost(
      0.25,
      exact(share, 'share of the image'),
      phrase('An output of the first layer depends on {share} % of the pixels.', { share: (100 * share).toFixed(1) }),
    ),
    '6b.translation': atMost(
      EQUIVARIANT,
      exact(effects.equivarianceError, 'relative deviation'),
      phrase('Convolving a shifted image and shifting the convolved one agree to within {error}.', {
        error: tiny(effects.equivarianceError),
      }),
    ),
    '6b.m-invariance': invarianceOutcome(effects),
  };
}

async function run(lab: ExperimentLab): Promise<Measured> {
  const held = await heldOutImages(lab.models, IMAGES);
  const shares = new Map<string, Float64Array>();
  const models = SIZES.flatMap((size) => [`cnn-${size}`, `mlp-${size}`]);
  for (const model of models) {
    shares.set(
      model,
      await rightShares(lab.models, model, held.pixels, held.labels, (done, total) =>
        lab.step(shares.size + done / total, models.length + 1),
      ),
    );
  }
  const curves = new LearningCurves(lab, shares);
  const quadrants = await quadrantAccuracies(lab, held);
  const few = curves.fewData();
  return {
    outcomes: {
      ...(await layer(lab, held)),
      '6c.few-data': few,
      '6c.wrong-bias': wrongBias(quadrants),
      '6c.more-data': curves.moreData(),
    },
    figures: [curves.figure(), quadrantFigure(quadrants)],
    summary: [
      phrase(
        'CNNs and MLPs trained on 100 to 60,000 images were tested on {images} others, and on a task where only the position counts.',
        {
          images: IMAGES,
        },
      ),
      few.detail,
    ],
  };
}

/** Question 6: what the inductive bias of convolutions is, when it helps and when it hurts. */
export const inductiveBias: Experiment<Settings> = {
  id: 'inductive-bias',
  title: phrase('Inductive bias'),
  settings: {},
  claims: ['6b.locality', '6b.translation', '6b.m-invariance', '6c.few-data', '6c.wrong-bias', '6c.more-data'],
  run,
};
