import { Arguments, type PassedArguments } from '../catalogue/arguments';
import { canonicalPath, findEntry } from '../catalogue/catalogue';
import type { Entry } from '../catalogue/entry';
import { EMPTY_LAYERS } from '../catalogue/plainLayers';
import type { Call } from '../python/syntax';
import { callBuiltin } from './builtins';
import { CONTAINER_SYMBOLS, fillContainer } from './containers';
import type { Machine } from './machine';
import { cloneModule, CONTAINER_FACTS, registerWeights } from './modules';
import { tensorOperation } from './tensors';
import { type ModuleValue, NONE, unknown, type Value } from './value';

/** Calls whatever the callee is known to be; methods are called by `callMethod`. */
export function callValue(machine: Machine, callee: Value, passed: PassedArguments, call: Call): Value {
  switch (callee.kind) {
    case 'path':
      return callPath(machine, callee.path, passed, call);
    case 'function':
      return machine.callFunction(callee, passed);
    case 'class':
      return machine.instantiate(callee, passed, call);
    case 'module':
      return machine.apply(callee, passed, call);
    default:
      return callUnknown(machine, callee, passed, call);
  }
}

/** A dropout that is handed around keeps the values that attention is looked for in. */
function callUnknown(machine: Machine, callee: Value, { positional }: PassedArguments, call: Call): Value {
  const [only] = positional;
  if (callee.kind === 'unknown' && callee.text.toLowerCase().includes('dropout') && only !== undefined) {
    return machine.operation('dropout', positional, call);
  }
  return unknown(machine.text(call), callee.kind === 'unknown' && callee.maybeModule);
}

function callPath(machine: Machine, dotted: string, passed: PassedArguments, call: Call): Value {
  const symbol = canonicalPath(dotted);
  const entry = findEntry(symbol);
  if (entry?.kind === 'layer') return construct(machine, entry, passed, call);
  if (EMPTY_LAYERS.has(symbol)) return plainModule(machine, symbol, call);
  if (entry !== undefined) return callEntry(machine, entry, passed, call);
  if (symbol === 'torch.nn.Parameter') return parameter(machine, passed, call);
  if (symbol === 'copy.deepcopy' && passed.positional[0] !== undefined)
    return machine.born(cloneModule(passed.positional[0]));
  if (symbol === 'torch.compile' && passed.positional[0] !== undefined) return passed.positional[0];
  const known = callBuiltin(machine, symbol, passed);
  if (known !== null) return known;
  return isTensorFunction(symbol)
    ? tensorOperation(machine, lastName(symbol), passed.positional, passed.keywords, call)
    : unknown(machine.text(call), !isData(symbol));
}

const lastName = (symbol: string): string => symbol.slice(symbol.lastIndexOf('.') + 1);

const LOADERS = new Set(['torch.load', 'torch.compile']);

/** `torch.x`, `F.x`, `math.x`, `np.x`: what they return is a tensor or a number. */
function isTensorFunction(symbol: string): boolean {
  const parts = symbol.split('.');
  if (LOADERS.has(symbol)) return false;
  const flat = parts.length === 2 && ['torch', 'math', 'numpy'].includes(parts[0] ?? '');
  return (
    flat ||
    [
      'torch.nn.functional.',
      'torch.nn.init.',
      'torch.linalg.',
      'torch.special.',
      'torch.Tensor.',
      'torch.distributions.',
    ].some((start) => symbol.startsWith(start))
  );
}

const DATA_LIBRARIES = new Set([
  ...[
    'builtins',
    'math',
    'numpy',
    'os',
    'sys',
    'random',
    'time',
    'json',
    're',
    'pathlib',
    'logging',
    'argparse',
    'itertools',
  ],
  ...[
    'typing',
    'dataclasses',
    'matplotlib',
    'pandas',
    'tqdm',
    'datetime',
    'string',
    'glob',
    'csv',
    'pickle',
    'sklearn',
  ],
]);

/** Whether a call of it certainly returns no module. */
function isData(symbol: string): boolean {
  const root = symbol.split('.')[0] ?? '';
  return DATA_LIBRARIES.has(root) || symbol.startsWith('torch.utils.data.') || symbol.startsWith('torch.optim.');
}

function blankLayer(machine: Machine, symbol: string, call: Call): ModuleValue {
  const text = machine.text(call);
  return machine.born({
    kind: 'module',
    symbol,
    type: null,
    attributes: new Map(),
    options: new Map(),
    facts: CONTAINER_FACTS,
    registers: true,
    call,
    text,
    unresolved: [],
  });
}

function plainModule(machine: Machine, symbol: string, call: Call): ModuleValue {
  return blankLayer(machine, symbol, call);
}

/** Layers that take any arguments. */
const LENIENT = new Set(['torch.nn.Identity', ...CONTAINER_SYMBOLS]);

function construct(machine: Machine, entry: Entry, passed: PassedArguments, call: Call): ModuleValue {
  const module = blankLayer(machine, entry.symbol, call);
  const args = new Arguments(entry.signature, passed);
  const facts = entry.describe(args);
  if (CONTAINER_SYMBOLS.has(entry.symbol)) fillContainer(machine, module, entry.symbol, passed);
  else if (!LENIENT.has(entry.symbol)) {
    module.facts = facts;
    registerWeights(module, entry.submodules?.(args) ?? new Map());
  }
  for (const [name, value] of args.values) if (!module.attributes.has(name)) module.options.set(name, value);
  machine.see(call, { entry, facts, module });
  return module;
}

/** A function of the catalogue, or an optimizer. */
function callEntry(machine: Machine, entry: Entry, passed: PassedArguments, call: Call): Value {
  const args = new Arguments(entry.signature, passed);
  machine.see(call, { entry, facts: entry.describe(args), module: null });
  if (entry.kind === 'optimizer') return machine.operation(entry.symbol, passed.positional, call, passed.keywords);
  const operands = ['input', 'query', 'tensors', 'p']
    .map((name) => passed.keywords.get(name))
    .filter((v) => v !== undefined);
  const all = [...operands, ...passed.positional];
  const named = new Map(passed.keywords);
  const target = passed.keywords.get('target');
  if (target !== undefined && all.length < 2) all.push(target);
  return tensorOperation(machine, lastName(entry.symbol), all, named, call);
}

/** Sees a method of the catalogue, such as `loss.backward()`. */
export function seeMethod(machine: Machine, symbol: string, passed: PassedArguments, call: Call): void {
  const entry = findEntry(symbol);
  if (entry === undefined) return;
  machine.see(call, { entry, facts: entry.describe(new Arguments(entry.signature, passed)), module: null });
}

function parameter(machine: Machine, passed: PassedArguments, call: Call): Value {
  const data = passed.positional[0] ?? passed.keywords.get('data');
  const trains = passed.positional[1] ?? passed.keywords.get('requires_grad');
  const shape = data?.kind === 'operation' ? data.shape : null;
  const trainable = trains === undefined || (trains.kind === 'constant' && trains.value === true);
  const count = shape === null || !trainable ? null : shape.reduce((all, size) => all * size, 1);
  if (data === undefined || data === NONE) return { kind: 'parameter', count: null, text: machine.text(call) };
  return { kind: 'parameter', count, text: machine.text(call) };
}
