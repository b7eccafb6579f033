import { lowerArguments, lowerExpression, lowerRun } from './lowerExpression';
import { lowerImport } from './lowerImport';
import { separated, type SourceContext, spanOf, textOf } from './lowering';
import { lowerParameters } from './lowerParameters';
import type { PlainNode } from './plainTree';
import type { Block, Expression, Statement } from './syntax';

type Lowering = (node: PlainNode, source: SourceContext) => Statement;

const LOWERINGS: Readonly<Record<string, Lowering>> = {
  ImportStatement: (node, source) => ({ kind: 'import', names: lowerImport(node, source), span: spanOf(source, node) }),
  AssignStatement: lowerAssign,
  UpdateStatement: lowerUpdate,
  ReturnStatement: (node, source) => ({
    kind: 'return',
    value: node.children.length > 1 ? lowerRun(node.children.slice(1), node, source) : null,
    span: spanOf(source, node),
  }),
  IfStatement: (node, source) => lowerIf(node.children, node, source),
  ForStatement: lowerFor,
  WhileStatement: lowerWhile,
  WithStatement: lowerWith,
  TryStatement: lowerTry,
  FunctionDefinition: (node, source) => lowerFunction(node, [], source),
  ClassDefinition: (node, source) => lowerClass(node, [], source),
  DecoratedStatement: lowerDecorated,
  BreakStatement: (node, source) => ({ kind: 'jump', to: 'break', span: spanOf(source, node) }),
  ContinueStatement: (node, source) => ({ kind: 'jump', to: 'continue', span: spanOf(source, node) }),
  RaiseStatement: (node, source) => ({ kind: 'jump', to: 'raise', span: spanOf(source, node) }),
  DeleteStatement: (node, source) => ({
    kind: 'delete',
    targets: expressions(node.children.slice(1), node, source),
    span: spanOf(source, node),
  }),
  ScopeStatement: (node, source) => ({
    kind: 'global',
    names: node.children.filter(({ name }) => name === 'VariableName').map((child) => textOf(source, child)),
    span: spanOf(source, node),
  }),
  MatchStatement: lowerMatch,
};

/** Zero or more statements: a line with semicolons is a group. Never throws. */
export function lowerStatement(node: PlainNode, source: SourceContext): Statement[] {
  if (node.name === 'StatementGroup') return node.children.flatMap((child) => lowerStatement(child, source));
  const lower = LOWERINGS[node.name];
  if (lower !== undefined) return [lower(node, source)];
  if (node.children.length === 0) return [];
  const run = lowerRun(node.children, node, source);
  return [{ kind: 'expression', values: [run], span: spanOf(source, node) }];
}

function block(body: PlainNode | undefined, source: SourceContext): Block {
  return body?.name === 'Body' ? body.children.slice(1).flatMap((child) => lowerStatement(child, source)) : [];
}

function expressions(nodes: readonly PlainNode[], owner: PlainNode, source: SourceContext): Expression[] {
  return separated(nodes, ',')
    .filter((run) => run.length > 0)
    .map((run) => lowerRun(run, owner, source));
}

function lowerAssign(node: PlainNode, source: SourceContext): Statement {
  const sides = separated(
    node.children.filter(({ name }) => name !== 'TypeDef'),
    'AssignOp',
  ).map((run) => lowerRun(run, node, source));
  const span = spanOf(source, node);
  if (sides.length === 1) return { kind: 'assign', targets: sides, value: null, span };
  return { kind: 'assign', targets: sides.slice(0, -1), value: sides.at(-1) ?? null, span };
}

function lowerUpdate(node: PlainNode, source: SourceContext): Statement {
  const at = node.children.findIndex(({ name }) => name === 'UpdateOp');
  const operator = node.children[at];
  return {
    kind: 'update',
    target: lowerRun(node.children.slice(0, Math.max(at, 0)), node, source),
    operator: operator === undefined ? '' : textOf(source, operator).slice(0, -1),
    value: lowerRun(node.children.slice(at + 1), node, source),
    span: spanOf(source, node),
  };
}

/** `nodes` start with `if` or `elif`, or with `else`. */
function lowerIf(nodes: readonly PlainNode[], owner: PlainNode, source: SourceContext): Statement {
  const body = nodes.findIndex(({ name }) => name === 'Body');
  const rest = body < 0 ? [] : nodes.slice(body + 1);
  const otherwise = rest[0]?.name === 'elif' ? [lowerIf(rest, owner, source)] : block(rest[1], source);
  return {
    kind: 'if',
    test: lowerRun(nodes.slice(1, Math.max(body, 1)), owner, source),
    then: block(nodes[body], source),
    otherwise,
    span: spanOf(source, { from: nodes[0]?.from ?? owner.from, to: owner.to }),
  };
}

/** The last `else` block of a loop or try, if there is one. */
function elseBlock(node: PlainNode, source: SourceContext): Block {
  const at = node.children.findIndex(({ name }) => name === 'else');
  return at < 0 ? [] : block(node.children[at + 1], source);
}

