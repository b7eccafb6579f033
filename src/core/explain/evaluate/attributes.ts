import type { Attribute } from '../python/syntax';
import { findMember } from './classes';
import type { Machine } from './machine';
import { tensorOperation } from './tensors';
import { constant, path, unknown, type Value } from './value';

const TRANSPOSES = new Set(['T', 'mT', 'H', 'mH']);
const NUMBERS = new Set(['shape', 'ndim', 'device', 'dtype', 'size', 'training', 'requires_grad', 'grad']);
const CONSTANTS: Readonly<Record<string, number>> = { 'math.pi': Math.PI, 'math.e': Math.E, 'math.inf': Infinity };

/** `object.name` when it is not called. */
export function attributeOf(machine: Machine, object: Value, expression: Attribute): Value {
  const { name } = expression;
  switch (object.kind) {
    case 'path': {
      const dotted = `${object.path}.${name}`;
      const value = CONSTANTS[dotted];
      return value === undefined ? path(dotted) : constant(value, true);
    }
    case 'module':
      return moduleAttribute(machine, object, expression);
    case 'class':
      return findMember(object, name) ?? unknown(machine.text(expression));
    case 'parameter':
      return name === 'data' ? object : tensorAttribute(machine, object, expression);
    case 'operation':
      return tensorAttribute(machine, object, expression);
    case 'unknown':
      if (TRANSPOSES.has(name)) return tensorAttribute(machine, object, expression);
      return unknown(machine.text(expression), object.maybeModule && !object.usedAsNumber && !NUMBERS.has(name));
    default:
      return unknown(machine.text(expression), false);
  }
}

function tensorAttribute(machine: Machine, object: Value, expression: Attribute): Value {
  if (TRANSPOSES.has(expression.name)) {
    return tensorOperation(machine, 'transpose', [object], new Map(), expression);
  }
  if (expression.name === 'data') return object;
  return unknown(machine.text(expression), false);
}

function moduleAttribute(machine: Machine, object: Value & { kind: 'module' }, expression: Attribute): Value {
  const own = object.attributes.get(expression.name) ?? object.options.get(expression.name);
  if (own !== undefined) return own;
  const member = object.type === null ? null : findMember(object.type, expression.name);
  if (member === null) return unknown(machine.text(expression), object.type !== null && !NUMBERS.has(expression.name));
  if (member.kind !== 'function') return member;
  const bound = { ...member, receiver: object };
  if (member.node.kind !== 'function') return bound;
  const decorators = member.node.decorators.map((decorator) => (decorator.kind === 'name' ? decorator.name : ''));
  if (decorators.includes('staticmethod')) return member;
  if (!decorators.includes('property')) return bound;
  const none = { positional: [], keywords: new Map(), openPositional: false, openKeywords: false, openTexts: [] };
  return machine.callFunction(bound, none);
}
