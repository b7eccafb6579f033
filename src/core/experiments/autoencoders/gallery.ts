import type { ExperimentLab } from '../experiment';
import { confidences, rowCount, rowsTensor, runRows, type Rows } from '../tensors';

/** Images of one kind, with what the classifier makes of them. */
export interface Judged {
  /** Grey levels in [0, 1]. */
  readonly pixels: Rows;
  readonly features: Rows;
  /** [N] in (0, 1]. */
  readonly confidence: Float64Array;
}

/** What the encoders say of the held-out images: [N, d] each. */
export interface Encoded {
  readonly ae: Rows;
  readonly vaeMean: Rows;
  readonly vaeLogVariance: Rows;
}

/** Encodes, decodes and judges images by the bundled models; says how much of all batches is done. */
export class Gallery {
  private done = 0;

  constructor(
    private readonly lab: ExperimentLab,
    private readonly side: { readonly height: number; readonly width: number },
    private readonly total: number,
  ) {}

  private readonly between = async (): Promise<void> => {
    this.done++;
    await this.lab.step(Math.min(this.done, this.total), this.total);
  };

  async encode(pixels: Rows): Promise<Encoded> {
    const input = this.images(pixels);
    const run = async (model: string, outputs: readonly string[]): Promise<Rows[]> =>
      runRows(await this.lab.models.session(model), 'pixels', input, outputs, this.between);
    const [ae] = await run('ae-encoder', ['latent']);
    const [vaeMean, vaeLogVariance] = await run('vae-encoder', ['mean', 'log_variance']);
    const none: Rows = { values: new Float32Array(), width: 0 };
    return { ae: ae ?? none, vaeMean: vaeMean ?? none, vaeLogVariance: vaeLogVariance ?? none };
  }

  async decode(model: 'ae' | 'vae', latents: Rows): Promise<Judged> {
    const session = await this.lab.models.session(`${model}-decoder`);
    const [pixels] = await runRows(session, 'latent', rowsTensor(latents), ['pixels'], this.between);
    return this.judge(pixels ?? latents);
  }

  async judge(pixels: Rows): Promise<Judged> {
    const session = await this.lab.models.session('cnn-60000');
    const outputs = ['features', 'logits'];
    const [features = pixels, logits = pixels] = await runRows(
      session,
      'pixels',
      this.images(pixels),
      outputs,
      this.between,
    );
    return { pixels, features, confidence: confidences(logits) };
  }

  private images(pixels: Rows): { type: 'float32'; data: Float32Array; dims: number[] } {
    return { type: 'float32', data: pixels.values, dims: [rowCount(pixels), 1, this.side.height, this.side.width] };
  }
}
