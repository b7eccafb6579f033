import { NO_FACTS } from '../catalogue/entry';
import type { ModuleValue, ParameterValue, Value } from './value';

export interface ParameterCount {
  readonly total: number;
  /** Source text of what could not be counted. */
  readonly unresolved: readonly string[];
}

/** Parameters that a module registers, shared ones once, as PyTorch's `parameters()` lists them. */
export function countParameters(root: Value): ParameterCount {
  const seen = new Set<Value>();
  const unresolved: string[] = [];
  let total = 0;
  const visit = (value: Value): void => {
    if (seen.has(value)) return;
    seen.add(value);
    if (value.kind === 'parameter') {
      if (value.count === null) unresolved.push(value.text);
      else total += value.count;
    } else if (value.kind === 'unknown') {
      if (value.maybeModule && !value.usedAsNumber) unresolved.push(value.text);
    } else if (value.kind === 'module' && value.registers) {
      if (value.facts !== null && value.facts.weights === null) unresolved.push(value.text);
      unresolved.push(...value.unresolved);
      for (const attribute of value.attributes.values()) visit(attribute);
    }
  };
  visit(root);
  return { total, unresolved: [...new Set(unresolved)] };
}

/** Whether it holds no parameters for certain, so that it does not matter which of several such it is. */
export function isEmptyModule(value: Value): boolean {
  if (value.kind !== 'module') return false;
  const { total, unresolved } = countParameters(value);
  return total === 0 && unresolved.length === 0;
}

/** `copy.deepcopy`: the same layers with parameters of their own. */
export function cloneModule(value: Value, copies = new Map<Value, Value>()): Value {
  const known = copies.get(value);
  if (known !== undefined) return known;
  if (value.kind === 'parameter') {
    const copy: ParameterValue = { ...value };
    copies.set(value, copy);
    return copy;
  }
  if (value.kind !== 'module') return value;
  const copy: ModuleValue = { ...value, attributes: new Map(), unresolved: [...value.unresolved] };
  copies.set(value, copy);
  for (const [name, attribute] of value.attributes) copy.attributes.set(name, cloneModule(attribute, copies));
  return copy;
}

/** Submodules of a `Sequential` or `ModuleList`, in order. */
export function children(module: ModuleValue): ModuleValue[] {
  return [...module.attributes.values()].filter((value) => value.kind === 'module');
}

/** Sets the layer's weights and submodules as attributes, where other code may share them. */
export function registerWeights(module: ModuleValue, submodules: ReadonlyMap<string, Value>): void {
  for (const { name, count } of module.facts?.weights ?? []) {
    module.attributes.set(name, { kind: 'parameter', count, text: module.text });
  }
  for (const [name, value] of submodules) module.attributes.set(name, value);
}

/** A container such as `Sequential`: no weights of its own. */
export const CONTAINER_FACTS = { ...NO_FACTS, weights: [] } as const;
