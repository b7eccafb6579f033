import type { PassedArguments } from '../catalogue/arguments';
import { addAll, mergeEntries, setAttribute } from './assignment';
import { combine, element, MAX_LENGTH, slice } from './arithmetic';
import { iterate } from './iteration';
import type { Machine } from './machine';
import { constant, type Dictionary, NONE, numberOf, sequence, truthOf, unknown, type Value } from './value';

type Builtin = (machine: Machine, args: readonly Value[], passed: PassedArguments) => Value | null;

const whole = (value: Value | undefined): number | null =>
  value?.kind === 'constant' && typeof value.value === 'number' && !value.float ? value.value : null;

function range(_: Machine, args: readonly Value[]): Value | null {
  const numbers = args.map(whole);
  if (numbers.includes(null) || numbers.length < 1 || numbers.length > 3) return null;
  const [start, stop, step] =
    numbers.length === 1 ? [0, numbers[0] ?? 0, 1] : [numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 1];
  const length = step === 0 ? Infinity : Math.max(0, Math.ceil((stop - start) / step));
  if (length > MAX_LENGTH) return null;
  return sequence(
    'tuple',
    Array.from({ length }, (_, i) => constant(start + i * step)),
  );
}

function length(_: Machine, [value]: readonly Value[]): Value | null {
  const items = value === undefined ? null : iterate(value);
  return items === null ? null : constant(items.length);
}

/** Python's `round` goes to the even neighbour from the middle. */
function roundHalfEven(x: number): number {
  const low = Math.floor(x);
  return x - low === 0.5 ? low + (low % 2 === 0 ? 0 : 1) : Math.round(x);
}

const numeric =
  (compute: (x: number) => number, float: boolean): Builtin =>
  (_, [value, ...rest]) => {
    const x = numberOf(value);
    if (x === null || rest.length > 0) return null;
    const result = compute(x);
    return Number.isFinite(result) ? constant(result, float) : null;
  };

const power: Builtin = (_, [base, exponent]) =>
  base === undefined || exponent === undefined ? null : combine('**', base, exponent);

function extreme(operator: '<' | '>'): Builtin {
  return (_, args) => {
    const [first] = args;
    const values = args.length === 1 && first !== undefined ? iterate(first) : args;
    if (values === null || values.length === 0 || values.some((value) => numberOf(value) === null)) return null;
    return values.reduce((best, value) => {
      const better = combine(operator, value, best);
      return better?.kind === 'constant' && better.value === true ? value : best;
    });
  };
}

const listOf =
  (type: 'list' | 'tuple' | 'set'): Builtin =>
  (machine, [value]) => {
    const items = value === undefined ? [] : iterate(value);
    return items === null ? null : machine.born(sequence(type, [...items]));
  };

const enumerate: Builtin = (_, [value, start], passed) => {
  const items = value === undefined ? null : iterate(value);
  const from = whole(start ?? passed.keywords.get('start') ?? constant(0));
  if (items === null || from === null) return null;
  return sequence(
    'list',
    items.map((item, i) => sequence('tuple', [constant(from + i), item])),
  );
};

const zip: Builtin = (_, args) => {
  const columns = args.map(iterate);
  if (columns.includes(null) || columns.length === 0) return null;
  const known = columns.filter((column) => column !== null);
  const rows = Math.min(...known.map((column) => column.length));
  return sequence(
    'list',
    Array.from({ length: rows }, (_, i) =>
      sequence(
        'tuple',
        known.map((column) => column[i] ?? NONE),
      ),
    ),
  );
};

const pairwise: Builtin = (machine, [value]) => {
  const whole = value?.kind === 'sequence' ? value : null;
  const later = whole === null ? null : slice(whole, [constant(1), null, null]);
  return whole === null || later === null ? null : zip(machine, [whole, later], NO_KEYWORDS);
};

const NO_KEYWORDS: PassedArguments = {
  positional: [],
  keywords: new Map(),
  openPositional: false,
  openKeywords: false,
  openTexts: [],
};

const dictionary: Builtin = (machine, [source], passed) => {
  const value: Dictionary = { kind: 'dictionary', entries: new Map(), open: passed.openKeywords };
  machine.born(value);
  if (source !== undefined) mergeEntries(machine, value, source);
  for (const [key, entry] of passed.keywords) value.entries.set(key, entry);
  return value;
};

const setattr: Builtin = (machine, [object, name, value]) => {
  if (object?.kind !== 'module' || name === undefined || value === undefined) return null;
  if (name.kind === 'constant') setAttribute(machine, object, String(name.value), value);
  else if (machine.changes(object) !== 'not') object.unresolved.push('text' in value ? value.text : 'setattr');
  return NONE;
};

