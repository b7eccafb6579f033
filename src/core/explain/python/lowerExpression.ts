import { inside, opaque, separated, type SourceContext, spanOf, textOf } from './lowering';
import { lowerFormatString, lowerNumber, lowerString } from './lowerLiteral';
import { lowerParameters } from './lowerParameters';
import type { PlainNode } from './plainTree';
import type { Argument, Comprehension, ComprehensionClause, Expression } from './syntax';

type Lowering = (node: PlainNode, source: SourceContext) => Expression;

const LOWERINGS: Readonly<Record<string, Lowering>> = {
  VariableName: (node, source) => ({ kind: 'name', name: textOf(source, node), span: spanOf(source, node) }),
  Number: lowerNumber,
  String: lowerString,
  ContinuedString: (node, source) => lowerFormatString(node, source, lowerExpression),
  FormatString: (node, source) => lowerFormatString(node, source, lowerExpression),
  Boolean: (node, source) => literal(node, source, textOf(source, node) === 'True'),
  None: (node, source) => literal(node, source, null),
  MemberExpression: lowerMember,
  CallExpression: lowerCall,
  BinaryExpression: lowerBinary,
  UnaryExpression: lowerUnary,
  ParenthesizedExpression: lowerParenthesized,
  TupleExpression: (node, source) => collection('tuple', node, inside(node, '(', ')'), source),
  ArrayExpression: (node, source) => collection('list', node, inside(node, '[', ']'), source),
  SetExpression: (node, source) => collection('set', node, inside(node, '{', '}'), source),
  DictionaryExpression: lowerDictionary,
  ArrayComprehensionExpression: (node, source) => lowerComprehension('list', node, inside(node, '[', ']'), source),
  SetComprehensionExpression: (node, source) => lowerComprehension('set', node, inside(node, '{', '}'), source),
  DictionaryComprehensionExpression: (node, source) =>
    lowerComprehension('dictionary', node, inside(node, '{', '}'), source),
  ComprehensionExpression: (node, source) => lowerComprehension('generator', node, inside(node, '(', ')'), source),
  ConditionalExpression: lowerConditional,
  NamedExpression: lowerWalrus,
  LambdaExpression: lowerLambda,
  AwaitExpression: (node, source) => lowerRun(node.children.slice(1), node, source),
};

function literal(node: PlainNode, source: SourceContext, value: boolean | null): Expression {
  return { kind: 'literal', value, float: false, span: spanOf(source, node) };
}

/** Never throws; what is not understood becomes opaque with its parts. */
export function lowerExpression(node: PlainNode, source: SourceContext): Expression {
  const lower = LOWERINGS[node.name];
  if (lower !== undefined && !node.damaged) return lower(node, source);
  return opaque(spanOf(source, node), parts(node.children, source));
}

/** Expressions among nodes of which some are punctuation. */
function parts(nodes: readonly PlainNode[], source: SourceContext): Expression[] {
  return nodes
    .filter((node) => LOWERINGS[node.name] !== undefined || node.children.length > 0)
    .map((node) => lowerExpression(node, source));
}

/** One expression written as a run of sibling nodes: a single one, a starred one, or a tuple without brackets. */
export function lowerRun(nodes: readonly PlainNode[], owner: PlainNode, source: SourceContext): Expression {
  const [first] = nodes;
  const last = nodes.at(-1);
  if (first === undefined || last === undefined) return opaque(spanOf(source, owner));
  const whole = { from: first.from, to: last.to };
  if (nodes.some((node) => node.name === ',')) {
    const runs = separated(nodes, ',').filter((run) => run.length > 0);
    return {
      kind: 'collection',
      type: 'tuple',
      items: runs.map((run) => lowerRun(run, owner, source)),
      span: spanOf(source, whole),
    };
  }
  if (first.name === '*') {
    return { kind: 'starred', value: lowerRun(nodes.slice(1), owner, source), span: spanOf(source, whole) };
  }
  return nodes.length === 1 ? lowerExpression(first, source) : opaque(spanOf(source, whole), parts(nodes, source));
}

function collection(
  type: 'tuple' | 'list' | 'set',
  node: PlainNode,
  content: readonly PlainNode[],
  source: SourceContext,
): Expression {
  const runs = separated(content, ',').filter((run) => run.length > 0);
  return {
    kind: 'collection',
    type,
    items: runs.map((run) => lowerRun(run, node, source)),
    span: spanOf(source, node),
  };
}

function lowerMember(node: PlainNode, source: SourceContext): Expression {
  const [object, ...rest] = node.children;
  const span = spanOf(source, node);
  if (object === undefined) return opaque(span);
  const property = rest.at(-1);
  if (property?.name === 'PropertyName') {
    return { kind: 'attribute', object: lowerExpression(object, source), name: textOf(source, property), span };
  }
  const content = rest.slice(1, rest.at(-1)?.name === ']' ? -1 : undefined);
  const index = separated(content, ',').filter((run) => run.length > 0);
  return {
    kind: 'subscript',
    object: lowerExpression(object, source),
    index: index.map((run) => slice(run, node, source)),
    span,
  };
}

function slice(run: readonly PlainNode[], owner: PlainNode, source: SourceContext): Expression {
  if (!run.some((node) => node.name === ':')) return lowerRun(run, owner, source);
  const [start, stop, step] = separated(run, ':').map((part) =>
    part.length > 0 ? lowerRun(part, owner, source) : null,
  );
  const span = spanOf(source, { from: run[0]?.from ?? owner.from, to: run.at(-1)?.to ?? owner.to });
  return { kind: 'slice', start: start ?? null, stop: stop ?? null, step: step ?? null, span };
}

