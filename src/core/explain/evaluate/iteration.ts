import { constant, type Value } from './value';
import { children } from './modules';

/** What a loop over the value goes through, or `null` when that is not known. */
export function iterate(value: Value): readonly Value[] | null {
  switch (value.kind) {
    case 'sequence':
      return value.open ? null : [...value.items];
    case 'dictionary':
      return value.open ? null : [...value.entries.keys()].map((key) => constant(key));
    case 'constant':
      return typeof value.value === 'string' ? [...value.value].map((letter) => constant(letter)) : null;
    case 'module':
      return value.type === null && value.unresolved.length === 0 && CONTAINERS.has(value.symbol)
        ? children(value)
        : null;
    default:
      return null;
  }
}

const CONTAINERS = new Set(['torch.nn.Sequential', 'torch.nn.ModuleList']);