const getattr: Builtin = (_, [object, name, fallback]) => {
  if (object?.kind !== 'module' || name?.kind !== 'constant') return null;
  return object.attributes.get(String(name.value)) ?? (fallback === undefined ? null : unknown(String(name.value)));
};

/** Types of literals; anything else is not decided. */
const isinstance: Builtin = (_, [value, type]) => {
  const types = type?.kind === 'sequence' ? type.items : [type];
  const names = types.map((one) => (one?.kind === 'path' ? one.path.replace('builtins.', '') : null));
  const actual = value === undefined ? null : literalType(value);
  if (actual === null || names.includes(null)) return null;
  return constant(names.includes(actual) || (actual === 'bool' && names.includes('int')));
};

function literalType(value: Value): string | null {
  if (value.kind === 'sequence') return value.type;
  if (value.kind === 'dictionary') return 'dict';
  if (value.kind !== 'constant') return null;
  if (value.value === null) return 'NoneType';
  if (typeof value.value === 'number') return value.float ? 'float' : 'int';
  return typeof value.value === 'string' ? 'str' : 'bool';
}

const reversedItems: Builtin = (_, [value]) => {
  const items = value === undefined ? null : iterate(value);
  return items === null ? null : sequence('list', items.toReversed());
};

const text: Builtin = (_, [value]) =>
  value?.kind === 'constant' && (typeof value.value === 'string' || whole(value) !== null)
    ? constant(String(value.value))
    : null;

const product: Builtin = (_, [value]) => {
  const items = value === undefined ? null : iterate(value);
  return (
    items?.reduce<Value | null>((all, item) => (all === null ? null : combine('*', all, item)), constant(1)) ?? null
  );
};

const root: Builtin = (_, [value]) => {
  const x = numberOf(value);
  return x === null || x < 0 ? null : constant(Math.sqrt(x), true);
};

const FUNCTIONS: Readonly<Record<string, Builtin>> = {
  range,
  len: length,
  int: numeric(Math.trunc, false),
  float: numeric((x) => x, true),
  round: numeric(roundHalfEven, false),
  abs: (machine, args) =>
    args[0]?.kind === 'constant' ? numeric(Math.abs, args[0].float)(machine, args, NO_KEYWORDS) : null,
  bool: (_, [value]) => {
    const truth = value === undefined ? null : truthOf(value);
    return truth === null ? null : constant(truth);
  },
  str: text,
  pow: power,
  min: extreme('<'),
  max: extreme('>'),
  sum: (_, [value, ...rest]) => {
    const items = value === undefined || rest.length > 0 ? null : iterate(value);
    return items === null ? null : addAll(items);
  },
  list: listOf('list'),
  tuple: listOf('tuple'),
  set: listOf('set'),
  reversed: reversedItems,
  enumerate,
  zip,
  dict: dictionary,
  setattr,
  getattr,
  isinstance,
};

const LIBRARY: Readonly<Record<string, Builtin>> = {
  'math.sqrt': root,
  'numpy.sqrt': root,
  'math.floor': numeric(Math.floor, false),
  'math.ceil': numeric(Math.ceil, false),
  'math.log2': numeric(Math.log2, true),
  'math.log': (_, args) => (args.length === 1 ? numeric(Math.log, true)(_, args, NO_KEYWORDS) : null),
  'math.exp': numeric(Math.exp, true),
  'math.pow': (machine, args) => {
    const result = power(machine, args, NO_KEYWORDS);
    return result?.kind === 'constant' ? { ...result, float: true } : null;
  },
  'math.prod': product,
  'numpy.prod': product,
  'operator.getitem': (_, [container, index]) =>
    container === undefined || index === undefined ? null : element(container, index),
  'collections.OrderedDict': dictionary,
  'itertools.pairwise': pairwise,
};

/** Names that Python provides without import. */
export const BUILTINS: ReadonlySet<string> = new Set([
  ...Object.keys(FUNCTIONS),
  ...[
    'print',
    'super',
    'object',
    'type',
    'map',
    'filter',
    'any',
    'all',
    'sorted',
    'iter',
    'next',
    'open',
    'input',
    'repr',
  ],
  ...[
    'hasattr',
    'callable',
    'vars',
    'id',
    'hash',
    'staticmethod',
    'classmethod',
    'property',
    'frozenset',
    'divmod',
    'slice',
  ],
  ...[
    'Exception',
    'ValueError',
    'TypeError',
    'RuntimeError',
    'NotImplementedError',
    'ImportError',
    'KeyError',
    'AssertionError',
  ],
]);

/** A builtin or a function of the standard library on known values; `null` when the result is not known. */
export function callBuiltin(machine: Machine, path: string, passed: PassedArguments): Value | null {
  if (passed.openPositional) return null;
  const run = path.startsWith('builtins.') ? FUNCTIONS[path.slice('builtins.'.length)] : LIBRARY[path];
  return run?.(machine, passed.positional, passed) ?? null;
}
