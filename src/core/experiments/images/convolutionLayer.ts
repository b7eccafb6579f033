/** What one exported convolution does: found by running it, never by reading its weights. */
import { phrase } from '../../explain/phrase';
import type { ModelSession, Tensor } from '../../ports';
import { Problem } from '../../problem';
import { above, allOf, atMost, exact, opposite, type Outcome } from '../evidence';
import type { Random } from '../random';
import { shifted } from './shift';
import { tiny } from '../wording';

type FloatTensor = Tensor & { type: 'float32' };

/** Values that differ by less are the same weight. */
const SAME_WEIGHT = 1e-6;
const EQUIVARIANT = 1e-4;

export class ConvolutionLayer {
  constructor(private readonly session: ModelSession) {}

  /** Maps [N, channels, H, W] of images [N, 1, H, W]. */
  async run(images: FloatTensor): Promise<FloatTensor> {
    const { maps } = await this.session.run({ pixels: images });
    if (maps?.type !== 'float32') throw new Problem('internal', { detail: 'the first layer gave no "maps"' });
    return maps;
  }

  /** Largest |f(ax + by) − a f(x) − b f(y)| over the largest |f(ax + by)|, for standard normal x and y. */
  async linearityError(side: number, random: Random): Promise<number> {
    const draw = (): FloatTensor => {
      const data = Float32Array.from(random.normals(side * side));
      return { type: 'float32', data, dims: [1, 1, side, side] };
    };
    const [x, y, a, b] = [draw(), draw(), 3 * random.normal(), 3 * random.normal()];
    const mixed = { ...x, data: x.data.map((value, index) => a * value + b * (y.data[index] ?? 0)) };
    const [whole, left, right] = [await this.run(mixed), await this.run(x), await this.run(y)];
    return largestGap(
      whole.data,
      whole.data.map((_, index) => a * (left.data[index] ?? 0) + b * (right.data[index] ?? 0)),
    );
  }

  /** Effects of moving images by one pixel, away from the border. */
  async shiftEffects(images: FloatTensor): Promise<ShiftEffects> {
    const before = await this.run(images);
    const after = await this.run(shifted(images, 1, 0));
    const [, , height = 0, width = 0] = before.dims;
    const margin = 2;
    const [moved, still] = [shifted(before, 1, 0), before];
    const inner = (tensor: FloatTensor): Float32Array =>
      tensor.data.filter((_, place) => {
        const [x, y] = [place % width, Math.floor(place / width) % height];
        return x >= margin && x < width - margin && y >= margin && y < height - margin;
      });
    return {
      equivarianceError: largestGap(inner(after), inner(moved)),
      change: meanGap(inner(after), inner(still)),
    };
  }

  /** The layer as a matrix on images of side × side pixels, from its answers to single pixels. */
  async matrix(side: number): Promise<ConvolutionMatrix> {
    const inputs = side * side;
    const data = new Float32Array(inputs * inputs);
    for (let pixel = 0; pixel < inputs; pixel++) data[pixel * inputs + pixel] = 1;
    const maps = await this.run({ type: 'float32', data, dims: [inputs, 1, side, side] });
    const channels = maps.dims[1] ?? 0;
    const outputs = channels * inputs;
    const distinct = Array.from({ length: channels }, () => new Set<number>());
    let nonZero = 0;
    maps.data.forEach((value, place) => {
      if (Math.abs(value) < SAME_WEIGHT) return;
      nonZero++;
      distinct[Math.floor((place % outputs) / inputs)]?.add(Math.round(value / SAME_WEIGHT));
    });
    return {
      inputs,
      outputs,
      nonZero,
      distinct: distinct.reduce((sum, values) => sum + values.size, 0),
      /** Of the first channel: one row for each output pixel. */
      firstChannel: Array.from({ length: inputs }, (_, output) =>
        Array.from({ length: inputs }, (_unused, input) => maps.data[input * outputs + output] ?? 0),
      ),
    };
  }

  /** Share of the image's pixels that the output in its middle depends on, found by changing one pixel at a time. */
  async receptiveShare(side: number): Promise<number> {
    const { firstChannel } = await this.matrix(side);
    const middle = firstChannel[Math.floor(side / 2) * side + Math.floor(side / 2)] ?? [];
    return middle.filter((value) => Math.abs(value) >= SAME_WEIGHT).length / middle.length;
  }
}

export interface ShiftEffects {
  /** Largest |conv(shift x) − shift(conv x)| over the largest |conv|. */
  readonly equivarianceError: number;
  /** Mean |conv(shift x) − conv x| over the mean |conv x|: 0 for an invariant layer. */
  readonly change: number;
}

export interface ConvolutionMatrix {
  readonly inputs: number;
  readonly outputs: number;
  readonly nonZero: number;
  /** Different weights, counted for each channel. */
  readonly distinct: number;
  readonly firstChannel: readonly (readonly number[])[];
}

function largestGap(a: Float32Array, b: Float32Array): number {
  let [gap, size] = [0, 0];
  a.forEach((value, index) => {
    gap = Math.max(gap, Math.abs(value - (b[index] ?? NaN)));
    size = Math.max(size, Math.abs(value));
  });
  return gap / size;
}

function meanGap(a: Float32Array, b: Float32Array): number {
  let [gap, size] = [0, 0];
  a.forEach((value, index) => {
    gap += Math.abs(value - (b[index] ?? NaN));
    size += Math.abs(b[index] ?? NaN);
  });
  return gap / size;
}

/** Of the claim that a convolution is translation invariant: false when its output moves along with its input. */
export function invarianceOutcome(effects: ShiftEffects, ...more: readonly Outcome[]): Outcome {
  const detail = phrase(
    'Shifting the input by one pixel changes the layer’s output by {change} %; it is the shifted output to within {error}: equivariant, not invariant.',
    { change: (100 * effects.change).toFixed(0), error: tiny(effects.equivarianceError) },
  );
  const changes = above(0.01, exact(effects.change, 'relative change'), detail);
  const follows = atMost(EQUIVARIANT, exact(effects.equivarianceError, 'relative deviation'), detail);
  return opposite(allOf(detail, changes, follows, ...more));
}
