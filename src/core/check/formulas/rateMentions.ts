import type { Span } from '../../text';
import { contains, type Expression, type Relation, type Side } from './expression';
import { growthOf, type Growth, type Naming } from './growth';
import { hasGrowthCall } from './growthFindings';
import type { Names } from './names';
import { placeOf, type AnswerReading, type ReadPiece } from './readAnswer';
import { dimensionsIn, sizesInProduct } from './sizes';

/** A place where an answer gives a growth rate, of whatever. */
export interface RateMention {
  readonly growth: Growth;
  readonly form: 'O' | 'bare' | 'words';
  /** From 0 to 1: how surely its letters mean what they are taken to mean. */
  readonly sureness: number;
  /** Whether only some variables are spoken of, as in `linear in n`. */
  readonly isPartial: boolean;
  /** What stands before it in its formula: the cost of the whole, of one matrix product, or nothing that tells. */
  readonly subject: 'whole' | 'part' | 'none';
  /** Whether its formula adds up rates. */
  readonly isSum: boolean;
  /** Whether it stands in lines of its own. */
  readonly isAlone: boolean;
  /** Whether its formula only compares something with it: b in `a < b`. */
  readonly isCompared: boolean;
  /** Index of its sentence in the reading, and of its first and last item there. */
  readonly sentence: number;
  readonly first: number;
  readonly last: number;
  /** In the answer's text. */
  readonly span: Span;
}

const COST =
  /^(?:mult\w*|operations?|ops|flops?|mul-?adds?|mult-?adds?|multiply-adds?|macs?|steps?|time|costs?|takes?|needs?|total|overall|altogether|complexity|runtime|work|computations?|additions?|becomes|do)$/i;
/** Right before a bare product, these make it a result. */
const RESULT = /^(?:[⇒→=]|so|thus|hence|therefore|only)$/i;
const ORDERS: ReadonlySet<Relation> = new Set(['<', '>', '≤', '≥', '≪', '≫']);
/** Words to either side of a bare product that make a cost of it. */
const NEAR = 7;

/** The rates in an answer's formulas: those in O(…), and products that are spoken of as costs. */
export function ratesInFormulas(reading: AnswerReading): RateMention[] {
  return reading.sentences.flatMap(({ items }, sentence) =>
    items.flatMap((item, index): RateMention[] => {
      if (item.kind !== 'piece') return [];
      const piece = reading.pieces.find(({ span }) => span.start === item.span.start);
      const place = { sentence, first: index, last: index };
      const near = items.slice(Math.max(0, index - NEAR), index + NEAR + 1);
      const before = items[index - 1];
      const isResult = before !== undefined && before.kind !== 'piece' && RESULT.test(before.text);
      const isCost = isResult || near.some((word) => word.kind === 'word' && COST.test(word.text));
      return piece ? new PieceReader(reading, piece).mentions(isCost).map((mention) => ({ ...mention, ...place })) : [];
    }),
  );
}

type Found = Omit<RateMention, 'sentence' | 'first' | 'last'>;

interface Rate {
  readonly growth: Growth;
  readonly sureness: number;
  readonly form: 'O' | 'bare';
  readonly expression: Expression;
}

class PieceReader {
  constructor(
    private readonly reading: AnswerReading,
    private readonly piece: ReadPiece,
  ) {}

  mentions(isCost: boolean): Found[] {
    return this.piece.statements.flatMap(({ sides, relations, isNote }) => {
      if (isNote) return [];
      const [first] = sides;
      const given = first?.items.length === 1 ? first.items[0] : undefined;
      const isProductOfSizes = given !== undefined && sizesInProduct(given) !== null;
      const found: Found[] = [];
      let group: { side: Side; rate: Rate }[] = [];
      let isCompared = false;
      const finish = (): void => {
        const mention = this.mention(group, given, isCompared);
        if (mention) found.push(mention);
        group = [];
      };
      for (const [index, side] of sides.entries()) {
        const relation = relations[index - 1];
        if (relation && ORDERS.has(relation)) {
          finish();
          isCompared = true;
        }
        const rate = this.rate(side, isCost || isProductOfSizes);
        if (rate) group.push({ side, rate });
      }
      finish();
      return found;
    });
  }

  /** The last of a chain of rates. A rate behind one in O(…) that has none itself only spells it out. */
  private mention(
    group: readonly { side: Side; rate: Rate }[],
    given: Expression | undefined,
    isCompared: boolean,
  ): Found | null {
    const last = group.findLast(({ rate }) => rate.form === 'O') ?? group.at(-1);
    const [first] = group;
    if (!last || !first) return null;
    const { growth, form, sureness } = last.rate;
    const within = { start: first.side.span.start, end: last.side.span.end };
    return {
      growth,
      form,
      sureness,
      isPartial: false,
      subject: given && given !== first.rate.expression ? this.subject(given) : 'none',
      isSum: group.some(({ rate }) => addsUp(rate.expression)),
      isAlone: this.piece.isDisplay,
      isCompared,
      span: this.piece.statements.length === 1 ? this.piece.span : placeOf(this.piece, within),
    };
  }

  private rate({ items }: Side, isCost: boolean): Rate | null {
    const [expression, ...others] = items;
    if (!expression || others.length > 0) return null;
    const isCall = hasGrowthCall(expression);
    if (!isCall && (!isCost || dimensionsIn(expression))) return null;
    const form = isCall ? 'O' : 'bare';
    for (const [naming, sureness] of meanings(this.reading.names)) {
      const growth = growthOf(expression, naming);
      if (growth) return isCall || degree(growth) >= 2 ? { growth, sureness, form, expression } : null;
    }
    return null;
  }

  private subject(given: Expression): RateMention['subject'] {
    if (given.kind === 'symbol' && /^(?:total|overall|sum)/i.test(given.name)) return 'whole';
    const hasCall = contains(given, ({ kind }) => kind === 'call');
    const isProduct = given.kind === 'product' && given.factors.length > 1;
    if (hasCall && (isProduct || contains(given, isAttention))) return 'whole';
    const { sizes } = this.reading;
    return contains(given, (within) => within.kind === 'symbol' && sizes.has(within.name)) || sizesInProduct(given)
      ? 'part'
      : 'none';
  }
}

/** Ways to understand letters, with how sure one may be. */
export function meanings({ naming, variant, guess }: Names): readonly (readonly [Naming, number])[] {
  return [
    [naming, 1],
    [variant, 0.85],
    [guess, 0.5],
  ];
}

function isAttention(expression: Expression): boolean {
  return expression.kind === 'call' && /^att/i.test(expression.name);
}

/** A sum of several rates, in brackets or not: O(a) + O(b), O(a + b), 2a + b. */
function addsUp(expression: Expression): boolean {
  return contains(expression, (within) => within.kind === 'sum' && within.terms.length > 1 && !isInner(within));
}

/** n + 1 and the like add up nothing. */
function isInner({ terms }: Extract<Expression, { kind: 'sum' }>): boolean {
  return terms.some(({ of }) => of.kind === 'number');
}

function degree({ terms }: Growth): number {
  return Math.max(...terms.map((term) => [...term.values()].reduce((sum, { power }) => sum + power, 0)));
}
