import { CONVOLUTIONS } from './convolutions';
import type { Entry } from './entry';
import { FUNCTIONS } from './functions';
import { LINEAR_LAYERS } from './linearLayers';
import { LOSSES } from './losses';
import { NORMALIZATIONS } from './normalizations';
import { OPTIMIZERS } from './optimizers';
import { PLAIN_LAYERS } from './plainLayers';
import { RECURRENT_LAYERS } from './recurrentLayers';
import { TRANSFORMER_LAYERS } from './transformerLayers';

const ENTRIES: readonly Entry[] = [
  ...LINEAR_LAYERS,
  ...CONVOLUTIONS,
  ...NORMALIZATIONS,
  ...RECURRENT_LAYERS,
  ...TRANSFORMER_LAYERS,
  ...PLAIN_LAYERS,
  ...LOSSES,
  ...FUNCTIONS,
  ...OPTIMIZERS,
];

const BY_SYMBOL = new Map(ENTRIES.map((entry) => [entry.symbol, entry]));

/** Other paths under which PyTorch offers the same. */
const ALIASES: Readonly<Record<string, string>> = {
  'torch.special.softmax': 'torch.softmax',
  'torch.special.log_softmax': 'torch.log_softmax',
  'torch.distributions.kl.kl_divergence': 'torch.distributions.kl_divergence',
  'torch.nn.parameter.Parameter': 'torch.nn.Parameter',
};

/** `torch.nn.modules.linear.Linear` is `torch.nn.Linear`; `torch.optim.adam.Adam` is `torch.optim.Adam`. */
export function canonicalPath(path: string): string {
  if (!path.startsWith('torch.')) return path;
  const parts = path.split('.');
  if (path.startsWith('torch.nn.modules.')) return `torch.nn.${parts.at(-1) ?? ''}`;
  if (path.startsWith('torch.optim.') && parts.length === 4 && parts[2] !== 'lr_scheduler') {
    return parts[2] === parts[3]?.toLowerCase() ? `torch.optim.${parts[3]}` : path;
  }
  return ALIASES[path] ?? path;
}

export function findEntry(path: string): Entry | undefined {
  return BY_SYMBOL.get(path) ?? BY_SYMBOL.get(canonicalPath(path));
}
