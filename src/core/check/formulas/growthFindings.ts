import { phrase, type Phrase } from '../../explain/phrase';
import { contains, isGrowthCall, type Expression, type GrowthName, type Relation, type Side } from './expression';
import type { FormulaFinding } from './finding';
import { compareGrowth, growthOf, polynomialOf, type Growth, type GrowthOrder, type Naming } from './growth';
import { keyOf } from './polynomial';
import { PLAIN, printExpression } from './printExpression';
import { placeOf, type AnswerReading, type ReadPiece } from './readAnswer';

type Verdict = Pick<FormulaFinding, 'kind' | 'verdict' | 'message'>;

/** Relations between growth rates, as in `O(n^2) = O(n^2 d)`, and products that are said to be equal. */
export function growthFindings(reading: AnswerReading): FormulaFinding[] {
  return reading.pieces.flatMap((piece) => pieceFindings(piece, reading));
}

function pieceFindings(piece: ReadPiece, reading: AnswerReading): FormulaFinding[] {
  return piece.statements.flatMap(({ sides, relations }) =>
    relations.flatMap((relation, index): FormulaFinding[] => {
      const [left, right] = [sides[index], sides[index + 1]];
      const verdict = left && right ? related(left, relation, right, reading) : null;
      if (!left || !right || !verdict) return [];
      const within = { start: left.span.start, end: right.span.end };
      return [{ ...verdict, latex: piece.latex.slice(within.start, within.end), span: placeOf(piece, within) }];
    }),
  );
}

/** Null where nothing is said that is looked at. */
function related(one: Side, relation: Relation, other: Side, { names }: AnswerReading): Verdict | null {
  const [left, right] = [only(one), only(other)];
  if (!left || !right) return null;
  if (!hasGrowthCall(left) && !hasGrowthCall(right))
    return relation === '=' ? sameProduct(left, right, names.naming) : null;
  // `T = O(n^2)` names a cost, and `d = O(1)` is an assumption.
  if (left.kind === 'symbol') return null;
  const [a, b] = [growthOf(left, names.naming), growthOf(right, names.naming)];
  if (a && b) return relatedGrowths({ left, a }, relation, { right, b });
  const unknown = unknownLetters([left, right], names.naming);
  const isCost =
    hasGrowthCall(left) || contains(left, (within) => within.kind === 'symbol' && !unknown.includes(within.name));
  if (unknown.length === 0 || !isCost || !/[=∈⊆<>≤≥≪≫]/.test(relation)) return null;
  const message = phrase('Not compared: the answer does not say what stands behind {letters}.', {
    letters: unknown.join(', '),
  });
  return { kind: 'growth', verdict: 'unknown', message };
}

function relatedGrowths(
  { left, a }: { left: Expression; a: Growth },
  relation: Relation,
  { right, b }: { right: Expression; b: Growth },
): Verdict | null {
  const order = compareGrowth(a, b);
  const data = { left: printExpression(left, PLAIN), right: printExpression(right, PLAIN) };
  if (relation === '=' || relation === '∈' || relation === '⊆') {
    // `d^2 = O(n)` is an assumption.
    if (order === 'incomparable' && !hasGrowthCall(left)) return null;
    return equated(order, growthName(left), growthName(right), data);
  }
  if (relation === '<' || relation === '≪' || relation === '≤') return ordered(order, data);
  if (relation === '>' || relation === '≫' || relation === '≥') {
    return ordered(opposite(order), { left: data.right, right: data.left });
  }
  return null;
}

/** `f = O(g)` says that f grows at most as fast, `f = Θ(g)` that both grow at the same rate; read from left to right. */
function equated(
  order: GrowthOrder,
  left: GrowthName | null,
  right: GrowthName | null,
  data: { left: string; right: string },
): Verdict | null {
  if (right === null) {
    // O(n^2) = n^2 is a slip of the pen that anybody understands.
    return order === 'equal' ? growth('right', phrase('{left} and {right} grow at the same rate.', data)) : null;
  }
  if (left === 'Ω' && right !== 'Ω') return null;
  if (right === 'Ω') return left === 'O' ? null : ordered(opposite(order), { left: data.right, right: data.left });
  if (right === 'Θ') {
    return order === 'equal'
      ? growth('right', phrase('{left} and {right} grow at the same rate.', data))
      : growth('wrong', phrase('{left} and {right} do not grow at the same rate.', data));
  }
  if (right === 'o') {
    if (order === 'smaller') return growth('right', phrase('{left} grows more slowly than {right}.', data));
    return growth('wrong', phrase('{left} does not grow more slowly than {right}.', data));
  }
  return order === 'equal' || order === 'smaller'
    ? growth('right', phrase('{left} grows at most as fast as {right}.', data))
    : growth('wrong', phrase('{left} can grow faster than {right}.', data));
}

/** An order may hold where one size is small, so only what holds for no size is wrong. */
function ordered(order: GrowthOrder, data: { left: string; right: string }): Verdict | null {
  if (order === 'equal' || order === 'smaller') {
    return growth('right', phrase('{left} grows at most as fast as {right}.', data));
  }
  return order === 'larger' ? growth('wrong', phrase('{left} can grow faster than {right}.', data)) : null;
}

function growth(verdict: FormulaFinding['verdict'], message: Phrase): Verdict {
  return { kind: 'growth', verdict, message };
}

function opposite(order: GrowthOrder): GrowthOrder {
  if (order === 'smaller') return 'larger';
  return order === 'larger' ? 'smaller' : order;
}

/** `n · n · d = n^2 d`; unequal ones may be a condition, such as `n = d`. */
function sameProduct(left: Expression, right: Expression, naming: Naming): Verdict | null {
  if (left.kind !== 'product' && left.kind !== 'sum') return null;
  const [a, b] = [polynomialOf(left, naming), polynomialOf(right, naming)];
  if (!a || !b || keyOf(a) !== keyOf(b)) return null;
  const data = { left: printExpression(left, PLAIN), right: printExpression(right, PLAIN) };
  return { kind: 'relation', verdict: 'right', message: phrase('{left} and {right} are the same.', data) };
}

function only({ items }: Side): Expression | null {
  const [first = null, ...others] = items;
  return others.length === 0 ? first : null;
}

export function hasGrowthCall(expression: Expression): boolean {
  return contains(expression, isGrowthCall);
}

/** O, Θ, Ω or o where a side is nothing but sums and products of one kind of them; null for a plain function. */
function growthName(expression: Expression): GrowthName | null {
  let name: GrowthName | null = null;
  contains(expression, (within) => {
    // Of several kinds, the weakest statement.
    if (isGrowthCall(within) && (name === null || within.name === 'O' || within.name === 'Ω')) name = within.name;
    return false;
  });
  return name;
}

/** Letters whose meaning is unknown, where nothing else prevents a comparison. */
function unknownLetters(expressions: readonly Expression[], naming: Naming): string[] {
  const unknown = new Set<string>();
  const noting: Naming = (name) => {
    if (naming(name) === null) unknown.add(name);
    return naming(name) ?? name;
  };
  const areReadable = expressions.every((expression) => growthOf(expression, noting) !== null);
  return areReadable ? [...unknown] : [];
}
