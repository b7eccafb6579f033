import type { Span } from '../../text';
import type { Expression, Statement } from './expression';
import type { Piece } from './formulaText';
import type { Item, Sentence } from './sentences';
import { dimensionsIn, sizesInProduct } from './sizes';

type Dimensions = readonly [rows: Expression, columns: Expression];

/** A size that a sentence gives: `QK^T is an n × n matrix`, `Q, K and V have shape (n, d)`, `QKᵀ: (n×d)(d×n)`. */
export interface SaidSize {
  readonly subjects: readonly Expression[];
  readonly stated: Dimensions;
  /** Of a product: the sizes of its factors, of which `stated` is the first. */
  readonly factors: readonly Dimensions[];
  /** From the subject to the size. */
  readonly span: Span;
}

/** Words that may stand between a matrix and its size without changing of what it is the size. */
const LINKS = new Set(
  (
    'is are has have having of the a an its which that shape shapes size sizes dimension dimensions dim dims matrix ' +
    'matrices tensor gives yields produces makes forms becomes with both also just only first already small big large tiny square full'
  ).split(' '),
);
const LINKING = /^(?:is|are|has|have|having|of|which|that|gives|yields|produces|makes|forms|becomes|with|:|\(|→|=)$/;
const SHAPE = /^(?:shapes?|sizes?|dimensions?|dims?)$/;
/** Words between a size and the matrix of that size: `the n × n score matrix QK^T`. */
const KINDS = new Set('matrix score scores attention product similarity result weight weights'.split(' '));
/** After these, a matrix is part of something larger. */
const PART_OF = /^(?:with|by|times|from|on|over|between|using|to|and|multiply|multiplying|transposing|·|×)$/;
const MAKES_PART = /^(?:times|multiplied|by|x|×|and)$/;
const FARTHEST = 8;

/** The sizes that sentences give to expressions, in order; doubtful ones are left out. */
export function sizesSaid(
  sentences: readonly Sentence[],
  statementsOf: (piece: Piece) => readonly Statement[],
  isKnown: (name: string) => boolean,
): SaidSize[] {
  return sentences.flatMap(({ items }) => new SentenceReader(items, statementsOf, isKnown).sizes());
}

class SentenceReader {
  constructor(
    private readonly items: readonly Item[],
    private readonly statementsOf: (piece: Piece) => readonly Statement[],
    private readonly isKnown: (name: string) => boolean,
  ) {}

  sizes(): SaidSize[] {
    return this.items.flatMap((_, index) => {
      const said = this.sizeAt(index);
      return said ? [said] : [];
    });
  }

  private sizeAt(index: number): SaidSize | null {
    const lone = this.first(index);
    if (!lone) return null;
    const isShape = this.textAt(index - 1, SHAPE) || this.textAt(index - 2, SHAPE);
    const dimensions = dimensionsIn(lone) ?? (isShape ? pairIn(lone) : null);
    const factors = dimensions ? [] : (sizesInProduct(lone) ?? []);
    const stated = dimensions ?? factors[0];
    if (!stated || this.textAt(index + 1, MAKES_PART) || this.isSize(index + 1) || this.isSize(index - 1)) return null;
    return this.before(index, stated, factors) ?? (dimensions && this.behind(index, stated));
  }

  private before(index: number, stated: Dimensions, factors: readonly Dimensions[]): SaidSize | null {
    let isLinked = false;
    for (let at = index - 1; at >= 0 && at >= index - FARTHEST; at--) {
      const item = this.items[at];
      if (!item) return null;
      const subject = this.subjectAt(at);
      if (subject) {
        const subjects = this.listBefore(at, subject);
        if (!isLinked || this.isPart(at) || (subject.kind === 'symbol' && this.isMade(at, index))) return null;
        return { subjects, stated, factors, span: { start: item.span.start, end: this.items[index]?.span.end ?? 0 } };
      }
      const text = item.kind === 'piece' ? '□' : item.text.toLowerCase();
      isLinked ||= LINKING.test(text);
      if (!LINKS.has(text) && !LINKING.test(text)) return null;
    }
    return null;
  }

  /** `the n × n score matrix QK^T` */
  private behind(index: number, stated: Dimensions): SaidSize | null {
    let at = index + 1;
    for (let item = this.items[at]; item?.kind === 'word' && KINDS.has(item.text.toLowerCase()); item = this.items[at])
      at += 1;
    const subject = at > index + 1 && at <= index + 4 ? this.subjectAt(at) : null;
    if (!subject || subject.kind === 'symbol') return null;
    return {
      subjects: [subject],
      stated,
      factors: [],
      span: { start: this.items[index]?.span.start ?? 0, end: this.items[at]?.span.end ?? 0 },
    };
  }

  /** The symbols in `Q, K and V`. */
  private listBefore(at: number, last: Expression): Expression[] {
    const subjects = [last];
    if (last.kind !== 'symbol') return subjects;
    for (let i = at - 1; i > 0; i -= 2) {
      const joint = this.items[i];
      const isAnd = joint?.kind !== 'piece' && /^(?:,|and)$/.test(joint?.text ?? '');
      const earlier = isAnd ? this.symbolsAt(i - 1) : [];
      if (earlier.length === 0) break;
      subjects.unshift(...earlier);
    }
    return subjects;
  }

  private symbolsAt(index: number): Expression[] {
    const item = this.items[index];
    if (item?.kind === 'word')
      return this.isKnown(item.text) && item.text !== 'a' ? [{ kind: 'symbol', name: item.text }] : [];
    if (item?.kind !== 'piece') return [];
    const [statement, ...others] = this.statementsOf(item.piece);
    if (!statement || others.length > 0 || statement.sides.length !== 1) return [];
    const symbols = statement.sides[0]?.items ?? [];
    return symbols.every(({ kind }) => kind === 'symbol') ? [...symbols] : [];
  }

  private subjectAt(index: number): Expression | null {
    const item = this.items[index];
    if (!item || item.kind === 'mark') return null;
    const symbols = this.symbolsAt(index);
    if (symbols.length > 0) return symbols.at(-1) ?? null;
    const expression = this.first(index);
    const isMatrix = expression?.kind === 'product' || expression?.kind === 'transpose' || expression?.kind === 'call';
    return isMatrix && !dimensionsIn(expression) && !sizesInProduct(expression) ? expression : null;
  }

  /** The one expression of an item, or the first side of its chain. */
  private first(index: number): Expression | null {
    const item = this.items[index];
    if (item?.kind !== 'piece') return null;
    const [statement, ...others] = this.statementsOf(item.piece);
    const items = statement?.sides[0]?.items ?? [];
    return others.length === 0 && items.length === 1 ? (items[0] ?? null) : null;
  }

  /** In `the product of Q and K^T is n × n`, the size is not that of K^T. */
  private isPart(at: number): boolean {
    if (!this.textAt(at - 1, PART_OF) && !this.textAt(at - 1, /^of$/)) return false;
    if (this.textAt(at - 1, /^of$/)) return !this.textAt(at - 2, SHAPE) && !this.textAt(at - 2, /^(?:result|matrix)$/);
    if (!this.textAt(at - 1, /^and$/)) return true;
    return this.items
      .slice(0, at)
      .some((item) => item.kind === 'word' && /^(?:product|multipl|dot|between|comput)/i.test(item.text));
  }

  /** In `transposing K gives d × n`, the size is not that of K. */
  private isMade(from: number, to: number): boolean {
    return this.items
      .slice(from, to)
      .some((item) => item.kind === 'word' && /^(?:gives|yields|produces|makes|forms|becomes|with)$/i.test(item.text));
  }

  private isSize(index: number): boolean {
    const expression = this.first(index);
    return expression !== null && (dimensionsIn(expression) ?? sizesInProduct(expression)) !== null;
  }

  private textAt(index: number, pattern: RegExp): boolean {
    const item = this.items[index];
    return item !== undefined && item.kind !== 'piece' && pattern.test(item.text.toLowerCase());
  }
}

function pairIn(expression: Expression): Dimensions | null {
  if (expression.kind !== 'tuple') return null;
  const [rows, columns, ...others] = expression.items;
  return rows && columns && others.length === 0 ? [rows, columns] : null;
}
