import type { PassedArguments } from '../catalogue/arguments';
import { iterate } from './iteration';
import type { Machine } from './machine';
import { type ModuleValue, unknown, type Value } from './value';

export const CONTAINER_SYMBOLS = new Set(['torch.nn.Sequential', 'torch.nn.ModuleList', 'torch.nn.ModuleDict']);

/** What a container holds is a module whatever it looks like: a computed value in it is unresolved. */
function held(value: Value): Value {
  return value.kind === 'operation' ? unknown(value.name) : value;
}

/** Fills a container with the modules that its constructor is given. */
export function fillContainer(machine: Machine, module: ModuleValue, symbol: string, passed: PassedArguments): void {
  const { positional, openTexts } = passed;
  module.unresolved.push(...openTexts);
  if (symbol === 'torch.nn.Sequential' && positional[0]?.kind !== 'dictionary') {
    appendModules(module, positional);
    return;
  }
  const [content] = positional;
  if (content === undefined) return;
  if (content.kind === 'dictionary') {
    for (const [name, value] of content.entries) module.attributes.set(name, held(value));
    if (content.open) module.unresolved.push(textOfCall(machine, module));
    return;
  }
  extendModules(machine, module, content);
}

function textOfCall(machine: Machine, module: ModuleValue): string {
  return module.call === null ? module.text : machine.text(module.call);
}

/** Numbers the modules on, as PyTorch does. */
export function appendModules(module: ModuleValue, values: readonly Value[]): void {
  for (const value of values) module.attributes.set(String(module.attributes.size), held(value));
}

export function extendModules(machine: Machine, module: ModuleValue, content: Value): void {
  const items = iterate(content);
  if (items !== null) appendModules(module, items);
  else {
    if (content.kind === 'sequence') appendModules(module, content.items);
    const text = content.kind === 'unknown' ? content.text : textOfCall(machine, module);
    const known = content.kind === 'sequence' && content.items.some((item) => item.kind === 'unknown');
    if (!known) module.unresolved.push(text);
  }
}
