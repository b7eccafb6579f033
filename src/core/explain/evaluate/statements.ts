import { boundNames } from '../python/boundNames';
import type {
  Block,
  ClassDefinition,
  DeleteStatement,
  Expression,
  FunctionDefinition,
  IfStatement,
  ImportStatement,
  LoopStatement,
  Statement,
  TryStatement,
  UpdateStatement,
} from '../python/syntax';
import { bindTarget, updateInPlace } from './assignment';
import { applyOperator } from './expressions';
import { iterate } from './iteration';
import { joinValues } from './joining';
import type { Completion, Machine } from './machine';
import { countNames, Scope } from './scope';
import { type ClassValue, NONE, path, truthOf, unknown, type Value } from './value';

/** Runs statements in order until one of them leaves the block. What follows is still looked at. */
export function executeBlock(machine: Machine, block: Block, scope: Scope): Completion {
  for (const [i, statement] of block.entries()) {
    if (!machine.spend()) return 'unclear';
    const completion = executeStatement(machine, statement, scope);
    if (completion === 'next') continue;
    const rest = block.slice(i + 1);
    if (rest.length > 0) unreachedBlock(machine, rest, scope);
    return completion;
  }
  return 'next';
}

function executeStatement(machine: Machine, statement: Statement, scope: Scope): Completion {
  switch (statement.kind) {
    case 'expression':
      for (const value of statement.values) machine.evaluate(value, scope);
      return 'next';
    case 'assign': {
      if (statement.value === null) return 'next';
      const value = machine.evaluate(statement.value, scope);
      for (const target of statement.targets) bindTarget(machine, target, value, scope);
      return 'next';
    }
    case 'update':
      return update(machine, statement, scope);
    case 'return':
      machine.frame.returns.push(statement.value === null ? NONE : machine.evaluate(statement.value, scope));
      return 'return';
    case 'if':
      return branch(machine, statement, scope);
    case 'loop':
      return loop(machine, statement, scope);
    case 'jump':
      return statement.to;
    case 'branches':
      for (const block of statement.blocks) uncertainBlock(machine, block, scope);
      return 'next';
    default:
      return executeOther(machine, statement, scope);
  }
}

function executeOther(machine: Machine, statement: Statement, scope: Scope): Completion {
  switch (statement.kind) {
    case 'import':
      bindImports(statement, scope);
      return 'next';
    case 'with':
      for (const { value, target } of statement.items) {
        const entered = machine.evaluate(value, scope);
        if (target !== null)
          bindTarget(machine, target, entered.kind === 'module' ? entered : unknown(machine.text(value)), scope);
      }
      return machine.execute(statement.body, scope);
    case 'try':
      return attempt(machine, statement, scope);
    case 'function':
      scope.bind(statement.name, defineFunction(machine, statement, scope));
      return 'next';
    case 'class':
      scope.bind(statement.name, defineClass(machine, statement, scope));
      return 'next';
    case 'delete':
      remove(machine, statement, scope);
      return 'next';
    default:
      return 'next';
  }
}

function bindImports({ names }: ImportStatement, scope: Scope): void {
  for (const { bound, path: dotted } of names) {
    if (bound !== '*') scope.bind(bound, path(dotted));
    else scope.importAll(dotted);
  }
}

function update(machine: Machine, statement: UpdateStatement, scope: Scope): Completion {
  const { target, operator } = statement;
  const before = machine.evaluate(target, scope);
  const value = machine.evaluate(statement.value, scope);
  const expression: Expression = {
    kind: 'binary',
    operator,
    left: target,
    right: statement.value,
    span: statement.span,
  };
  const result =
    updateInPlace(machine, operator, before, value) ?? applyOperator(machine, operator, before, value, expression);
  if (result !== before) bindTarget(machine, target, result, scope);
  return 'next';
}

function remove(machine: Machine, { targets }: DeleteStatement, scope: Scope): void {
  for (const target of targets) {
    if (target.kind === 'name') scope.unbind(target.name);
    if (target.kind !== 'attribute') continue;
    const object = machine.evaluate(target.object, scope);
    if (object.kind !== 'module') continue;
    const change = machine.changes(object);
    if (change === 'certain') object.attributes.delete(target.name);
    if (change === 'perhaps') object.attributes.set(target.name, unknown(machine.text(target)));
  }
}

/** Looks at code that does not run, and forgets what it did. */
function unreachedBlock(machine: Machine, block: Block, scope: Scope): void {
  const before = scope.snapshot();
  machine.unreached(() => machine.execute(block, scope));
  scope.restore(before);
}

/** Runs code that perhaps runs. */
function uncertainBlock(machine: Machine, block: Block, scope: Scope): Completion {
  const before = scope.snapshot();
  const completion = machine.perhaps(() => machine.execute(block, scope));
  if (leaves(completion)) scope.restore(before);
  else scope.join(before, joinValues);
  if (completion === 'return') machine.becomeUncertain();
  return completion;
}

const leaves = (completion: Completion): boolean => completion === 'return' || completion === 'raise';

