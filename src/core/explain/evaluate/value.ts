import type { LayerFacts } from '../catalogue/entry';
import type { Call, ClassDefinition, Expression, FunctionDefinition, Lambda } from '../python/syntax';
import type { Scope } from './scope';

/** What an expression is known to be when code is followed symbolically. Identity matters: shared layers are shared. */
export type Value =
  | Constant
  | Sequence
  | Dictionary
  | Path
  | FunctionValue
  | ClassValue
  | ParameterValue
  | ModuleValue
  | Operation
  | Unknown;

export interface Constant {
  readonly kind: 'constant';
  readonly value: number | string | boolean | null;
  readonly float: boolean;
}

export interface Sequence {
  readonly kind: 'sequence';
  readonly type: 'tuple' | 'list' | 'set';
  readonly items: Value[];
  /** Whether there may be other items than these. */
  open: boolean;
}

export interface Dictionary {
  readonly kind: 'dictionary';
  readonly entries: Map<string, Value>;
  open: boolean;
}

/** Something imported, by its dotted path. */
export interface Path {
  readonly kind: 'path';
  readonly path: string;
}

export interface FunctionValue {
  readonly kind: 'function';
  readonly node: FunctionDefinition | Lambda;
  readonly scope: Scope;
  /** Values of parameters that were not passed. */
  readonly defaults: ReadonlyMap<string, Value>;
  /** First argument of a bound method. */
  readonly receiver: Value | null;
  /** Class in which a method was defined. */
  readonly owner: ClassValue | null;
}

export interface ClassValue {
  readonly kind: 'class';
  readonly node: ClassDefinition;
  readonly bases: readonly Value[];
  readonly scope: Scope;
}

/** `nn.Parameter`, or a weight of a layer. */
export interface ParameterValue {
  readonly kind: 'parameter';
  readonly count: number | null;
  readonly text: string;
}

/** An instance of a layer or of a class of the file; of a class that is no module, too. */
export interface ModuleValue {
  readonly kind: 'module';
  readonly symbol: string;
  /** Class of the file that it is an instance of. */
  readonly type: ClassValue | null;
  readonly attributes: Map<string, Value>;
  /** Of a layer of PyTorch, or of the one that its class extends. */
  facts: LayerFacts | null;
  /** Arguments of a layer's constructor, which it keeps under their names. */
  readonly options: Map<string, Value>;
  /** Whether it is an `nn.Module`, so that what is assigned to it is registered. */
  readonly registers: boolean;
  readonly call: Call | null;
  readonly text: string;
  /** Source text of further submodules that could not be resolved. */
  readonly unresolved: string[];
}

/** The result of a computation, mostly a tensor; `name` is canonical, such as `matmul` or `softmax`. */
export interface Operation {
  readonly kind: 'operation';
  readonly name: string;
  readonly operands: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
  readonly expression: Expression;
  /** Sizes, when all are known. */
  readonly shape: readonly number[] | null;
}

export interface Unknown {
  readonly kind: 'unknown';
  readonly text: string;
  /** Whether it may be a module or hold parameters. */
  readonly maybeModule: boolean;
  /** Set as soon as it is used as a number or flag: then it is no module. */
  usedAsNumber: boolean;
}

export const constant = (value: Constant['value'], float = false): Constant => ({ kind: 'constant', value, float });

export const NONE = constant(null);

export const sequence = (type: Sequence['type'], items: Value[], open = false): Sequence => ({
  kind: 'sequence',
  type,
  items,
  open,
});

export const path = (dotted: string): Path => ({ kind: 'path', path: dotted });

export const unknown = (text: string, maybeModule = true): Unknown => ({
  kind: 'unknown',
  text,
  maybeModule,
  usedAsNumber: false,
});

/** A finite number, or `null`. */
export function numberOf(value: Value | undefined): number | null {
  return value?.kind === 'constant' && typeof value.value === 'number' && Number.isFinite(value.value)
    ? value.value
    : null;
}

/** Python's truth of a value, where it is certain. */
export function truthOf(value: Value): boolean | null {
  switch (value.kind) {
    case 'constant':
      return Boolean(value.value);
    case 'sequence':
      return value.items.length > 0 ? true : value.open ? null : false;
    case 'dictionary':
      return value.entries.size > 0 ? true : value.open ? null : false;
    case 'path':
    case 'function':
    case 'class':
      return true;
    default:
      return null;
  }
}

/** Deeper values are taken for different: shared operands may make the comparison endless. */
const MAX_DEPTH = 4;

/** Whether two values are certainly the same thing. */
export function sameValue(a: Value, b: Value, depth = 0): boolean {
  if (a === b) return true;
  if (depth > MAX_DEPTH) return false;
  if (a.kind === 'constant' && b.kind === 'constant') return a.value === b.value && a.float === b.float;
  if (a.kind === 'path' && b.kind === 'path') return a.path === b.path;
  if (a.kind === 'sequence' && b.kind === 'sequence' && a.type === 'tuple' && b.type === 'tuple') {
    return (
      a.items.length === b.items.length && a.items.every((item, i) => sameValue(item, b.items[i] ?? NONE, depth + 1))
    );
  }
  if (a.kind === 'operation' && b.kind === 'operation') {
    return (
      a.name === b.name &&
      a.expression === b.expression &&
      a.operands.length === b.operands.length &&
      a.operands.every((operand, i) => sameValue(operand, b.operands[i] ?? NONE, depth + 1))
    );
  }
  return false;
}

/** Whether assigning it to a module may register parameters. */
export function mayBeModule(value: Value): boolean {
  return value.kind === 'module' || value.kind === 'parameter' || (value.kind === 'unknown' && value.maybeModule);
}
