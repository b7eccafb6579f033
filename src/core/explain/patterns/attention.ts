import type { Operation, Value } from '../evaluate/value';
import { LINKS } from '../catalogue/entry';
import { phrase } from '../phrase';
import { alike, below, isOperation, type Pattern, type PatternText } from './pattern';

const ATTENTION: PatternText = {
  symbol: 'scaled-dot-product-attention',
  title: 'Scaled dot-product attention, written by hand',
  summary:
    'softmax(QKᵀ/√d)·V: every query mixes the values by how well its key fits. Row i of the softmax says how much position i looks at each other position; it sums to 1.',
  inputShape: 'Q (…, n, d), K (…, m, d), V (…, m, d)',
  outputShape: '(…, n, d)',
  cost: phrase('O(n²d) multiply–adds and O(n²) memory: n positions, d width of a head'),
  links: [LINKS.attentionCost, LINKS.attentionMap],
};

const LINEAR_ATTENTION: PatternText = {
  symbol: 'linear-attention',
  title: 'Attention in the cheap order',
  summary:
    'softmax(Q)·(KᵀV): the small d×d product comes first, so the cost grows with n instead of n². It is not the same as attention: the mixture that it implies, softmax(Q)·Kᵀ, has rank at most d, and its rows do not sum to 1.',
  inputShape: 'Q (…, n, d), K (…, m, d), V (…, m, d)',
  outputShape: '(…, n, d)',
  cost: phrase('O(nd²) multiply–adds: n positions, d width of a head'),
  links: [LINKS.attentionCost],
};

const NOT_SCALED =
  'The scores are not divided by √d. For wide heads they grow with √d, the softmax saturates and its gradient vanishes. Divide QKᵀ by √d.';

/** Deeper chains of operations are no attention. */
const MAX_DEPTH = 12;

interface Scores {
  readonly product: Operation;
  readonly scaled: boolean;
}

/** The product QKᵀ under scaling, masks and biases. */
function findScores(value: Value | undefined, scaled: boolean, depth = 0): Scores | null {
  if (value?.kind !== 'operation' || depth > MAX_DEPTH) return null;
  const [first, second] = value.operands;
  switch (value.name) {
    case 'matmul':
      return isOperation(below(second ?? value, 'view'), 'transpose') ? { product: value, scaled } : null;
    case 'mul':
    case 'div':
      return findScores(first, true, depth + 1) ?? findScores(second, true, depth + 1);
    case 'add':
      return findScores(first, scaled, depth + 1) ?? findScores(second, scaled, depth + 1);
    case 'sub':
    case 'mask':
    case 'view':
    case 'dropout':
      return findScores(first, scaled, depth + 1);
    default:
      return null;
  }
}

/** Whether queries or keys are scaled before they meet, or may be by something that is not seen. */
function mayBeScaled(value: Value | undefined, depth = 0): boolean {
  if (value === undefined || depth > MAX_DEPTH) return true;
  if (value.kind === 'unknown') return value.text.includes('(');
  if (value.kind !== 'operation') return value.kind !== 'parameter';
  if (['transpose', 'view', 'chunk'].includes(value.name)) return mayBeScaled(value.operands[0], depth + 1);
  if (['randn', 'rand', 'layer'].includes(value.name)) return false;
  return true;
}

/** Attention, or its cheap variant, that this matrix product completes. */
export function findAttention(operation: Operation): Pattern | null {
  const [left, right] = operation.operands;
  if (operation.name !== 'matmul' || left === undefined || right === undefined) return null;
  const weights = below(left, 'view', 'dropout', 'mask', 'transpose');
  if (isOperation(weights, 'softmax')) {
    const scores = findScores(weights.operands[0], false);
    if (scores !== null) return fullAttention(operation, weights, scores, right);
  }
  return linearAttention(operation, left, right);
}

function fullAttention(operation: Operation, weights: Operation, { product, scaled }: Scores, values: Value): Pattern {
  const [queries, transposedKeys] = product.operands;
  const keys = transposedKeys === undefined ? undefined : below(transposedKeys, 'view', 'transpose');
  // Where keys are values, as between a decoder's state and an encoder's, plain dot products are usual.
  const sameKeys = alike(keys, below(values, 'view', 'transpose'));
  const unscaled = !scaled && !sameKeys && !mayBeScaled(queries) && !mayBeScaled(transposedKeys);
  return {
    text: ATTENTION,
    expression: operation.expression,
    parts: [product.expression, weights.expression],
    mistake: unscaled ? phrase(NOT_SCALED) : null,
  };
}

function linearAttention(operation: Operation, left: Value, right: Value): Pattern | null {
  const queries = below(left, 'view', 'dropout', 'div', 'mul');
  const context = below(right, 'view', 'div');
  if (!isOperation(queries, 'softmax') || !isOperation(context, 'matmul')) return null;
  if (!isOperation(below(context.operands[0] ?? context, 'view', 'softmax'), 'transpose')) return null;
  return {
    text: LINEAR_ATTENTION,
    expression: operation.expression,
    parts: [context.expression, queries.expression],
    mistake: null,
  };
}