function lowerFor(node: PlainNode, source: SourceContext): Statement {
  const start = node.children.findIndex(({ name }) => name === 'for');
  const body = node.children.findIndex(({ name }) => name === 'Body');
  const [target, iterable] = separated(node.children.slice(start + 1, Math.max(body, start + 1)), 'in');
  return {
    kind: 'loop',
    target: lowerRun(target ?? [], node, source),
    iterable: lowerRun(iterable ?? [], node, source),
    test: null,
    body: block(node.children[body], source),
    otherwise: elseBlock(node, source),
    span: spanOf(source, node),
  };
}

function lowerWhile(node: PlainNode, source: SourceContext): Statement {
  const body = node.children.findIndex(({ name }) => name === 'Body');
  return {
    kind: 'loop',
    target: null,
    iterable: null,
    test: lowerRun(node.children.slice(1, Math.max(body, 1)), node, source),
    body: block(node.children[body], source),
    otherwise: elseBlock(node, source),
    span: spanOf(source, node),
  };
}

function lowerWith(node: PlainNode, source: SourceContext): Statement {
  const start = node.children.findIndex(({ name }) => name === 'with');
  const body = node.children.findIndex(({ name }) => name === 'Body');
  const header = node.children
    .slice(start + 1, Math.max(body, start + 1))
    .filter(({ name }) => name !== '(' && name !== ')');
  const items = separated(header, ',').filter((run) => run.length > 0);
  return {
    kind: 'with',
    items: items.map((run) => {
      const [value, target] = separated(run, 'as');
      return {
        value: lowerRun(value ?? [], node, source),
        target: target === undefined ? null : lowerRun(target, node, source),
      };
    }),
    body: block(node.children[body], source),
    span: spanOf(source, node),
  };
}

function lowerTry(node: PlainNode, source: SourceContext): Statement {
  const { children } = node;
  const handlers = children.flatMap((child, at) => {
    if (child.name !== 'except') return [];
    const length = children.slice(at).findIndex(({ name }) => name === 'Body');
    const header = children.slice(at, at + Math.max(length, 0));
    const alias = header[header.findIndex(({ name }) => name === 'as') + 1];
    const named = header.some(({ name }) => name === 'as') && alias !== undefined;
    return [{ name: named ? textOf(source, alias) : null, body: block(children[at + length], source) }];
  });
  const last = children.findIndex(({ name }) => name === 'finally');
  return {
    kind: 'try',
    body: block(children[1], source),
    handlers,
    otherwise: elseBlock(node, source),
    finally: last < 0 ? [] : block(children[last + 1], source),
    span: spanOf(source, node),
  };
}

function lowerDecorated(node: PlainNode, source: SourceContext): Statement {
  const decorators = node.children
    .filter(({ name }) => name === 'Decorator')
    .map((child) => lowerDecorator(child, source));
  const definition = node.children.at(-1);
  if (definition?.name === 'ClassDefinition') return lowerClass(definition, decorators, source);
  if (definition?.name === 'FunctionDefinition') return lowerFunction(definition, decorators, source);
  return { kind: 'expression', values: decorators, span: spanOf(source, node) };
}

/** The grammar lists the names of a dotted decorator side by side. */
function lowerDecorator(node: PlainNode, source: SourceContext): Expression {
  const [, first, ...rest] = node.children;
  if (first === undefined) return lowerRun([], node, source);
  let whole = lowerExpression(first, source);
  for (const child of rest) {
    const span = spanOf(source, { from: first.from, to: child.to });
    if (child.name === 'ArgList') {
      whole = { kind: 'call', callee: whole, arguments: lowerArguments(child, source), span };
    } else if (child.name !== '.') whole = { kind: 'attribute', object: whole, name: textOf(source, child), span };
  }
  return whole;
}

function lowerFunction(node: PlainNode, decorators: readonly Expression[], source: SourceContext): Statement {
  const name = node.children.find((child) => child.name === 'VariableName');
  const list = node.children.find((child) => child.name === 'ParamList');
  return {
    kind: 'function',
    name: name === undefined ? '' : textOf(source, name),
    parameters: list === undefined ? [] : lowerParameters(list, source, lowerRun),
    decorators,
    body: block(node.children.at(-1), source),
    span: spanOf(source, node),
  };
}

function lowerClass(node: PlainNode, decorators: readonly Expression[], source: SourceContext): Statement {
  const name = node.children.find((child) => child.name === 'VariableName');
  const list = node.children.find((child) => child.name === 'ArgList');
  return {
    kind: 'class',
    name: name === undefined ? '' : textOf(source, name),
    bases: list === undefined ? [] : lowerArguments(list, source),
    decorators,
    body: block(node.children.at(-1), source),
    span: spanOf(source, node),
  };
}

function lowerMatch(node: PlainNode, source: SourceContext): Statement {
  const body = node.children.find(({ name }) => name === 'MatchBody');
  const clauses = body?.children.filter(({ name }) => name === 'MatchClause') ?? [];
  return {
    kind: 'branches',
    blocks: clauses.map((clause) => block(clause.children.at(-1), source)),
    span: spanOf(source, node),
  };
}
