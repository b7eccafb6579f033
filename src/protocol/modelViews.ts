/** Between the views of the models (samples, attention map) and the extension. */
import type { Samples } from '../core/models/sampler';
import type { Translation, TranslationRequest } from '../core/models/translator';

export interface SamplesSettings {
  readonly count: number;
  readonly seed: number;
}

export interface SamplesHostMethods {
  /** Decodes the same latents with both models; progress counts the models. */
  sample: { params: SamplesSettings; result: { ae: Samples; vae: Samples } };
  /** Asks for a place and writes the PNG; `null` when the person changed their mind. */
  exportPng: { params: { png: Uint8Array; name: string }; result: { path: string } | null };
  showLog: { params: null; result: void };
}

export interface SamplesViewMethods {
  /** Sets the controls and samples anew. */
  show: { params: SamplesSettings; result: void };
}

export interface AttentionHostMethods {
  translate: { params: TranslationRequest; result: Translation };
  exportPng: SamplesHostMethods['exportPng'];
  showLog: { params: null; result: void };
}

export interface AttentionViewMethods {
  show: { params: { sentence: string }; result: void };
}
