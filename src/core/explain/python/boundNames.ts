import type { Block, Expression, Statement } from './syntax';

/** Names that a target binds. */
export function targetNames(target: Expression): string[] {
  switch (target.kind) {
    case 'name':
      return [target.name];
    case 'collection':
      return target.items.flatMap(targetNames);
    case 'starred':
      return targetNames(target.value);
    default:
      return [];
  }
}

/** Names that walrus expressions at the top of an expression bind. */
function walrusNames(expression: Expression | null): string[] {
  if (expression === null) return [];
  switch (expression.kind) {
    case 'walrus':
      return targetNames(expression.target);
    case 'binary':
      return [...walrusNames(expression.left), ...walrusNames(expression.right)];
    case 'unary':
      return walrusNames(expression.operand);
    case 'call':
      return expression.arguments.flatMap((argument) => walrusNames(argument.value));
    default:
      return [];
  }
}

const inBlocks = (...blocks: readonly Block[]): string[] => blocks.flatMap(boundNames);

function statementNames(statement: Statement): string[] {
  switch (statement.kind) {
    case 'import':
      return statement.names.map(({ bound }) => bound).filter((bound) => bound !== '*');
    case 'assign':
      return statement.value === null
        ? []
        : [...statement.targets.flatMap(targetNames), ...walrusNames(statement.value)];
    case 'update':
      return targetNames(statement.target);
    case 'expression':
      return statement.values.flatMap(walrusNames);
    case 'if':
      return [...walrusNames(statement.test), ...inBlocks(statement.then, statement.otherwise)];
    case 'loop':
      return [
        ...(statement.target === null ? [] : targetNames(statement.target)),
        ...walrusNames(statement.test),
        ...inBlocks(statement.body, statement.otherwise),
      ];
    case 'with':
      return [
        ...statement.items.flatMap(({ target }) => (target ? targetNames(target) : [])),
        ...inBlocks(statement.body),
      ];
    case 'try':
      return [
        ...statement.handlers.flatMap(({ name, body }) => [...(name === null ? [] : [name]), ...boundNames(body)]),
        ...inBlocks(statement.body, statement.otherwise, statement.finally),
      ];
    case 'function':
    case 'class':
      return [statement.name];
    case 'branches':
      return inBlocks(...statement.blocks);
    case 'delete':
      return statement.targets.flatMap(targetNames);
    default:
      return [];
  }
}

/** Every name that a block binds in its own scope, once per binding. */
export function boundNames(block: Block): string[] {
  return block.flatMap(statementNames);
}

/** Names that the functions in a block declare global, once per binding there. */
export function globalNames(block: Block, inFunction = false): string[] {
  const declared = block.flatMap((statement) => (statement.kind === 'global' ? statement.names : []));
  const own = inFunction ? boundNames(block).filter((name) => declared.includes(name)) : [];
  return [...own, ...block.flatMap((statement) => childGlobals(statement, inFunction))];
}

function childGlobals(statement: Statement, inFunction: boolean): string[] {
  switch (statement.kind) {
    case 'function':
      return globalNames(statement.body, true);
    case 'class':
      return globalNames(statement.body, inFunction);
    case 'if':
      return [...globalNames(statement.then), ...globalNames(statement.otherwise)];
    case 'loop':
    case 'with':
    case 'try':
      return globalNames(statement.body);
    default:
      return [];
  }
}
