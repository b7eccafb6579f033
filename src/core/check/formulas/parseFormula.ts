import type { Span } from '../../text';
import type { Expression, Relation, Side, Statement } from './expression';
import { nested, type Nested } from './nestedTokens';
import { ExpressionReader } from './readExpression';
import { texTokens } from './texTokens';

/**
 * The statements of a formula in TeX without its dollars, in order: those that commas, quads, words or lines separate,
 * and one `expression → note` for every brace with a note.
 * @returns null where it is no TeX, or too long or too deep; what is TeX but not understood is `opaque`
 */
export function parseFormula(latex: string): Statement[] | null {
  const tokens = texTokens(latex);
  const list = tokens && nested(tokens);
  if (!list) return null;
  const reader = new ExpressionReader();
  const statements: Statement[] = [];
  let start = 0;
  let within: Nested[] = [];
  const finish = (end: number): void => {
    for (const statement of statementsOf(within, { start, end }, latex, reader)) append(statements, statement);
    within = [];
  };
  for (const token of list) {
    if (token.type !== 'separator') within.push(token);
    else {
      finish(token.at?.start ?? latex.length);
      start = token.at?.end ?? start;
    }
  }
  finish(latex.length);
  for (const { of, note } of reader.notes) {
    const span = { start: 0, end: latex.length };
    const [side, noted] = [of, note].map((expression) => ({ items: [expression], span }));
    if (side && noted) statements.push({ sides: [side, noted], relations: ['→'], isNote: true });
  }
  return statements;
}

/**
 * A formula that is one expression.
 * @returns null where it cannot be read as one
 */
export function parseExpression(latex: string): Expression | null {
  const [statement, ...others] = parseFormula(latex) ?? [];
  const [side, ...sides] = statement?.sides ?? [];
  const [item, ...items] = side?.items ?? [];
  return item && others.length + sides.length + items.length === 0 ? item : null;
}

/** A row that begins with its relation goes on with the chain of the row before. */
function append(statements: Statement[], statement: Statement): void {
  const before = statements.at(-1);
  const [first, ...sides] = statement.sides;
  const goesOn = before && first?.items.length === 0 && statement.relations.length > 0;
  if (!goesOn) statements.push(statement);
  else {
    const relations = [...before.relations, ...statement.relations];
    statements[statements.length - 1] = { sides: [...before.sides, ...sides], relations };
  }
}

interface OpenSide {
  readonly tokens: Nested[];
  start: number;
  end: number;
}

function statementsOf(tokens: readonly Nested[], within: Span, latex: string, reader: ExpressionReader): Statement[] {
  if (tokens.length === 0) return [];
  const sides: OpenSide[] = [{ tokens: [], ...within }];
  const relations: Relation[] = [];
  for (const token of tokens) {
    const last = sides.at(-1);
    if (!last) break;
    if (token.type !== 'relation') last.tokens.push(token);
    else if (last.tokens.length === 0 && sides.length > 1) {
      // `:=`, or a row that goes on with the relation that the row before ended with.
      last.start = token.at?.end ?? last.start;
      if (relations.at(-1) === ':') relations[relations.length - 1] = token.relation;
    } else {
      relations.push(token.relation);
      last.end = token.at?.start ?? last.end;
      sides.push({ tokens: [], start: token.at?.end ?? last.start, end: within.end });
    }
  }
  return chains(
    sides.map((side) => ({ items: reader.list(side.tokens), span: trimmed(side, latex) })),
    relations,
  );
}

/** Of `Q ∈ A, K ∈ B`, the middle side ends one chain and begins the next. */
function chains(sides: readonly Side[], relations: readonly Relation[]): Statement[] {
  const statements: Statement[] = [];
  let open: { sides: Side[]; relations: Relation[] } = { sides: [], relations: [] };
  for (const [index, side] of sides.entries()) {
    const isMiddle = index > 0 && index < sides.length - 1;
    const [first, ...rest] = side.items;
    const relation = relations[index];
    if (isMiddle && first && rest.length > 0) {
      statements.push({ sides: [...open.sides, { ...side, items: [first] }], relations: open.relations });
      open = { sides: [{ ...side, items: rest }], relations: relation ? [relation] : [] };
      continue;
    }
    // A list behind the last relation, as in `a = b, c = d` cut short: only its first belongs to the chain.
    if (index > 0 && first && rest.length > 0) {
      open.sides.push({ ...side, items: [first] });
      statements.push(open, ...rest.map((item) => ({ sides: [{ ...side, items: [item] }], relations: [] })));
      return statements;
    }
    open.sides.push(side);
    if (relation) open.relations.push(relation);
  }
  if (open.sides.some(({ items }) => items.length > 0)) statements.push(open);
  return statements;
}

/** Without blanks at its ends, but with the partners of its braces and the commands before them. */
function trimmed({ start, end }: Span, latex: string): Span {
  let [first, last] = [start, Math.max(start, end)];
  let open = 0;
  for (let at = first; at < last; at++) {
    if (latex[at] === '{' && latex[at - 1] !== '\\') open += 1;
    if (latex[at] === '}' && latex[at - 1] !== '\\') open -= 1;
    if (open >= 0) continue;
    first = Math.max(0, latex.lastIndexOf('{', first - 1));
    first -= /\\[A-Za-z]+\s*$/.exec(latex.slice(0, first))?.[0].length ?? 0;
    open += 1;
  }
  for (; open > 0 && last < latex.length; last++) if (latex[last] === '}') open -= 1;
  const text = latex.slice(first, last);
  const blank = text.length - text.trimStart().length;
  return { start: first + blank, end: first + Math.max(blank, text.trimEnd().length) };
}
