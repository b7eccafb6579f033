import type { Expression } from '../python/syntax';
import { einsum } from './einsum';
import type { Machine } from './machine';
import { shapeOf } from './tensorShapes';
import { constant, type Value } from './value';

/** One name for every spelling. */
const CANONICAL: Readonly<Record<string, string>> = {
  mm: 'matmul',
  bmm: 'matmul',
  t: 'transpose',
  swapaxes: 'transpose',
  swapdims: 'transpose',
  permute: 'transpose',
  adjoint: 'transpose',
  multiply: 'mul',
  divide: 'div',
  true_divide: 'div',
  subtract: 'sub',
  negative: 'neg',
  masked_fill: 'mask',
  tril: 'mask',
  triu: 'mask',
  normal: 'randn_like',
  dropout1d: 'dropout',
  dropout2d: 'dropout',
};

/** Operations that keep every number, or nearly: they change shape, place or type. */
const VIEWS = new Set([
  ...[
    'contiguous',
    'float',
    'to',
    'type_as',
    'clone',
    'detach',
    'half',
    'double',
    'bfloat16',
    'squeeze',
    'unsqueeze',
    'view',
  ],
  ...['reshape', 'expand', 'expand_as', 'flatten', 'unflatten', 'cpu', 'cuda', 'requires_grad'],
]);

const COMPUTING = new Set([
  ...[
    'matmul',
    'transpose',
    'mul',
    'div',
    'add',
    'sub',
    'neg',
    'pow',
    'sqrt',
    'rsqrt',
    'exp',
    'log',
    'sum',
    'mean',
    'softmax',
  ],
  ...[
    'log_softmax',
    'mask',
    'where',
    'dropout',
    'square',
    'randn_like',
    'einsum',
    'sigmoid',
    'relu',
    'tanh',
    'softplus',
    'chunk',
  ],
  ...[
    'max',
    'min',
    'amax',
    'abs',
    'clamp',
    'norm',
    'argmax',
    'item',
    'size',
    'dim',
    'numel',
    'repeat',
    'cat',
    'stack',
    'split',
  ],
  ...[
    'unbind',
    'gather',
    'scatter',
    'cumsum',
    'std',
    'var',
    'index_select',
    'masked_select',
    'log1p',
    'expm1',
    'exp2',
    'uniform',
  ],
  ...['zero', 'fill', 'copy', 'numpy', 'tolist', 'logsumexp', 'prod', 'backward', 'rsample', 'sample'],
]);

/** In-place variants end in an underscore. */
function canonicalName(name: string): string {
  const plain = name.endsWith('_') && !name.startsWith('_') ? name.slice(0, -1) : name;
  return VIEWS.has(plain) ? 'view' : (CANONICAL[plain] ?? plain);
}

/** Whether objects that are not known have this method only if they are tensors. */
export function isTensorMethod(name: string): boolean {
  const canonical = canonicalName(name);
  return canonical === 'view' || COMPUTING.has(canonical);
}

/** The result of a tensor function, operator or method under its one name; operands as for the function. */
export function tensorOperation(
  machine: Machine,
  name: string,
  operands: readonly Value[],
  named: ReadonlyMap<string, Value>,
  expression: Expression,
): Value {
  const canonical = canonicalName(name);
  const make = (result: string, values: readonly Value[]): Value =>
    machine.operation(result, values, expression, named, shapeOf(name, values, named));
  const [first, second, third] = operands;
  switch (canonical) {
    case 'square':
      return make('pow', [...operands.slice(0, 1), constant(2)]);
    case 'rsqrt':
      return make('div', [constant(1), make('sqrt', operands)]);
    case 'where':
      // torch.where(mask, scores, -inf): the operand that is no number carries the values.
      return second === undefined || third === undefined
        ? make('where', operands)
        : make('mask', second.kind === 'constant' ? [third, second] : [second, third]);
    case 'einsum':
      return einsum(machine, operands, expression) ?? make('einsum', operands);
    case 'div':
      return handSoftmax(machine, first, second, expression) ?? make('div', operands);
    default:
      return make(canonical, operands);
  }
}

/** exp(x) / exp(x).sum(…) is a softmax written by hand. */
function handSoftmax(
  machine: Machine,
  top: Value | undefined,
  bottom: Value | undefined,
  expression: Expression,
): Value | null {
  if (top?.kind !== 'operation' || top.name !== 'exp' || bottom?.kind !== 'operation' || bottom.name !== 'sum')
    return null;
  const [exponent] = top.operands;
  return bottom.operands[0] === top && exponent !== undefined
    ? machine.operation('softmax', [exponent], expression)
    : null;
}
