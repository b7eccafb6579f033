import type { PassedArguments } from '../catalogue/arguments';
import type { Binary, Call, Collection, Conditional, Dictionary, Expression, Subscript } from '../python/syntax';
import { combine, element, negate, slice } from './arithmetic';
import { attributeOf } from './attributes';
import { bindTarget } from './assignment';
import { BUILTINS } from './builtins';
import { superMethod } from './classes';
import { evaluateComprehension } from './comprehensions';
import { iterate } from './iteration';
import type { Machine } from './machine';
import { callMethod } from './methods';
import type { Scope } from './scope';
import { tensorOperation } from './tensors';
import {
  constant,
  type Dictionary as DictionaryValue,
  type FunctionValue,
  mayBeModule,
  path,
  sequence,
  truthOf,
  unknown,
  type Value,
} from './value';

/** The value of an expression; never throws. */
export function evaluateExpression(machine: Machine, expression: Expression, scope: Scope): Value {
  switch (expression.kind) {
    case 'literal':
      return constant(expression.value, expression.float);
    case 'name':
      return scope.lookup(expression.name) ?? builtin(expression.name);
    case 'attribute':
      return attributeOf(machine, machine.evaluate(expression.object, scope), expression);
    case 'call':
      return evaluateCall(machine, expression, scope);
    case 'binary':
      return evaluateBinary(machine, expression, scope);
    case 'unary':
      return evaluateUnary(machine, expression.operator, expression.operand, expression, scope);
    case 'collection':
      return evaluateCollection(machine, expression, scope);
    case 'dictionary':
      return evaluateDictionary(machine, expression, scope);
    case 'subscript':
      return evaluateSubscript(machine, expression, scope);
    case 'comprehension':
      return evaluateComprehension(machine, expression, scope);
    case 'conditional':
      return evaluateConditional(machine, expression, scope);
    default:
      return evaluateOther(machine, expression, scope);
  }
}

function builtin(name: string): Value {
  return BUILTINS.has(name) ? path(`builtins.${name}`) : unknown(name);
}

function evaluateOther(machine: Machine, expression: Expression, scope: Scope): Value {
  switch (expression.kind) {
    case 'walrus': {
      const value = machine.evaluate(expression.value, scope);
      bindTarget(machine, expression.target, value, scope);
      return value;
    }
    case 'format':
      return joined(expression.pieces.map((piece) => machine.evaluate(piece, scope)));
    case 'lambda': {
      const defaults = new Map<string, Value>();
      for (const { name, initial } of expression.parameters) {
        if (initial !== null) defaults.set(name, machine.evaluate(initial, scope));
      }
      const value: FunctionValue = { kind: 'function', node: expression, scope, defaults, receiver: null, owner: null };
      machine.define(value);
      return value;
    }
    case 'starred':
      machine.evaluate(expression.value, scope);
      return unknown(machine.text(expression));
    case 'opaque':
      for (const part of expression.parts) machine.evaluate(part, scope);
      return unknown(machine.text(expression));
    default:
      return unknown(machine.text(expression), false);
  }
}

/** Text of the pieces, when all are known. */
function joined(pieces: readonly Value[]): Value {
  const texts = pieces.map((piece) =>
    piece.kind === 'constant' && (typeof piece.value === 'string' || (typeof piece.value === 'number' && !piece.float))
      ? String(piece.value)
      : null,
  );
  return texts.includes(null) ? unknown('', false) : constant(texts.join(''));
}

function evaluateCall(machine: Machine, call: Call, scope: Scope): Value {
  const { callee } = call;
  if (callee.kind !== 'attribute') {
    const target = machine.evaluate(callee, scope);
    return machine.call(target, passedArguments(machine, call, scope), call);
  }
  if (isSuper(callee.object, scope)) {
    return superMethod(machine, callee.name, passedArguments(machine, call, scope), call);
  }
  const receiver = machine.evaluate(callee.object, scope);
  return callMethod(machine, receiver, callee.name, passedArguments(machine, call, scope), call);
}

function isSuper(expression: Expression, scope: Scope): boolean {
  return (
    expression.kind === 'call' &&
    expression.callee.kind === 'name' &&
    expression.callee.name === 'super' &&
    scope.lookup('super') === null
  );
}

/** Evaluates the arguments in order, with known `*lists` and `**dictionaries` spread out. */
function passedArguments(machine: Machine, call: Call, scope: Scope): PassedArguments {
  const positional: Value[] = [];
  const keywords = new Map<string, Value>();
  const openTexts: string[] = [];
  let openPositional = false;
  let openKeywords = false;
  for (const { name, star, value: expression } of call.arguments) {
    const value = machine.evaluate(expression, scope);
    if (name !== null) keywords.set(name, value);
    else if (star === '') positional.push(value);
    else if (star === '**') {
      const known = value.kind === 'dictionary' && !value.open;
      if (value.kind === 'dictionary') for (const [key, entry] of value.entries) keywords.set(key, entry);
      if (!known) openTexts.push(machine.text(expression));
      openKeywords ||= !known;
    } else {
      const items = iterate(value);
      if (items !== null && !openPositional) positional.push(...items);
      else {
        if (value.kind === 'sequence') positional.push(...value.items);
        openTexts.push(machine.text(expression));
        openPositional = true;
      }
    }
  }
  return { positional, keywords, openPositional, openKeywords, openTexts };
}

const TENSOR_OPERATORS: Readonly<Record<string, string>> = {
  '@': 'matmul',
  '*': 'mul',
  '/': 'div',
  '+': 'add',
  '-': 'sub',
  '**': 'pow',
};

