import { constant, type Constant, sequence, unknown, type Value } from './value';

/** Longer sequences and strings are not written out. */
export const MAX_LENGTH = 4096;

const isNumber = (value: Value): value is Constant & { value: number | boolean } =>
  value.kind === 'constant' && (typeof value.value === 'number' || typeof value.value === 'boolean');

/** Python's result on two numbers, or `null` where it raises or does not fit. */
function numeric(operator: string, a: number, b: number): number | null {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return b === 0 ? null : a / b;
    case '//':
      return b === 0 ? null : Math.floor(a / b);
    case '%':
      return b === 0 ? null : a - b * Math.floor(a / b);
    case '**':
      return a ** b;
    case '<<':
      return b < 0 ? null : a * 2 ** b;
    case '>>':
      return b < 0 ? null : Math.floor(a / 2 ** b);
    default:
      return null;
  }
}

function compare(operator: string, a: number | string, b: number | string): boolean | null {
  switch (operator) {
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    default:
      return null;
  }
}

function repeat(value: Value, times: Value): Value | null {
  if (value.kind !== 'sequence' || !isNumber(times)) return null;
  const n = Math.max(0, Number(times.value));
  if (n * value.items.length > MAX_LENGTH) return null;
  const items = Array.from({ length: n }, () => value.items).flat();
  return sequence(value.type, items, value.open);
}

function collections(operator: string, a: Value, b: Value): Value | null {
  if (operator === '+' && a.kind === 'sequence' && b.kind === 'sequence' && a.type === b.type) {
    const items = [...a.items, ...b.items];
    return items.length > MAX_LENGTH ? null : sequence(a.type, items, a.open || b.open);
  }
  if (operator === '*') return repeat(a, b) ?? repeat(b, a);
  return null;
}

/** An operator applied to values that are known, or `null` when the result is not. */
export function combine(operator: string, a: Value, b: Value): Value | null {
  if (isNumber(a) && isNumber(b)) {
    const order = compare(operator, Number(a.value), Number(b.value));
    if (order !== null) return constant(order);
    const result = numeric(operator, Number(a.value), Number(b.value));
    if (result !== null) {
      const float = a.float || b.float || operator === '/' || !Number.isInteger(result);
      return Number.isFinite(result) && (float || Number.isSafeInteger(result)) ? constant(result, float) : null;
    }
  }
  if (a.kind === 'constant' && b.kind === 'constant' && typeof a.value === 'string' && typeof b.value === 'string') {
    if (operator === '+') return a.value.length + b.value.length > MAX_LENGTH ? null : constant(a.value + b.value);
    const order = compare(operator, a.value, b.value);
    if (order !== null) return constant(order);
  }
  return equality(operator, a, b) ?? collections(operator, a, b);
}

function equality(operator: string, a: Value, b: Value): Value | null {
  if (operator === 'in' || operator === 'not in') return membership(operator === 'in', a, b);
  const positive = operator === '==' || operator === 'is';
  if (!positive && operator !== '!=' && operator !== 'is not') return null;
  const same = identical(a, b);
  return same === null ? null : constant(same === positive);
}

/** Whether two values are equal, where that is certain. */
function identical(a: Value, b: Value): boolean | null {
  if (a.kind === 'unknown' || b.kind === 'unknown') return null;
  if (a.kind === 'constant' && b.kind === 'constant') {
    return isNumber(a) && isNumber(b) ? Number(a.value) === Number(b.value) : a.value === b.value;
  }
  // A layer, class, list or tensor is certainly not None, and not a string.
  const [one, other] = a.kind === 'constant' ? [a, b] : [b, a];
  if (one.kind === 'constant') return one.value === null && other.kind !== 'path' ? false : null;
  if (a.kind === 'path' && b.kind === 'path') return a.path === b.path ? true : null;
  if (a.kind === 'sequence' && b.kind === 'sequence') return a === b ? true : null;
  return a === b ? true : null;
}

function membership(positive: boolean, item: Value, container: Value): Value | null {
  if (item.kind !== 'constant') return null;
  if (container.kind === 'dictionary' && !container.open) {
    return constant(container.entries.has(String(item.value)) === positive);
  }
  if (container.kind !== 'sequence' || container.open) return null;
  const found = container.items.map((candidate) => identical(candidate, item));
  if (found.includes(true)) return constant(positive);
  return found.includes(null) ? null : constant(!positive);
}

export function negate(operator: string, operand: Value): Value | null {
  if (!isNumber(operand)) return null;
  const value = Number(operand.value);
  if (operator === '-') return constant(-value, operand.float);
  if (operator === '+') return constant(value, operand.float);
  return null;
}

/** An element of a known collection; `null` when it is not known which. */
export function element(container: Value, index: Value): Value | null {
  if (container.kind === 'dictionary' && index.kind === 'constant') {
    return container.entries.get(String(index.value)) ?? (container.open ? null : unknown(''));
  }
  if (index.kind !== 'constant' || typeof index.value !== 'number' || index.float) return null;
  if (container.kind === 'sequence') {
    if (container.open) return null;
    return container.items.at(index.value) ?? null;
  }
  if (container.kind === 'constant' && typeof container.value === 'string') {
    const letter = container.value.at(index.value);
    return letter === undefined ? null : constant(letter);
  }
  return null;
}

/** A slice of a known list or tuple. */
export function slice(container: Value, bounds: readonly (Value | null)[]): Value | null {
  if (container.kind !== 'sequence' || container.open) return null;
  const [start, stop, step] = bounds.map((bound) => {
    if (bound === null || (bound.kind === 'constant' && bound.value === null)) return undefined;
    return bound.kind === 'constant' && typeof bound.value === 'number' ? bound.value : null;
  });
  if (start === null || stop === null || step === null) return null;
  if (step === undefined || step === 1) return sequence(container.type, container.items.slice(start, stop));
  if (step === -1 && start === undefined && stop === undefined)
    return sequence(container.type, container.items.toReversed());
  if (step < 1) return null;
  return sequence(
    container.type,
    container.items.slice(start, stop).filter((_, i) => i % step === 0),
  );
}
