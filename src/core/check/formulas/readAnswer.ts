import type { Span } from '../../text';
import { contains, type Expression, type Statement } from './expression';
import type { FormulaContext } from './formulaContext';
import { givenSizes } from './givenSizes';
import { piecesIn, readFormulaText, readPlainFormulas, type Piece } from './formulaText';
import { namesOf, type Declaration, type Names } from './names';
import { parseFormula } from './parseFormula';
import type { KnownLetters } from './plainFormulas';
import { rolesIn, type NameOfItem } from './roles';
import { sentencesOf, type Item, type Sentence } from './sentences';
import { sizesSaid, type SaidSize } from './saidSizes';
import { SizeReader } from './inferSizes';
import { compareSizes, readSize, type Size } from './sizes';

/** A formula of an answer and what it says; nothing where it cannot be read. */
export interface ReadPiece extends Piece {
  readonly statements: readonly Statement[];
}

/** An answer with its formulas read. */
export interface AnswerReading {
  readonly text: string;
  readonly pieces: readonly ReadPiece[];
  readonly sentences: readonly Sentence[];
  readonly names: Names;
  /** Of the matrices whose size the answer or else the assignment gives; not of those given in two ways. */
  readonly sizes: ReadonlyMap<string, Size>;
  /** Sizes that sentences give to expressions. */
  readonly said: readonly SaidSize[];
  statementsOf(piece: Piece): readonly Statement[];
  nameOf: NameOfItem;
}

/** More formulas are not read. */
const MOST_PIECES = 400;

export function readAnswer(text: string, context: FormulaContext): AnswerReading {
  const found = readFormulaText(text);
  const tex = found.pieces.slice(0, MOST_PIECES).map(read);
  const known = knownLetters(tex, context);
  const plain = readPlainFormulas(text, found, known).slice(0, MOST_PIECES).map(read);
  const pieces = [...tex, ...plain].sort((a, b) => a.span.start - b.span.start);
  const byStart = new Map(pieces.map((piece) => [piece.span.start, piece]));
  const statementsOf = (piece: Piece): readonly Statement[] => byStart.get(piece.span.start)?.statements ?? [];
  const nameOf: NameOfItem = (item) => symbolOf(item, statementsOf);
  const blocks = found.blocks.filter(({ span, isFormula }) => !isFormula || piecesIn(pieces, span).length > 0);
  const sentences = sentencesOf(text, blocks, pieces);
  const said = sizesSaid(sentences, statementsOf, (name) => known.single.has(name));
  const declarations = [...declaredIn(pieces), ...said.flatMap(declaredBy)];
  const names = namesOf(context, declarations, rolesIn(sentences, nameOf));
  const sizes = sizesOf(context, declarations, names, pieces);
  return { text, pieces, sentences, names, sizes, said, statementsOf, nameOf };
}

function read(piece: Piece): ReadPiece {
  return { ...piece, statements: parseFormula(piece.latex) ?? [] };
}

/** Letters of the assignment, and those that the answer sets as formulas. */
function knownLetters(pieces: readonly ReadPiece[], { symbols }: FormulaContext): KnownLetters {
  const given = [...Object.keys(symbols), ...Object.values(symbols).flat()].filter((name) => /^[A-Za-z]$/.test(name));
  const used = new Set(given);
  const collect = (expression: Expression): boolean => {
    if (expression.kind === 'symbol' && /^[A-Za-z](?:_|$)/.test(expression.name)) used.add(expression.name.charAt(0));
    return false;
  };
  for (const { statements } of pieces) {
    for (const { sides } of statements)
      for (const { items } of sides) for (const item of items) contains(item, collect);
  }
  return { single: used, inRow: new Set(given) };
}

/** The one symbol that an item is. */
function symbolOf(item: Item, statementsOf: AnswerReading['statementsOf']): string | null {
  if (item.kind === 'word') return /^(?:[B-HJ-Zb-z]|[A-Za-z]_\w+)$/.test(item.text) ? item.text : null;
  if (item.kind !== 'piece') return null;
  const [statement, ...others] = statementsOf(item.piece);
  const [side, ...sides] = statement?.sides ?? [];
  const [only, ...items] = side?.items ?? [];
  const isAlone = others.length + sides.length + items.length === 0;
  return isAlone && only?.kind === 'symbol' ? only.name : null;
}

/** What formulas such as `Q, K ∈ R^{n×d}` declare. */
function declaredIn(pieces: readonly ReadPiece[]): Declaration[] {
  return pieces.flatMap(({ statements }) =>
    statements.flatMap(({ sides, relations }) => {
      const [left, right, ...others] = sides;
      const [space, ...more] = right?.items ?? [];
      if (relations[0] !== '∈' || others.length + more.length > 0 || space?.kind !== 'space' || !space.columns)
        return [];
      const { rows, columns } = space;
      return (left?.items ?? []).flatMap((item) =>
        item.kind === 'symbol' ? [{ symbol: item.name, rows, columns }] : [],
      );
    }),
  );
}

function declaredBy({ subjects, stated, factors }: SaidSize): Declaration[] {
  if (factors.length > 0) return [];
  const [rows, columns] = stated;
  return subjects.flatMap((subject) => (subject.kind === 'symbol' ? [{ symbol: subject.name, rows, columns }] : []));
}

function sizesOf(
  { symbols }: FormulaContext,
  declarations: readonly Declaration[],
  names: Names,
  pieces: readonly ReadPiece[],
): Map<string, Size> {
  const sizes = new Map<string, Size>();
  // An answer that turns its matrices round means all of them that way.
  if (!names.isTransposed) for (const [name, size] of givenSizes(symbols)) sizes.set(name, size);
  const declared = new Map<string, Size | null>();
  for (const { symbol, rows, columns } of declarations) {
    const size = readSize(rows, columns, names.naming);
    const before = declared.get(symbol);
    const agrees = before === undefined || (before && size && compareSizes(before, size) === 'same');
    declared.set(symbol, agrees ? size : null);
  }
  for (const [symbol, size] of declared) {
    if (size) sizes.set(symbol, size);
    else sizes.delete(symbol);
  }
  defineByFormulas(pieces, sizes, names);
  return sizes;
}

/** `A = softmax(QK^T)` gives A its size, where nothing else does and nothing defines it otherwise. */
function defineByFormulas(pieces: readonly ReadPiece[], sizes: Map<string, Size>, { naming }: Names): void {
  const defined = new Map<string, Size | null>();
  for (const { statements } of pieces) {
    for (const { sides, relations } of statements) {
      const [left] = sides[0]?.items ?? [];
      const [right] = sides[1]?.items ?? [];
      if (relations[0] !== '=' || left?.kind !== 'symbol' || !right || sizes.has(left.name)) continue;
      if (naming(left.name) !== null) continue;
      const known = new Map([
        ...sizes,
        ...[...defined].flatMap(([name, size]): [string, Size][] => (size ? [[name, size]] : [])),
      ]);
      const shape = new SizeReader(known, naming).shapeOf(right);
      const size = shape?.kind === 'matrix' ? shape.size : null;
      const before = defined.get(left.name);
      const agrees = before === undefined || (before && size && compareSizes(before, size) === 'same');
      defined.set(left.name, agrees ? size : null);
    }
  }
  for (const [name, size] of defined) if (size) sizes.set(name, size);
}

/** Where a part of a piece stands in the answer's text. */
export function placeOf(piece: Piece, within: Span): Span {
  if (piece.inner === null) return piece.span;
  return { start: piece.inner + within.start, end: piece.inner + within.end };
}
