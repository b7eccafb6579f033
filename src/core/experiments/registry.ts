import { Problem } from '../problem';
import { universalApproximation } from './approximation/universalApproximation';
import { attentionCost } from './attentionCost/attentionCost';
import { attentionMap } from './attentionMap/attentionMap';
import { aeVsVae } from './autoencoders/aeVsVae';
import { latentDimension } from './autoencoders/latentDimension';
import { emaVsMean } from './averages/emaVsMean';
import { diffusionElbo } from './diffusion/diffusionElbo';
import type { Experiment } from './experiment';
import { cnnVsMlp } from './images/cnnVsMlp';
import { inductiveBias } from './images/inductiveBias';
import { scalarLoss } from './scalarLoss/scalarLoss';

/** In the order of the questions of the built-in assignment. */
export const EXPERIMENTS = [
  latentDimension,
  universalApproximation,
  cnnVsMlp,
  emaVsMean,
  scalarLoss,
  inductiveBias,
  attentionCost,
  attentionMap,
  diffusionElbo,
  aeVsVae,
] as unknown as readonly Experiment[];

/** @throws Problem `experiment.unknown` */
export function findExperiment(id: string): Experiment {
  const found = EXPERIMENTS.find((experiment) => experiment.id === id);
  if (!found) {
    throw new Problem('experiment.unknown', {
      experiment: id,
      known: EXPERIMENTS.map((experiment) => experiment.id).join(', '),
    });
  }
  return found;
}
