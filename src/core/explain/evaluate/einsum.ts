import type { Expression } from '../python/syntax';
import type { Machine } from './machine';
import type { Value } from './value';

/**
 * An `einsum` over two operands with one summed letter, as the matrix product that it is; `null` for others.
 * Which operand is transposed follows from where the summed letter stands.
 */
export function einsum(machine: Machine, operands: readonly Value[], expression: Expression): Value | null {
  const [equation, left, right, ...more] = operands;
  if (equation?.kind !== 'constant' || typeof equation.value !== 'string' || left === undefined || right === undefined)
    return null;
  const [inputs, output] = equation.value.replaceAll(' ', '').split('->');
  const [a, b, ...rest] = inputs?.split(',') ?? [];
  if (a === undefined || b === undefined || output === undefined || rest.length + more.length > 0) return null;
  const summed = [...new Set(a)].filter((letter) => letter !== '.' && b.includes(letter) && !output.includes(letter));
  const [letter] = summed;
  if (letter === undefined || summed.length > 1) return null;
  const transposed = (value: Value): Value => machine.operation('transpose', [value], expression);
  const first = a.endsWith(letter) ? left : transposed(left);
  const second = b.endsWith(letter) ? transposed(right) : right;
  return machine.operation('matmul', [first, second], expression);
}
