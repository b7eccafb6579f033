import { iterate } from './iteration';
import { numberOf, type Value } from './value';

const CREATORS = new Set(['zeros', 'ones', 'randn', 'rand', 'empty', 'Tensor', 'FloatTensor']);
const ELEMENTWISE = new Set([
  'mul',
  'div',
  'add',
  'sub',
  'neg',
  'sqrt',
  'exp',
  'log',
  'sin',
  'cos',
  'uniform_',
  'normal_',
  'fill_',
  'zero_',
  'clone',
  'float',
]);

function sizes(values: readonly Value[]): readonly number[] | null {
  const numbers = values.map((value) =>
    value.kind === 'constant' && !value.float && typeof value.value === 'number' && value.value >= 0
      ? value.value
      : null,
  );
  return numbers.includes(null) ? null : numbers.filter((n) => n !== null);
}

/** Sizes given one by one, or as one tuple or list. */
function given(operands: readonly Value[]): readonly number[] | null {
  const [first] = operands;
  if (operands.length === 1 && first?.kind === 'sequence') return first.open ? null : sizes(first.items);
  return operands.length === 0 ? null : sizes(operands);
}

/** Shape of nested lists of numbers; a plain number has none. */
function nested(value: Value | undefined): readonly number[] | null {
  if (value === undefined) return null;
  if (numberOf(value) !== null) return [];
  const items = iterate(value);
  if (items === null || value.kind !== 'sequence') return null;
  const inner = items.map(nested);
  const [first] = inner;
  if (first === undefined) return [0];
  if (first === null || inner.some((shape) => shape?.join() !== first.join())) return null;
  return [items.length, ...first];
}

/** Sizes of the result of a tensor function, when they are certain. */
export function shapeOf(
  name: string,
  operands: readonly Value[],
  named: ReadonlyMap<string, Value>,
): readonly number[] | null {
  const [first, second] = operands;
  if (CREATORS.has(name)) {
    const size = named.get('size');
    return given(size === undefined ? operands : [size]);
  }
  if (name === 'full') return first === undefined ? null : given([first]);
  if (name === 'tensor') return nested(first);
  if (name === 'eye') return first === undefined ? null : sizes([first, second ?? first]);
  if (name.endsWith('_like') && first?.kind === 'operation') return first.shape;
  if (!ELEMENTWISE.has(name)) return null;
  const tensors = operands.filter((operand) => operand.kind !== 'constant');
  const [tensor] = tensors;
  return tensors.length === 1 && tensor?.kind === 'operation' ? tensor.shape : null;
}
