import type { PassedArguments } from '../catalogue/arguments';
import type { Call } from '../python/syntax';
import { appendItems, mergeEntries, setAttribute } from './assignment';
import { attributeOf } from './attributes';
import { seeMethod } from './calls';
import { findMember } from './classes';
import { appendModules, extendModules } from './containers';
import { iterate } from './iteration';
import type { Machine } from './machine';
import { isTensorMethod, tensorOperation } from './tensors';
import {
  constant,
  type Dictionary,
  type ModuleValue,
  NONE,
  type Sequence,
  sequence,
  unknown,
  type Value,
} from './value';

/** `receiver.name(…)`. */
export function callMethod(
  machine: Machine,
  receiver: Value,
  name: string,
  passed: PassedArguments,
  call: Call,
): Value {
  switch (receiver.kind) {
    case 'path':
      return machine.call({ kind: 'path', path: `${receiver.path}.${name}` }, passed, call);
    case 'module':
      return moduleMethod(machine, receiver, name, passed, call);
    case 'class': {
      const member = findMember(receiver, name);
      return member === null ? unknown(machine.text(call)) : machine.call(member, passed, call);
    }
    case 'sequence':
      return sequenceMethod(machine, receiver, name, passed) ?? unknown(machine.text(call));
    case 'dictionary':
      return dictionaryMethod(machine, receiver, name, passed) ?? unknown(machine.text(call));
    case 'constant':
      return stringMethod(receiver.value, name) ?? unknown(machine.text(call), false);
    case 'parameter':
      return name.endsWith('_') || name === 'to' ? receiver : tensorMethod(machine, receiver, name, passed, call);
    case 'operation':
    case 'unknown':
      return tensorMethod(machine, receiver, name, passed, call);
    case 'function':
      return unknown(machine.text(call));
  }
}

/** Methods that explanations know, of objects that are not known themselves. */
const SEEN: Readonly<Record<string, string>> = {
  softmax: 'torch.Tensor.softmax',
  log_softmax: 'torch.Tensor.log_softmax',
  backward: 'torch.Tensor.backward',
  zero_grad: 'torch.optim.Optimizer.zero_grad',
  rsample: 'torch.distributions.Distribution.rsample',
};

function tensorMethod(machine: Machine, receiver: Value, name: string, passed: PassedArguments, call: Call): Value {
  const symbol = SEEN[name];
  const data = receiver.kind === 'unknown' && !receiver.maybeModule && name !== 'backward' && receiver.usedAsNumber;
  if (symbol !== undefined && machine.knowsTorch && !data) seeMethod(machine, symbol, passed, call);
  if (receiver.kind === 'operation' || isTensorMethod(name)) {
    return tensorOperation(machine, name, [receiver, ...passed.positional], passed.keywords, call);
  }
  return unknown(machine.text(call), receiver.kind === 'unknown' && receiver.maybeModule);
}

/** Methods of `nn.Module` that return the module itself. */
const RETURNING_SELF = new Set([
  ...[
    'to',
    'cuda',
    'cpu',
    'eval',
    'train',
    'half',
    'float',
    'double',
    'bfloat16',
    'apply',
    'requires_grad_',
    'share_memory',
  ],
]);

function moduleMethod(machine: Machine, module: ModuleValue, name: string, passed: PassedArguments, call: Call): Value {
  const own = module.attributes.get(name);
  if (own !== undefined) return machine.call(own, passed, call);
  if (module.type !== null && findMember(module.type, name) !== null) {
    const { callee } = call;
    const bound = callee.kind === 'attribute' ? attributeOf(machine, module, callee) : unknown(machine.text(call));
    return machine.call(bound, passed, call);
  }
  if (!module.registers) return unknown(machine.text(call));
  if (RETURNING_SELF.has(name)) return module;
  if (name === 'forward') return machine.apply(module, passed, call);
  if (name === 'zero_grad') seeMethod(machine, 'torch.nn.Module.zero_grad', passed, call);
  return registering(machine, module, name, passed) ?? unknown(machine.text(call), !READING.has(name));
}

const READING = new Set([
  'parameters',
  'named_parameters',
  'state_dict',
  'zero_grad',
  'load_state_dict',
  'extra_repr',
  'register_buffer',
]);