function evaluateBinary(machine: Machine, expression: Binary, scope: Scope): Value {
  const left = machine.evaluate(expression.left, scope);
  if (expression.operator === 'and' || expression.operator === 'or')
    return shortCircuit(machine, left, expression, scope);
  return applyOperator(machine, expression.operator, left, machine.evaluate(expression.right, scope), expression);
}

/** A binary operator on values. */
export function applyOperator(
  machine: Machine,
  operator: string,
  left: Value,
  right: Value,
  expression: Expression,
): Value {
  const known = combine(operator, left, right);
  if (known !== null) return known.kind === 'sequence' ? machine.born(known) : known;
  for (const [a, b] of [
    [left, right],
    [right, left],
  ] as const) {
    if (a.kind === 'unknown' && b.kind === 'constant' && b.value !== null) a.usedAsNumber = true;
  }
  const name = TENSOR_OPERATORS[operator];
  if (left.kind === 'sequence' || right.kind === 'sequence') return unknown(machine.text(expression));
  if (name === undefined) return unknown(machine.text(expression), false);
  return tensorOperation(machine, name, [left, right], new Map(), expression);
}

function shortCircuit(machine: Machine, left: Value, expression: Binary, scope: Scope): Value {
  const truth = truthOf(left);
  const decided = truth === null ? null : truth === (expression.operator === 'or');
  if (decided === true) {
    machine.unreached(() => machine.evaluate(expression.right, scope));
    return left;
  }
  if (decided === false) return machine.evaluate(expression.right, scope);
  const right = machine.perhaps(() => machine.evaluate(expression.right, scope));
  return unknown(machine.text(expression), mayBeModule(left) || mayBeModule(right));
}

function evaluateUnary(
  machine: Machine,
  operator: string,
  operand: Expression,
  expression: Expression,
  scope: Scope,
): Value {
  const value = machine.evaluate(operand, scope);
  if (operator === 'not') {
    const truth = truthOf(value);
    return truth === null ? unknown(machine.text(expression), false) : constant(!truth);
  }
  const known = negate(operator, value);
  if (known !== null) return known;
  if (operator === '-') return tensorOperation(machine, 'neg', [value], new Map(), expression);
  return operator === '+' ? value : unknown(machine.text(expression), false);
}

function evaluateCollection(machine: Machine, expression: Collection, scope: Scope): Value {
  const items: Value[] = [];
  let open = false;
  for (const item of expression.items) {
    if (item.kind !== 'starred') items.push(machine.evaluate(item, scope));
    else {
      const value = machine.evaluate(item.value, scope);
      const known = iterate(value);
      if (known === null) items.push(unknown(machine.text(item)));
      else items.push(...known);
      open ||= known === null;
    }
  }
  return machine.born(sequence(expression.type, items, open));
}

function evaluateDictionary(machine: Machine, expression: Dictionary, scope: Scope): Value {
  const value: DictionaryValue = { kind: 'dictionary', entries: new Map(), open: false };
  for (const entry of expression.entries) {
    const content = machine.evaluate(entry.value, scope);
    const key = entry.key === null ? null : machine.evaluate(entry.key, scope);
    if (key?.kind === 'constant') value.entries.set(String(key.value), content);
    else if (key === null && content.kind === 'dictionary') {
      for (const [name, inner] of content.entries) value.entries.set(name, inner);
      value.open ||= content.open;
    } else value.open = true;
  }
  return machine.born(value);
}

function evaluateSubscript(machine: Machine, expression: Subscript, scope: Scope): Value {
  const object = machine.evaluate(expression.object, scope);
  const [only, ...others] = expression.index;
  if (only?.kind === 'slice' && others.length === 0) {
    const bounds = [only.start, only.stop, only.step].map((bound) =>
      bound === null ? null : machine.evaluate(bound, scope),
    );
    const part = slice(object, bounds);
    return part === null ? unknown(machine.text(expression), mayBeModule(object)) : machine.born(part);
  }
  const indices = expression.index.map((index) => machine.evaluate(index, scope));
  const [index] = indices;
  if (index === undefined || indices.length > 1) return unknown(machine.text(expression), false);
  const found = object.kind === 'module' ? submodule(object.attributes, index) : element(object, index);
  if (found !== null) return found;
  return unknown(machine.text(expression), object.kind !== 'operation');
}

/** `net[0]`, `blocks['a']`, `net[-1]`. */
function submodule(attributes: ReadonlyMap<string, Value>, index: Value): Value | null {
  if (index.kind !== 'constant') return null;
  if (typeof index.value === 'number' && index.value < 0) return [...attributes.values()].at(index.value) ?? null;
  return attributes.get(String(index.value)) ?? null;
}

function evaluateConditional(machine: Machine, expression: Conditional, scope: Scope): Value {
  const truth = truthOf(machine.evaluate(expression.test, scope));
  if (truth !== null) {
    const [taken, left] = truth ? [expression.then, expression.otherwise] : [expression.otherwise, expression.then];
    machine.unreached(() => machine.evaluate(left, scope));
    return machine.evaluate(taken, scope);
  }
  const then = machine.perhaps(() => machine.evaluate(expression.then, scope));
  const otherwise = machine.perhaps(() => machine.evaluate(expression.otherwise, scope));
  if (then === otherwise) return then;
  return unknown(machine.text(expression), mayBeModule(then) || mayBeModule(otherwise));
}
