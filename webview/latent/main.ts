import { SAMPLE_LIMIT, SEED_LIMIT } from '../../src/core/models/sampler';
import type { SamplesHostMethods, SamplesSettings, SamplesViewMethods } from '../../src/protocol/modelViews';
import { Rpc } from '../../src/protocol/rpc';
import { host, savedState } from '../shared/host';
import './latent.css';
import { SamplesView } from './samplesView';

const DEFAULTS: SamplesSettings = { count: 64, seed: 7 };

/** What was saved, as far as it is usable. */
function initialSettings(): SamplesSettings {
  const { count, seed } = savedState<SamplesSettings>() ?? {};
  const isWithin = (value: number | undefined, low: number, high: number): value is number =>
    Number.isInteger(value) && value !== undefined && value >= low && value <= high;
  return {
    count: isWithin(count, 1, SAMPLE_LIMIT) ? count : DEFAULTS.count,
    seed: isWithin(seed, 0, SEED_LIMIT) ? seed : DEFAULTS.seed,
  };
}

const view = new SamplesView(() => rpc, initialSettings());
const rpc: Rpc<SamplesViewMethods, SamplesHostMethods> = new Rpc<SamplesViewMethods, SamplesHostMethods>(host, {
  show: (settings) => view.show(settings),
});
document.body.append(view.element);
void view.run();