/** Methods that add submodules; `null` for others. */
function registering(machine: Machine, module: ModuleValue, name: string, passed: PassedArguments): Value | null {
  const [first, second] = passed.positional;
  const value = second ?? passed.keywords.get('module') ?? passed.keywords.get('param');
  switch (name) {
    case 'add_module':
    case 'register_module':
    case 'register_parameter':
      if (first?.kind === 'constant' && value !== undefined) setAttribute(machine, module, String(first.value), value);
      else if (machine.changes(module) !== 'not')
        module.unresolved.push(value !== undefined && 'text' in value ? value.text : name);
      return NONE;
    case 'append':
    case 'extend':
    case 'insert':
    case 'update':
      return grow(machine, module, name, passed);
    case 'children':
    case 'modules':
      return unknown(name, false);
    default:
      return null;
  }
}

function grow(machine: Machine, module: ModuleValue, name: string, passed: PassedArguments): Value {
  const value = passed.positional[name === 'insert' ? 1 : 0];
  const change = machine.changes(module);
  if (change === 'not' || value === undefined) return module;
  if (change === 'perhaps') {
    const texts = value.kind === 'sequence' ? value.items : [value];
    module.unresolved.push(...texts.map((item) => ('text' in item ? item.text : name)));
  } else if (name === 'extend') extendModules(machine, module, value);
  else if (name === 'update') module.unresolved.push(name);
  else appendModules(module, [value]);
  return name === 'update' ? NONE : module;
}

function sequenceMethod(machine: Machine, list: Sequence, name: string, passed: PassedArguments): Value | null {
  const [first, second] = passed.positional;
  switch (name) {
    case 'append':
      if (first !== undefined) appendItems(machine, list, [first]);
      return NONE;
    case 'extend': {
      const items = first === undefined ? null : iterate(first);
      const some = items ?? (first?.kind === 'sequence' ? first.items : first === undefined ? [] : [first]);
      appendItems(machine, list, some, items !== null);
      return NONE;
    }
    case 'insert':
      return insertItem(machine, list, first, second);
    case 'copy':
      return machine.born(sequence(list.type, [...list.items], list.open));
    case 'pop':
      return pop(machine, list, first);
    case 'index':
    case 'count':
      return unknown(name, false);
    default:
      if (machine.changes(list) !== 'not') list.open = true;
      return null;
  }
}

function insertItem(machine: Machine, list: Sequence, at: Value | undefined, value: Value | undefined): Value {
  const position = at?.kind === 'constant' && typeof at.value === 'number' ? at.value : null;
  if (value === undefined) return NONE;
  if (machine.changes(list) === 'certain' && position !== null && !list.open) list.items.splice(position, 0, value);
  else appendItems(machine, list, [value], false);
  return NONE;
}

function pop(machine: Machine, list: Sequence, at: Value | undefined): Value | null {
  const position = at === undefined ? -1 : at.kind === 'constant' && typeof at.value === 'number' ? at.value : null;
  const change = machine.changes(list);
  if (change === 'certain' && position !== null && !list.open) return list.items.splice(position, 1)[0] ?? null;
  if (change !== 'not') list.open = true;
  return null;
}

function dictionaryMethod(
  machine: Machine,
  dictionary: Dictionary,
  name: string,
  passed: PassedArguments,
): Value | null {
  const entries = [...dictionary.entries];
  const [first, second] = passed.positional;
  switch (name) {
    case 'items':
      return sequence(
        'list',
        entries.map(([key, value]) => sequence('tuple', [constant(key), value])),
        dictionary.open,
      );
    case 'values':
      return sequence(
        'list',
        entries.map(([, value]) => value),
        dictionary.open,
      );
    case 'keys':
      return sequence(
        'list',
        entries.map(([key]) => constant(key)),
        dictionary.open,
      );
    case 'get': {
      if (first?.kind !== 'constant' || dictionary.open) return null;
      return dictionary.entries.get(String(first.value)) ?? second ?? NONE;
    }
    case 'copy':
      return machine.born({ kind: 'dictionary', entries: new Map(entries), open: dictionary.open });
    case 'update':
      if (first !== undefined) mergeEntries(machine, dictionary, first);
      if (passed.keywords.size > 0 && machine.changes(dictionary) !== 'not') dictionary.open = true;
      return NONE;
    default:
      if (machine.changes(dictionary) !== 'not') dictionary.open = true;
      return null;
  }
}

function stringMethod(value: unknown, name: string): Value | null {
  if (typeof value !== 'string') return null;
  if (name === 'lower') return constant(value.toLowerCase());
  if (name === 'upper') return constant(value.toUpperCase());
  return name === 'strip' ? constant(value.trim()) : null;
}