function lowerCall(node: PlainNode, source: SourceContext): Expression {
  const [callee, list] = node.children;
  const span = spanOf(source, node);
  if (callee === undefined || list?.name !== 'ArgList') return opaque(span, parts(node.children, source));
  return { kind: 'call', callee: lowerExpression(callee, source), arguments: lowerArguments(list, source), span };
}

/** Of a call or of a class; damaged lists give what can be read of them. */
export function lowerArguments(list: PlainNode, source: SourceContext): Argument[] {
  const content = inside(list, '(', ')');
  if (content.some((node) => node.name === 'for')) {
    return [{ name: null, star: '', value: lowerComprehension('generator', list, content, source) }];
  }
  const runs = separated(content, ',').filter((run) => run.length > 0);
  const args = runs.map((run): Argument => {
    const [first, second] = run;
    if (first?.name === '*' || first?.name === '**') {
      return { name: null, star: first.name, value: lowerRun(run.slice(1), list, source) };
    }
    if (first !== undefined && second?.name === 'AssignOp') {
      return { name: textOf(source, first), star: '', value: lowerRun(run.slice(2), list, source) };
    }
    return { name: null, star: '', value: lowerRun(run, list, source) };
  });
  if (!list.damaged) return args;
  // While somebody types, what is missing may be anything: an unknown rest keeps counts unknown.
  return [...args, { name: null, star: '**', value: opaque(spanOf(source, list)) }];
}

function lowerBinary(node: PlainNode, source: SourceContext): Expression {
  const left = node.children[0];
  const right = node.children.at(-1);
  const span = spanOf(source, node);
  const operators = node.children.slice(1, -1);
  if (left === undefined || right === undefined || operators.length === 0)
    return opaque(span, parts(node.children, source));
  const operator = operators.map((child) => textOf(source, child)).join(' ');
  return { kind: 'binary', operator, left: lowerExpression(left, source), right: lowerExpression(right, source), span };
}

function lowerUnary(node: PlainNode, source: SourceContext): Expression {
  const [operator, operand] = node.children;
  const span = spanOf(source, node);
  if (operator === undefined || operand === undefined) return opaque(span);
  return { kind: 'unary', operator: textOf(source, operator), operand: lowerExpression(operand, source), span };
}

function lowerParenthesized(node: PlainNode, source: SourceContext): Expression {
  const inner = lowerRun(inside(node, '(', ')'), node, source);
  return { ...inner, span: spanOf(source, node) };
}

function lowerDictionary(node: PlainNode, source: SourceContext): Expression {
  const runs = separated(inside(node, '{', '}'), ',').filter((run) => run.length > 0);
  const entries = runs.map((run) => {
    if (run[0]?.name === '**') return { key: null, value: lowerRun(run.slice(1), node, source) };
    const [key, value] = separated(run, ':');
    return { key: lowerRun(key ?? [], node, source), value: lowerRun(value ?? [], node, source) };
  });
  return { kind: 'dictionary', entries, span: spanOf(source, node) };
}

function lowerComprehension(
  type: Comprehension['type'],
  node: PlainNode,
  content: readonly PlainNode[],
  source: SourceContext,
): Expression {
  const start = content.findIndex((child) => child.name === 'for' || child.name === 'async');
  const head = start < 0 ? content : content.slice(0, start);
  const [key, value] = type === 'dictionary' ? separated(head, ':') : [undefined, head];
  return {
    kind: 'comprehension',
    type,
    key: key === undefined ? null : lowerRun(key, node, source),
    element: lowerRun(value ?? [], node, source),
    clauses: start < 0 ? [] : comprehensionClauses(content.slice(start), node, source),
    span: spanOf(source, node),
  };
}

function comprehensionClauses(
  nodes: readonly PlainNode[],
  owner: PlainNode,
  source: SourceContext,
): ComprehensionClause[] {
  const loops = separated(
    nodes.filter((node) => node.name !== 'async'),
    'for',
  ).slice(1);
  return loops.map((loop) => {
    const [header, ...conditions] = separated(loop, 'if');
    const [target, iterable] = separated(header ?? [], 'in');
    return {
      target: lowerRun(target ?? [], owner, source),
      iterable: lowerRun(iterable ?? [], owner, source),
      conditions: conditions.map((condition) => lowerRun(condition, owner, source)),
    };
  });
}

function lowerConditional(node: PlainNode, source: SourceContext): Expression {
  const [then, test, otherwise] = node.children.filter((child) => child.name !== 'if' && child.name !== 'else');
  const span = spanOf(source, node);
  if (then === undefined || test === undefined || otherwise === undefined)
    return opaque(span, parts(node.children, source));
  return {
    kind: 'conditional',
    test: lowerExpression(test, source),
    then: lowerExpression(then, source),
    otherwise: lowerExpression(otherwise, source),
    span,
  };
}

function lowerWalrus(node: PlainNode, source: SourceContext): Expression {
  const [target, , value] = node.children;
  const span = spanOf(source, node);
  if (target === undefined || value === undefined) return opaque(span);
  return { kind: 'walrus', target: lowerExpression(target, source), value: lowerExpression(value, source), span };
}

function lowerLambda(node: PlainNode, source: SourceContext): Expression {
  const list = node.children.find((child) => child.name === 'ParamList');
  const body = node.children.at(-1);
  const span = spanOf(source, node);
  if (list === undefined || body === undefined) return opaque(span);
  const parameters = lowerParameters(list, source, lowerRun);
  return { kind: 'lambda', parameters, body: lowerExpression(body, source), span };
}
