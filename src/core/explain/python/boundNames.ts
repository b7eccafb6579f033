import type { Block, Expression, FunctionDefinition, Lambda, Statement } from './syntax';
import { forEachStatement, ownExpressions } from './walk';

/** Tells the names that a target binds. */
function eachTarget(target: Expression, tell: (name: string) => void): void {
  if (target.kind === 'name') tell(target.name);
  else if (target.kind === 'starred') eachTarget(target.value, tell);
  else if (target.kind === 'collection') for (const item of target.items) eachTarget(item, tell);
}

/** Names that a target binds. */
export function targetNames(target: Expression): string[] {
  const names: string[] = [];
  eachTarget(target, (name) => names.push(name));
  return names;
}

/** Tells what walrus expressions near the top of an expression bind. */
function eachWalrus(expression: Expression, tell: (name: string) => void): void {
  if (expression.kind === 'walrus') eachTarget(expression.target, tell);
  else if (expression.kind === 'unary') eachWalrus(expression.operand, tell);
  else if (expression.kind === 'binary') {
    eachWalrus(expression.left, tell);
    eachWalrus(expression.right, tell);
  } else if (expression.kind === 'call') for (const { value } of expression.arguments) eachWalrus(value, tell);
}

function eachOwn(statement: Statement, tell: (name: string) => void): void {
  switch (statement.kind) {
    case 'import':
      for (const { bound } of statement.names) if (bound !== '*') tell(bound);
      break;
    case 'assign':
      if (statement.value !== null) for (const target of statement.targets) eachTarget(target, tell);
      break;
    case 'update':
      eachTarget(statement.target, tell);
      break;
    case 'loop':
      if (statement.target !== null) eachTarget(statement.target, tell);
      break;
    case 'with':
      for (const { target } of statement.items) if (target !== null) eachTarget(target, tell);
      break;
    case 'try':
      for (const { name } of statement.handlers) if (name !== null) tell(name);
      break;
    case 'function':
    case 'class':
      tell(statement.name);
      break;
    case 'delete':
      for (const target of statement.targets) eachTarget(target, tell);
      break;
    default:
      break;
  }
}

const opensScope = (statement: Statement): boolean => statement.kind === 'function' || statement.kind === 'class';

/** Every name that a block binds in its own scope, once per binding. */
export function boundNames(block: Block): string[] {
  const names: string[] = [];
  const tell = (name: string): void => void names.push(name);
  forEachStatement(block, (statement) => {
    eachOwn(statement, tell);
    for (const expression of ownExpressions(statement)) eachWalrus(expression, tell);
    return !opensScope(statement);
  });
  return names;
}

/** Names that functions in a block declare global and bind, once per binding there. */
export function globalNames(block: Block): string[] {
  const names: string[] = [];
  forEachStatement(block, (statement) => {
    if (statement.kind !== 'function') return true;
    const declared = declaredNames(statement.body);
    if (declared.size > 0) names.push(...boundNames(statement.body).filter((name) => declared.has(name)));
    return true;
  });
  return names;
}

/** Names in the `global` and `nonlocal` statements of a function's own body. */
function declaredNames(body: Block): ReadonlySet<string> {
  const names = new Set<string>();
  forEachStatement(body, (statement) => {
    if (statement.kind === 'global') for (const name of statement.names) names.add(name);
    return !opensScope(statement);
  });
  return names;
}

const locals = new WeakMap<FunctionDefinition | Lambda, ReadonlyMap<string, number>>();

/** Names that are local to a function, with the number of places that bind each. */
export function localNames(node: FunctionDefinition | Lambda): ReadonlyMap<string, number> {
  const known = locals.get(node);
  if (known !== undefined) return known;
  const counts = new Map<string, number>();
  const declared = node.kind === 'function' ? declaredNames(node.body) : new Set<string>();
  const bound = node.kind === 'function' ? boundNames(node.body).filter((name) => !declared.has(name)) : [];
  for (const name of [...node.parameters.map((parameter) => parameter.name), ...bound]) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  locals.set(node, counts);
  return counts;
}