function branch(machine: Machine, statement: IfStatement, scope: Scope): Completion {
  const truth = truthOf(machine.evaluate(statement.test, scope));
  if (truth !== null) {
    const [taken, left] = truth ? [statement.then, statement.otherwise] : [statement.otherwise, statement.then];
    if (left.length > 0) unreachedBlock(machine, left, scope);
    return machine.execute(taken, scope);
  }
  const before = scope.snapshot();
  const first = machine.perhaps(() => machine.execute(statement.then, scope));
  const after = scope.snapshot();
  scope.restore(before);
  const second = machine.perhaps(() => machine.execute(statement.otherwise, scope));
  if (leaves(second) && !leaves(first)) scope.restore(after);
  else if (!leaves(first) && !leaves(second)) scope.join(after, joinValues);
  return combined(machine, first, second);
}

/** How an `if` ends of which either branch may run. */
function combined(machine: Machine, first: Completion, second: Completion): Completion {
  if (first === second) return first;
  if ([first, second].some((end) => end === 'break' || end === 'continue' || end === 'unclear')) return 'unclear';
  if (first !== 'next' && second !== 'next') return 'return';
  if (first === 'return' || second === 'return') machine.becomeUncertain();
  return 'next';
}

/** Training loops are gone through once: their rounds differ in nothing that matters here. */
function isTraining(statement: LoopStatement, machine: Machine): boolean {
  return machine.text({ kind: 'opaque', parts: [], span: statement.span }).includes('.backward(');
}

function loop(machine: Machine, statement: LoopStatement, scope: Scope): Completion {
  const { target, iterable, body, otherwise } = statement;
  if (statement.test !== null) machine.evaluate(statement.test, scope);
  const over = iterable === null ? null : machine.evaluate(iterable, scope);
  const items = over === null || !machine.unrolls || isTraining(statement, machine) ? null : iterate(over);
  if (items === null) return unknownLoop(machine, statement, scope);
  if (items.length === 0) {
    if (target !== null) unreachedBlock(machine, body, scope);
    return machine.execute(otherwise, scope);
  }
  for (const item of items) {
    if (target !== null) bindTarget(machine, target, item, scope);
    const completion = machine.execute(body, scope);
    if (completion === 'break') return 'next';
    if (completion === 'return' || completion === 'raise') return completion;
    if (completion === 'unclear') return unknownLoop(machine, statement, scope);
  }
  return machine.execute(otherwise, scope);
}

/** One round with everything unknown that rounds may change. */
function unknownLoop(machine: Machine, statement: LoopStatement, scope: Scope): Completion {
  const changed = [...(statement.target === null ? [] : [statement.target]), ...boundNames(statement.body)];
  const forget = (): void => {
    for (const name of changed) {
      if (typeof name !== 'string') bindTarget(machine, name, unknown(machine.text(name)), scope);
      else if (!isStable(scope.own(name))) scope.bind(name, unknown(name));
    }
  };
  forget();
  const completion = machine.perhaps(() => machine.execute(statement.body, scope));
  if (completion === 'return') machine.becomeUncertain();
  forget();
  machine.execute(statement.otherwise, scope);
  return 'next';
}

/** Imports and definitions in a loop are the same in every round; lists that grow in it are marked open. */
function isStable(value: Value | undefined): boolean {
  return value?.kind === 'path' || value?.kind === 'class' || value?.kind === 'function' || value?.kind === 'sequence';
}

function attempt(machine: Machine, statement: TryStatement, scope: Scope): Completion {
  const completion = machine.execute(statement.body, scope);
  for (const { name, body } of statement.handlers) {
    if (name !== null) scope.bind(name, unknown(name, false));
    uncertainBlock(machine, body, scope);
  }
  const after = completion === 'next' ? machine.execute(statement.otherwise, scope) : completion;
  const last = machine.execute(statement.finally, scope);
  return last === 'next' ? after : last;
}

function defineFunction(machine: Machine, node: FunctionDefinition, scope: Scope): Value {
  const defaults = new Map<string, Value>();
  for (const { name, initial } of node.parameters) {
    if (initial !== null) defaults.set(name, machine.evaluate(initial, scope));
  }
  const value: Value = { kind: 'function', node, scope, defaults, receiver: null, owner: null };
  const replaced = node.decorators.some((decorator) => {
    const applied = machine.evaluate(decorator, scope);
    return applied.kind === 'function' || applied.kind === 'class';
  });
  if (scope.kind !== 'class') machine.define(value);
  return replaced ? unknown(node.name) : value;
}

function defineClass(machine: Machine, node: ClassDefinition, scope: Scope): Value {
  const inner = new Scope('class', scope, countNames(boundNames(node.body)));
  const bases = node.bases.filter(({ name }) => name === null).map(({ value }) => machine.evaluate(value, scope));
  const type: ClassValue = { kind: 'class', node, bases, scope: inner };
  machine.execute(node.body, inner);
  for (const decorator of node.decorators) machine.evaluate(decorator, scope);
  machine.define(type);
  return type;
}

/** Values of the parameters of a function that is looked at without a call. */
export function parameterValue(name: string, annotation: Expression | null): Value {
  const scalar = annotation?.kind === 'name' && ['int', 'float', 'bool', 'str'].includes(annotation.name);
  return unknown(name, !scalar);
}
