import type { PassedArguments } from '../catalogue/arguments';
import { Arguments } from '../catalogue/arguments';
import { canonicalPath, findEntry } from '../catalogue/catalogue';
import { EMPTY_LAYERS } from '../catalogue/plainLayers';
import type { Call } from '../python/syntax';
import { CONTAINER_SYMBOLS, fillContainer } from './containers';
import type { Machine } from './machine';
import { CONTAINER_FACTS, registerWeights } from './modules';
import { type ClassValue, type FunctionValue, type ModuleValue, NONE, unknown, type Value } from './value';

/** Bases from other libraries that add no parameters of their own. */
const PLAIN_BASES = new Set([
  'torch.nn.Module',
  'builtins.object',
  'abc.ABC',
  'pytorch_lightning.LightningModule',
  'lightning.LightningModule',
  'lightning.pytorch.LightningModule',
]);

/** Deeper inheritance is not followed; it would be a cycle. */
const MAX_BASES = 16;

/** A method or constant of a class or of its bases; a method knows the class that defines it. */
export function findMember(type: ClassValue, name: string, depth = 0): Value | null {
  const own = type.scope.own(name);
  if (own?.kind === 'function') return { ...own, owner: type };
  if (own !== undefined) return own;
  if (depth > MAX_BASES) return null;
  for (const base of type.bases) {
    const inherited = base.kind === 'class' ? findMember(base, name, depth + 1) : null;
    if (inherited !== null) return inherited;
  }
  return null;
}

/** Whether instances are modules: some base is one of `torch.nn` or of a library built on it. */
export function isModuleClass(type: ClassValue, depth = 0): boolean {
  return type.bases.some((base) => {
    if (base.kind === 'class') return depth < MAX_BASES && isModuleClass(base, depth + 1);
    return base.kind === 'path' && (base.path.startsWith('torch.nn.') || base.path.endsWith('.LightningModule'));
  });
}

/** Bases of which it is not known what they register. */
function foreignBases(type: ClassValue, depth = 0): string[] {
  return type.bases.flatMap((base) => {
    if (base.kind === 'class') return depth < MAX_BASES ? foreignBases(base, depth + 1) : [];
    if (base.kind !== 'path') return base.kind === 'unknown' ? [base.text] : [];
    const known =
      PLAIN_BASES.has(base.path) || findEntry(base.path) !== undefined || EMPTY_LAYERS.has(canonicalPath(base.path));
    const plain = base.path.startsWith('typing.') || base.path.startsWith('abc.') || base.path.startsWith('builtins.');
    return known || plain ? [] : [base.path];
  });
}

/** An instance before `__init__` ran. */
export function blankInstance(machine: Machine, type: ClassValue, call: Call | null): ModuleValue {
  const registers = isModuleClass(type);
  return machine.born({
    kind: 'module',
    symbol: type.node.name,
    type,
    attributes: new Map(),
    options: new Map(),
    facts: null,
    registers,
    call,
    text: call === null ? type.node.name : machine.text(call),
    unresolved: registers ? foreignBases(type) : [],
  });
}

export function instantiate(machine: Machine, type: ClassValue, passed: PassedArguments, call: Call): Value {
  const instance = blankInstance(machine, type, call);
  initialize(machine, instance, type, passed);
  return instance;
}

/** Runs `__init__` of the class, or of the first base that has one. */
export function initialize(machine: Machine, instance: ModuleValue, type: ClassValue, passed: PassedArguments): void {
  const init = findMember(type, '__init__');
  if (init?.kind === 'function') {
    machine.callFunction({ ...init, receiver: instance }, passed);
    return;
  }
  const base = firstForeignBase(type);
  if (base !== null) initializeForeign(machine, instance, base, passed);
}

function firstForeignBase(type: ClassValue, depth = 0): string | null {
  for (const base of type.bases) {
    if (base.kind === 'path') return base.path;
    const inner = base.kind === 'class' && depth < MAX_BASES ? firstForeignBase(base, depth + 1) : null;
    if (inner !== null) return inner;
  }
  return null;
}

/** `__init__` of a class of PyTorch on an instance of a class of the file. */
function initializeForeign(machine: Machine, instance: ModuleValue, base: string, passed: PassedArguments): void {
  const symbol = canonicalPath(base);
  if (CONTAINER_SYMBOLS.has(symbol)) {
    instance.facts = CONTAINER_FACTS;
    fillContainer(machine, instance, symbol, passed);
    return;
  }
  const entry = findEntry(symbol);
  if (entry?.kind !== 'layer') return;
  const args = new Arguments(entry.signature, passed);
  instance.facts = entry.describe(args);
  registerWeights(instance, entry.submodules?.(args) ?? new Map());
}

/** `super().method(…)` in a method of a class of the file. */
export function superMethod(machine: Machine, name: string, passed: PassedArguments, call: Call): Value {
  const { owner, receiver } = machine.frame;
  if (owner === null || receiver?.kind !== 'module') return unknown(machine.text(call));
  for (const base of owner.bases) {
    const method: FunctionValue | Value | null = base.kind === 'class' ? findMember(base, name) : null;
    if (method?.kind === 'function') return machine.callFunction({ ...method, receiver }, passed);
  }
  if (name !== '__init__') return unknown(machine.text(call));
  const base = firstForeignBase(owner);
  if (base !== null) initializeForeign(machine, receiver, base, passed);
  return NONE;
}
