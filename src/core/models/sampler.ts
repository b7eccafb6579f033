import { randomNormal } from 'd3-random';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import type { Clock, Models } from '../ports';
import { Problem } from '../problem';

export const SAMPLE_LIMIT = 1024;
export const SEED_LIMIT = 2 ** 31 - 1;

/** The models with a decoder that turns a latent into an image. */
export const DECODERS = { ae: 'ae-decoder', vae: 'vae-decoder' } as const;
export type SampledModel = keyof typeof DECODERS;

export interface SamplesRequest {
  readonly model: SampledModel;
  /** 1 to 1024. */
  readonly count: number;
  /** 0 to 2³¹ − 1; the same seed gives the same latents for every model. */
  readonly seed: number;
}

export interface Samples extends SamplesRequest {
  /** [count, height, width]. */
  readonly shape: readonly [number, number, number];
  /** Grey levels 0 to 255, row-major in `shape`. */
  readonly pixels: Uint8Array;
  /** Of the decoder's run alone. */
  readonly milliseconds: number;
}

/** Standard normal latents, [count, size], from the polar method over xoroshiro128+. */
export function standardNormalLatents(count: number, size: number, seed: number): Float32Array {
  const generator = xoroshiro128plus(seed);
  const normal = randomNormal.source(() => uniformFloat64(generator))(0, 1);
  return Float32Array.from({ length: count * size }, normal);
}

/** @throws Problem `sample.count`, `sample.seed`, `model.unknown`. */
export function validateSamplesRequest({ model, count, seed }: SamplesRequest): void {
  if (!Object.hasOwn(DECODERS, model)) {
    throw new Problem('model.unknown', { model, known: Object.keys(DECODERS).join(', ') });
  }
  if (!Number.isInteger(count) || count < 1 || count > SAMPLE_LIMIT) {
    throw new Problem('sample.count', { count, limit: SAMPLE_LIMIT });
  }
  if (!Number.isInteger(seed) || seed < 0 || seed > SEED_LIMIT) {
    throw new Problem('sample.seed', { seed, limit: SEED_LIMIT });
  }
}

/** Decodes standard normal latents; the same request gives the same pixels on one machine and runtime. */
export async function sample(models: Models, clock: Clock, request: SamplesRequest): Promise<Samples> {
  validateSamplesRequest(request);
  const id = DECODERS[request.model];
  const [session, { latent: size }] = [await models.session(id), await models.settings(id)];
  if (size === undefined) throw new Problem('model.manifest', { file: id, detail: 'no setting "latent"' });
  const data = standardNormalLatents(request.count, size, request.seed);
  const started = clock.now();
  const { pixels } = await session.run({ latent: { type: 'float32', data, dims: [request.count, size] } });
  const milliseconds = clock.now() - started;
  if (pixels?.type !== 'float32') throw new Problem('internal', { detail: `${id} gave no pixels` });
  const [, , height = 0, width = 0] = pixels.dims;
  return {
    ...request,
    shape: [request.count, height, width],
    pixels: Uint8Array.from(pixels.data, (value) => Math.round(value * 255)),
    milliseconds,
  };
}
