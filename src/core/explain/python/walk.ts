import type { Block, Call, Expression, Statement } from './syntax';

const present = (...expressions: readonly (Expression | null)[]): Expression[] =>
  expressions.filter((expression) => expression !== null);

/** Direct parts of an expression. */
export function subexpressions(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'format':
      return expression.pieces;
    case 'attribute':
      return [expression.object];
    case 'call':
      return [expression.callee, ...expression.arguments.map(({ value }) => value)];
    case 'subscript':
      return [expression.object, ...expression.index];
    case 'slice':
      return present(expression.start, expression.stop, expression.step);
    case 'binary':
      return [expression.left, expression.right];
    case 'unary':
      return [expression.operand];
    case 'collection':
      return expression.items;
    case 'dictionary':
      return expression.entries.flatMap(({ key, value }) => present(key, value));
    case 'comprehension':
      return [
        ...present(expression.key, expression.element),
        ...expression.clauses.flatMap(({ target, iterable, conditions }) => [target, iterable, ...conditions]),
      ];
    case 'conditional':
      return [expression.test, expression.then, expression.otherwise];
    case 'walrus':
      return [expression.target, expression.value];
    case 'starred':
      return [expression.value];
    case 'lambda':
      return [expression.body];
    case 'opaque':
      return expression.parts;
    default:
      return [];
  }
}

/** Expressions directly in a statement, those of blocks in it excluded. */
export function ownExpressions(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case 'assign':
      return present(...statement.targets, statement.value);
    case 'update':
      return [statement.target, statement.value];
    case 'expression':
      return statement.values;
    case 'return':
      return present(statement.value);
    case 'if':
      return [statement.test];
    case 'loop':
      return present(statement.target, statement.iterable, statement.test);
    case 'with':
      return statement.items.flatMap(({ value, target }) => present(value, target));
    case 'delete':
      return statement.targets;
    default:
      return [];
  }
}

export function innerBlocks(statement: Statement): readonly Block[] {
  switch (statement.kind) {
    case 'if':
      return [statement.then, statement.otherwise];
    case 'loop':
      return [statement.body, statement.otherwise];
    case 'with':
    case 'function':
    case 'class':
      return [statement.body];
    case 'try':
      return [statement.body, ...statement.handlers.map(({ body }) => body), statement.otherwise, statement.finally];
    case 'branches':
      return statement.blocks;
    default:
      return [];
  }
}

/** Every statement in a block, outer before inner; `visit` says whether to go into its blocks. */
export function forEachStatement(block: Block, visit: (statement: Statement) => boolean): void {
  for (const statement of block) {
    if (visit(statement)) for (const inner of innerBlocks(statement)) forEachStatement(inner, visit);
  }
}

/** Whether some expression in a block, at any depth, is such. */
export function someExpression(block: Block, test: (expression: Expression) => boolean): boolean {
  return block.some(
    (statement) =>
      ownExpressions(statement).some((expression) => someWithin(expression, test)) ||
      innerBlocks(statement).some((inner) => someExpression(inner, test)),
  );
}

function someWithin(expression: Expression, test: (expression: Expression) => boolean): boolean {
  return test(expression) || subexpressions(expression).some((part) => someWithin(part, test));
}

/** All calls in a block, at any depth. */
export function allCalls(block: Block): readonly Call[] {
  const calls: Call[] = [];
  someExpression(block, (expression) => {
    if (expression.kind === 'call') calls.push(expression);
    return false;
  });
  return calls;
}
