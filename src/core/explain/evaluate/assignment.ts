import type { Expression } from '../python/syntax';
import { combine } from './arithmetic';
import { iterate } from './iteration';
import type { Machine } from './machine';
import { isEmptyModule } from './modules';
import type { Scope } from './scope';
import { constant, mayBeModule, type ModuleValue, sequence, unknown, type Value } from './value';

/** Assigns a value to a name, attribute, element, or to several at once. */
export function bindTarget(machine: Machine, target: Expression, value: Value, scope: Scope): void {
  switch (target.kind) {
    case 'name':
      scope.bind(target.name, value);
      break;
    case 'attribute': {
      const object = machine.evaluate(target.object, scope);
      if (object.kind === 'module') setAttribute(machine, object, target.name, value);
      break;
    }
    case 'subscript': {
      const object = machine.evaluate(target.object, scope);
      const index = target.index[0] === undefined ? null : machine.evaluate(target.index[0], scope);
      setElement(machine, object, target.index.length === 1 ? index : null, value);
      break;
    }
    case 'collection':
      unpack(machine, target.items, value, scope);
      break;
    case 'starred':
      bindTarget(machine, target.value, value, scope);
      break;
    default:
      break;
  }
}

function unpack(machine: Machine, targets: readonly Expression[], value: Value, scope: Scope): void {
  const items = iterate(value);
  const star = targets.findIndex(({ kind }) => kind === 'starred');
  const fits = items !== null && (star < 0 ? items.length === targets.length : items.length >= targets.length - 1);
  targets.forEach((target, i) => {
    if (!fits) {
      bindTarget(machine, target, unknown(machine.text(target), mayBeModule(value)), scope);
      return;
    }
    const extra = items.length - targets.length;
    if (i === star) bindTarget(machine, target, sequence('list', items.slice(i, i + extra + 1)), scope);
    else bindTarget(machine, target, items[star >= 0 && i > star ? i + extra : i] ?? unknown(''), scope);
  });
}

/** `module.name = value`, as `nn.Module` registers it. */
export function setAttribute(machine: Machine, object: ModuleValue, name: string, value: Value): void {
  const change = machine.changes(object);
  if (change === 'not') return;
  const harmless = isEmptyModule(value) && !object.attributes.has(name);
  if (change === 'certain' || harmless) {
    // A dictionary keeps the place of a key that is set again; PyTorch's order does not matter for counts.
    object.attributes.set(name, value);
    return;
  }
  const before = object.attributes.get(name);
  const registers = mayBeModule(value) || (before !== undefined && mayBeModule(before));
  const text = 'text' in value ? value.text : before !== undefined && 'text' in before ? before.text : name;
  object.attributes.set(name, unknown(text, registers));
}

function setElement(machine: Machine, container: Value, index: Value | null, value: Value): void {
  const change = machine.changes(container);
  if (change === 'not') return;
  const key = index?.kind === 'constant' ? index.value : null;
  if (container.kind === 'module') {
    if (key === null) container.unresolved.push(...('text' in value ? [value.text] : []));
    else setAttribute(machine, container, String(key), value);
  } else if (container.kind === 'dictionary') {
    if (change === 'certain' && key !== null) container.entries.set(String(key), value);
    else container.open = true;
  } else if (container.kind === 'sequence') {
    const inside = typeof key === 'number' && key >= 0 && key < container.items.length;
    if (change === 'certain' && inside) container.items[key] = value;
    else container.open = true;
  }
}

/** What may be in the list after a change that perhaps happened. */
const uncertainItem = (value: Value): Value => (mayBeModule(value) && 'text' in value ? unknown(value.text) : value);

/** Adds to the end of a list, as far as it is certain that this happens. */
export function appendItems(
  machine: Machine,
  list: Value & { kind: 'sequence' },
  values: readonly Value[],
  exact = true,
): void {
  const change = machine.changes(list);
  if (change === 'not') return;
  const certain = change === 'certain' && exact;
  list.items.push(...(certain ? values : values.map(uncertainItem)));
  if (!certain) list.open = true;
}

/** `target += value` on values: lists change in place. `null` when it is an ordinary operator. */
export function updateInPlace(machine: Machine, operator: string, before: Value, value: Value): Value | null {
  if (operator !== '+' || before.kind !== 'sequence' || before.type !== 'list') return null;
  const items = iterate(value);
  const some = items ?? (value.kind === 'sequence' ? value.items : [value]);
  appendItems(machine, before, some, items !== null);
  return before;
}

/** `d.update(other)` and `dict(…)`. */
export function mergeEntries(machine: Machine, target: Value & { kind: 'dictionary' }, source: Value): void {
  const change = machine.changes(target);
  if (change === 'not') return;
  if (change === 'certain' && source.kind === 'dictionary' && !source.open) {
    for (const [key, value] of source.entries) target.entries.set(key, value);
    return;
  }
  const pairs = change === 'certain' ? iterate(source) : null;
  for (const pair of pairs ?? []) {
    const [key, value] = iterate(pair) ?? [];
    if (key?.kind === 'constant' && value !== undefined) target.entries.set(String(key.value), value);
    else target.open = true;
  }
  if (pairs === null) target.open = true;
}

/** Sum of known numbers, for `sum(…)`. */
export function addAll(values: readonly Value[]): Value | null {
  return values.reduce<Value | null>((sum, value) => (sum === null ? null : combine('+', sum, value)), constant(0));
}
